import type { Noun } from '@rapport/domain/http/workspace-context.node';
import type { LogEntry } from '@rapport/sync/server/ports';
import { entrySum } from '@rapport/sync/server/sqlite/checksum';
import Sqlite, { type Database } from 'better-sqlite3';
import { shapeOf } from '../../workspaces/read-model.ts';
import { refuseNewerFile } from '../format.ts';
import { readSteps } from '../read-log.ts';
import { purgeMasks } from './plan-masks.ts';
import { planThinning, type Fold } from './plan-thinning.ts';

export interface Thinned {
  readonly documents: number;
  /** Rows of the log that went into others. */
  readonly steps: number;
  /** False when time was up: there is more to do. */
  readonly isDone: boolean;
}

const nothing: Thinned = { documents: 0, steps: 0, isDone: true };

/**
 * Folds what is older than `before` (epoch ms) in one workspace's file, document by document, in transactions of some
 * milliseconds, so that a server may have it open. Begins no document after `untilMs` (by `now`).
 */
export async function thinFile(
  path: string,
  { before, nouns, now, untilMs }: { before: number; nouns: readonly Noun[]; now: () => number; untilMs: number },
): Promise<Thinned> {
  refuseNewerFile(path);
  const database = new Sqlite(path, { timeout: 5000 });
  try {
    // Another version's rows cannot be compared; the next start derives them anew, and the next night thins.
    if (shapeIn(database) !== shapeOf(nouns)) return nothing;
    database.exec(
      'CREATE TABLE IF NOT EXISTS sync_thinned (doc TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID',
    );
    const kinds = nouns.flatMap((noun) => noun.kinds);
    // Documents came into being at these: an export tells so, and reads it back.
    const births = new Set(database.prepare<[], number>('SELECT created_seq FROM sync_documents').pluck().all());
    let [documents, steps] = [0, 0];
    for (const name of documentsWithOld(database, before)) {
      if (now() > untilMs) return { documents, steps, isDone: false };
      const found = oldSteps(database, name, before);
      const masked = found === null ? [] : await purgeMasks(found, kinds);
      if (masked.length > 0) writeMasks(database, name, masked);
      const changed = new Map(masked.map((entry) => [entry.seq, entry]));
      const entries = found?.map((entry) => changed.get(entry.seq) ?? entry) ?? null;
      const folds = entries === null ? null : await planThinning(entries, kinds, births);
      for (const some of inBatches(folds ?? [])) {
        write(database, name, some);
        await pause();
      }
      database
        .prepare('INSERT OR REPLACE INTO sync_thinned (doc, seq) VALUES (?, ?)')
        .run(name, entries?.at(-1)?.seq ?? 0);
      if (folds === null && masked.length === 0) continue;
      documents += 1;
      steps += (folds ?? []).reduce((sum, { gone }) => sum + gone.length, 0);
    }
    return { documents, steps, isDone: true };
  } finally {
    database.close();
  }
}

function shapeIn(database: Database): string | undefined {
  return hasTable(database, 'read_model')
    ? database.prepare<[], string>('SELECT shape FROM read_model').pluck().get()
    : undefined;
}

const hasTable = (database: Database, name: string): boolean =>
  database.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name) !== undefined;

/** Documents with two and more old steps that have not been looked at; one is enough where something was purged. */
const documentsWithOld = (database: Database, before: number): string[] =>
  database
    .prepare<[number], string>(
      `SELECT l.doc FROM sync_log l LEFT JOIN sync_thinned t ON t.doc = l.doc
       WHERE l.at < ? AND l.seq > coalesce(t.seq, 0) GROUP BY l.doc
       HAVING count(*) > 1 ${hasTable(database, 'purges') ? 'OR l.doc IN (SELECT doc FROM purges)' : ''} ORDER BY l.doc`,
    )
    .pluck()
    .all(before);

/** The log of a document up to the first step that is not old; null when a step is damaged: doctor tells of those. */
function oldSteps(database: Database, name: string, before: number): LogEntry[] | null {
  const entries: LogEntry[] = [];
  for (const { entry, isSound } of readSteps(database, 'main', name)) {
    if (!isSound) return null;
    // By the order of the log: the clock may have jumped.
    if (entry.at >= before) break;
    entries.push(entry);
  }
  return entries;
}

/** Rows that one transaction drops: a commit of the server waits no longer than that. */
const mostDropped = 1_000;
const pauseMs = 20;
const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMs));

/** A day is folded at once; days one after the other, each of them leaves a log that gives the same rows. */
function* inBatches(folds: readonly Fold[]): Generator<Fold[]> {
  let batch: Fold[] = [];
  let dropped = 0;
  for (const fold of folds) {
    batch.push(fold);
    dropped += fold.gone.length;
    if (dropped < mostDropped) continue;
    yield batch;
    batch = [];
    dropped = 0;
  }
  if (batch.length > 0) yield batch;
}

function write(database: Database, name: string, folds: readonly Fold[]): void {
  const put = database.prepare('UPDATE sync_log SET bytes = ?, sum = ? WHERE seq = ?');
  const drop = database.prepare('DELETE FROM sync_log WHERE seq = ?');
  // A snapshot of a moment that the log no longer has could not be checked against it.
  const dropState = database.prepare('DELETE FROM sync_states WHERE doc = ? AND seq >= ? AND seq < ?');
  database
    .transaction(() => {
      for (const { entry, gone } of folds) {
        put.run(entry.update, entrySum(entry), entry.seq);
        for (const seq of gone) drop.run(seq);
        dropState.run(name, gone[0], entry.seq);
      }
    })
    .immediate();
}

/** One transaction: a document that was purged is small, and a card has a handful of steps. */
function writeMasks(database: Database, name: string, masked: readonly LogEntry[]): void {
  const put = database.prepare('UPDATE sync_log SET bytes = ?, sum = ? WHERE seq = ?');
  database
    .transaction(() => {
      for (const entry of masked) put.run(entry.update, entrySum(entry), entry.seq);
      // Those of before hold it, too; a later one does not.
      database.prepare('DELETE FROM sync_states WHERE doc = ? AND seq <= ?').run(name, masked.at(-1)?.seq ?? 0);
    })
    .immediate();
}
