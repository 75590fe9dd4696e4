import * as Y from 'yjs';
import type { DocName } from '../shared/wire.ts';
import type { ChangeContext, DocumentKind, LogEntry, Projector, RowWrite, Store } from './ports.ts';

/** Takes a rebuild's rows, in the order of the log. */
export type RowSink = (writes: readonly RowWrite[], entry: LogEntry) => void;

interface Replayed {
  readonly doc: Y.Doc;
  readonly projector: Projector | null;
}

/**
 * Replays the log through the projectors. The rows are the same as those written as the edits came in: each entry is
 * one transaction on the same state, with the same context. With `onDamage` a document stops at an entry that can't be
 * read, as it does where it is loaded; without, the whole rebuild ends there.
 */
export async function rebuildRows(
  store: Pick<Store, 'readLog'>,
  kinds: readonly DocumentKind[],
  sink: RowSink,
  onDamage?: (doc: DocName, seq: number) => void,
): Promise<void> {
  const replayed = new Map<DocName, Replayed>();
  const stopped = new Set<DocName>();
  const stop = (doc: DocName, seq: number): void => {
    stopped.add(doc);
    onDamage?.(doc, seq);
  };
  for await (const entry of store.readLog(onDamage === undefined ? {} : { onDamage: stop })) {
    if (stopped.has(entry.doc)) continue;
    let target = replayed.get(entry.doc);
    if (target === undefined) {
      const doc = new Y.Doc({ gc: true });
      const kind = kinds.find((candidate) => candidate.owns(entry.doc));
      target = { doc, projector: kind?.projector(entry.doc, doc) ?? null };
      replayed.set(entry.doc, target);
    }
    const writes = replay(target, entry);
    if (writes.length > 0) sink(writes, entry);
  }
  for (const { doc } of replayed.values()) doc.destroy();
}

function replay({ doc, projector }: Replayed, entry: LogEntry): RowWrite[] {
  const writes: RowWrite[] = [];
  const { seq, at, actor, via, agent } = entry;
  const context: ChangeContext = { seq, at, actor, via, ...(agent === undefined ? {} : { agent }) };
  const project = (transaction: Y.Transaction): void => {
    // Only the entry's own transaction: what Yjs tidies up by itself has an entry of its own.
    if (projector !== null && transaction.origin === entry) writes.push(...projector.project(transaction, context));
  };
  doc.on('afterTransaction', project);
  try {
    Y.applyUpdate(doc, entry.update, entry);
  } finally {
    doc.off('afterTransaction', project);
  }
  return writes;
}

/** The document as it was at `atMs` (epoch ms), from the log alone. The caller destroys it. */
export async function historyAt(store: Store, doc: DocName, atMs: number): Promise<Y.Doc> {
  const updates: Uint8Array[] = [];
  for await (const entry of store.readLog({ doc })) {
    // The server's clock may step back: the order of the log counts, not the stamps after this one.
    if (entry.at > atMs) break;
    updates.push(entry.update);
  }
  const then = new Y.Doc({ gc: true });
  then.transact(() => {
    for (const update of updates) Y.applyUpdate(then, update);
  });
  return then;
}
