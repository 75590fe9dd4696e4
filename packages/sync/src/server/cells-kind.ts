import * as Y from 'yjs';
import type { DocumentKind, RowWrite } from './ports.ts';

/**
 * A kind of document for tests: a root map `cells` of maps, one row `{doc, id, json, by, seq}` each in table `cells`.
 * Whoever edits a cell's `raced` field gets a `racedBy` noted by the server.
 */
export const cellsKind: DocumentKind = {
  owns: (name) => name.startsWith('cells/'),
  projector: (name, doc) => {
    const cells = doc.getMap<unknown>('cells');
    return {
      project: (transaction, context) => {
        const touched = new Set<string>();
        for (const [type, keys] of transaction.changed) {
          if (Object.is(type, cells)) for (const key of keys) if (key !== null) touched.add(key);
          const parentSub = type._item?.parentSub;
          if (type.parent === cells && parentSub != null) touched.add(parentSub);
        }
        return [...touched].sort().map((id): RowWrite => {
          const cell = cells.get(id);
          if (!(cell instanceof Y.Map)) return { table: 'cells', key: { doc: name, id }, row: null };
          const json = JSON.stringify(Object.entries(cell.toJSON()).sort(([a], [b]) => (a < b ? -1 : 1)));
          return { table: 'cells', key: { doc: name, id }, row: { json, by: context.actor, seq: context.seq } };
        });
      },
    };
  },
  react: (_name, doc, transaction, context) => {
    for (const [type, keys] of transaction.changed) {
      if (type instanceof Y.Map && keys.has('raced')) doc.transact(() => type.set('racedBy', context.actor));
    }
  },
};

/** The table that {@link cellsKind} writes. */
export const cellsSchema = [
  'CREATE TABLE IF NOT EXISTS cells (doc TEXT NOT NULL, id TEXT NOT NULL, json TEXT, by TEXT, seq INTEGER, PRIMARY KEY (doc, id)) STRICT, WITHOUT ROWID',
];
