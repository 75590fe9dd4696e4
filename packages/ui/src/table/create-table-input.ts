import { onCleanup, onMount } from 'solid-js';
import type { Cell } from '../logic/row-window.ts';
import type { TableProps } from '../logic/table.ts';
import type { TableCursor } from './create-table-cursor.ts';

const cellOf = (event: MouseEvent): Cell | undefined => {
  const element = event.target instanceof Element ? event.target.closest<HTMLElement>('td[data-column]') : null;
  const row = Number(element?.closest<HTMLElement>('tr')?.dataset.index);
  const column = Number(element?.dataset.column);
  return element === null || Number.isNaN(row) || Number.isNaN(column) ? undefined : { row, column };
};

/** Keys, pointer and clipboard of a table, for its scrolling box. */
export function createTableInput(props: TableProps, cursor: TableCursor, box: () => HTMLDivElement | undefined) {
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.target !== box() || event.isComposing) return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const { at, corner } = cursor;
    const to = event.altKey ? undefined : cursor.step(event.key, event);
    if (to !== undefined) {
      if (cursor.takesRanges()) cursor.setCorner(event.shiftKey ? (corner() ?? at()) : undefined);
      else if (event.shiftKey && to.row !== at().row && props.onSelect !== undefined) cursor.selectTo(to.row);
      cursor.go(to);
    } else if (event.key === 'Enter' && event.altKey) {
      if (!cursor.more()) return;
    } else if (event.key === 'Enter' || event.key === 'F2') {
      const rowId = cursor.rowIdAt(at().row);
      if (!cursor.edit() && rowId !== undefined) props.onOpen?.(rowId);
    } else if (event.key === ' ' && isPlain && props.onSelect !== undefined) cursor.toggle(at().row, event.shiftKey);
    else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey) && props.onSelect !== undefined)
      cursor.selectAll(true);
    else if (event.key === 'Escape' && corner() !== undefined) cursor.setCorner(undefined);
    else if ((event.key === 'Delete' || event.key === 'Backspace') && isPlain && props.onClear !== undefined)
      props.onClear(cursor.range());
    else if (event.key === 'Escape' && (props.selected?.size ?? 0) > 0) props.onSelect?.(new Set());
    // Digits start an edit; letters stay the page's shortcuts (N, X, E…).
    else if (isPlain && /^[\d=.,+-]$/u.test(event.key)) {
      if (!cursor.edit(event.key)) return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const click = (event: MouseEvent) => {
    const cell = cellOf(event);
    const isControl =
      event.target instanceof Element && event.target.closest('a, button, input, .cell-edit, [popover]') !== null;
    if (cell === undefined || isControl) return;
    if (event.shiftKey && cursor.takesRanges()) {
      const from = cursor.corner() ?? cursor.at();
      cursor.focus();
      cursor.setCorner(from);
      cursor.go(cell);
      return;
    }
    if ((event.shiftKey || event.ctrlKey || event.metaKey) && props.onSelect !== undefined) {
      cursor.toggle(cell.row, event.shiftKey);
      return;
    }
    const isSame = cursor.isHere(cell.row, cell.column) && document.activeElement === box();
    cursor.focus();
    cursor.setCorner(undefined);
    cursor.go(cell);
    if (isSame || event.detail === 2) cursor.edit();
  };
  const copy = (event: ClipboardEvent) => {
    if (document.activeElement !== box() || props.onCopy === undefined) return;
    const text = props.onCopy(cursor.range());
    event.preventDefault();
    if (typeof text === 'string') event.clipboardData?.setData('text/plain', text);
    else void text.then((late) => navigator.clipboard.writeText(late));
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (document.activeElement !== box() || props.onPaste === undefined || text === '') return;
    event.preventDefault();
    props.onPaste(text, cursor.range());
  };
  // Where nothing can be typed these events are told to whatever the caret was put in last, which need not be in here.
  onMount(() => {
    document.addEventListener('copy', copy);
    document.addEventListener('paste', paste);
    onCleanup(() => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('paste', paste);
    });
  });
  return { press, click };
}
