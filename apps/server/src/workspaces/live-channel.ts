import type { Commit, Hub } from '@rapport/sync/server/ports';
import { thingOfDocument } from '@rapport/domain/access/row-owners';
import type { LiveMessage } from '@rapport/domain/live-message';

const gapMs = 100;

/** Answers the things that a listener may not open, as they are now. */
export type HiddenFrom = () => ReadonlySet<string>;

export interface LiveChannel {
  listen(listener: (text: string) => void, hidden: HiddenFrom): () => void;
  membersChanged(): void;
  /** Shares or teams changed: everything that is derived may look different to somebody. */
  accessChanged(): void;
  close(): void;
}

/** What one commit changed, and of which things. Without one it is everybody's. */
interface Change {
  readonly things: ReadonlySet<string>;
  readonly docs: ReadonlySet<string>;
  readonly tables: ReadonlySet<string>;
}

/**
 * Gathers a workspace's commits into at most ten messages a second, each encoded once for all listeners who may see the
 * same. A listener is never told of a commit that touched nothing but hidden things. `tables`: all that a share decides
 * over.
 */
export function makeLiveChannel(hub: Pick<Hub, 'onCommit'>, tables: readonly string[] = []): LiveChannel {
  const listeners = new Map<(text: string) => void, HiddenFrom>();
  let changes: Change[] = [];
  let seq = 0;
  let timer: NodeJS.Timeout | null = null;

  const messageFor = (hidden: ReadonlySet<string>): string | null => {
    const seen = changes.filter(({ things }) => things.size === 0 || [...things].some((thing) => !hidden.has(thing)));
    if (seen.length === 0) return null;
    const docs = [...new Set(seen.flatMap((change) => [...change.docs]))];
    const message: LiveMessage = {
      type: 'changed',
      tables: [...new Set(seen.flatMap((change) => [...change.tables]))],
      docs: docs.filter((doc) => mayName(doc, hidden)),
      seq,
    };
    return JSON.stringify(message);
  };
  const flush = () => {
    timer = null;
    if (changes.length === 0) return;
    const texts = new Map<ReadonlySet<string>, string | null>();
    for (const [listener, hiddenFrom] of listeners) {
      const hidden = hiddenFrom();
      if (!texts.has(hidden)) texts.set(hidden, messageFor(hidden));
      const text = texts.get(hidden);
      if (text != null) listener(text);
    }
    changes = [];
    timer = setTimeout(flush, gapMs);
    timer.unref();
  };
  const note = (change: Change) => {
    changes.push(change);
    // The first change of a quiet time goes out at once; what follows within the gap goes together.
    if (timer === null) flush();
  };
  const off = hub.onCommit((commit) => {
    for (const { seq: at } of commit.entries) seq = Math.max(seq, at);
    // Who begins to listen later reads everything first.
    if (listeners.size > 0) note(changeOf(commit));
  });
  return {
    listen(listener, hidden) {
      listeners.set(listener, hidden);
      return () => listeners.delete(listener);
    },
    membersChanged() {
      const text = JSON.stringify({ type: 'members' } satisfies LiveMessage);
      for (const listener of listeners.keys()) listener(text);
    },
    accessChanged: () => note({ things: new Set(), docs: new Set(), tables: new Set([...tables, 'access']) }),
    close() {
      off();
      if (timer !== null) clearTimeout(timer);
      listeners.clear();
    },
  };
}

function changeOf(commit: Commit): Change {
  const docs = new Set(commit.entries.map(({ doc }) => doc));
  for (const doc of commit.creates ?? []) docs.add(doc);
  const things = new Set<string>();
  for (const doc of docs) {
    const thing = thingOfDocument(doc);
    if (thing !== null) things.add(thing);
  }
  // An import's record is no board's document, but its row says whose it is.
  for (const { row } of commit.writes) if (typeof row?.board_id === 'string') things.add(row.board_id);
  return { things, docs, tables: new Set(commit.writes.map(({ table }) => table)) };
}

/** Whether a document may be named to somebody from whom these things are hidden. */
function mayName(doc: string, hidden: ReadonlySet<string>): boolean {
  if (hidden.size === 0) return true;
  const thing = thingOfDocument(doc);
  return thing === null ? !doc.startsWith('import/') : !hidden.has(thing);
}
