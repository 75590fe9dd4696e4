import { columnKind, type ColumnKind } from './column-kind.ts';
import type { Sheet } from './sheet.ts';

/** What can be said of a column without knowing what it is for. */
export interface ColumnProfile {
  readonly column: string;
  readonly index: number;
  /** Distinct values that are not empty, in order of first appearance, with the number of rows that have them. */
  readonly counts: ReadonlyMap<string, number>;
  /** Rows that have a value. */
  readonly filled: number;
  readonly kind: ColumnKind;
}

export function profileColumns(sheet: Sheet): ColumnProfile[] {
  return sheet.columns.map((column, index) => {
    const counts = new Map<string, number>();
    let filled = 0;
    for (const { cells } of sheet.rows) {
      const cell = cells[index] ?? '';
      if (cell === '') continue;
      filled += 1;
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
    return { column, index, counts, filled, kind: columnKind([...counts.keys()], filled) };
  });
}

/** Whether a column tells every row from every other one: a key by which the same file can be imported again. */
export const isUnique = ({ counts, filled }: ColumnProfile, rows: number): boolean =>
  filled === rows && counts.size === rows && rows > 0;
