import type { Database } from 'better-sqlite3';
import type { DocName } from '../../shared/wire.ts';
import type { LogEntry, StoredDocument, Via } from '../ports.ts';
import { entrySum } from './checksum.ts';
import { makeSnapshots } from './snapshots.ts';

export interface LogRow {
  seq: number;
  doc: string;
  at: number;
  actor: string;
  via: string;
  agent: string | null;
  bytes: Uint8Array;
  /** Null in rows from before there were checksums. */
  sum: number | null;
}

const vias: readonly Via[] = ['live', 'offline', 'rest', 'import', 'server'];

/** Null when the row is not as it was written. */
export function readEntry(row: LogRow): LogEntry | null {
  const via = vias.find((candidate) => candidate === row.via);
  if (via === undefined) return null;
  const { seq, doc, at, actor, agent, bytes: update, sum } = row;
  const entry: LogEntry = { seq, doc, at, actor, via, ...(agent === null ? {} : { agent }), update };
  return sum === null || sum === entrySum(entry) ? entry : null;
}

/** Reads documents of a workspace file: the newest sound snapshot, and the log entries after it. Null: never created. */
export function makeReadDocument(database: Database): (doc: DocName) => StoredDocument | null {
  const findDocument = database.prepare('SELECT 1 FROM sync_documents WHERE name = ?').pluck();
  const snapshots = makeSnapshots(database);
  const findErasure = database.prepare<[string], string>('SELECT mark FROM sync_erasures WHERE doc = ?').pluck();
  const findClients = database.prepare<[string], { client: number; actor: string }>(
    'SELECT client, actor FROM sync_clients WHERE doc = ?',
  );
  const tailOf = database.prepare<[string, number], LogRow>(
    'SELECT * FROM sync_log WHERE doc = ? AND seq > ? ORDER BY seq',
  );
  return (doc) => {
    const isListed = findDocument.get(doc) !== undefined;
    // A document that has a past was not "never created"; saying so would make clients drop their copies.
    if (!isListed && tailOf.get(doc, 0) === undefined) return null;
    const { snapshot, damaged } = snapshots.find(doc);
    const clients = new Map<number, string>();
    for (const { client, actor } of findClients.all(doc)) clients.set(client, actor);
    const erased = findErasure.get(doc);
    const tail: LogEntry[] = [];
    let lost = isListed ? null : 'it is missing in the list of documents';
    for (const row of tailOf.iterate(doc, snapshot?.seq ?? 0)) {
      const entry = readEntry(row);
      if (entry === null) {
        lost ??= `log entry ${String(row.seq)} is not as it was written`;
        break;
      }
      tail.push(entry);
    }
    return {
      snapshot: snapshot?.state ?? null,
      snapshotSeq: snapshot?.seq ?? 0,
      tail,
      clients,
      ...(erased === undefined ? {} : { erased }),
      ...(lost === null ? {} : { lost }),
      ...(damaged.length === 0 ? {} : { mended: `its snapshot at ${damaged.join(' and ')} is damaged` }),
    };
  };
}
