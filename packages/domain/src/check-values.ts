import type { Json } from '@rapport/doc/json';
import { err, ok, type Result } from '@rapport/doc/result';
import type { FieldSpec } from '@rapport/schema/fields';
import { readValue } from '@rapport/schema/read-value';

/** Why values were not taken: by field key, worded for people. */
export interface ValueProblems {
  readonly code: 'invalid-value' | 'unknown-field';
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Checks values by field key against their specs; a field with a problem is refused, by name. `article` is what the
 * fields are of: `a deal`.
 */
export function checkFieldValues(
  values: Readonly<Record<string, unknown>>,
  specOf: (key: string) => FieldSpec | undefined,
  article: string,
): Result<Record<string, Json>, ValueProblems> {
  // Without a prototype, so that a field named `__proto__` is refused like any other unknown one.
  const checked = Object.create(null) as Record<string, Json>;
  const fields = Object.create(null) as Record<string, string>;
  let code: ValueProblems['code'] = 'invalid-value';
  for (const [key, raw] of Object.entries(values)) {
    const spec = specOf(key);
    if (!spec) {
      fields[key] = `is not a field of ${article}`;
      code = 'unknown-field';
      continue;
    }
    const { value, problem } = readValue(spec, raw);
    if (problem !== undefined) fields[key] = `${spec.label} ${problem}`;
    else if (spec.required && (value === null || (typeof value === 'string' && value.trim() === '')))
      fields[key] = `${spec.label} is needed`;
    else checked[key] = value as Json;
  }
  const wrong = Object.entries(fields).map(([key, problem]) =>
    specOf(key) === undefined ? `${key} ${problem}` : problem,
  );
  if (wrong.length === 0) return ok(checked);
  return err({ code, message: `Not saved. ${wrong.join('; ')}.`, fields });
}
