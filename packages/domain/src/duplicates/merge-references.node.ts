import type { Patch, RecordWrite } from '@rapport/doc/patch';
import { recordMap, rootRecord } from '@rapport/doc/records';
import type * as Y from 'yjs';
import type { Json } from '@rapport/doc/json';
import { keysNaming } from '../custom-fields.ts';
import type { Query } from '../http/workspace-context.node.ts';
import { documentOf, roots, type RecordType } from '../records/record-type.ts';

/** Where records of another kind hold the id of one that may be merged: data, listed in the server's `compared.ts`. */
export interface Reference {
  /** Whose ids they are. */
  readonly noun: string;
  /** SQL that answers `id` and `doc` (the document's name) of those that hold the id that is its one parameter. */
  readonly sql: string;
  /** Where in that document: `root` holds the record by its id, or is the record itself with `isWhole`. */
  readonly root: string;
  readonly isWhole?: boolean;
  /** The field whose value the id is; or the beginning of a field's key that the id ends. */
  readonly field?: string;
  readonly prefix?: string;
}

/** A noun whose records have fields of the workspace's own: its table, and where in the document they stand. */
export interface FieldHolder {
  readonly noun: string;
  readonly table: string;
  readonly root: string;
  readonly isWhole?: boolean;
}

/** The workspace's own fields that name records of one noun, as the same kind of data. */
export const referencesOfFields = (doc: Y.Doc, holders: readonly FieldHolder[], noun: string): Reference[] =>
  holders.flatMap(({ table, noun: of, ...where }) =>
    [...keysNaming(doc, of, noun)].map((field) => ({
      ...where,
      noun,
      field,
      // The text first: to look into the JSON of every row would take its time.
      sql: `SELECT id, doc FROM (SELECT id, doc, custom, ? AS wanted FROM ${table}) r
        WHERE instr(r.custom, r.wanted) > 0 AND json_extract(r.custom, '$.${field}') = r.wanted`,
    })),
  );

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
  for (const { noun: of, sql, root, field, prefix, isWhole = false } of references) {
    if (of !== noun) continue;
    for (const row of query.all<{ id: string; doc: string }>(sql, [gone])) {
      if (row.id === into) continue;
      moves.push({
        doc: row.doc,
        plan(live) {
          const id = isWhole ? rootRecord : row.id;
          const map = recordMap(live, root, id);
          if (field !== undefined) return map?.get(field) === gone ? [{ root, id, set: { [field]: into } }] : [];
          const [from, to] = [`${prefix ?? ''}${gone}`, `${prefix ?? ''}${into}`];
          const link = map?.get(from);
          if (link === undefined) return [];
          return [{ root, id, set: { [from]: null, ...(map?.has(to) === true ? {} : { [to]: link as Json }) } }];
        },
      });
    }
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
