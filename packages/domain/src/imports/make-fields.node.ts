import { applyPatch } from '@rapport/doc/patch';
import type { Author } from '@rapport/sync/server/ports';
import { addCustomField, addOptions, customFieldList, deleteCustomField } from '../custom-fields.ts';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import type { FieldToMake } from './file-reading.ts';
import type { NewOption } from './option-chooser.ts';

/** Makes the fields of a noun (`deal`, `contact`, …) and the options that an import needs; answers the fields' ids. */
export async function makeFields(
  ws: WorkspaceContext,
  deps: NounDeps,
  author: Author,
  noun: string,
  { fields, options }: { readonly fields: readonly FieldToMake[]; readonly options: readonly NewOption[] },
): Promise<string[]> {
  if (fields.length === 0 && options.length === 0) return [];
  const ids = fields.map(() => deps.newId());
  await ws.hub.transact('workspace', author, (doc) => {
    for (const [index, { key, type, label, options: choices }] of fields.entries()) {
      const field = { id: ids[index] ?? '', noun, key, type, label, options: choices, open: true };
      applyPatch(doc, addCustomField(doc, field, { random: Math.random }));
    }
    for (const [id, added] of Map.groupBy(options, (option) => option.fieldId))
      applyPatch(
        doc,
        addOptions(
          doc,
          id,
          added.map(({ option }) => option),
        ),
      );
  });
  return ids;
}

/** Removes fields that an import made, as far as no record has a value in them. `table` holds the noun's records. */
export async function dropFields(
  ws: WorkspaceContext,
  deps: NounDeps,
  author: Author,
  { noun, table }: { readonly noun: string; readonly table: string },
  made: readonly string[],
): Promise<void> {
  if (made.length === 0) return;
  await ws.hub.transact('workspace', author, (doc) => {
    for (const { id, key } of customFieldList(doc, noun)) {
      if (!made.includes(id)) continue;
      const isUsed = ws.everyRow.get(
        `SELECT 1 FROM ${table} WHERE deleted_at IS NULL AND custom IS NOT NULL AND json_extract(custom, ?) IS NOT NULL LIMIT 1`,
        [`$."${key}"`],
      );
      if (!isUsed) applyPatch(doc, deleteCustomField(id, deps.now()));
    }
  });
}

/** Tables whose rows have an owner. */
export const ownedTables = ['deals', 'contacts', 'companies'] as const;

/** Those of the people who own a record. */
export const ownersAmong = (
  ws: WorkspaceContext,
  tables: readonly string[],
  people: readonly string[],
): ReadonlySet<string> =>
  new Set(
    tables.flatMap((table) =>
      ws.everyRow
        .all<{ owner: string }>(
          `SELECT DISTINCT owner FROM ${table} WHERE deleted_at IS NULL AND owner IN (SELECT value FROM json_each(?))`,
          [JSON.stringify(people)],
        )
        .map(({ owner }) => owner),
    ),
  );

/** Removes people that an import added, as far as they own nothing. */
export function dropPeople(ws: WorkspaceContext, made: readonly string[]): void {
  if (made.length === 0) return;
  const owning = ownersAmong(ws, ownedTables, made);
  const people = made.filter((id) => !owning.has(id));
  if (people.length > 0) ws.people.dropPending(people);
}
