import { defaultLimits } from '@rapport/sync/server/limits';
import { prepareSyncTables } from '@rapport/sync/server/sqlite/tables';
import type { Noun } from '@rapport/domain/http/workspace-context.node';
import Sqlite, { type Database } from 'better-sqlite3';
import { makeLog } from '../../log.ts';
import { eraseWaiting } from '../../forms/erase-submissions.ts';
import { makeOpenHub } from '../../workspaces/open-hub.ts';
import { refuseNewerFile } from '../format.ts';
import { eraseDocuments, type ErasedDocuments } from './erase-documents.ts';
import { textsOfRecordIn } from './record-texts.ts';
import { makeTerms } from './terms.ts';

export interface Erased extends ErasedDocuments {
  /** All texts that were looked for: those given, and by what else the records are known. */
  readonly texts: readonly string[];
}

/**
 * Erases texts, and the records with these ids, from one workspace's file: from the log, snapshots, derived rows and
 * search, and from what SQLite leaves of deleted values. Nobody else may have the file open. A run that was cut off is
 * finished by the next.
 */
export async function eraseInFile(
  path: string,
  { texts, records }: { texts: readonly string[]; records: readonly string[] },
  { nouns, now }: { nouns: readonly Noun[]; now: () => number },
): Promise<Erased> {
  refuseNewerFile(path);
  const erased = onFile(path, (database) => {
    const terms = makeTerms([...texts, ...records.flatMap((record) => textsOfRecordIn(database, record))]);
    return database.transaction(() => {
      const done = eraseDocuments(database, terms, records);
      eraseWaiting(database, terms);
      // Without a known shape the next open takes the tables for another version's, and derives them anew.
      database.exec('DELETE FROM read_model');
      return { ...done, texts: terms.texts };
    })();
  });
  const { hub, store } = await makeOpenHub({ nouns, limits: defaultLimits, now, log: makeLog('error') })(path);
  await hub.close();
  await store.close();
  onFile(path, (database) => {
    // Also where nothing was found: an earlier run may have ended before this.
    database.exec('VACUUM');
    database.pragma('wal_checkpoint(TRUNCATE)');
  });
  return erased;
}

function onFile<T>(path: string, work: (database: Database) => T): T {
  const database = new Sqlite(path, { timeout: 5000 });
  try {
    // Deleted must not mean still readable.
    database.pragma('secure_delete = ON');
    prepareSyncTables(database);
    return work(database);
  } finally {
    database.close();
  }
}
