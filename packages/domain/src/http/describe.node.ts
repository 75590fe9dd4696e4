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
  /** Parts of a multipart body by name: a file, or text. JSON bodies are documented by their check. */
  parts?: Readonly<Record<string, { description: string; isFile?: boolean; required?: boolean }>>;
}): MiddlewareHandler {
  const { tag, summary, description, status = 200, reply, isPublic = false, parts } = route;
  return describeRoute({
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(isPublic ? { security: [] } : {}),
    ...(parts === undefined ? {} : { requestBody: multipart(parts) }),
    responses: {
      [status]: { description: 'Done', ...(reply === undefined ? {} : replySchema(reply)) },
      default: { description: 'Not done', ...replySchema(errorBody) },
    },
  });
}

function multipart(parts: Readonly<Record<string, { description: string; isFile?: boolean; required?: boolean }>>) {
  const properties = Object.fromEntries(
    Object.entries(parts).map(([name, { description, isFile = false }]) => [
      name,
      // OpenAPI 3.1: a part of raw bytes has a media type and no format.
      isFile ? { description, contentMediaType: 'application/octet-stream' } : { description, type: 'string' as const },
    ]),
  );
  const required = Object.keys(parts).filter((name) => parts[name]?.required === true);
  return {
    required: true,
    content: { 'multipart/form-data': { schema: { type: 'object' as const, properties, required } } },
  };
}
