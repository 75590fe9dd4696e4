import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { DealBoard } from './deal-board-context.tsx';

/** Where a deal is that is not in the board's own document. */
export type Whereabouts =
  | { readonly kind: 'asking' }
  /** In an archive of this pipeline. */
  | { readonly kind: 'archived'; readonly docName: string }
  | { readonly kind: 'elsewhere'; readonly boardId: string; readonly boardName: string }
  /** Deleted, or never was. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Asks the server where a deal is, again whenever deals change. */
export function createWhereabouts(board: DealBoard, dealId: Accessor<string>): Accessor<Whereabouts> {
  const [where, setWhere] = createSignal<Whereabouts>({ kind: 'asking' });
  const { workspace } = board;
  let asked = 0;
  const ask = async () => {
    const turn = ++asked;
    const found = await find(board, dealId());
    if (turn === asked) setWhere((known) => (sameWhereabouts(known, found) ? known : found));
  };
  createEffect(
    on(dealId, () => {
      setWhere({ kind: 'asking' });
      void ask();
    }),
  );
  onCleanup(workspace.onChanged([board.type.kind], () => void ask()));
  onCleanup(() => (asked = -1));
  return where;
}

const sameWhereabouts = (a: Whereabouts, b: Whereabouts) => JSON.stringify(a) === JSON.stringify(b);

async function find(board: DealBoard, dealId: string): Promise<Whereabouts> {
  try {
    const found = await board.workspace.api<{ doc: string; board: string }>(
      'GET',
      `/${board.type.kind}/${encodeURIComponent(dealId)}`,
    );
    // On its way: the document tells of it in a moment.
    if (found.doc === board.docName) return { kind: 'asking' };
    if (found.board === board.boardId) return { kind: 'archived', docName: found.doc };
    const name = board.boards().find(({ id }) => id === found.board)?.name ?? `another ${board.type.words.board}`;
    return { kind: 'elsewhere', boardId: found.board, boardName: name };
  } catch (error) {
    if ((error as { status?: number }).status === 404) return { kind: 'gone' };
    const reason = navigator.onLine && error instanceof Error ? error.message : 'It shows when you are online again.';
    return { kind: 'unknown', reason };
  }
}
