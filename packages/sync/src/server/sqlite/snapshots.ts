import type { Database } from 'better-sqlite3';
import type { DocName } from '../../shared/wire.ts';
import { snapshotSum } from './checksum.ts';

/** One disk error must not cost a whole replay: the snapshot before the newest is kept, too. */
const keptPerDocument = 2;

export interface FoundSnapshot {
  /** The newest one that is as it was written, or null. */
  readonly snapshot: { readonly seq: number; readonly state: Uint8Array } | null;
  /** Sequence numbers of newer ones that are damaged. */
  readonly damaged: readonly number[];
}

/** The snapshots of a workspace file, each with a checksum. They only save time: the log has everything. */
export function makeSnapshots(database: Database): {
  find(doc: DocName): FoundSnapshot;
  save(doc: DocName, seq: number, state: Uint8Array): void;
} {
  const newest = database.prepare<[string], { seq: number; sum: number | null; state: Uint8Array }>(
    'SELECT seq, sum, state FROM sync_states WHERE doc = ? ORDER BY seq DESC',
  );
  const put = database.prepare('INSERT OR REPLACE INTO sync_states (doc, seq, sum, state) VALUES (?, ?, ?, ?)');
  const dropOld = database.prepare(
    `DELETE FROM sync_states WHERE doc = @doc AND seq NOT IN
      (SELECT seq FROM sync_states WHERE doc = @doc ORDER BY seq DESC LIMIT ${String(keptPerDocument)})`,
  );
  const save = database.transaction((doc: DocName, seq: number, state: Uint8Array) => {
    put.run(doc, seq, snapshotSum(doc, seq, state), state);
    dropOld.run({ doc });
  });
  return {
    find(doc) {
      const damaged: number[] = [];
      for (const { seq, sum, state } of newest.iterate(doc)) {
        if (sum === null || sum === snapshotSum(doc, seq, state)) return { snapshot: { seq, state }, damaged };
        damaged.push(seq);
      }
      return { snapshot: null, damaged };
    },
    save: (doc, seq, state) => save(doc, seq, state),
  };
}
