import { applyPatch } from '@rapport/doc/patch';
import { rootRecord } from '@rapport/doc/records';
import { customFieldList, fieldsRoot, removedBefore } from '../custom-fields.ts';
import { pause, type Due } from '../purge/purgeable.node.ts';
import type { PurgeOptions } from '../purge/purger.node.ts';
import { workspaceDocument } from './workspace-kind.ts';

const author = { actor: 'server', via: 'server' } as const;
const batch = 200;

/** Where records of a noun with fields of one's own stand: their table, and the root of their documents. */
const places: Readonly<Record<string, { readonly table: string; readonly root: string; readonly isWhole: boolean }>> = {
  deal: { table: 'deals', root: 'cards', isWhole: false },
  lead: { table: 'leads', root: 'cards', isWhole: false },
  contact: { table: 'contacts', root: 'fields', isWhole: true },
  company: { table: 'companies', root: 'fields', isWhole: true },
};

/**
 * Takes the values of fields that were removed long enough ago from all records, and then the fields themselves. Where
 * another field of the noun has come to have the same key the values are that one's, and stay.
 */
export async function purgeFields(options: Omit<PurgeOptions, 'purgeables'>): Promise<Record<string, number>> {
  const { workspace, now, stayMs, isClosed } = options;
  if (!(await workspace.hub.exists(workspaceDocument))) return {};
  let fields = 0;
  for (const [noun, place] of Object.entries(places)) {
    const [removed, live] = await workspace.hub.read(workspaceDocument, (doc) => [
      removedBefore(doc, noun, now() - stayMs),
      new Set(customFieldList(doc, noun).map(({ key }) => key)),
    ]);
    for (const { id, key } of removed) {
      if (!live.has(key) && !(await emptyAll(options, place, key))) return fields === 0 ? {} : { fields };
      if (isClosed()) return {};
      await workspace.hub.transact(workspaceDocument, author, (doc) => {
        // Restored meanwhile it stays; its values, which were 30 days old, are gone.
        if (!removedBefore(doc, noun, now() - stayMs).some((each) => each.id === id)) return;
        doc.getMap(fieldsRoot).delete(id);
        fields += 1;
      });
    }
  }
  return fields === 0 ? {} : { fields };
}

/** Empties a key in all records that have it; false when it was cut off. */
async function emptyAll(
  { workspace, isClosed }: Pick<PurgeOptions, 'workspace' | 'isClosed'>,
  { table, root, isWhole }: { readonly table: string; readonly root: string; readonly isWhole: boolean },
  key: string,
): Promise<boolean> {
  for (let after = ''; ;) {
    const due = workspace.query.all<Due>(
      `SELECT id AS record, doc FROM ${table} WHERE id > ? AND custom IS NOT NULL
         AND json_type(custom, '$."' || ? || '"') IS NOT NULL ORDER BY id LIMIT ${batch}`,
      [after, key],
    );
    for (const [doc, some] of Map.groupBy(due, (each) => each.doc)) {
      if (isClosed()) return false;
      await workspace.hub.transactAll(
        [doc],
        author,
        ([live]) => {
          if (live !== undefined)
            applyPatch(
              live,
              some.map(({ record }) => ({ root, id: isWhole ? rootRecord : record, set: { [key]: null } })),
            );
        },
        { brief: [doc] },
      );
      await pause();
    }
    after = due.at(-1)?.record ?? '';
    if (due.length < batch) return true;
  }
}
