import type { FieldSpec } from './fields.ts';
import { longTextLimit, textLimit } from './read-value.ts';

/** JSON Schema 2020-12 of a field's value, as OpenAPI 3.1 shows it. Null empties the field. */
export function jsonSchemaOf(spec: FieldSpec): Record<string, unknown> {
  const described = { description: spec.label };
  switch (spec.type) {
    case 'number':
      return { ...described, type: [spec.integer ? 'integer' : 'number', 'null'] };
    case 'instant':
      return { ...described, type: ['integer', 'null'], description: `${spec.label}, UTC epoch milliseconds` };
    case 'checkbox':
      return { ...described, type: ['boolean', 'null'] };
    case 'money':
      return {
        ...described,
        type: ['object', 'null'],
        properties: {
          minor: { type: 'integer', description: 'Minor units' },
          currency: { type: 'string', pattern: '^[A-Z]{3}$' },
        },
        required: ['minor', 'currency'],
        additionalProperties: false,
      };
    case 'planned':
      return {
        ...described,
        type: ['object', 'null'],
        properties: { what: { type: 'string' }, due: { type: ['string', 'null'], format: 'date' } },
        required: ['what'],
        additionalProperties: false,
      };
    case 'multiSelect':
      return { ...described, type: ['array', 'null'], items: { type: 'string' } };
    case 'date':
      return { ...described, type: ['string', 'null'], format: 'date' };
    case 'select':
      return spec.open
        ? { ...described, type: ['string', 'null'] }
        : { ...described, enum: [...spec.options.map((option) => option.id), null] };
    case 'longText':
      return { ...described, type: ['string', 'null'], maxLength: spec.max ?? longTextLimit };
    default:
      return { ...described, type: ['string', 'null'], maxLength: textLimit };
  }
}
