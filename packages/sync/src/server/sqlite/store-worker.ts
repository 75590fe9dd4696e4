import { parentPort } from 'node:worker_threads';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import * as Y from 'yjs';
import type { DocName } from '../../shared/wire.ts';
import { provenSnapshot } from '../snapshot.ts';
import { makeReadDocument } from './read-document.ts';
import type { StoreOrder, StoreReply } from './store-thread.ts';

/** So few pages are copied by whoever writes next without anybody noticing. */
const fewPages = 100;
const mostRounds = 5;

/** The whole of the store thread; see {@link StoreThread}. A file is open only while an order is carried out. */
const port = parentPort;
if (port === null) throw new Error('files are tended by a worker thread only');

port.on('message', ({ id, order }: { id: number; order: StoreOrder }) => {
  let reply: StoreReply;
  try {
    reply = { id, answer: carryOut(order) };
  } catch (error) {
    reply = { id, problem: error instanceof Error ? error.message : String(error) };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin.
  port.postMessage(reply);
});

function carryOut(order: StoreOrder): Uint8Array | number {
  const readonly = order.ask === 'state';
  const database = new SqliteDatabase(order.path, { fileMustExist: true, readonly });
  try {
    return order.ask === 'state' ? stateAfter(database, order.doc, order.seq) : checkpoint(database);
  } finally {
    database.close();
  }
}

/** Until what others write meanwhile is little. Answers the pages in the log. */
function checkpoint(database: Database): number {
  let copied = 0;
  for (let round = 1; ; round++) {
    const [done] = database.pragma('wal_checkpoint(PASSIVE)') as { log: number; checkpointed: number }[];
    const { log, checkpointed } = done ?? { log: 0, checkpointed: 0 };
    // A log that began anew counts from nothing.
    if (round === mostRounds || Math.abs(checkpointed - copied) <= fewPages) return log;
    copied = checkpointed;
  }
}

function stateAfter(database: Database, doc: DocName, seq: number): Uint8Array {
  const stored = database.transaction(() => makeReadDocument(database)(doc))();
  if (stored === null) throw new Error(`no such document: ${doc}`);
  if (stored.lost !== undefined) throw new Error(`the document is damaged: ${stored.lost}`);
  const tail = stored.tail.filter((entry) => entry.seq <= seq);
  const last = tail.at(-1)?.seq ?? stored.snapshotSeq;
  if (last !== seq) throw new Error(`the log has ${String(last)} instead of ${String(seq)}`);
  const live = new Y.Doc({ gc: true, guid: doc });
  live.transact(() => {
    if (stored.snapshot !== null) Y.applyUpdateV2(live, stored.snapshot);
    for (const entry of tail) Y.applyUpdate(live, entry.update);
  });
  if (live.store.pendingStructs !== null || live.store.pendingDs !== null) throw new Error('the log has gaps');
  return provenSnapshot(live);
}
