import type { CustomField } from '../custom-fields.ts';
import type { Query } from '../http/workspace-context.node.ts';
import type { FieldPlace, FieldPlaceKind } from './field-places.node.ts';

/** Nouns that fields can be added to, with the table of each. */
const fieldTables = { deal: 'deals', lead: 'leads', contact: 'contacts', company: 'companies' } as const;
export type FieldNoun = keyof typeof fieldTables;
export const fieldNouns = Object.keys(fieldTables) as FieldNoun[];

export interface FieldUse {
  readonly records: number;
  readonly stages: string[];
  readonly views: string[];
  readonly otherViews: number;
  readonly forms: string[];
  readonly rules: string[];
  readonly scores: string[];
}

/** Where a field is used: records with a value, stages that need it, and what shows it or asks for it. */
export function usedBy(tables: Query, places: readonly FieldPlace[], { noun, key }: CustomField): FieldUse {
  const table = fieldTables[noun as FieldNoun];
  const records = tables.get<{ n: number }>(
    `SELECT count(*) AS n FROM ${table} WHERE custom IS NOT NULL AND deleted_at IS NULL
       AND EXISTS (SELECT 1 FROM json_each(custom) each WHERE each.key = ? AND each.value IS NOT NULL)`,
    [key],
  );
  const stages =
    noun === 'deal' || noun === 'lead'
      ? tables.all<{ name: string }>(
          `SELECT b.name || ': ' || s.name AS name FROM stages s JOIN boards b ON b.id = s.board_id
             WHERE s.deleted_at IS NULL AND b.kind = ? AND EXISTS (SELECT 1 FROM json_each(s.required) WHERE value = ?) ORDER BY 1`,
          [table, key],
        )
      : [];
  const named = (kind: FieldPlaceKind): string[] =>
    places.filter((each) => each.kind === kind && each.of === table && each.keys.has(key)).map(({ name }) => name);
  return {
    records: records?.n ?? 0,
    stages: stages.map(({ name }) => name),
    views: named('view'),
    otherViews: named('otherView').length,
    forms: named('form'),
    rules: named('rules'),
    scores: named('score'),
  };
}
