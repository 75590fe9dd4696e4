import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import {
  For,
  Match,
  Show,
  Switch,
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  on,
  onCleanup,
  onMount,
} from 'solid-js';
import { Checkbox } from '../checkbox.tsx';
import { Icon } from '../icon.tsx';
import { type Cell, cellStep, rangeOf, isInRange, rowsIn } from '../logic/row-window.ts';
import type { EditorDone, TableColumn, TableProps } from '../logic/table.ts';

const overscan = 6;
const narrowestPx = 60;
const widestPx = 800;
const unknownKey = '\u0000';

/**
 * Rows by the hundred thousand: only those in view exist, unknown ones are skeletons. One tab stop; arrows move the
 * highlighted cell, Enter or typing edits it, Space selects its row. The highlight outlives scrolling its cell away.
 */
export function Table(props: TableProps) {
  const id = createUniqueId();
  const [scroll, setScroll] = createSignal({ top: 0, heightPx: 600 });
  const [rowPx, setRowPx] = createSignal(32);
  const [at, setAt] = createSignal<Cell>(
    { row: 0, column: 0 },
    { equals: (a, b) => a.row === b.row && a.column === b.column },
  );
  const [editing, setEditing] = createSignal<{ rowId: string; columnId: string; startText?: string | undefined }>();
  let box: HTMLDivElement | undefined;
  let anchorRow: number | undefined;
  let isShiftHeld = false;
  /** The other corner of the range of cells; undefined: the highlighted cell alone. */
  const [corner, setCorner] = createSignal<Cell>();
  const takesRanges = () => props.onCopy !== undefined;
  const cellRange = createMemo(() => rangeOf(at(), corner() ?? at()));
  const sorts = () => props.sorts ?? (props.sort == null ? [] : [props.sort]);
  /** Where columns that stay begin, by id; behind the check boxes. */
  const pinnedPx = createMemo(() => {
    let left = props.onSelect === undefined ? 0 : 40;
    const lefts = new Map<string, number>();
    for (const column of props.columns) {
      if (column.pinned !== true) continue;
      lefts.set(column.id, left);
      left += column.widthPx;
    }
    return lefts;
  });
  const pinStyle = (columnId: string) => {
    const left = pinnedPx().get(columnId);
    return left === undefined ? undefined : { left: `${left}px` };
  };

  const range = createMemo(
    () => rowsIn(props.count, rowPx(), scroll().top, scroll().heightPx, overscan),
    [0, 0] as [number, number],
    {
      equals: (a, b) => a[0] === b[0] && a[1] === b[1],
    },
  );
  createEffect(on([range, () => props.count], ([[from, to]]) => props.onRange?.(from, to)));
  const keyAt = (index: number) => props.entryAt(index)?.id ?? `${unknownKey}${index}`;
  const drawn = createMemo(() => {
    const [from, to] = range();
    const lines: { index: number; key: string }[] = [];
    for (let index = from; index < to; index++) lines.push({ index, key: keyAt(index) });
    return lines;
  });
  const keys = createMemo(() => drawn().map((line) => line.key));
  const indexOf = createMemo(() => new Map(drawn().map((line) => [line.key, line.index])));
  const rowIdAt = (index: number) => {
    const entry = props.entryAt(index);
    return entry?.kind === 'row' ? entry.id : undefined;
  };
  const isRow = (index: number) => props.entryAt(index)?.kind !== 'group';
  const columnSpan = () => props.columns.length + (props.onSelect === undefined ? 0 : 1);
  const widthPx = () =>
    props.columns.reduce((sum, column) => sum + column.widthPx, props.onSelect === undefined ? 0 : 40);

  onMount(() => {
    if (box === undefined) return;
    const measure = () => {
      if (box === undefined) return;
      setRowPx(Number.parseFloat(getComputedStyle(box).getPropertyValue('--h-row')) || 32);
      setScroll({ top: box.scrollTop, heightPx: box.clientHeight });
    };
    measure();
    const sizes = new ResizeObserver(measure);
    sizes.observe(box);
    onCleanup(() => sizes.disconnect());
  });
  const reveal = (row: number) => {
    if (box === undefined) return;
    const headPx = 28;
    const footPx = props.columns.some((column) => column.footer !== undefined) ? rowPx() : 0;
    const top = row * rowPx();
    const shown = box.clientHeight - headPx - footPx;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + rowPx() > box.scrollTop + shown) box.scrollTop = top + rowPx() - shown;
    setScroll({ top: box.scrollTop, heightPx: box.clientHeight });
  };
  const go = (cell: Cell) => {
    setAt(cell);
    reveal(cell.row);
    const rowId = rowIdAt(cell.row);
    const column = props.columns[cell.column];
    if (rowId !== undefined && column !== undefined) props.onFocusCell?.(rowId, column.id);
    // Columns wider than the window scroll into it.
    box?.querySelector(`#${CSS.escape(cellId(cell))}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const cellId = (cell: Cell) => `${id}-${cell.row}-${cell.column}`;

  /** Only a cell that exists may be named; the heading of a group has none. */
  const activeId = createMemo(() => {
    const [from, to] = range();
    const { row } = at();
    return row >= from && row < to && rowIdAt(row) !== undefined ? cellId(at()) : undefined;
  });

  const edit = (startText?: string): boolean => {
    const rowId = rowIdAt(at().row);
    const column = props.columns[at().column];
    if (rowId === undefined || column?.editor === undefined) return false;
    setEditing({ rowId, columnId: column.id, startText });
    return true;
  };
  const done: EditorDone = (next) => {
    setEditing(undefined);
    box?.focus({ preventScroll: true });
    const key =
      next === 'down' ? 'ArrowDown' : next === 'right' ? 'ArrowRight' : next === 'left' ? 'ArrowLeft' : undefined;
    const to = key === undefined ? undefined : step(key);
    if (to !== undefined) go(to);
  };
  const step = (key: string, held: { ctrlKey: boolean; metaKey: boolean } = { ctrlKey: false, metaKey: false }) =>
    cellStep(
      { key, ctrlKey: held.ctrlKey, metaKey: held.metaKey },
      at(),
      {
        rows: props.count,
        columns: props.columns.length,
        pageRows: Math.max(1, Math.floor(scroll().heightPx / rowPx()) - 2),
      },
      isRow,
    );
  const selectRange = (from: number, to: number) => {
    const ids = new Set(props.selected);
    for (let index = Math.min(from, to); index <= Math.max(from, to); index++) {
      const rowId = rowIdAt(index);
      if (rowId !== undefined) ids.add(rowId);
    }
    props.onSelect?.(ids);
  };
  const toggle = (row: number, extends_: boolean) => {
    const rowId = rowIdAt(row);
    if (rowId === undefined || props.onSelect === undefined) return;
    if (extends_ && anchorRow !== undefined) return selectRange(anchorRow, row);
    anchorRow = row;
    const ids = new Set(props.selected);
    if (!ids.delete(rowId)) ids.add(rowId);
    props.onSelect(ids);
  };
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.target !== box || event.isComposing) return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const to = event.altKey ? undefined : step(event.key, event);
    if (to !== undefined) {
      const from = at().row;
      if (takesRanges()) setCorner(event.shiftKey ? (corner() ?? at()) : undefined);
      else if (event.shiftKey && to.row !== from && props.onSelect !== undefined) {
        anchorRow ??= from;
        selectRange(anchorRow, to.row);
      }
      go(to);
    } else if (event.key === 'Enter' || event.key === 'F2') {
      const rowId = rowIdAt(at().row);
      if (!edit() && rowId !== undefined) props.onOpen?.(rowId);
    } else if (event.key === ' ' && isPlain && props.onSelect !== undefined) toggle(at().row, event.shiftKey);
    else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey) && props.onSelect !== undefined)
      selectAll(true);
    else if (event.key === 'Escape' && corner() !== undefined) setCorner(undefined);
    else if ((event.key === 'Delete' || event.key === 'Backspace') && isPlain && props.onClear !== undefined)
      props.onClear(cellRange());
    else if (event.key === 'Escape' && (props.selected?.size ?? 0) > 0) props.onSelect?.(new Set());
    // Digits start an edit; letters stay the page's shortcuts (N, X, E…).
    else if (isPlain && /^[\d=.,+-]$/u.test(event.key)) {
      if (!edit(event.key)) return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const selectAll = (selects: boolean) => {
    if (props.onSelectAll !== undefined) return props.onSelectAll(selects);
    if (!selects) return props.onSelect?.(new Set());
    return selectRange(0, props.count - 1);
  };
  const cellOf = (event: MouseEvent): Cell | undefined => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('td[data-column]') : null;
    const row = Number(element?.closest<HTMLElement>('tr')?.dataset.index);
    const column = Number(element?.dataset.column);
    return element === null || Number.isNaN(row) || Number.isNaN(column) ? undefined : { row, column };
  };
  const click = (event: MouseEvent) => {
    const cell = cellOf(event);
    if (
      cell === undefined ||
      (event.target instanceof Element && event.target.closest('a, button, input, .cell-edit, [popover]') !== null)
    )
      return;
    if (event.shiftKey && takesRanges()) {
      const from = corner() ?? at();
      box?.focus({ preventScroll: true });
      setCorner(from);
      go(cell);
      return;
    }
    if ((event.shiftKey || event.ctrlKey || event.metaKey) && props.onSelect !== undefined) {
      toggle(cell.row, event.shiftKey);
      return;
    }
    const isSame = cell.row === at().row && cell.column === at().column && document.activeElement === box;
    box?.focus({ preventScroll: true });
    setCorner(undefined);
    go(cell);
    if (isSame || event.detail === 2) edit();
  };
  const copy = (event: ClipboardEvent) => {
    if (document.activeElement !== box || props.onCopy === undefined) return;
    const text = props.onCopy(cellRange());
    event.preventDefault();
    if (typeof text === 'string') event.clipboardData?.setData('text/plain', text);
    else void text.then((late) => navigator.clipboard.writeText(late));
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (document.activeElement !== box || props.onPaste === undefined || text === '') return;
    event.preventDefault();
    props.onPaste(text, cellRange());
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
  const resize = (column: TableColumn, press: PointerEvent & { currentTarget: HTMLElement }) => {
    const grip = press.currentTarget;
    const [startX, startPx] = [press.clientX, column.widthPx];
    press.preventDefault();
    grip.setPointerCapture(press.pointerId);
    grip.onpointermove = (event) =>
      props.onResize?.(
        column.id,
        Math.round(Math.max(narrowestPx, Math.min(widestPx, startPx + event.clientX - startX))),
      );
    grip.onpointerup = grip.onpointercancel = () => (grip.onpointermove = null);
  };
  const isMixed = () => (props.selected?.size ?? 0) > 0 && (props.selected?.size ?? 0) < props.count;

  const headCell = (column: TableColumn) => {
    const direction = () => sorts().find(({ columnId }) => columnId === column.id)?.direction;
    const nth = () => sorts().findIndex(({ columnId }) => columnId === column.id) + 1;
    return (
      <th
        class={`${column.align === 'right' ? 'r ' : ''}${column.pinned === true ? 'stays' : ''}`}
        style={pinStyle(column.id)}
        scope="col"
        role="columnheader"
        aria-sort={direction() === undefined ? undefined : direction() === 'asc' ? 'ascending' : 'descending'}
      >
        <Show when={column.sortable === true && props.onSort !== undefined} fallback={column.label}>
          <button
            type="button"
            class="th-b"
            onClick={(event) =>
              props.onSort?.({ columnId: column.id, direction: direction() === 'asc' ? 'desc' : 'asc' }, event.shiftKey)
            }
          >
            <span class="ellip">{column.label}</span>
            <Show when={direction()}>
              <Icon of={direction() === 'asc' ? ArrowUp : ArrowDown} size={12} />
            </Show>
            <Show when={sorts().length > 1 && nth() > 0}>
              <span class="num">{nth()}</span>
            </Show>
          </button>
        </Show>
        <Show when={props.onResize}>
          <span class="th-size" aria-hidden="true" onPointerDown={(event) => resize(column, event)} />
        </Show>
      </th>
    );
  };

  return (
    <div
      ref={(made) => (box = made)}
      class="tbl-scroll"
      role="grid"
      tabindex="0"
      aria-label={props.label}
      aria-rowcount={props.count + 1}
      aria-colcount={columnSpan()}
      aria-multiselectable={props.onSelect === undefined ? undefined : 'true'}
      aria-activedescendant={activeId()}
      style={{ '--tbl-width': `${widthPx()}px` }}
      onScroll={(event) =>
        setScroll({ top: event.currentTarget.scrollTop, heightPx: event.currentTarget.clientHeight })
      }
      onKeyDown={press}
      onClick={click}
    >
      <table class="tbl" role="presentation">
        <colgroup>
          <Show when={props.onSelect}>
            <col style={{ width: '40px' }} />
          </Show>
          <For each={props.columns}>{(column) => <col style={{ width: `${column.widthPx}px` }} />}</For>
        </colgroup>
        <thead role="rowgroup">
          <tr role="row" aria-rowindex="1">
            <Show when={props.onSelect}>
              <th class="pick" scope="col" role="columnheader">
                <Checkbox
                  label="Select all"
                  checked={props.count > 0 && !isMixed() && (props.selected?.size ?? 0) > 0}
                  mixed={isMixed()}
                  onChange={(checked) => selectAll(checked)}
                />
              </th>
            </Show>
            <For each={props.columns}>{headCell}</For>
          </tr>
        </thead>
        <tbody role="rowgroup">
          <tr class="gap" role="presentation" aria-hidden="true">
            <td colspan={columnSpan()} style={{ height: `${range()[0] * rowPx()}px` }} />
          </tr>
          <For each={keys()}>
            {(key) => {
              const index = () => indexOf().get(key) ?? 0;
              const entry = () => props.entryAt(index());
              const group = () => {
                const now = entry();
                return now?.kind === 'group' ? now : undefined;
              };
              return (
                <Switch
                  fallback={
                    <tr
                      role="row"
                      aria-rowindex={index() + 2}
                      aria-selected={props.onSelect === undefined ? undefined : props.selected?.has(key) === true}
                      data-index={index()}
                      class={`${props.selected?.has(key) === true ? 'sel ' : ''}${props.rowClass?.(key) ?? ''}`}
                    >
                      <Show when={props.onSelect}>
                        <td
                          class="pick"
                          role="gridcell"
                          // The box's own event does not tell.
                          onPointerDown={(event) => (isShiftHeld = event.shiftKey)}
                        >
                          <Checkbox
                            label="Select this row"
                            tabIndex={-1}
                            checked={props.selected?.has(key) === true}
                            onChange={() => toggle(index(), isShiftHeld)}
                          />
                        </td>
                      </Show>
                      <For each={props.columns}>
                        {(column, columnIndex) => {
                          const isHere = () => at().row === index() && at().column === columnIndex();
                          const isEdited = () => editing()?.rowId === key && editing()?.columnId === column.id;
                          return (
                            <td
                              id={cellId({ row: index(), column: columnIndex() })}
                              role="gridcell"
                              data-column={columnIndex()}
                              style={pinStyle(column.id)}
                              class={`${column.align === 'right' ? 'r ' : ''}${column.pinned === true ? 'stays ' : ''}${corner() !== undefined && isInRange(cellRange(), index(), columnIndex()) ? 'in-range ' : ''}${isHere() ? 'is-focus ' : ''}${isEdited() ? 'is-edit ' : ''}${props.cellClass?.(key, column.id) ?? ''}`}
                            >
                              {column.cell(key)}
                              <Show when={isEdited()}>
                                <div class="cell-edit">{column.editor?.(key, done, editing()?.startText)}</div>
                              </Show>
                            </td>
                          );
                        }}
                      </For>
                    </tr>
                  }
                >
                  <Match when={key.startsWith(unknownKey)}>
                    <tr role="row" aria-rowindex={index() + 2} data-index={index()} aria-busy="true">
                      <For each={Array.from({ length: columnSpan() })}>
                        {(_, column) => (
                          <td role="gridcell">
                            <div class="sk late" style={{ width: `${40 + ((column() * 37 + index() * 13) % 45)}%` }} />
                          </td>
                        )}
                      </For>
                    </tr>
                  </Match>
                  <Match when={group()}>
                    {(heading) => (
                      <tr class="grp" role="row" aria-rowindex={index() + 2} data-index={index()}>
                        <td role="gridcell" colspan={columnSpan()}>
                          {heading().render()}
                        </td>
                      </tr>
                    )}
                  </Match>
                </Switch>
              );
            }}
          </For>
          <tr class="gap" role="presentation" aria-hidden="true">
            <td colspan={columnSpan()} style={{ height: `${(props.count - range()[1]) * rowPx()}px` }} />
          </tr>
        </tbody>
        <Show when={props.columns.some((column) => column.footer !== undefined)}>
          <tfoot role="rowgroup">
            <tr role="row">
              <Show when={props.onSelect}>
                <td class="pick" role="gridcell" />
              </Show>
              <For each={props.columns}>
                {(column) => (
                  <td
                    role="gridcell"
                    style={pinStyle(column.id)}
                    class={`${column.align === 'right' ? 'r ' : ''}${column.pinned === true ? 'stays' : ''}`}
                  >
                    {column.footer?.()}
                  </td>
                )}
              </For>
            </tr>
          </tfoot>
        </Show>
      </table>
      <Show when={props.count === 0 && props.empty !== undefined}>
        <div class="tbl-empty">{props.empty}</div>
      </Show>
    </div>
  );
}
