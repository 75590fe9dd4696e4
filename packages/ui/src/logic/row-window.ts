import type { CellRange } from './table.ts';

/** Which rows of equal height a window shows: [from, to), with `overscan` more at both ends. */
export function rowsIn(
  count: number,
  rowPx: number,
  scrollTop: number,
  heightPx: number,
  overscan: number,
): [from: number, to: number] {
  const first = Math.floor(scrollTop / rowPx);
  const last = Math.ceil((scrollTop + heightPx) / rowPx);
  return [Math.max(0, Math.min(first - overscan, count)), Math.max(0, Math.min(count, last + overscan))];
}

export type Cell = { row: number; column: number };

/** The rectangle of which two cells are opposite corners. */
export const rangeOf = (one: Cell, other: Cell): CellRange => ({
  fromRow: Math.min(one.row, other.row),
  toRow: Math.max(one.row, other.row),
  fromColumn: Math.min(one.column, other.column),
  toColumn: Math.max(one.column, other.column),
});

export const isInRange = (range: CellRange, row: number, column: number): boolean =>
  row >= range.fromRow && row <= range.toRow && column >= range.fromColumn && column <= range.toColumn;

/** Where a key takes the focus in a grid; undefined for keys that move nothing. `isRow` is false for group headings. */
export function cellStep(
  event: { key: string; ctrlKey: boolean; metaKey: boolean },
  at: Cell,
  size: { rows: number; columns: number; pageRows: number },
  isRow: (row: number) => boolean = () => true,
): Cell | undefined {
  const far = event.ctrlKey || event.metaKey;
  const reach = (from: number, step: 1 | -1): number => {
    for (let row = from; row >= 0 && row < size.rows; row += step) if (isRow(row)) return row;
    return at.row;
  };
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  if (size.rows === 0) return undefined;
  switch (event.key) {
    case 'ArrowDown':
      return { ...at, row: far ? reach(lastRow, -1) : reach(at.row + 1, 1) };
    case 'ArrowUp':
      return { ...at, row: far ? reach(0, 1) : reach(at.row - 1, -1) };
    case 'ArrowRight':
      return { ...at, column: far ? lastColumn : Math.min(lastColumn, at.column + 1) };
    case 'ArrowLeft':
      return { ...at, column: far ? 0 : Math.max(0, at.column - 1) };
    case 'Home':
      return { row: far ? reach(0, 1) : at.row, column: 0 };
    case 'End':
      return { row: far ? reach(lastRow, -1) : at.row, column: lastColumn };
    case 'PageDown':
      return {
        ...at,
        row: reach(Math.min(lastRow, at.row + size.pageRows), at.row + size.pageRows > lastRow ? -1 : 1),
      };
    case 'PageUp':
      return { ...at, row: reach(Math.max(0, at.row - size.pageRows), at.row - size.pageRows < 0 ? 1 : -1) };
    default:
      return undefined;
  }
}
