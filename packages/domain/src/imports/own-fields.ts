import type { RecordType } from '../records/record-type.ts';
import type { ImportField, ImportFields } from './target.ts';

/** Fields that no column of a file fills: plans are made here, and what belongs to another record has columns of its own. */
const left = new Set(['nextActivity', 'team', 'parent']);

/** The fields of a record's type as goals of columns, each with what other programs call it. */
export const ownFields = (type: RecordType, synonyms: Readonly<Record<string, readonly string[]>>): ImportFields =>
  Object.fromEntries(
    Object.entries(type.fields).flatMap(([key, spec]): [string, ImportField][] => {
      if (left.has(key)) return [];
      const isFixed = spec.type === 'select' && spec.open !== true && spec.options.length > 0;
      return [[key, { spec, synonyms: synonyms[key] ?? [], ...(isFixed ? { isFixed } : {}) }]];
    }),
  );
