import type { DocName } from '../shared/wire.ts';
import type { LogEntry, Store, StoredDocument } from './ports.ts';

/** A document as its log alone tells it, up to the first entry that can't be read. */
export async function readWholeLog(
  store: Store,
  doc: DocName,
  clients: StoredDocument['clients'],
): Promise<StoredDocument> {
  const tail: LogEntry[] = [];
  let firstLost: number | null = null;
  const onDamage = (_doc: DocName, seq: number): void => void (firstLost ??= seq);
  for await (const entry of store.readLog({ doc, onDamage })) if (firstLost === null) tail.push(entry);
  const lost = firstLost === null ? {} : { lost: `log entry ${String(firstLost)} is not as it was written` };
  return { snapshot: null, snapshotSeq: 0, tail, clients, ...lost };
}
