import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { DealBoard } from './deal-board-context.tsx';

/** How many won or lost deals of a stage the server knows, archives included; null while unknown. Live. */
export function createClosedCount(board: DealBoard, stageId: string): Accessor<number | null> {
  const [count, setCount] = createSignal<number | null>(null);
  let isOver = false;
  const ask = async () => {
    try {
      const { total } = await board.workspace.api<{ total: number }>(
        'GET',
        `/${board.type.kind}?board=${board.boardId}&stage=${encodeURIComponent(stageId)}&limit=1`,
      );
      if (!isOver) setCount(total);
    } catch {
      // Offline: what was known stays.
    }
  };
  void ask();
  const stop = board.workspace.onChanged([board.type.kind], () => void ask());
  onCleanup(() => {
    isOver = true;
    stop();
  });
  return count;
}
