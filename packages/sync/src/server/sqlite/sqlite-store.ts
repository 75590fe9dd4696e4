import SqliteDatabase, { type Database } from 'better-sqlite3';
import type { DocName } from '../../shared/wire.ts';
import type { Commit, LogEntry, Store, StoredDocument, Via } from '../ports.ts';
import { makeRowWriter } from './row-writer.ts';
import { syncTables } from './tables.ts';

/** The store of one workspace file. */
export interface SqliteStore extends Store {
  /** The open file, for the query code that the composition root hands it to. Only this store writes through it. */
  readonly database: Database;
}

interface LogRow {
  seq: number;
  doc: string;
  at: number;
  actor: string;
  via: string;
  agent: string | null;
  bytes: Uint8Array;
}

const vias: readonly Via[] = ['live', 'offline', 'rest', 'import', 'server'];
const rowsPerRead = 500;

/**
 * Opens (or creates) a workspace file: WAL, synchronous=FULL, so that a commit survives power loss. `schema` are
 * idempotent statements for the read model's tables, run in one transaction.
 */
export function openSqliteStore(options: {
  path: string;
  schema?: readonly string[];
  busyTimeoutMs?: number;
}): SqliteStore {
  const database = new SqliteDatabase(options.path, { timeout: options.busyTimeoutMs ?? 2000 });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.transaction(() => {
    for (const statement of [...syncTables, ...(options.schema ?? [])]) database.exec(statement);
  })();

  const insertDocument = database.prepare('INSERT INTO sync_documents (name, created_seq) VALUES (?, ?)');
  const findDocument = database.prepare('SELECT 1 FROM sync_documents WHERE name = ?').pluck();
  const insertEntry = database.prepare(
    'INSERT INTO sync_log (seq, doc, at, actor, via, agent, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const insertClient = database.prepare('INSERT OR IGNORE INTO sync_clients (doc, client, actor) VALUES (?, ?, ?)');
  const setWatermark = database.prepare('UPDATE sync_watermark SET seq = ? WHERE id = 1');
  const setProbed = database.prepare('UPDATE sync_watermark SET probed = ? WHERE id = 1');
  const watermark = database.prepare<[], number>('SELECT seq FROM sync_watermark WHERE id = 1').pluck();
  const findSnapshot = database.prepare<[string], { seq: number; state: Uint8Array }>(
    'SELECT seq, state FROM sync_snapshots WHERE doc = ?',
  );
  const putSnapshot = database.prepare(
    'INSERT INTO sync_snapshots (doc, seq, state) VALUES (?, ?, ?) ON CONFLICT (doc) DO UPDATE SET seq = excluded.seq, state = excluded.state WHERE excluded.seq >= seq',
  );
  const findClients = database.prepare<[string], { client: number; actor: string }>(
    'SELECT client, actor FROM sync_clients WHERE doc = ?',
  );
  const tailOf = database.prepare<[string, number], LogRow>(
    'SELECT * FROM sync_log WHERE doc = ? AND seq > ? ORDER BY seq',
  );
  const pageOfDoc = database.prepare<[string, number, number], LogRow>(
    'SELECT * FROM sync_log WHERE doc = ? AND seq > ? ORDER BY seq LIMIT ?',
  );
  const pageOfAll = database.prepare<[number, number], LogRow>(
    'SELECT * FROM sync_log WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  const writeRow = makeRowWriter(database);
  // Documents are never deleted, so a name once seen need not be looked up with every edit.
  const known = new Set<DocName>();

  const write = database.transaction((commit: Commit) => {
    for (const name of commit.creates ?? []) insertDocument.run(name, commit.entries[0]?.seq ?? 0);
    for (const { seq, doc, at, actor, via, agent, update } of commit.entries) {
      if (!known.has(doc)) {
        if (findDocument.get(doc) === undefined) throw new Error(`no such document: ${doc}`);
      }
      insertEntry.run(seq, doc, at, actor, via, agent ?? null, update);
    }
    for (const rowWrite of commit.writes) writeRow(rowWrite);
    for (const { doc, client, actor } of commit.clients ?? []) insertClient.run(doc, client, actor);
    const last = commit.entries.at(-1);
    if (last !== undefined) setWatermark.run(last.seq);
  });

  return {
    database,

    async commit(commit) {
      write.immediate(commit);
      for (const entry of commit.entries) known.add(entry.doc);
    },

    async exists(doc) {
      return findDocument.get(doc) !== undefined;
    },

    async load(doc): Promise<StoredDocument | null> {
      if (findDocument.get(doc) === undefined) return null;
      const snapshot = findSnapshot.get(doc);
      const snapshotSeq = snapshot?.seq ?? 0;
      const clients = new Map<number, string>();
      for (const { client, actor } of findClients.all(doc)) clients.set(client, actor);
      return {
        snapshot: snapshot?.state ?? null,
        snapshotSeq,
        tail: tailOf.all(doc, snapshotSeq).map(toEntry),
        clients,
      };
    },

    async saveSnapshot(doc, seq, state) {
      if (findDocument.get(doc) === undefined) throw new Error(`no such document: ${doc}`);
      putSnapshot.run(doc, seq, state);
    },

    async lastSeq() {
      return watermark.get() ?? 0;
    },

    async *readLog({ doc, afterSeq = 0 } = {}) {
      // In pages: a statement that is being stepped through would keep others from writing.
      for (let after = afterSeq; ;) {
        const rows = doc === undefined ? pageOfAll.all(after, rowsPerRead) : pageOfDoc.all(doc, after, rowsPerRead);
        for (const row of rows) yield toEntry(row);
        const last = rows.at(-1);
        if (last === undefined || rows.length < rowsPerRead) return;
        after = last.seq;
      }
    },

    async probe() {
      setProbed.run(Date.now());
    },

    async close() {
      database.close();
    },
  };
}

function toEntry(row: LogRow): LogEntry {
  const via = vias.find((candidate) => candidate === row.via);
  if (via === undefined) throw new Error(`log entry ${String(row.seq)} came in an unknown way: ${row.via}`);
  const { seq, doc, at, actor, agent, bytes: update } = row;
  return { seq, doc, at, actor, via, ...(agent === null ? {} : { agent }), update };
}
