import { sameJson } from '@rapport/doc/json';
import { onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { type Cells, createCells } from '../create-cells.web.ts';
import type { Records } from '../create-records.web.ts';
import type { DealSignals } from './query.ts';
import type { BoardCard, BoardCardType } from './board-card.ts';

const storageKey = (workspaceId: string, boardId: string) => `rapport:signals:${workspaceId}:${boardId}`;

type Stored = Record<string, readonly [number, number, string | null, string]>;

/** What was known when last online, so that ages and rotting show offline. */
function readStored(key: string): [string, DealSignals][] {
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? '{}') as Stored;
    return Object.entries(stored).map(([id, [stageSince, touchedAt, touchedBy, touchedWhat]]) => [
      id,
      { stageSince, touchedAt, touchedBy, touchedWhat },
    ]);
  } catch {
    // Somebody else's or a cut entry: it is a cache, the server has the truth.
    localStorage.removeItem(key);
    return [];
  }
}

function store(key: string, signals: ReadonlyMap<string, DealSignals>): void {
  const stored: Stored = {};
  for (const [id, each] of signals) stored[id] = [each.stageSince, each.touchedAt, each.touchedBy, each.touchedWhat];
  try {
    localStorage.setItem(key, JSON.stringify(stored));
  } catch {
    // Storage full or forbidden: offline the ages then count from the deals' creation.
    localStorage.removeItem(key);
  }
}

/** The field of a deal that differs, as the server names a touch. */
function touchOf(before: BoardCard, after: BoardCard): string | null {
  if (before.stageId !== after.stageId) return 'moved';
  for (const key of Object.keys(after) as (keyof BoardCard)[])
    if (key !== 'rank' && !sameJson(before[key], after[key])) return key;
  return null;
}

const askAgainMs = 1000;

/**
 * Since when each deal is in its stage and who touched it last: from the server, kept fresh by what this browser sees
 * in the document, and kept on the device for offline.
 */
export function createSignals(
  workspace: WorkspaceClient,
  boardId: string,
  deals: Records<BoardCard>,
  { tables }: BoardCardType,
): Cells<DealSignals> {
  const key = storageKey(workspace.workspaceId, boardId);
  const cells = createCells<DealSignals>(readStored(key));
  let isAsking = false;
  let isStale = false;
  let isOver = false;
  let later: ReturnType<typeof setTimeout> | undefined;

  const ask = async () => {
    clearTimeout(later);
    later = undefined;
    if (isAsking) {
      isStale = true;
      return;
    }
    isAsking = true;
    isStale = false;
    try {
      const { items } = await workspace.api<{ items: Record<string, DealSignals> }>(
        'GET',
        `/boards/${boardId}/signals`,
      );
      if (isOver) return;
      const differing = Object.entries(items).filter(([id, each]) => !sameJson(cells.peek(id), each));
      if (differing.length > 0) cells.update(differing);
      store(key, cells.all);
    } catch {
      // Offline, or the server is restarting: what is known stays, the shell says so, the next change asks again.
    } finally {
      isAsking = false;
      if (isStale && !isOver) void ask();
    }
  };

  deals.onChange((changes) => {
    const now = workspace.now();
    const touched: [string, DealSignals][] = [];
    for (const { id, before, after, isLocal } of changes) {
      if (!after) continue;
      const touchedBy = isLocal ? workspace.me.id : null;
      if (!before) {
        if (!cells.peek(id)) touched.push([id, { stageSince: now, touchedAt: now, touchedBy, touchedWhat: 'created' }]);
        continue;
      }
      const what = touchOf(before, after);
      if (what === null) continue;
      const stageSince = what === 'moved' ? now : (cells.peek(id)?.stageSince ?? before.createdAt ?? now);
      touched.push([id, { stageSince, touchedAt: now, touchedBy, touchedWhat: what }]);
    }
    if (touched.length > 0) cells.update(touched);
    // What was missed while away comes like what happens now, and nobody tells when it was: the server is asked once more.
    if (!isOver && touched.some(([, { touchedBy }]) => touchedBy === null))
      later ??= setTimeout(() => void ask(), askAgainMs);
  });

  void ask();
  const stop = workspace.onChanged([tables.entries, tables.touches], () => void ask());
  onCleanup(() => {
    isOver = true;
    clearTimeout(later);
    stop();
  });
  return cells;
}
