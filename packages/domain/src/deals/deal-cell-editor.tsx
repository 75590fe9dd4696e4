import type { FieldSpec, Planned } from '@rapport/schema/fields';
import type { EditorDone } from '@rapport/ui/logic/table';
import { Picker } from '@rapport/ui/picker';
import { CellTextEditor } from '@rapport/ui/table/cell-text-editor';
import { Match, Switch, onCleanup, onMount } from 'solid-js';
import { useDealBoard } from './deal-board-context.tsx';
import { editText, parseField } from '../fields/parse-field.web.ts';
import { takesNew } from '../fields/value-inline.tsx';
import { findRecords } from '../records/find-records.web.ts';
import { PlannedCell } from '../tables/planned-cell.tsx';
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
    <Switch
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
      <Match when={isPicked(props.spec)}>
        <PickCell {...props} value={value()} />
      </Match>
      <Match when={props.spec.type === 'planned'}>
        <PlannedCell
          label={props.spec.label}
          value={value() as Planned | null}
          today={board.today()}
          onSet={(next) => board.actions.edit([props.dealId], { [props.field]: next })}
          done={props.done}
        />
      </Match>
    </Switch>
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
  const none = () => (props.value === null || isMany() ? [] : [{ id: '', label: 'None' }]);
  const known = () => choicesFor(board, props.field, props.spec);
  /** Companies and contacts are found among all that there are; without a connection, among those that the board names. */
  const list = () => {
    const { spec } = props;
    const noun = spec.type === 'reference' && (spec.noun === 'company' || spec.noun === 'contact') ? spec.noun : null;
    if (noun === null) return { options: [...none(), ...known()] };
    const search = async (text: string) => {
      try {
        return [...none(), ...(await findRecords(board.workspace, noun)(text))];
      } catch {
        const wanted = text.toLocaleLowerCase();
        return [...none(), ...known().filter(({ label }) => label.toLocaleLowerCase().includes(wanted))];
      }
    };
    return { search };
  };
  const pick = (id: string, label: string) => {
    if (id === '') return board.actions.edit([props.dealId], { [props.field]: null });
    if (props.spec.type === 'reference' && id !== label) board.references.remember(id, label);
    return set(id);
  };
  return (
    <span ref={(made) => (anchor = made)} class="cell-pick">
      <Picker
        open
        label={props.spec.label}
        multiple={isMany()}
        {...list()}
        isChosen={(id) => (isMany() ? many().includes(id) : id === props.value)}
        onPick={({ id, label }) => pick(id, label)}
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
