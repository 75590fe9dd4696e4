import { For, Show, createMemo } from 'solid-js';
import { Checkbox } from '../checkbox.tsx';
import type { TableColumn, TableProps } from '../logic/table.ts';
import { createTableCursor } from './create-table-cursor.ts';
import { createTableInput } from './create-table-input.ts';
import { createTableWindow } from './create-table-window.ts';
import { TableHead } from './table-head.tsx';
import { type ColumnFrame, TableLine } from './table-line.tsx';

const pickPx = 40;

/**
 * Rows by the hundred thousand: only those in view exist, unknown ones are skeletons. One tab stop; arrows move the
 * highlighted cell, Enter or typing edits it, Space selects its row. The highlight outlives scrolling its cell away.
 */
export function Table(props: TableProps) {
  let box: HTMLDivElement | undefined;
  const boxNow = () => box;
  const view = createTableWindow(props, boxNow);
  const cursor = createTableCursor(props, view, boxNow);
  const input = createTableInput(props, cursor, boxNow);
  const besidePx = () => (props.onSelect === undefined ? 0 : pickPx);
  /** Where columns that stay begin, by id; behind the check boxes. */
  const pinnedPx = createMemo(() => {
    let left = besidePx();
    const lefts = new Map<string, number>();
    for (const column of props.columns) {
      if (column.pinned !== true) continue;
      lefts.set(column.id, left);
      left += column.widthPx;
    }
    return lefts;
  });
  const frame: ColumnFrame = {
    classOf: ({ align, pinned }: TableColumn) => `${align === 'right' ? 'r ' : ''}${pinned === true ? 'stays' : ''}`,
    styleOf(columnId) {
      const left = pinnedPx().get(columnId);
      return left === undefined ? undefined : { left: `${left}px` };
    },
  };
  const growing = () => {
    const chosen = props.columns.findIndex(({ grows }) => grows === true);
    return chosen < 0 ? props.columns.length - 1 : chosen;
  };
  const columnSpan = () => props.columns.length + (props.onSelect === undefined ? 0 : 1);
  const widthPx = () => props.columns.reduce((sum, column) => sum + column.widthPx, besidePx());
  const chosen = () => props.selected?.size ?? 0;
  const isMixed = () => chosen() > 0 && chosen() < props.count;

  return (
    <div
      ref={(made) => (box = made)}
      class={`tbl-scroll${pinnedPx().size > 0 ? ' has-stays' : ''}`}
      role="grid"
      tabindex="0"
      aria-label={props.label}
      aria-rowcount={props.count + 1}
      aria-colcount={columnSpan()}
      aria-multiselectable={props.onSelect === undefined ? undefined : 'true'}
      aria-activedescendant={cursor.activeId()}
      style={{ '--tbl-width': `${widthPx()}px` }}
      onScroll={view.read}
      onKeyDown={input.press}
      onClick={input.click}
    >
      <table class="tbl" role="presentation">
        <colgroup>
          <Show when={props.onSelect}>
            <col style={{ width: `${pickPx}px` }} />
          </Show>
          {/* One takes what is left: the others are as wide as they say, so that those that stay stand where they are. */}
          <For each={props.columns}>
            {(column, at) => <col style={{ width: at() === growing() ? 'auto' : `${column.widthPx}px` }} />}
          </For>
        </colgroup>
        <thead role="rowgroup">
          <tr role="row" aria-rowindex="1">
            <Show when={props.onSelect}>
              <th class="pick" scope="col" role="columnheader">
                <Checkbox
                  label="Select all"
                  checked={props.count > 0 && !isMixed() && chosen() > 0}
                  mixed={isMixed()}
                  onChange={(checked) => cursor.selectAll(checked)}
                />
              </th>
            </Show>
            <For each={props.columns}>
              {(column) => (
                <TableHead
                  table={props}
                  column={column}
                  class={frame.classOf(column)}
                  style={frame.styleOf(column.id)}
                />
              )}
            </For>
          </tr>
        </thead>
        <tbody role="rowgroup">
          <tr class="gap" role="presentation" aria-hidden="true">
            <td colspan={columnSpan()} style={{ height: `${view.range()[0] * view.rowPx()}px` }} />
          </tr>
          <For each={view.keys()}>
            {(key) => (
              <TableLine
                table={props}
                cursor={cursor}
                frame={frame}
                lineKey={key}
                index={view.indexOf(key)}
                columnSpan={columnSpan()}
              />
            )}
          </For>
          <tr class="gap" role="presentation" aria-hidden="true">
            <td colspan={columnSpan()} style={{ height: `${(props.count - view.range()[1]) * view.rowPx()}px` }} />
          </tr>
        </tbody>
        <Show when={props.count > 0 && props.columns.some((column) => column.footer !== undefined)}>
          <tfoot role="rowgroup">
            <tr role="row">
              <Show when={props.onSelect}>
                <td class="pick" role="gridcell" />
              </Show>
              <For each={props.columns}>
                {(column) => (
                  <td role="gridcell" style={frame.styleOf(column.id)} class={frame.classOf(column)}>
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
