import type * as Y from 'yjs';
import { eachRecord, rawRecord } from '@rapport/doc/records';
import { batchesRoot } from './record.ts';

/** Row of the file → the record that it became; of nouns whose records share a document, ''. */
export type RowsDone = ReadonlyMap<number, string>;

export const noneDone: RowsDone = new Map();

/** Adds the rows that the batches of a part wrote. */
export function addRowsOf(part: Y.Doc, done: Map<number, string>): void {
  eachRecord(part, batchesRoot, (_id, map) => {
    const { rows, ids } = rawRecord(map);
    if (!Array.isArray(rows)) return;
    for (const [at, row] of rows.entries()) {
      const id: unknown = Array.isArray(ids) ? ids[at] : '';
      if (typeof row === 'number') done.set(row, typeof id === 'string' ? id : '');
    }
  });
}
