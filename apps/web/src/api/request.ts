import type { Json } from '@rapport/doc/json';

/** Codes that the API answers with, and `unreachable` for no answer at all. */
export type FailureCode =
  | 'invalid'
  | 'not-signed-in'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'gone'
  | 'too-large'
  | 'rate-limited'
  | 'internal'
  | 'unavailable'
  | 'unreachable';

/** A request that was not done. `message` is a sentence for the person; `fields` says what is wrong with which value. */
export class ApiFailure extends Error {
  readonly code: FailureCode | (string & {});
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;
  constructor(
    code: ApiFailure['code'],
    status: number,
    message: string,
    fields: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'ApiFailure';
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** What was asked may be asked again; what was sent may have arrived, and only its answer been lost. */
const unreachable = (method: Method) =>
  new ApiFailure(
    'unreachable',
    0,
    method === 'GET'
      ? 'The server cannot be reached. Try again when you are connected.'
      : navigator.onLine === false
        ? 'You are offline. Nothing was sent; try again when you are connected.'
        : 'The server did not answer. It may have been done or not: look before you try again.',
  );

/** Sends one request of the same origin and reads the JSON answer. Rejects with an {@link ApiFailure}. */
export async function request<T>(
  method: Method,
  path: string,
  body?: Json | FormData,
  idempotencyKey?: string,
): Promise<T> {
  const isForm = body instanceof FormData;
  const init: RequestInit = { method, headers: { accept: 'application/json' } };
  if (isForm) init.body = body;
  else if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { accept: 'application/json', 'content-type': 'application/json' };
  }
  if (idempotencyKey !== undefined) init.headers = { ...init.headers, 'idempotency-key': idempotencyKey };
  const answer = await fetch(path, init).catch(() => undefined);
  if (answer === undefined) throw unreachable(method);
  if (answer.status === 204) return undefined as T;
  const content: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return content as T;
  throw failureOf(answer.status, content);
}

/** The failure that a reply tells of; `content` is its JSON, if it had any. */
export function failureOf(status: number, content: unknown): ApiFailure {
  // A gateway that answers for a server that is down speaks no JSON.
  if (content === undefined && status >= 502 && status <= 504) return unreachable('GET');
  const error = isObject(content) && isObject(content['error']) ? content['error'] : content;
  const { code, message, fields } = isObject(error) ? error : {};
  return new ApiFailure(
    typeof code === 'string' ? code : 'internal',
    status,
    typeof message === 'string' ? message : `The server answered ${status}. Nothing was changed.`,
    isObject(fields) ? (fields as Record<string, string>) : {},
  );
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The sentence to show for anything that was thrown. */
export const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
