import { describe, expect, it } from 'vitest';
import { cellStep, rowsIn } from './row-window.ts';

describe('a long table', () => {
  it('draws what the window shows', () => {
    expect(rowsIn(100_000, 32, 32_000, 640, 5)).toEqual([995, 1025]);
    expect(rowsIn(3, 32, 0, 640, 5)).toEqual([0, 3]);
    expect(rowsIn(0, 32, 0, 640, 5)).toEqual([0, 0]);
    expect(rowsIn(10, 32, 9000, 640, 5)).toEqual([10, 10]);
  });

  const size = { rows: 10, columns: 3, pageRows: 4 };
  // Rows 0 and 5 are group headings.
  const isRow = (row: number) => row !== 0 && row !== 5;
  it.each([
    ['ArrowDown', { row: 4, column: 1 }, { row: 6, column: 1 }],
    ['ArrowUp', { row: 1, column: 1 }, { row: 1, column: 1 }],
    ['ArrowRight', { row: 1, column: 2 }, { row: 1, column: 2 }],
    ['End', { row: 1, column: 0 }, { row: 1, column: 2 }],
    ['PageDown', { row: 1, column: 0 }, { row: 6, column: 0 }],
    ['PageDown', { row: 8, column: 0 }, { row: 9, column: 0 }],
    ['PageUp', { row: 2, column: 0 }, { row: 1, column: 0 }],
    ['x', { row: 2, column: 0 }, undefined],
  ])('%s', (key, from, to) => {
    expect(cellStep({ key, ctrlKey: false, metaKey: false }, from, size, isRow)).toEqual(to);
  });
  it('jumps to the corners', () => {
    const held = { ctrlKey: true, metaKey: false };
    expect(cellStep({ key: 'End', ...held }, { row: 1, column: 0 }, size, isRow)).toEqual({ row: 9, column: 2 });
    expect(cellStep({ key: 'Home', ...held }, { row: 9, column: 2 }, size, isRow)).toEqual({ row: 1, column: 0 });
  });
});
