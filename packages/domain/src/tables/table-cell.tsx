import type { FieldValue } from '@rapport/schema/fields';
import { Avatar } from '@rapport/ui/avatar';
import { Icon } from '@rapport/ui/icon';
import { PersonTag } from '@rapport/ui/person-tag';
import CloudOff from 'lucide-solid/icons/cloud-off';
import { For, Match, Show, Switch } from 'solid-js';
import { CellRace } from './cell-race.tsx';
import { cellText } from './cell-value.web.ts';
import { useTable } from './table-context.web.ts';

/** What a cell shows, and who is in it. */
export function TableCell(props: { rowId: string; field: string }) {
  const table = useTable();
  const spec = () => table.column(props.field)?.spec;
  const value = (): FieldValue | null => table.data.row(props.rowId)?.values[props.field] ?? null;
  const text = () => {
    const now = spec();
    return now === undefined ? '' : cellText(now, value(), table.cells);
  };
  const person = () => {
    const id = value();
    return spec()?.type === 'person' && typeof id === 'string' ? table.workspace.members().get(id) : undefined;
  };
  return (
    <>
      <Switch
        fallback={
          <bdi
            class={spec()?.type === 'money' ? 'ellip med' : 'ellip t2'}
            title={text().length > 24 ? text() : undefined}
          >
            {text()}
          </bdi>
        }
      >
        <Match when={person()}>
          {(somebody) => (
            <span class="row cell-row">
              <Avatar person={somebody()} size={18} decorative />
              <span class="ellip">{somebody().name}</span>
            </span>
          )}
        </Match>
        <Match when={spec()?.type === 'multiSelect' && value()}>
          <span class="labels cell-row">
            <For each={value() as readonly string[]}>
              {(each) => (
                <span class="label" dir="auto">
                  {labelOf(each)}
                </span>
              )}
            </For>
          </span>
        </Match>
      </Switch>
      <CellSigns rowId={props.rowId} field={props.field} />
    </>
  );
  function labelOf(id: string): string {
    const now = spec();
    return now?.type === 'multiSelect' ? (now.options.find((option) => option.id === id)?.label ?? id) : id;
  }
}

/** Over a cell: the colleague who edits it, that it waits for a connection, and that two people set it at once. */
export function CellSigns(props: { rowId: string; field: string }) {
  const table = useTable();
  const waits = () => table.data.waits(props.rowId)?.values.has(props.field) === true;
  const editor = () => table.editedBy(props.rowId, props.field);
  const isRaced = () => table.data.row(props.rowId)?.races?.[props.field] !== undefined;
  return (
    <Show when={waits() || isRaced() || editor() !== null}>
      <Show when={isRaced() && !waits()}>
        <CellRace rowId={props.rowId} field={props.field} />
      </Show>
      <Show when={waits()}>
        <span class="cell-waits" role="img" aria-label="Not saved: no connection" title="Not saved: no connection">
          <Icon of={CloudOff} size={12} />
        </span>
      </Show>
      <Show when={editor()}>{(somebody) => <PersonTag person={somebody()} isTyping />}</Show>
    </Show>
  );
}
