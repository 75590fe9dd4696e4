import type { Patch, RecordWrite } from '@rapport/doc/patch';
import { recordMap, rootRecord } from '@rapport/doc/records';
import type * as Y from 'yjs';
import type { Json } from '@rapport/doc/json';
import type { Query } from '../http/workspace-context.node.ts';
import { documentOf, roots, type RecordType } from '../records/record-type.ts';

/** A field of records of another kind that holds a record's id: data, listed in the server's `compared.ts`. */
export interface Reference {
  /** Whose id it holds. */
  readonly noun: string;
  readonly table: string;
  readonly column: string;
  /** Column with the name of the document that the row is of. */
  readonly doc: string;
  /** Where in that document: `root` holds the row's record by its id, or is the record itself with `isWhole`. */
  readonly root: string;
  readonly field: string;
  readonly isWhole?: boolean;
}

/** A document that names a record that goes into another, and what changes in it for that. */
export interface ReferenceMove {
  readonly doc: string;
  readonly plan: (live: Y.Doc) => Patch;
}

/** Everything that names one record and the caller may see, to name another instead. */
export function referencesTo(
  query: Query,
  types: readonly RecordType[],
  references: readonly Reference[],
  { noun, gone, into }: { noun: string; gone: string; into: string },
): ReferenceMove[] {
  const moves: ReferenceMove[] = [];
  const links = query.all<{ id: string; noun: string }>(
    'SELECT from_id AS id, from_noun AS noun FROM record_links WHERE to_id = ? AND from_id <> ?',
    [gone, into],
  );
  for (const link of links) {
    const type = types.find((each) => each.noun === link.noun);
    if (type !== undefined) moves.push({ doc: documentOf(type, link.id), plan: (live) => moveLink(live, gone, into) });
  }
  for (const { noun: of, table, column, doc, root, field, isWhole = false } of references) {
    if (of !== noun) continue;
    for (const row of query.all<{ id: string; doc: string }>(
      `SELECT id, ${doc} AS doc FROM ${table} WHERE ${column} = ? AND id <> ?`,
      [gone, into],
    ))
      moves.push({
        doc: row.doc,
        plan(live) {
          const id = isWhole ? rootRecord : row.id;
          return recordMap(live, root, id)?.get(field) === gone ? [{ root, id, set: { [field]: into } }] : [];
        },
      });
  }
  return moves;
}

/** The role stays; where both were linked, the survivor's link does. */
function moveLink(live: Y.Doc, gone: string, into: string): Patch {
  const links = recordMap(live, roots.links, rootRecord);
  const link = links?.get(gone);
  if (links === null || link === undefined) return [];
  const patch: RecordWrite[] = [
    {
      root: roots.links,
      id: rootRecord,
      set: { [gone]: null, ...(links.has(into) ? {} : { [into]: link as Json }) },
    },
  ];
  if (recordMap(live, roots.fields, rootRecord)?.get('primaryCompany') === gone)
    patch.push({ root: roots.fields, id: rootRecord, set: { primaryCompany: into } });
  return patch;
}
