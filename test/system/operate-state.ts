import SqliteDatabase from 'better-sqlite3';
import * as Y from 'yjs';
import { entrySum } from '@rapport/sync/server/sqlite/checksum';
import type { Via } from '@rapport/sync/server/ports';

interface Row {
  readonly seq: number;
  readonly doc: string;
  readonly at: number;
  readonly actor: string;
  readonly via: Via;
  readonly agent: string | null;
  readonly bytes: Uint8Array;
  readonly sum: number;
}

/** What a workspace's file says: all derived rows, and each document's state vector from a replay of its log. */
export function readState(path: string, upTo = Infinity) {
  const database = new SqliteDatabase(path, { readonly: true });
  try {
    const tables = database.prepare<[], string>('SELECT name FROM read_model_tables ORDER BY name').pluck().all();
    const rows = Object.fromEntries(tables.map((table) => [table, database.prepare(`SELECT * FROM ${table}`).all()]));
    const docs = new Map<string, Y.Doc>();
    for (const row of database.prepare<[], Row>('SELECT * FROM sync_log ORDER BY seq').all()) {
      if (row.seq > upTo) break;
      const { seq, doc: name, at, actor, via, agent, bytes: update } = row;
      const entry = { seq, doc: name, at, actor, via, ...(agent === null ? {} : { agent }), update };
      if (row.sum !== entrySum(entry)) throw new Error(`step ${seq} has another checksum`);
      const doc = docs.get(name) ?? new Y.Doc();
      docs.set(name, doc);
      Y.applyUpdate(doc, update);
    }
    const vectors = [...docs].map(([name, doc]) => [name, Buffer.from(Y.encodeStateVector(doc)).toString('hex')]);
    const lastSeq = database.prepare<[], number>('SELECT max(seq) FROM sync_log').pluck().get() ?? 0;
    return { rows, vectors, lastSeq };
  } finally {
    database.close();
  }
}
