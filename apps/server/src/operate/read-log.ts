import type { LogEntry, Via } from '@rapport/sync/server/ports';
import { entrySum } from '@rapport/sync/server/sqlite/checksum';
import type { Database } from 'better-sqlite3';
import { OperateProblem } from './problem.ts';

interface LogRow {
  readonly seq: number;
  readonly doc: string;
  readonly at: number;
  readonly actor: string;
  readonly via: Via;
  readonly agent: string | null;
  readonly bytes: Uint8Array;
  /** Absent in a file, null in rows from before there were checksums. */
  readonly sum?: number | null;
}

export interface ReadStep {
  readonly entry: LogEntry;
  /** False when the row is not as it was written. */
  readonly isSound: boolean;
}

const rowsPerRead = 500;

/**
 * The log of a workspace's file in order, on any connection, also one that may only read. `schema` is `main` or an
 * attached `file`; `doc` restricts it to one document.
 */
export function* readSteps(database: Database, schema: 'main' | 'file', doc?: string): Generator<ReadStep> {
  // In pages: while a statement is stepped through, the connection can do nothing else.
  const page = database.prepare<unknown[], LogRow>(
    `SELECT * FROM ${schema}.sync_log WHERE ${doc === undefined ? '' : 'doc = ? AND '}seq > ? ORDER BY seq LIMIT ${rowsPerRead}`,
  );
  for (let after = 0; ;) {
    const rows = page.all(...(doc === undefined ? [after] : [doc, after]));
    for (const { seq, doc, at, actor, via, agent, bytes: update, sum } of rows) {
      const entry: LogEntry = { seq, doc, at, actor, via, ...(agent === null ? {} : { agent }), update };
      yield { entry, isSound: sum == null || sum === entrySum(entry) };
      after = seq;
    }
    if (rows.length < rowsPerRead) return;
  }
}

/** The same for what needs all of it sound. */
export async function* readLog(database: Database, schema: 'main' | 'file'): AsyncGenerator<LogEntry> {
  for (const { entry, isSound } of readSteps(database, schema)) {
    if (!isSound) throw new OperateProblem(`Step ${entry.seq} of the log, of ${entry.doc}, is damaged.`);
    yield entry;
  }
}
