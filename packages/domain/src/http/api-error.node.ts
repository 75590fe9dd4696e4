import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as v from 'valibot';

/** Every code that the API answers with, and its HTTP status. The set is closed: clients may switch on it. */
const errorStatus = {
  /** The request is not understood, or a value is not allowed: `fields` says which and why. */
  invalid: 400,
  'not-signed-in': 401,
  forbidden: 403,
  'not-found': 404,
  /** The state of things does not allow it now, e.g. the last admin, or an Idempotency-Key used for another request. */
  conflict: 409,
  /** It was there and no longer is, e.g. an invitation that expired. */
  gone: 410,
  'too-large': 413,
  /** The file can be read in more than one way: `questions` asks which. */
  ambiguous: 422,
  'rate-limited': 429,
  internal: 500,
  /** The store cannot be written now; nothing was changed. */
  unavailable: 503,
} as const satisfies Record<string, ContentfulStatusCode>;

export type ErrorCode = keyof typeof errorStatus;

export const errorBody = v.object({
  error: v.object({
    code: v.picklist(Object.keys(errorStatus) as ErrorCode[]),
    message: v.string(),
    fields: v.optional(v.record(v.string(), v.string())),
  }),
});

/** Answers with an error. `message` is a sentence for the person; `fields` maps a field's name to what is wrong. */
export function refuse(
  c: Context,
  code: ErrorCode,
  message: string,
  fields?: Readonly<Record<string, string>>,
): Response {
  return c.json({ error: { code, message, ...(fields === undefined ? {} : { fields }) } }, errorStatus[code]);
}
