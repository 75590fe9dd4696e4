import type { FieldSpec } from '@rapport/schema/fields';
import type { EditorDone } from '@rapport/ui/logic/table';
import { Picker } from '@rapport/ui/picker';
import { CellTextEditor } from '@rapport/ui/table/cell-text-editor';
import { Show, onCleanup, onMount } from 'solid-js';
import { useDealBoard } from './deal-board-context.tsx';
import { editText, parseField } from '../fields/parse-field.web.ts';
import { takesNew } from '../fields/value-inline.tsx';
import { choicesFor } from './field-form.tsx';
import { valueOfField } from './board-card.ts';

const isPicked = (spec: FieldSpec) => ['person', 'select', 'multiSelect', 'reference'].includes(spec.type);

/** What floats over a cell of the deal table while its field is edited. */
export function DealCellEditor(props: {
  dealId: string;
  field: string;
  spec: FieldSpec;
  done: EditorDone;
  startText: string | undefined;
}) {
  const board = useDealBoard();
  const value = () => {
    const deal = board.store.deals.get(props.dealId);
    return deal ? valueOfField(board.type, deal, props.field) : null;
  };
  const currency = () => board.store.deals.peek(props.dealId)?.value?.currency ?? board.store.meta().currency;
  onMount(() => board.tellEditing(props.dealId, props.field));
  onCleanup(() => board.tellEditing(props.dealId, null));
  return (
    <Show
      when={isPicked(props.spec)}
      fallback={
        <CellTextEditor
          label={props.spec.label}
          text={editText(props.spec, value())}
          startText={props.startText}
          align={props.spec.type === 'money' ? 'right' : undefined}
          inputMode={props.spec.type === 'money' || props.spec.type === 'number' ? 'decimal' : 'text'}
          parse={(text) => parseField(props.spec, text, { currency: currency(), today: board.today() })}
          onCommit={(next) => board.actions.edit([props.dealId], { [props.field]: next })}
          done={props.done}
        />
      }
    >
      <PickCell {...props} value={value()} />
    </Show>
  );
}

function PickCell(props: { dealId: string; field: string; spec: FieldSpec; done: EditorDone; value: unknown }) {
  const board = useDealBoard();
  let anchor: HTMLSpanElement | undefined;
  const isMany = () => props.spec.type === 'multiSelect';
  const many = () => (Array.isArray(props.value) ? (props.value as readonly string[]) : []);
  const set = (id: string) => {
    const next = many().includes(id) ? many().filter((each) => each !== id) : [...many(), id];
    board.actions.edit([props.dealId], { [props.field]: !isMany() ? id : next.length === 0 ? null : next });
  };
  return (
    <span ref={(made) => (anchor = made)} class="cell-pick">
      <Picker
        open
        label={props.spec.label}
        multiple={isMany()}
        options={choicesFor(board, props.field, props.spec)}
        isChosen={(id) => (isMany() ? many().includes(id) : id === props.value)}
        onPick={({ id }) => set(id)}
        {...(takesNew(props.spec) ? { onCreate: set, createLabel: 'Add' } : {})}
        anchor={() => anchor?.closest('td') ?? anchor}
        onClose={() => props.done()}
      />
    </span>
  );
}

/** The same for the stage, which is a move. */
export function StageCellEditor(props: { dealId: string; done: EditorDone }) {
  const board = useDealBoard();
  let anchor: HTMLSpanElement | undefined;
  return (
    <span ref={(made) => (anchor = made)} class="cell-pick">
      <Picker
        open
        label="Stage"
        options={board.store.stages().map(({ id, name }) => ({ id, label: name }))}
        isChosen={(id) => id === board.store.deals.get(props.dealId)?.stageId}
        onPick={({ id }) => board.actions.move([props.dealId], id)}
        anchor={() => anchor?.closest('td') ?? anchor}
        onClose={() => props.done()}
      />
    </span>
  );
}
