import { Checkbox } from '@rapport/ui/checkbox';
import { IconButton } from '@rapport/ui/icon-button';
import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import Minus from 'lucide-solid/icons/minus';
import Pin from 'lucide-solid/icons/pin';
import Plus from 'lucide-solid/icons/plus';
import { For, Show } from 'solid-js';
import { widthOf } from './column-width.ts';
import { useTable } from './table-context.web.ts';
import type { ShownColumn } from './view-state.ts';

const stepPx = 40;

/** Which columns are shown, in what order, how wide, and which stay: all of it by keys, too. */
export function ColumnsPanel(props: {
  shown: readonly ShownColumn[];
  onChange: (columns: readonly ShownColumn[]) => void;
}) {
  const table = useTable();
  const labelOf = (key: string) => table.column(key)?.spec.label ?? key;
  const hidden = () =>
    (table.data.shape()?.columns ?? []).filter(({ key }) => !props.shown.some((column) => column.key === key));
  const move = (key: string, by: -1 | 1) => {
    const at = props.shown.findIndex((column) => column.key === key);
    const next = [...props.shown];
    const [column] = next.splice(at, 1);
    if (column !== undefined) next.splice(Math.max(0, at + by), 0, column);
    props.onChange(next);
  };
  const change = (key: string, to: Partial<ShownColumn>) =>
    props.onChange(props.shown.map((column) => (column.key === key ? { ...column, ...to } : column)));
  const widen = (column: ShownColumn, by: number) => {
    const now = column.widthPx ?? widthOf(table.column(column.key)?.spec);
    change(column.key, { widthPx: Math.max(60, Math.min(800, now + by)) });
  };
  return (
    <div class="columns-panel">
      <For each={props.shown.map(({ key }) => key)}>
        {(key, at) => {
          const column = () => props.shown.find((each) => each.key === key);
          return (
            <Show when={column()}>
              {(now) => (
                <div class="row">
                  <span class="grow ellip">
                    <Checkbox
                      checked
                      disabled={props.shown.length === 1}
                      onChange={() => props.onChange(props.shown.filter((each) => each.key !== key))}
                    >
                      {labelOf(key)}
                    </Checkbox>
                  </span>
                  <IconButton
                    icon={Pin}
                    size="sm"
                    label={`Keep ${labelOf(key)} in place`}
                    aria-pressed={now().isPinned}
                    onClick={() => change(key, { isPinned: !now().isPinned })}
                  />
                  <IconButton
                    icon={Minus}
                    size="sm"
                    label={`${labelOf(key)} narrower`}
                    onClick={() => widen(now(), -stepPx)}
                  />
                  <IconButton
                    icon={Plus}
                    size="sm"
                    label={`${labelOf(key)} wider`}
                    onClick={() => widen(now(), stepPx)}
                  />
                  <IconButton
                    icon={ArrowUp}
                    size="sm"
                    label={`${labelOf(key)} further left`}
                    disabled={at() === 0}
                    onClick={() => move(key, -1)}
                  />
                  <IconButton
                    icon={ArrowDown}
                    size="sm"
                    label={`${labelOf(key)} further right`}
                    disabled={at() === props.shown.length - 1}
                    onClick={() => move(key, 1)}
                  />
                </div>
              )}
            </Show>
          );
        }}
      </For>
      <For each={hidden()}>
        {({ key, spec }) => (
          <Checkbox
            checked={false}
            onChange={() => props.onChange([...props.shown, { key, widthPx: null, isPinned: false }])}
          >
            {spec.label}
          </Checkbox>
        )}
      </For>
    </div>
  );
}
