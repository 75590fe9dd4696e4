import { existsSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { snapshotTable } from './check-documents.ts';

/** Of one workspace's file, in bytes and rows. */
export interface WorkspaceSizes {
  readonly fileBytes: number;
  /** The write-ahead log beside it. */
  readonly walBytes: number;
  readonly documents: number;
  readonly logRows: number;
  readonly logBytes: number;
  readonly snapshotBytes: number;
}

/** Of a file that may not be there. */
export const bytesOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

/** `database` has the file attached as `schema`; null when it cannot be read: then only the bytes on disk are told. */
export function measureWorkspace(database: Database | null, path: string, schema = 'file'): WorkspaceSizes {
  const number = (sql: string) => database?.prepare<[], number | null>(sql).pluck().get() ?? 0;
  return {
    fileBytes: bytesOf(path),
    walBytes: bytesOf(`${path}-wal`),
    documents: number(`SELECT count(*) FROM ${schema}.sync_documents`),
    logRows: number(`SELECT count(*) FROM ${schema}.sync_log`),
    // The length stands in each row's header: the bytes themselves are not read.
    logBytes: number(`SELECT sum(length(bytes)) FROM ${schema}.sync_log`),
    snapshotBytes: number(
      `SELECT sum(length(state)) FROM ${schema}.${database === null ? '' : snapshotTable(database, schema)}`,
    ),
  };
}
