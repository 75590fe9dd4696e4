import type { LibraryItem } from './library-item.ts';

/** Says to a drop target that lines of the library are held over it; what they are stays in this page. */
const mark = 'application/x-rapport-library';
let held: readonly LibraryItem[] = [];

export function startDrag(event: DragEvent, items: readonly LibraryItem[]): void {
  held = items;
  if (event.dataTransfer === null) return;
  event.dataTransfer.setData(mark, String(items.length));
  event.dataTransfer.effectAllowed = 'move';
}
export const dragsItems = (event: DragEvent): boolean => event.dataTransfer?.types.includes(mark) === true;
export const draggedItems = (): readonly LibraryItem[] => held;
