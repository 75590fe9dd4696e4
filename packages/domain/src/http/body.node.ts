import type { MiddlewareHandler } from 'hono';
import { resolver, validator } from 'hono-openapi';
import type * as v from 'valibot';
import { refuse } from './api-error.node.ts';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

type In<T extends 'json' | 'query', S extends AnySchema> = {
  in: { [K in T]: v.InferInput<S> };
  out: { [K in T]: v.InferOutput<S> };
};
type AnySchema = v.GenericSchema;

/**
 * Checks a JSON body; the handler reads it with `c.req.valid('json')`. Give a `v.strictObject`, so that an unknown field
 * is refused by its name instead of being ignored.
 */
export const body = <S extends AnySchema>(schema: S): MiddlewareHandler<object, string, In<'json', S>> =>
  checked('json', schema);

/** Checks the query string; read it with `c.req.valid('query')`. Values arrive as strings. */
export const query = <S extends AnySchema>(schema: S): MiddlewareHandler<object, string, In<'query', S>> =>
  checked('query', schema);

function checked<T extends 'json' | 'query', S extends AnySchema>(
  target: T,
  schema: S,
): MiddlewareHandler<object, string, In<T, S>> {
  const check = validator(target, schema, (result, c) => {
    if (result.success) return undefined;
    const fields = fieldsOf(result.error);
    const [[name, problem] = ['', 'is not valid']] = Object.entries(fields);
    return refuse(
      c,
      'invalid',
      name === '' ? `The ${target === 'json' ? 'body' : 'query'} ${problem}.` : `${name} ${problem}.`,
      fields,
    );
  });
  return check as unknown as MiddlewareHandler<object, string, In<T, S>>;
}

/** The first problem of each field, by its dotted name, worded to follow that name. */
export function fieldsOf(issues: readonly Issue[]): Record<string, string> {
  // Without a prototype, so that a field named `__proto__` is reported like any other.
  const fields = Object.create(null) as Record<string, string>;
  for (const issue of issues) {
    const name = (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.');
    fields[name] ??= wording(issue.message);
  }
  return fields;
}

function wording(message: string): string {
  if (message.startsWith('Invalid key: Expected never')) return 'is not a known field';
  if (message.startsWith('Invalid key: Expected')) return 'is required';
  if (message.startsWith('Invalid safe integer')) return 'must be a whole number';
  const match = /^Invalid [^:]+: Expected (.+) but received (.+)$/s.exec(message);
  return match === null ? message : `must be ${match[1]}, not ${match[2]}`;
}

/** The documentation's form of a reply. */
export const replySchema = (schema: AnySchema) => ({ content: { 'application/json': { schema: resolver(schema) } } });
