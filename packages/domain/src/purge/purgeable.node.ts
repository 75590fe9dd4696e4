import { bringBackDocument, deleteAgain, purgeDocument, type WholeDocument } from '@rapport/doc/purge';
import { rootRecord } from '@rapport/doc/records';
import type * as Y from 'yjs';
import type { Query } from '../http/workspace-context.node.ts';

export interface Due {
  readonly doc: string;
  readonly record: string;
}

/** What of a noun is emptied for good some time after it was deleted. */
export interface Purgeable {
  /** For the audit log: how many `contacts`. */
  readonly plural: string;
  readonly noun: string;
  /** What was deleted before an instant (epoch ms), at most `limit`, except what is in `tried` (JSON list of ids). */
  due(query: Query, before: number, limit: number, tried: string): readonly Due[];
  /** Where `deletedAt` of a record stands. */
  homeOf(record: string): { readonly root: string; readonly id: string };
  /** Empties one; false when it was restored meanwhile. Runs in a transaction. */
  purge(doc: Y.Doc, record: string, now: number): boolean;
  /** Fills one that is wanted back from an earlier state of its document; null: nothing is left, it is deleted again. */
  bringBack(live: Y.Doc, before: Y.Doc | null, record: string, now: number): void;
}

/**
 * Deleted long enough by the record's own word and by the server's clock when it heard of it: a device whose clock is
 * wrong neither hastens nor delays an end.
 */
export const deletedBefore = (table: string): string =>
  `${table}.deleted_at < :before AND ${table}.id NOT IN (SELECT value FROM json_each(:tried)) AND NOT EXISTS
   (SELECT 1 FROM activity a WHERE a.record = ${table}.id AND a.kind = 'deleted' AND a.at >= :before)`;

/** A noun whose documents are one record each. `also` is what else must hold, as SQL on its table. */
export const purgeableDocuments = (noun: string, plural: string, whole: WholeDocument, also = 'TRUE'): Purgeable => ({
  noun,
  plural,
  due: (query, before, limit, tried) =>
    query.all<Due>(
      `SELECT id AS record, doc FROM ${plural} WHERE ${deletedBefore(plural)} AND ${also} ORDER BY id LIMIT ${limit}`,
      { before, tried },
    ),
  homeOf: () => ({ root: whole.home, id: rootRecord }),
  purge: (doc, _record, now) => purgeDocument(doc, whole, now),
  bringBack(live, before, _record, now) {
    if (before === null || !bringBackDocument(live, before, whole)) deleteAgain(live, whole.home, rootRecord, now);
  },
});

const pauseMs = 2;

/** Between two documents other work has its turn. */
export const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMs));
