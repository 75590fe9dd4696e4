import type { Commit, Hub } from '@rapport/sync/server/ports';
import { boardOfDocument } from '../access/guard-hub.ts';

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

/** Answers the boards that a listener may not open, as they are now. */
export type HiddenFrom = () => ReadonlySet<string>;

export interface LiveChannel {
  listen(listener: (text: string) => void, hidden: HiddenFrom): () => void;
  membersChanged(): void;
  /** Shares or teams changed: everything that is derived may look different to somebody. */
  accessChanged(): void;
  close(): void;
}

/** What one commit changed, and of which boards. Without a board it is everybody's. */
interface Change {
  readonly boards: ReadonlySet<string>;
  readonly docs: ReadonlySet<string>;
  readonly tables: ReadonlySet<string>;
}

/** What a share decides: everything that is counted, listed or searched. */
const derived = ['boards', 'stages', 'deals', 'activity', 'data_quality', 'imports', 'access'];

/**
 * Gathers a workspace's commits into at most ten messages a second, each encoded once for all listeners who may see the
 * same. A listener is never told of a commit that touched nothing but hidden boards.
 */
export function makeLiveChannel(hub: Pick<Hub, 'onCommit'>): LiveChannel {
  const listeners = new Map<(text: string) => void, HiddenFrom>();
  let changes: Change[] = [];
  let seq = 0;
  let timer: NodeJS.Timeout | null = null;

  const messageFor = (hidden: ReadonlySet<string>): string | null => {
    const seen = changes.filter(({ boards }) => boards.size === 0 || [...boards].some((board) => !hidden.has(board)));
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
    note(changeOf(commit));
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
    accessChanged: () => note({ boards: new Set(), docs: new Set(), tables: new Set(derived) }),
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
  const boards = new Set<string>();
  for (const doc of docs) {
    const board = boardOfDocument(doc);
    if (board !== null) boards.add(board);
  }
  // An import's record is no board's document, but its row says whose it is.
  for (const { row } of commit.writes) if (typeof row?.board_id === 'string') boards.add(row.board_id);
  return { boards, docs, tables: new Set(commit.writes.map(({ table }) => table)) };
}

/** Whether a document may be named to somebody from whom these boards are hidden. */
function mayName(doc: string, hidden: ReadonlySet<string>): boolean {
  if (hidden.size === 0) return true;
  const board = boardOfDocument(doc);
  return board === null ? !doc.startsWith('import/') : !hidden.has(board);
}
