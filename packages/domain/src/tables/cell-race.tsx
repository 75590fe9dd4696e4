import type { FieldValue } from '@rapport/schema/fields';
import { RaceMark, type RaceSide } from '@rapport/ui/race-mark';
import { Show } from 'solid-js';
import { cellText } from './cell-value.web.ts';
import { useTable } from './table-context.web.ts';
import type { CellRace as Race } from './table-reply.ts';

const somebody = { name: 'Somebody', colour: 1 };

/** On a cell that two people set at once: who set what, and the other value a press away. */
export function CellRace(props: { rowId: string; field: string }) {
  const table = useTable();
  const race = () => table.data.row(props.rowId)?.races?.[props.field];
  const label = () => table.column(props.field)?.spec.label ?? props.field;
  const side = (id: string, value: FieldValue | null): RaceSide => {
    const spec = table.column(props.field)?.spec;
    const text = spec === undefined ? '' : cellText(spec, value, table.cells);
    return {
      person: table.workspace.members().get(id) ?? { ...somebody, id },
      isMe: id === table.workspace.me.id,
      value: <bdi>{text === '' ? 'nothing' : text}</bdi>,
    };
  };
  const answer = (found: Race, how: 'swap' | 'keep') => {
    const what = label().toLowerCase();
    table.edit(
      [{ id: props.rowId, answer: { race: found.id, how } }],
      how === 'swap' ? `Swapped the ${what} for the other value` : `Kept the ${what} that shows`,
    );
  };
  return (
    <Show when={race()}>
      {(found) => (
        <RaceMark
          label={label()}
          kept={side(found().keptBy, found().kept)}
          other={side(found().otherBy, found().other)}
          forbidden={table.canEdit() ? undefined : 'You may only look.'}
          onSwap={() => answer(found(), 'swap')}
          onKeep={() => answer(found(), 'keep')}
        />
      )}
    </Show>
  );
}
