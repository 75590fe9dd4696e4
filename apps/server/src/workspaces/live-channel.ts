import type { Hub } from '@rapport/sync/server/ports';

/** What clients are told so that they refetch what is on screen. `seq`: the read model is at least this far. */
export type LiveMessage =
  | {
      readonly type: 'changed';
      readonly tables: readonly string[];
      readonly docs: readonly string[];
      readonly seq: number;
    }
  | { readonly type: 'members' };

const gapMs = 100;

export interface LiveChannel {
  listen(listener: (text: string) => void): () => void;
  membersChanged(): void;
  close(): void;
}

/** Gathers a workspace's commits into at most ten messages a second, each encoded once for all listeners. */
export function makeLiveChannel(hub: Pick<Hub, 'onCommit'>): LiveChannel {
  const listeners = new Set<(text: string) => void>();
  const tables = new Set<string>();
  const docs = new Set<string>();
  let seq = 0;
  let timer: NodeJS.Timeout | null = null;

  const tell = (message: LiveMessage) => {
    const text = JSON.stringify(message);
    for (const listener of listeners) listener(text);
  };
  const flush = () => {
    timer = null;
    if (docs.size === 0 && tables.size === 0) return;
    tell({ type: 'changed', tables: [...tables], docs: [...docs], seq });
    tables.clear();
    docs.clear();
    timer = setTimeout(flush, gapMs);
    timer.unref();
  };
  const off = hub.onCommit((commit) => {
    for (const { doc, seq: at } of commit.entries) {
      docs.add(doc);
      seq = Math.max(seq, at);
    }
    for (const doc of commit.creates ?? []) docs.add(doc);
    for (const { table } of commit.writes) tables.add(table);
    // The first change of a quiet time goes out at once; what follows within the gap goes together.
    if (timer === null) flush();
  });
  return {
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    membersChanged: () => tell({ type: 'members' }),
    close() {
      off();
      if (timer !== null) clearTimeout(timer);
      listeners.clear();
    },
  };
}
