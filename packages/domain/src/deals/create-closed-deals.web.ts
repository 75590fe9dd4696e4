import type { Json } from '@rapport/doc/json';
import type { Money } from '@rapport/schema/fields';
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { DealBoard } from './deal-board-context.tsx';

/** A closed deal as the server lists it. */
export interface ClosedDeal {
  readonly id: string;
  readonly stage: string;
  readonly status: string;
  readonly title: string | null;
  /** What only some kinds have, by key. */
  readonly [field: string]: unknown;
  readonly owner: string | null;
  readonly value: Money | null;
  readonly closedAt: number | null;
  readonly lostReason: string | null;
  readonly custom: Readonly<Record<string, Json>>;
}

export interface ClosedQuery {
  readonly status: 'won' | 'lost';
  /** As the API sorts: `-closedAt`. */
  readonly sort: string;
  readonly q: string;
}

const pageSize = 100;

/** Won or lost deals of the board, page by page as they are scrolled to, archives included. */
export function createClosedDeals(board: DealBoard, query: Accessor<ClosedQuery>) {
  const [rows, setRows] = createSignal<readonly ClosedDeal[]>([]);
  const [total, setTotal] = createSignal<number | null>(null);
  const [problem, setProblem] = createSignal<string | null>(null);
  let next: string | null = null;
  let turn = 0;
  let isAsking = false;

  const ask = async (cursor: string | null, limit: number): Promise<void> => {
    const mine = cursor === null ? ++turn : turn;
    const { status: kind, sort, q } = query();
    const status = kind === 'won' ? board.type.words.won : board.type.words.lost;
    const asked = new URLSearchParams({ board: board.boardId, status, sort, limit: String(limit) });
    if (q !== '') asked.set('q', q);
    if (cursor !== null) asked.set('cursor', cursor);
    isAsking = true;
    try {
      const page = await board.workspace.api<{ items: ClosedDeal[]; nextCursor: string | null; total: number }>(
        'GET',
        `/${board.type.kind}?${asked}`,
      );
      if (mine !== turn) return;
      next = page.nextCursor;
      setRows(cursor === null ? page.items : [...rows(), ...page.items]);
      setTotal(page.total);
      setProblem(null);
    } catch (error) {
      if (mine !== turn) return;
      setProblem(
        navigator.onLine && error instanceof Error
          ? error.message
          : `Closed ${board.type.words.many} show when you are online again.`,
      );
    } finally {
      if (mine === turn) isAsking = false;
    }
  };

  createEffect(on(query, () => void ask(null, pageSize)));
  // What is on screen is asked again, no more than one page of the API.
  const refresh = () => void ask(null, Math.min(500, Math.max(pageSize, rows().length)));
  onCleanup(board.workspace.onChanged([board.type.kind], refresh));
  onCleanup(() => (turn = -1));
  return {
    rows,
    total,
    problem,
    /** Asks for the next page, once, when the end is near. */
    more: () => void (next !== null && !isAsking && ask(next, pageSize)),
  };
}
