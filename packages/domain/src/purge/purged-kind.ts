import { isPurged, isWantedBack, type WholeDocument } from '@rapport/doc/purge';
import { recordMap, rootRecord } from '@rapport/doc/records';
import type { DocumentKind, RowWrite } from '@rapport/sync/server/ports';
import type * as Y from 'yjs';

/** A noun whose documents are one record each, as far as emptying them for good concerns. */
export interface PurgeableDocument {
  readonly noun: string;
  readonly whole: WholeDocument;
  /** The record's rows that its projector writes as long as there is a document; those of its parts go with the parts. */
  rows(id: string): readonly RowWrite[];
  /** Other records whose timelines tell of it. */
  toldAt?(doc: Y.Doc): readonly string[];
}

/** What was emptied, and whether somebody wants it back: the server's work list. */
export const purgesReadModel: readonly string[] = [
  `CREATE TABLE purges (doc TEXT NOT NULL, record TEXT NOT NULL, noun TEXT NOT NULL, is_wanted INTEGER NOT NULL,
    PRIMARY KEY (doc, record)) WITHOUT ROWID`,
  `CREATE INDEX purges_by_wanted ON purges (is_wanted) WHERE is_wanted = 1`,
];

export const purgeRow = (doc: string, record: string, noun: string, isWanted: boolean): RowWrite => ({
  table: 'purges',
  key: { doc, record },
  row: { noun, is_wanted: Number(isWanted) },
});
export const noPurgeRow = (doc: string, record: string): RowWrite => ({
  table: 'purges',
  key: { doc, record },
  row: null,
});

/**
 * The same kind of document, of which nothing is in the rows once it was purged: neither the record nor what the feed told
 * of it. When it is brought back its rows are made anew, and the feed says that it was restored.
 */
export function purgeable(kind: DocumentKind, of: PurgeableDocument): DocumentKind {
  return {
    ...kind,
    projector(name, doc) {
      const inner = kind.projector(name, doc);
      const id = name.slice(name.indexOf('/') + 1);
      const home = recordMap(doc, of.whole.home, rootRecord);
      let wasPurged = isPurged(home);
      return {
        project(transaction, context) {
          const writes = inner.project(transaction, context);
          const isNow = isPurged(home);
          const was = wasPurged;
          wasPurged = isNow;
          if (!isNow && !was) return writes;
          if (!isNow) return [...restored(writes), noPurgeRow(name, id)];
          const gone = writes.filter(({ row }) => row === null);
          const row = purgeRow(name, id, of.noun, isWantedBack(home));
          if (was) return [...gone, row];
          const told = [{ record: id }, ...(of.toldAt?.(doc) ?? []).map((record) => ({ doc: name, record }))];
          return [
            ...gone,
            ...of.rows(id),
            { table: 'data_quality', key: { doc: name }, row: null },
            ...told.map((key): RowWrite => ({ table: 'activity', key, row: null })),
            row,
          ];
        },
      };
    },
  };
}

/** What the feed tells of a record that is filled again: one line, that it was restored. */
function restored(writes: readonly RowWrite[]): RowWrite[] {
  const first = writes.find(({ table }) => table === 'activity');
  const line =
    first?.row == null
      ? []
      : [{ ...first, row: { ...first.row, kind: 'restored', field: null, from: null, to: null } }];
  return [...writes.filter(({ table }) => table !== 'activity'), ...line];
}
