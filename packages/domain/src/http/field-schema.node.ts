import type { FieldSpec, FieldSpecs } from '@rapport/schema/fields';
import * as v from 'valibot';

const money = v.strictObject({
  minor: v.pipe(v.number(), v.safeInteger()),
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code')),
});
const planned = v.strictObject({ what: v.string(), due: v.optional(v.nullable(v.string())) });

/** The JSON form of a field's value; what the value may be is checked against the spec by the operation. */
function fieldSchema(spec: FieldSpec): v.GenericSchema {
  switch (spec.type) {
    case 'money':
      return v.pipe(v.nullable(money), v.description(`${spec.label}: integer minor units and ISO 4217 code`));
    case 'planned':
      return v.pipe(v.nullable(planned), v.description(spec.label));
    case 'number':
      return v.pipe(v.nullable(v.number()), v.description(spec.label));
    case 'instant':
      return v.pipe(v.nullable(v.number()), v.description(`${spec.label}, UTC epoch milliseconds`));
    case 'checkbox':
      return v.pipe(v.nullable(v.boolean()), v.description(spec.label));
    case 'multiSelect':
      return v.pipe(v.nullable(v.array(v.string())), v.description(spec.label));
    case 'date':
      return v.pipe(v.nullable(v.string()), v.description(`${spec.label}, YYYY-MM-DD`));
    default:
      return v.pipe(v.nullable(v.string()), v.description(spec.label));
  }
}

/** Each field of a record as an optional property. Null empties a field. */
export const fieldsSchema = (specs: FieldSpecs): Record<string, v.OptionalSchema<v.GenericSchema, undefined>> =>
  Object.fromEntries(Object.entries(specs).map(([key, spec]) => [key, v.optional(fieldSchema(spec))]));
