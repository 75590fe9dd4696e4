import { basename } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import type { DocName } from '../../shared/wire.ts';
import { DamagedStore, type Commit, type Store } from '../ports.ts';
import { makeCheckpoints } from './checkpoints.ts';
import { entrySum } from './checksum.ts';
import { makeReadDocument, readEntry, type LogRow } from './read-document.ts';
import { makeRowWriter } from './row-writer.ts';
import { makeSnapshots } from './snapshots.ts';
import type { StoreThread } from './store-thread.ts';
import { prepareSyncTables } from './tables.ts';

/** The store of one workspace file. */
export interface SqliteStore extends Store {
  /** The open file, for the query code that the composition root hands it to. Only this store writes through it. */
  readonly database: Database;
}

const rowsPerRead = 500;

/**
 * Opens (or creates) a workspace file: WAL, synchronous=FULL, so that a commit survives power loss. `schema` are
 * idempotent statements for the read model's tables, run in one transaction. What takes long is left to `thread`, where
 * there is one. Throws {@link DamagedStore} for a file whose structure is broken, and leaves it as it is.
 */
export function openSqliteStore(options: {
  path: string;
  schema?: readonly string[];
  busyTimeoutMs?: number;
  thread?: StoreThread;
}): SqliteStore {
  const { path, thread } = options;
  const database = new SqliteDatabase(path, { timeout: options.busyTimeoutMs ?? 2000 });
  checkStructure(database);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  const checkpoints = makeCheckpoints(database, thread && (() => thread.checkpoint(path)));
  database.transaction(() => {
    prepareSyncTables(database);
    for (const statement of options.schema ?? []) database.exec(statement);
  })();

  const insertDocument = database.prepare('INSERT INTO sync_documents (name, created_seq) VALUES (?, ?)');
  const findDocument = database.prepare('SELECT 1 FROM sync_documents WHERE name = ?').pluck();
  const insertEntry = database.prepare(
    'INSERT INTO sync_log (seq, doc, at, actor, via, agent, bytes, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const insertClient = database.prepare('INSERT OR IGNORE INTO sync_clients (doc, client, actor) VALUES (?, ?, ?)');
  const setWatermark = database.prepare('UPDATE sync_watermark SET seq = ? WHERE id = 1');
  const setProbed = database.prepare('UPDATE sync_watermark SET probed = ? WHERE id = 1');
  const findEpoch = database.prepare<[], string>('SELECT epoch FROM sync_epoch').pluck();
  // Of both: were the watermark damaged, numbers that are taken would be given again.
  const lastSeq = database
    .prepare<[], number>(
      'SELECT max(coalesce((SELECT seq FROM sync_watermark WHERE id = 1), 0), coalesce((SELECT max(seq) FROM sync_log), 0))',
    )
    .pluck();
  const snapshots = makeSnapshots(database);
  const pageOfDoc = database.prepare<[string, number, number], LogRow>(
    'SELECT * FROM sync_log WHERE doc = ? AND seq > ? ORDER BY seq LIMIT ?',
  );
  const pageOfAll = database.prepare<[number, number], LogRow>(
    'SELECT * FROM sync_log WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  const writeRow = makeRowWriter(database);
  const readDocument = makeReadDocument(database);
  // Documents are never deleted, so a name once seen need not be looked up with every edit.
  const known = new Set<DocName>();

  const write = database.transaction((commit: Commit) => {
    for (const name of commit.creates ?? []) insertDocument.run(name, commit.entries[0]?.seq ?? 0);
    for (const entry of commit.entries) {
      const { seq, doc, at, actor, via, agent, update } = entry;
      if (!known.has(doc)) {
        if (findDocument.get(doc) === undefined) throw new Error(`no such document: ${doc}`);
      }
      insertEntry.run(seq, doc, at, actor, via, agent ?? null, update, entrySum(entry));
    }
    for (const rowWrite of commit.writes) writeRow(rowWrite);
    for (const { doc, client, actor } of commit.clients ?? []) insertClient.run(doc, client, actor);
    const last = commit.entries.at(-1);
    if (last !== undefined) setWatermark.run(last.seq);
  });

  /** Set when SQLite met something that it can't read: what still works then must not be mistaken for health. */
  let damage: DamagedStore | null = null;
  const watched = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (isCorruption(error)) damage ??= new DamagedStore(`a workspace file is damaged: ${String(error)}`);
      throw error;
    }
  };

  /** Threads that read the file; it is not closed before they have. */
  const reading = new Set<Promise<unknown>>();

  return {
    database,

    async commit(commit) {
      watched(() => write.immediate(commit));
      for (const entry of commit.entries) known.add(entry.doc);
      checkpoints.committed(commit.entries.length + commit.writes.length);
    },

    async exists(doc) {
      return findDocument.get(doc) !== undefined;
    },

    async load(doc) {
      return watched(() => readDocument(doc));
    },

    async saveSnapshot(doc, seq, state) {
      if (findDocument.get(doc) === undefined) throw new Error(`no such document: ${doc}`);
      watched(() => snapshots.save(doc, seq, state));
    },

    ...(thread === undefined
      ? {}
      : {
          async provenState(doc: DocName, seq: number) {
            const state = thread.provenState(path, doc, seq);
            reading.add(state);
            try {
              return await state;
            } finally {
              reading.delete(state);
            }
          },
        }),

    async epoch() {
      return findEpoch.get() ?? '';
    },

    async lastSeq() {
      return lastSeq.get() ?? 0;
    },

    async *readLog({ doc, afterSeq = 0, onDamage } = {}) {
      // In pages: a statement that is being stepped through would keep others from writing.
      for (let after = afterSeq; ;) {
        const rows = doc === undefined ? pageOfAll.all(after, rowsPerRead) : pageOfDoc.all(doc, after, rowsPerRead);
        for (const row of rows) {
          const entry = readEntry(row);
          if (entry !== null) yield entry;
          else if (onDamage === undefined) throw new DamagedStore(`log entry ${String(row.seq)} is damaged`);
          else onDamage(row.doc, row.seq);
        }
        const last = rows.at(-1);
        if (last === undefined || rows.length < rowsPerRead) return;
        after = last.seq;
      }
    },

    async probe() {
      if (damage !== null) throw damage;
      setProbed.run(Date.now());
    },

    releaseMemory() {
      database.pragma('shrink_memory');
    },

    async close() {
      await checkpoints.close();
      await Promise.allSettled(reading);
      database.close();
    },
  };
}

/** Whether pages, trees and indexes agree; values in them are checked by their own checksums. Reads the file once. */
function checkStructure(database: Database): void {
  let found: unknown;
  try {
    found = database.pragma('integrity_check(1)', { simple: true });
  } catch (error) {
    found = error instanceof Error ? error.message : String(error);
    if (!isCorruption(error)) {
      database.close();
      throw error;
    }
  }
  if (found === 'ok') return;
  const name = basename(database.name);
  database.close();
  throw new DamagedStore(
    `${name} is damaged (${String(found)}); restore a backup or run a recovery, nothing was changed`,
  );
}

function isCorruption(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
}
