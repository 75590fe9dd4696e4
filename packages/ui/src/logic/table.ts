import type { JSX } from 'solid-js';

/** How an editor says that it is done, and where the focus goes next. */
export type EditorDone = (next?: 'down' | 'right' | 'left' | undefined) => void;

export type TableColumn = {
  id: string;
  label: string;
  widthPx: number;
  /** Takes the room that is left; without such a column the last one does. */
  grows?: boolean | undefined;
  align?: 'left' | 'right' | undefined;
  sortable?: boolean | undefined;
  /** Stays where it is while the others scroll sideways; such columns come first. */
  pinned?: boolean | undefined;
  /** What the cell shows. Called once per mounted cell, so read signals inside it. */
  cell: (rowId: string) => JSX.Element;
  /** What floats over the cell while it is edited; undefined when this cell cannot be. `startText` is the key that began it. */
  editor?: ((rowId: string, done: EditorDone, startText: string | undefined) => JSX.Element | undefined) | undefined;
  footer?: (() => JSX.Element) | undefined;
};

/** One line: a record, or the heading of a group. */
export type TableEntry = { kind: 'row'; id: string } | { kind: 'group'; id: string; render: () => JSX.Element };

/** A rectangle of cells, both ends included. */
export type CellRange = { fromRow: number; toRow: number; fromColumn: number; toColumn: number };

export type TableSort = { columnId: string; direction: 'asc' | 'desc' };

export type TableProps = {
  label: string;
  columns: readonly TableColumn[];
  /** All lines, drawn or not. */
  count: number;
  /** The line at an index; undefined while it is unknown, which shows a skeleton. */
  entryAt: (index: number) => TableEntry | undefined;
  /** Told which lines are in view, so that unknown ones can be asked for. */
  onRange?: ((from: number, to: number) => void) | undefined;
  sort?: TableSort | null | undefined;
  /** Instead of `sort`: what comes first, then what decides among equals. */
  sorts?: readonly TableSort[] | undefined;
  /** `isAdded`: Shift was held, so that it comes behind what is sorted by already. */
  onSort?: ((sort: TableSort, isAdded: boolean) => void) | undefined;
  /** With it, columns are drawn wider and narrower by their edge. */
  onResize?: ((columnId: string, widthPx: number) => void) | undefined;
  /** With it, Shift takes ranges of cells instead of rows, and Ctrl+C asks for their text: tabs between, a line a row. */
  onCopy?: ((range: CellRange) => string | Promise<string>) | undefined;
  /** Text that was pasted onto a range of cells. */
  onPaste?: ((text: string, range: CellRange) => void) | undefined;
  /** Delete on a range of cells. */
  onClear?: ((range: CellRange) => void) | undefined;
  selected?: ReadonlySet<string> | undefined;
  onSelect?: ((ids: ReadonlySet<string>) => void) | undefined;
  /** The head's check box. Without it the box takes the loaded rows. */
  onSelectAll?: ((selects: boolean) => void) | undefined;
  /** Enter on a cell that has no editor. */
  onOpen?: ((rowId: string) => void) | undefined;
  rowClass?: ((rowId: string) => string) | undefined;
  /** Further classes of a cell: halo p3, is-error. */
  cellClass?: ((rowId: string, columnId: string) => string) | undefined;
  /** Told which cell is edited, and null when none is any more. */
  onEditCell?: ((rowId: string | null, columnId: string | null) => void) | undefined;
  /** Tells others which cell this person is in. */
  onFocusCell?: ((rowId: string, columnId: string) => void) | undefined;
  empty?: JSX.Element | undefined;
};
