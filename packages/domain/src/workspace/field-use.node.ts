import type { CustomField } from '../custom-fields.ts';
import type { Documents, Query } from '../http/workspace-context.node.ts';
import { savedViewsOf } from '../views/saved-views.ts';
import { viewsDocument } from './workspace-kind.ts';

/** Nouns that fields can be added to, with the table of each. */
export const fieldTables = { deal: 'deals', lead: 'leads', contact: 'contacts', company: 'companies' } as const;
export type FieldNoun = keyof typeof fieldTables;
export const fieldNouns = Object.keys(fieldTables) as FieldNoun[];

/** Names and addresses of the views of tables that everybody shares, by noun. */
export type SharedViews = Readonly<
  Partial<Record<FieldNoun, readonly { readonly name: string; readonly query: string }[]>>
>;

export async function sharedViews(hub: Pick<Documents, 'exists' | 'read'>): Promise<SharedViews> {
  if (!(await hub.exists(viewsDocument))) return {};
  return await hub.read(viewsDocument, (doc) =>
    Object.fromEntries(
      Object.entries(fieldTables).map(([noun, plural]) => [noun, savedViewsOf(doc, `table/${plural}`)]),
    ),
  );
}

export interface FieldUse {
  readonly records: number;
  readonly stages: string[];
  readonly views: string[];
}

/** Where a field is used: records with a value, stages that need it, views that show it or ask for it. */
export function usedBy(tables: Query, views: SharedViews, { noun, key }: CustomField): FieldUse {
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
  return {
    records: records?.n ?? 0,
    stages: stages.map(({ name }) => name),
    views: (views[noun as FieldNoun] ?? []).filter(({ query }) => names(query, key)).map(({ name }) => name),
  };
}

/** Whether an address names a key as a word of its own: among columns, in a sort, in a filter. */
const names = (query: string, key: string): boolean =>
  [...new URLSearchParams(query).values()].some((value) => value.split(/[^a-zA-Z0-9_]+/).includes(key));
