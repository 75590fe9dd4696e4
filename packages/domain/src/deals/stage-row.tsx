import Trash from 'lucide-solid/icons/trash';
import { MultiSelect } from '@rapport/ui/combobox';
import { IconButton } from '@rapport/ui/icon-button';
import { MenuButton } from '@rapport/ui/menu';
import { NumberField } from '@rapport/ui/number-field';
import { Select } from '@rapport/ui/select';
import { StageMark } from '@rapport/ui/stage-mark';
import { TextField } from '@rapport/ui/text-field';
import { Show, createSignal } from 'solid-js';
import { RowGrip } from '../row-grip.tsx';
import { useDealBoard } from './deal-board-context.tsx';
import type { NewStage, Stage, StageKind } from '../boards/schema.ts';
import { stageColour } from './stage-colour.ts';

const colours = ['', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'];
const neverAsked = new Set(['title', 'createdAt', 'closedAt', 'lostReason']);

/** One stage of the editor. Drag its grip, or Alt+arrows on it, to reorder. */
export function StageRow(props: {
  stage: Stage;
  onChange: (change: Partial<NewStage>) => void;
  onStep: (by: 1 | -1) => void;
  onDragTo: (index: number) => void;
  list: () => HTMLElement | undefined;
  onDelete: () => void;
}) {
  const board = useDealBoard();
  const [isDragged, setDragged] = createSignal(false);
  const locked = () => board.lockReason() !== undefined;
  const fields = () =>
    Object.entries(board.specs())
      .filter(([key]) => !neverAsked.has(key))
      .map(([id, spec]) => ({ id, label: spec.label }));
  return (
    <div class={`stage-row${isDragged() ? ' dragged' : ''}`} role="listitem" data-line={props.stage.id}>
      <RowGrip
        class="grip"
        name={props.stage.name}
        id={props.stage.id}
        list={props.list}
        disabled={locked()}
        onDrag={setDragged}
        onDragTo={props.onDragTo}
        onStep={props.onStep}
      />
      <MenuButton
        label="Colour of the ring"
        items={colours.map((colour, index) => ({
          id: colour === '' ? 'grey' : colour,
          label: colour === '' ? 'Grey' : `Colour ${index}`,
          mark: () => <StageMark probability={props.stage.probability} colour={stageColour(colour)} />,
        }))}
        isChosen={(id) => id === (props.stage.colour === '' ? 'grey' : props.stage.colour)}
        onPick={(id) => props.onChange({ colour: id === 'grey' ? '' : id })}
      >
        {(trigger) => (
          <button type="button" class="ring-b" aria-label="Colour of the ring" disabled={locked()} {...trigger}>
            <StageMark probability={props.stage.probability} colour={stageColour(props.stage.colour)} />
          </button>
        )}
      </MenuButton>
      <TextField
        label="Name"
        hideLabel
        value={props.stage.name}
        maxLength={100}
        disabled={locked()}
        onCommit={(name) => props.onChange({ name })}
      />
      <Select
        label="Kind"
        hideLabel
        disabled={locked()}
        options={[
          { id: 'open', label: 'Open' },
          { id: 'won', label: 'Won' },
          { id: 'lost', label: 'Lost' },
        ]}
        value={props.stage.kind}
        onChange={(kind) => props.onChange({ kind: kind as StageKind })}
      />
      <NumberField
        label="Chance"
        hideLabel
        suffix="%"
        min={0}
        max={100}
        disabled={locked() || props.stage.kind !== 'open'}
        value={props.stage.probability}
        onCommit={(probability) => props.onChange({ probability: probability ?? 0 })}
      />
      <NumberField
        label="Rots after"
        hideLabel
        suffix="days"
        placeholder="never"
        min={1}
        max={3650}
        disabled={locked() || props.stage.kind !== 'open'}
        value={props.stage.rotDays}
        onCommit={(rotDays) => props.onChange({ rotDays })}
      />
      <MultiSelect
        label="Needs, to enter"
        hideLabel
        placeholder="Nothing"
        disabled={locked()}
        options={fields()}
        value={props.stage.required.map((id) => fields().find((each) => each.id === id) ?? { id, label: id })}
        onChange={(chosen) => props.onChange({ required: chosen.map(({ id }) => id) })}
      />
      <Show when={!locked()}>
        <IconButton icon={Trash} size="sm" label={`Delete ${props.stage.name}`} onClick={() => props.onDelete()} />
      </Show>
    </div>
  );
}
