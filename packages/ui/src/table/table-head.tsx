import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import { Show } from 'solid-js';
import { Icon } from '../icon.tsx';
import type { TableColumn, TableProps } from '../logic/table.ts';

const narrowestPx = 60;
const widestPx = 800;

/** The head of a column: its order, and an edge to draw it wider by. */
export function TableHead(props: {
  table: TableProps;
  column: TableColumn;
  class: string;
  style: { left: string } | undefined;
}) {
  const sorts = () => props.table.sorts ?? (props.table.sort == null ? [] : [props.table.sort]);
  const direction = () => sorts().find(({ columnId }) => columnId === props.column.id)?.direction;
  const nth = () => sorts().findIndex(({ columnId }) => columnId === props.column.id) + 1;
  const resize = (press: PointerEvent & { currentTarget: HTMLElement }) => {
    const grip = press.currentTarget;
    const { id, widthPx } = props.column;
    const startX = press.clientX;
    press.preventDefault();
    grip.setPointerCapture(press.pointerId);
    grip.onpointermove = (event) =>
      props.table.onResize?.(
        id,
        Math.round(Math.max(narrowestPx, Math.min(widestPx, widthPx + event.clientX - startX))),
      );
    grip.onpointerup = grip.onpointercancel = () => (grip.onpointermove = null);
  };
  return (
    <th
      class={props.class}
      style={props.style}
      scope="col"
      role="columnheader"
      aria-sort={direction() === undefined ? undefined : direction() === 'asc' ? 'ascending' : 'descending'}
    >
      <Show when={props.column.sortable === true && props.table.onSort !== undefined} fallback={props.column.label}>
        <button
          type="button"
          class="th-b"
          onClick={(event) =>
            props.table.onSort?.(
              { columnId: props.column.id, direction: direction() === 'asc' ? 'desc' : 'asc' },
              event.shiftKey,
            )
          }
        >
          <span class="ellip">{props.column.label}</span>
          <Show when={direction()}>
            <Icon of={direction() === 'asc' ? ArrowUp : ArrowDown} size={12} />
          </Show>
          <Show when={sorts().length > 1 && nth() > 0}>
            <span class="num">{nth()}</span>
          </Show>
        </button>
      </Show>
      <Show when={props.table.onResize}>
        <span class="th-size" aria-hidden="true" onPointerDown={resize} />
      </Show>
    </th>
  );
}
