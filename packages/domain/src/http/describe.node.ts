import type { MiddlewareHandler } from 'hono';
import { describeRoute } from 'hono-openapi';
import type * as v from 'valibot';
import { errorBody } from './api-error.node.ts';
import { replySchema } from './body.node.ts';

/** Documents a route in OpenAPI: what it does, what it answers, and that anything else is the one error shape. */
export function describe(route: {
  /** Groups the routes of a noun. */
  tag: string;
  summary: string;
  description?: string;
  status?: 200 | 201 | 202 | 204;
  reply?: v.GenericSchema;
  /** Anybody may call it, without signing in. */
  isPublic?: boolean;
}): MiddlewareHandler {
  const { tag, summary, description, status = 200, reply, isPublic = false } = route;
  return describeRoute({
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(isPublic ? { security: [] } : {}),
    responses: {
      [status]: { description: 'Done', ...(reply === undefined ? {} : replySchema(reply)) },
      default: { description: 'Not done', ...replySchema(errorBody) },
    },
  });
}
