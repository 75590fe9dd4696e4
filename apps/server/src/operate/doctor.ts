import type { Noun } from '@rapport/domain/http/workspace-context.node';
import Sqlite, { type Database } from 'better-sqlite3';
import { shapeOf } from '../workspaces/read-model.ts';
import { checkDocuments } from './check-documents.ts';
import { compareRows } from './compare-rows.ts';
import { refuseNewerFile } from './format.ts';
import { measureWorkspace, type WorkspaceSizes } from './sizes.ts';

/** `repair`: what `--repair` does about it; null where only a backup helps. */
export interface Finding {
  readonly problem: string;
  readonly repair: string | null;
}

export interface Examination {
  readonly findings: readonly Finding[];
  readonly sizes: WorkspaceSizes;
  /** True when the findings with a repair were repaired. */
  readonly isRepaired: boolean;
}

/**
 * Examines one workspace's file, used or not: SQLite's own check, the log against what the documents need, snapshots
 * against the log, derived rows against a rebuild. With `repair` nobody else may have the file open: bad snapshots are
 * dropped and differing tables written anew, from the log, in one transaction.
 */
export async function examine(
  path: string,
  nouns: readonly Noun[],
  { repair = false }: { repair?: boolean } = {},
): Promise<Examination> {
  refuseNewerFile(path);
  // The rebuilt tables stand in memory beside the file, so that SQL compares the two.
  const database = new Sqlite(':memory:', { timeout: 5000 });
  try {
    database.prepare('ATTACH ? AS file').run(path);
    database.exec('BEGIN');
    const findings = await look(database, nouns, repair);
    const sizes = measureWorkspace(database, path);
    database.exec('COMMIT');
    return { findings, sizes, isRepaired: repair && findings.some((finding) => finding.repair !== null) };
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError) || !isDamage(error.code)) throw error;
    return { findings: [damaged(error.message)], sizes: measureWorkspace(null, path), isRepaired: false };
  } finally {
    database.close();
  }
}

async function look(database: Database, nouns: readonly Noun[], repair: boolean): Promise<Finding[]> {
  const faults = database.prepare<[], string>('PRAGMA file.integrity_check(10)').pluck().all();
  // What SQLite cannot read right is not compared, and above all not written to.
  if (faults.some((fault) => fault !== 'ok')) return faults.map(damaged);
  const ofDocuments = checkDocuments(database, { repair });
  if (ofDocuments.some((finding) => finding.repair === null)) return ofDocuments;
  const shape = database.prepare<[], string>('SELECT shape FROM file.read_model').pluck().get();
  // Another version's tables: the next start drops them and writes them anew.
  const rows = shape === shapeOf(nouns) ? await compareRows(database, nouns, { repair }) : [];
  return [...ofDocuments, ...rows];
}

const damaged = (message: string): Finding => ({ problem: `The file is damaged: ${message}`, repair: null });

const isDamage = (code: string): boolean => code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
