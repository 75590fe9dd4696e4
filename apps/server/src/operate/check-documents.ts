import { livingContent } from '@rapport/sync/server/snapshot';
import type { Database } from 'better-sqlite3';
import * as Y from 'yjs';
import type { Finding } from './doctor.ts';
import { readSteps } from './read-log.ts';

interface Snapshot {
  readonly seq: number;
  readonly state: Uint8Array;
}

/**
 * Replays each document's log: every step must be as it was written, apply, and leave nothing waiting; each snapshot
 * must be what the log gives up to its sequence number. `file` is the attached workspace.
 */
export function checkDocuments(database: Database, { repair }: { repair: boolean }): Finding[] {
  const unknown = database
    .prepare<[], string>(
      'SELECT DISTINCT doc FROM file.sync_log WHERE doc NOT IN (SELECT name FROM file.sync_documents) ORDER BY doc',
    )
    .pluck()
    .all()
    .map((doc) => inLog(doc, 'it is missing in the list of documents'));
  const names = database.prepare<[], string>('SELECT name FROM file.sync_documents ORDER BY name').pluck().all();
  const table = snapshotTable(database);
  return [
    ...unknown,
    ...checkWatermark(database, repair),
    ...names.flatMap((name) => checkDocument(database, name, table, repair)),
  ];
}

/** A file that no newer server has opened yet has the table of before. */
export const snapshotTable = (database: Database, schema = 'file'): string =>
  database.prepare(`SELECT 1 FROM ${schema}.sqlite_schema WHERE name = 'sync_states'`).get() === undefined
    ? 'sync_snapshots'
    : 'sync_states';

function checkWatermark(database: Database, repair: boolean): Finding[] {
  const last = database.prepare<[], number | null>('SELECT max(seq) FROM file.sync_log').pluck().get() ?? 0;
  const watermark = database.prepare<[], number>('SELECT seq FROM file.sync_watermark WHERE id = 1').pluck().get();
  if (watermark === last) return [];
  if (repair) database.prepare('INSERT OR REPLACE INTO file.sync_watermark (id, seq) VALUES (1, ?)').run(last);
  const problem = `The log ends at ${last} and the watermark says ${watermark ?? 'nothing'}.`;
  return [{ problem, repair: 'The watermark is set to the end of the log.' }];
}

function checkDocument(database: Database, name: string, table: string, repair: boolean): Finding[] {
  const snapshots = database
    .prepare<[string], Snapshot>(`SELECT seq, state FROM file.${table} WHERE doc = ? ORDER BY seq`)
    .all(name);
  const doc = new Y.Doc({ gc: true });
  const findings: Finding[] = [];
  const compareBefore = (seq: number) => {
    for (let next = snapshots[0]; next !== undefined && next.seq < seq; next = snapshots[0]) {
      snapshots.shift();
      if (isSame(doc, next.state)) continue;
      if (repair) database.prepare(`DELETE FROM file.${table} WHERE doc = ? AND seq = ?`).run(name, next.seq);
      const problem = `The snapshot of ${name} at ${next.seq} is not what the log gives.`;
      findings.push({ problem, repair: 'The snapshot is dropped; the log has everything.' });
    }
  };
  try {
    for (const { entry, isSound } of readSteps(database, 'file', name)) {
      compareBefore(entry.seq);
      const fault = isSound ? apply(doc, entry.update) : 'is not as it was written';
      if (fault !== null) return [...findings, inLog(name, `step ${entry.seq} ${fault}`)];
    }
    compareBefore(Infinity);
    return findings;
  } finally {
    doc.destroy();
  }
}

/** What is wrong with a step of the log, or null. */
function apply(doc: Y.Doc, bytes: Uint8Array): string | null {
  try {
    Y.applyUpdate(doc, bytes);
  } catch (error) {
    return `cannot be read (${error instanceof Error ? error.message : String(error)})`;
  }
  const { pendingStructs, pendingDs } = doc.store;
  return pendingStructs === null && pendingDs === null ? null : 'builds on something that the log does not have';
}

function isSame(doc: Y.Doc, state: Uint8Array): boolean {
  const copy = new Y.Doc({ gc: true });
  try {
    Y.applyUpdateV2(copy, state);
    return Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(copy)) && livingContent(doc) === livingContent(copy);
  } catch {
    // Bytes that cannot be read are not the same, whatever is wrong with them.
    return false;
  } finally {
    copy.destroy();
  }
}

const inLog = (doc: string, what: string): Finding => ({ problem: `In the log of ${doc}: ${what}.`, repair: null });
