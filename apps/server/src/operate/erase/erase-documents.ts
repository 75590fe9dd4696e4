import { randomBytes } from 'node:crypto';
import type { LogEntry } from '@rapport/sync/server/ports';
import { rewriteUpdate } from '@rapport/sync/server/rewrite-update';
import { entrySum } from '@rapport/sync/server/sqlite/checksum';
import type { Database } from 'better-sqlite3';
import { OperateProblem } from '../problem.ts';
import { readSteps } from '../read-log.ts';
import { eraseItem } from './erase-item.ts';
import { isOneRecord, splitNamesAmong, valuesIn } from './split-names.ts';
import type { Terms } from './terms.ts';
import { findTyped } from './typed-terms.ts';

export interface ErasedDocuments {
  /** Names of documents that were changed. */
  readonly documents: readonly string[];
  /** Steps of the log that were written anew. */
  readonly steps: number;
}

/**
 * Takes the terms out of every step of the log, and everything that says something out of the documents of `records`
 * (ids); so no history has them, and documents are as if they had never been written. Snapshots of these documents are
 * dropped, and each gets a mark that tells old copies apart. In the caller's transaction. Derived rows are stale after it.
 */
export function eraseDocuments(database: Database, terms: Terms, records: readonly string[]): ErasedDocuments {
  const names = database.prepare<[], string>('SELECT name FROM sync_documents ORDER BY name').pluck().all();
  const put = database.prepare('UPDATE sync_log SET bytes = ?, sum = ? WHERE seq = ?');
  const dropStates = database.prepare('DELETE FROM sync_states WHERE doc = ?');
  const mark = database.prepare('INSERT OR REPLACE INTO sync_erasures (doc, mark) VALUES (?, ?)');
  const documents: string[] = [];
  let steps = 0;
  for (const name of names) {
    const entries = stepsOf(database, name);
    const updates = entries.map(({ update }) => update);
    const everything = isOf(name, records);
    const typed = everything ? new Map<number, Set<number>>() : findTyped(updates, terms);
    const parts = isOneRecord(name) ? splitNamesAmong(valuesIn(updates), terms) : new Set<string>();
    const before = steps;
    for (const entry of entries) {
      const update = rewriteUpdate(entry.update, (item) => eraseItem(item, { terms, everything, typed, parts }));
      if (update === null) continue;
      put.run(update, entrySum({ ...entry, update }), entry.seq);
      steps += 1;
    }
    if (steps === before) continue;
    documents.push(name);
    dropStates.run(name);
    mark.run(name, randomBytes(9).toString('base64url'));
  }
  return { documents, steps };
}

const isOf = (name: string, records: readonly string[]): boolean =>
  records.includes(name.slice(name.indexOf('/') + 1).split('~')[0] ?? '') && name.includes('/');

function stepsOf(database: Database, name: string): LogEntry[] {
  const entries: LogEntry[] = [];
  for (const { entry, isSound } of readSteps(database, 'main', name)) {
    if (!isSound) throw new OperateProblem(`Step ${entry.seq} of ${name} is damaged: restore a backup first.`);
    entries.push(entry);
  }
  return entries;
}
