import { For, Match, Show, Switch } from 'solid-js';
import { Checkbox } from '../checkbox.tsx';
import type { TableColumn, TableProps } from '../logic/table.ts';
import type { TableCursor } from './create-table-cursor.ts';
import { isUnknown, placeOfUnknown } from './create-table-window.ts';

/** Where a column stands and how: classes of its cells, and where it stays. */
export interface ColumnFrame {
  classOf(column: TableColumn): string;
  styleOf(columnId: string): { left: string } | undefined;
}

/** One line of a table: a row, the heading of a group, or a skeleton while it is unknown. */
export function TableLine(props: {
  table: TableProps;
  cursor: TableCursor;
  frame: ColumnFrame;
  lineKey: string;
  index: number;
  columnSpan: number;
}) {
  const group = () => {
    const now = props.table.entryAt(props.index);
    return now?.kind === 'group' ? now : undefined;
  };
  return (
    <Switch fallback={<TableRow {...props} />}>
      <Match when={isUnknown(props.lineKey)}>
        <tr role="row" aria-rowindex={props.index + 2} data-index={props.index} aria-busy="true">
          <For each={Array.from({ length: props.columnSpan })}>
            {(_, column) => (
              <td role="gridcell">
                <div
                  class="sk late"
                  style={{ width: `${40 + ((column() * 37 + placeOfUnknown(props.lineKey) * 13) % 45)}%` }}
                />
              </td>
            )}
          </For>
        </tr>
      </Match>
      <Match when={group()}>
        {(heading) => (
          <tr class="grp" role="row" aria-rowindex={props.index + 2} data-index={props.index}>
            <td role="gridcell" colspan={props.columnSpan}>
              {heading().render()}
            </td>
          </tr>
        )}
      </Match>
    </Switch>
  );
}

function TableRow(props: {
  table: TableProps;
  cursor: TableCursor;
  frame: ColumnFrame;
  lineKey: string;
  index: number;
}) {
  let isShiftHeld = false;
  const isSelected = () => props.table.selected?.has(props.lineKey) === true;
  return (
    <tr
      role="row"
      aria-rowindex={props.index + 2}
      aria-selected={props.table.onSelect === undefined ? undefined : isSelected()}
      data-index={props.index}
      class={`${isSelected() ? 'sel ' : ''}${props.table.rowClass?.(props.lineKey) ?? ''}`}
    >
      <Show when={props.table.onSelect}>
        <td
          class="pick"
          role="gridcell"
          // The box's own event does not tell.
          onPointerDown={(event) => (isShiftHeld = event.shiftKey)}
        >
          <Checkbox
            label="Select this row"
            tabIndex={-1}
            checked={isSelected()}
            onChange={() => props.cursor.toggle(props.index, isShiftHeld)}
          />
        </td>
      </Show>
      <For each={props.table.columns}>
        {(column, columnIndex) => {
          const { cursor } = props;
          const signs = () =>
            `${cursor.isInRange(props.index, columnIndex()) ? 'in-range ' : ''}${cursor.isHere(props.index, columnIndex()) ? 'is-focus ' : ''}${cursor.isEdited(props.lineKey, column.id) ? 'is-edit ' : ''}`;
          return (
            <td
              id={cursor.cellId({ row: props.index, column: columnIndex() })}
              role="gridcell"
              data-column={columnIndex()}
              style={props.frame.styleOf(column.id)}
              class={`${props.frame.classOf(column)} ${signs()}${props.table.cellClass?.(props.lineKey, column.id) ?? ''}`}
            >
              {column.cell(props.lineKey)}
              <Show when={cursor.isEdited(props.lineKey, column.id)}>
                <div class="cell-edit">{column.editor?.(props.lineKey, cursor.done, cursor.startText())}</div>
              </Show>
            </td>
          );
        }}
      </For>
    </tr>
  );
}
