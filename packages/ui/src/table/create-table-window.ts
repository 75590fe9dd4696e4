import { createEffect, createMemo, createSignal, on, onCleanup, onMount } from 'solid-js';
import { rowsIn } from '../logic/row-window.ts';
import type { TableProps } from '../logic/table.ts';

const overscan = 6;
const unknown = '\u0000';
const headPx = 28;

/** How a skeleton's lines differ from the next one's: its place in the window. */
export const placeOfUnknown = (key: string): number => Number(key.slice(unknown.length));

/** Whether a line stands for a row that is not known yet. */
export const isUnknown = (key: string): boolean => key.startsWith(unknown);

/** Which lines of a table are drawn, by what is scrolled into view. `box` is what scrolls. */
export function createTableWindow(props: TableProps, box: () => HTMLDivElement | undefined) {
  const [scroll, setScroll] = createSignal({ top: 0, heightPx: 600 });
  const [rowPx, setRowPx] = createSignal(32);
  const range = createMemo(
    () => rowsIn(props.count, rowPx(), scroll().top, scroll().heightPx, overscan),
    [0, 0] as [number, number],
    { equals: (a, b) => a[0] === b[0] && a[1] === b[1] },
  );
  createEffect(on([range, () => props.count], ([[from, to]]) => props.onRange?.(from, to)));
  const drawn = createMemo(() => {
    const [from, to] = range();
    const lines: { index: number; key: string }[] = [];
    // By their place in the window: who drags the bar past thousands of unknown rows sees the same skeletons stand.
    for (let index = from; index < to; index++)
      lines.push({ index, key: props.entryAt(index)?.id ?? `${unknown}${index - from}` });
    return lines;
  });
  const indexOf = createMemo(() => new Map(drawn().map((line) => [line.key, line.index])));
  const read = () => {
    const now = box();
    if (now !== undefined) setScroll({ top: now.scrollTop, heightPx: now.clientHeight });
  };
  onMount(() => {
    const now = box();
    if (now === undefined) return;
    const measure = () => {
      setRowPx(Number.parseFloat(getComputedStyle(now).getPropertyValue('--h-row')) || 32);
      read();
    };
    measure();
    const sizes = new ResizeObserver(measure);
    sizes.observe(now);
    onCleanup(() => sizes.disconnect());
  });
  return {
    rowPx,
    range,
    /** Keys of the drawn lines, in their order. */
    keys: createMemo(() => drawn().map((line) => line.key)),
    indexOf: (key: string) => indexOf().get(key) ?? 0,
    /** Rows that a page key passes. */
    pageRows: () => Math.max(1, Math.floor(scroll().heightPx / rowPx()) - 2),
    read,
    /** Scrolls a line between head and foot. */
    reveal(row: number) {
      const now = box();
      if (now === undefined) return;
      const footPx = props.columns.some((column) => column.footer !== undefined) ? rowPx() : 0;
      const top = row * rowPx();
      const shown = now.clientHeight - headPx - footPx;
      if (top < now.scrollTop) now.scrollTop = top;
      else if (top + rowPx() > now.scrollTop + shown) now.scrollTop = top + rowPx() - shown;
      read();
    },
  };
}

export type TableWindow = ReturnType<typeof createTableWindow>;
