import { createEffect, createMemo, createSignal, createUniqueId, on } from 'solid-js';
import { type Cell, cellStep, isInRange, rangeOf } from '../logic/row-window.ts';
import type { EditorDone, TableProps } from '../logic/table.ts';
import type { TableWindow } from './create-table-window.ts';

/** The highlighted cell of a table, the range from it, what is edited, and which rows are selected. */
export function createTableCursor(props: TableProps, view: TableWindow, box: () => HTMLDivElement | undefined) {
  const id = createUniqueId();
  const [at, setAt] = createSignal<Cell>(
    { row: 0, column: 0 },
    { equals: (a, b) => a.row === b.row && a.column === b.column },
  );
  /** The other corner of the range of cells; undefined: the highlighted cell alone. */
  const [corner, setCorner] = createSignal<Cell>();
  const [editing, setEditing] = createSignal<{ rowId: string; columnId: string; startText?: string | undefined }>();
  createEffect(on(editing, (now) => props.onEditCell?.(now?.rowId ?? null, now?.columnId ?? null), { defer: true }));
  let anchorRow: number | undefined;
  const range = createMemo(() => rangeOf(at(), corner() ?? at()));
  const cellId = (cell: Cell) => `${id}-${cell.row}-${cell.column}`;
  const rowIdAt = (index: number) => {
    const entry = props.entryAt(index);
    return entry?.kind === 'row' ? entry.id : undefined;
  };
  /** Only a cell that exists may be named; the heading of a group has none. */
  const activeId = createMemo(() => {
    const [from, to] = view.range();
    const { row } = at();
    return row >= from && row < to && rowIdAt(row) !== undefined ? cellId(at()) : undefined;
  });
  const focus = () => box()?.focus({ preventScroll: true });
  const go = (cell: Cell) => {
    setAt(cell);
    view.reveal(cell.row);
    const rowId = rowIdAt(cell.row);
    const column = props.columns[cell.column];
    if (rowId !== undefined && column !== undefined) props.onFocusCell?.(rowId, column.id);
    // Columns wider than the window scroll into it.
    box()
      ?.querySelector(`#${CSS.escape(cellId(cell))}`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const step = (key: string, held: { ctrlKey: boolean; metaKey: boolean } = { ctrlKey: false, metaKey: false }) =>
    cellStep(
      { key, ctrlKey: held.ctrlKey, metaKey: held.metaKey },
      at(),
      { rows: props.count, columns: props.columns.length, pageRows: view.pageRows() },
      (index) => props.entryAt(index)?.kind !== 'group',
    );
  const selectRange = (from: number, to: number) => {
    const ids = new Set(props.selected);
    for (let index = Math.min(from, to); index <= Math.max(from, to); index++) {
      const rowId = rowIdAt(index);
      if (rowId !== undefined) ids.add(rowId);
    }
    props.onSelect?.(ids);
  };
  const done: EditorDone = (next) => {
    setEditing(undefined);
    focus();
    const key =
      next === 'down' ? 'ArrowDown' : next === 'right' ? 'ArrowRight' : next === 'left' ? 'ArrowLeft' : undefined;
    const to = key === undefined ? undefined : step(key);
    if (to !== undefined) go(to);
  };
  return {
    at,
    corner,
    setCorner,
    range,
    cellId,
    rowIdAt,
    activeId,
    focus,
    go,
    step,
    done,
    takesRanges: () => props.onCopy !== undefined,
    isHere: (row: number, column: number) => at().row === row && at().column === column,
    isInRange: (row: number, column: number) => corner() !== undefined && isInRange(range(), row, column),
    isEdited: (rowId: string, columnId: string) => editing()?.rowId === rowId && editing()?.columnId === columnId,
    startText: () => editing()?.startText,
    /** Opens the editor of the highlighted cell; false when it has none. */
    edit(startText?: string): boolean {
      const rowId = rowIdAt(at().row);
      const column = props.columns[at().column];
      if (rowId === undefined || column?.editor === undefined) return false;
      setEditing({ rowId, columnId: column.id, startText });
      return true;
    },
    /** Opens what else the highlighted cell has to say (two values, say); false when there is nothing. */
    more(): boolean {
      const cell = activeId() === undefined ? null : box()?.querySelector(`#${CSS.escape(cellId(at()))}`);
      const mark = cell?.querySelector<HTMLElement>('[data-cell-more]');
      mark?.click();
      return mark != null;
    },
    /** Selects all rows from where the selection began, without touching others. */
    selectTo(row: number) {
      anchorRow ??= at().row;
      selectRange(anchorRow, row);
    },
    toggle(row: number, extends_: boolean) {
      const rowId = rowIdAt(row);
      if (rowId === undefined || props.onSelect === undefined) return;
      if (extends_ && anchorRow !== undefined) return selectRange(anchorRow, row);
      anchorRow = row;
      const ids = new Set(props.selected);
      if (!ids.delete(rowId)) ids.add(rowId);
      props.onSelect(ids);
    },
    selectAll(selects: boolean) {
      if (props.onSelectAll !== undefined) return props.onSelectAll(selects);
      if (!selects) return props.onSelect?.(new Set());
      return selectRange(0, props.count - 1);
    },
  };
}

export type TableCursor = ReturnType<typeof createTableCursor>;
