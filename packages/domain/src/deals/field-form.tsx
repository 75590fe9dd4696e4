import type { FieldSpec, FieldValue, Money, Planned } from '@rapport/schema/fields';
import { isSafeUrl } from '@rapport/schema/read-value';
import { Avatar } from '@rapport/ui/avatar';
import { Checkbox } from '@rapport/ui/checkbox';
import { Combobox, MultiSelect } from '@rapport/ui/combobox';
import { DateField } from '@rapport/ui/date-field';
import { NumberField } from '@rapport/ui/number-field';
import type { Option } from '@rapport/ui/option-list';
import { TextField } from '@rapport/ui/text-field';
import { Match, Switch, createSignal } from 'solid-js';
import { takesNew } from '../fields/value-inline.tsx';
import { type DealBoard, useDealBoard } from './deal-board-context.tsx';
import { dayOfInstant, instantOfDay, moneyInput, readMoney } from '../fields/field-text.ts';

/** What can be chosen for a field: active people, its options, or what deals on the board have. */
export function choicesFor(board: DealBoard, field: string, spec: FieldSpec): readonly Option[] {
  if (spec.type === 'person')
    return [...board.workspace.members().values()]
      .filter((member) => member.status !== 'removed')
      .map((member) => ({
        id: member.id,
        label: member.name,
        mark: () => <Avatar person={member} size={18} decorative />,
        detail: member.status === 'pending' ? 'not joined yet' : undefined,
      }));
  const known = spec.type === 'select' || spec.type === 'multiSelect' ? spec.options : [];
  const used = board.valuesInUse(field).filter((value) => !known.some(({ id }) => id === value));
  return [...known, ...used.map((value) => ({ id: value, label: board.references.names().get(value) ?? value }))];
}

/** A field as a line of a form, by its spec. `onChange` gets checked values; null is empty. */
export function FieldForm(props: {
  field: string;
  spec: FieldSpec;
  value: FieldValue | null;
  onChange: (value: FieldValue | null) => void;
  autofocus?: boolean;
  error?: string | undefined;
}) {
  const board = useDealBoard();
  const [problem, setProblem] = createSignal<string>();
  const error = () => problem() ?? props.error;
  const currency = () => board.store.meta().currency;
  const text = () => (typeof props.value === 'string' ? props.value : '');
  const set = (value: FieldValue | null) => {
    setProblem(undefined);
    props.onChange(value);
  };
  const chosen = (): Option | null => {
    const id = text();
    return id === ''
      ? null
      : (choicesFor(board, props.field, props.spec).find((each) => each.id === id) ?? { id, label: id });
  };
  const setText = (typed: string) => {
    const value = typed.trim();
    if (props.spec.type === 'url' && value !== '' && !isSafeUrl(value))
      setProblem('Type an address that begins with https://');
    else if (props.spec.type === 'email' && value !== '' && !/^[^\s@]+@[^\s@]+$/.test(value))
      setProblem('Type an address like ana@example.com');
    else set(value === '' ? null : value);
  };
  return (
    <Switch
      fallback={
        <TextField
          label={props.spec.label}
          value={text()}
          multiline={props.spec.type === 'longText'}
          error={error()}
          autofocus={props.autofocus}
          onInput={setText}
        />
      }
    >
      <Match when={props.spec.type === 'money'}>
        <TextField
          label={`${props.spec.label} (${(props.value as Money | null)?.currency ?? currency()})`}
          value={props.value === null ? '' : moneyInput(props.value as Money)}
          inputMode="decimal"
          error={error()}
          autofocus={props.autofocus}
          onCommit={(typed) => {
            const value = typed.trim() === '' ? null : readMoney(typed, currency());
            if (value === null && typed.trim() !== '') setProblem('Type an amount, like 40,000 or 40k.');
            else set(value);
          }}
        />
      </Match>
      <Match when={props.spec.type === 'number'}>
        <NumberField label={props.spec.label} value={props.value as number | null} error={error()} onCommit={set} />
      </Match>
      <Match when={props.spec.type === 'date' || props.spec.type === 'instant'}>
        <DateField
          label={props.spec.label}
          today={board.today()}
          error={error()}
          value={typeof props.value === 'number' ? dayOfInstant(props.value) : (props.value as string | null)}
          onCommit={(day) => set(day === null || props.spec.type === 'date' ? day : instantOfDay(day))}
        />
      </Match>
      <Match when={props.spec.type === 'planned'}>
        <div class="planned-form">
          <TextField
            label={props.spec.label}
            value={(props.value as Planned | null)?.what ?? ''}
            placeholder="Call, visit, send the quote"
            autofocus={props.autofocus}
            error={error()}
            onInput={(what) => {
              const due = (props.value as Planned | null)?.due ?? null;
              set(what.trim() === '' && due === null ? null : { what, due });
            }}
          />
          <DateField
            label="Due"
            today={board.today()}
            value={(props.value as Planned | null)?.due ?? null}
            onCommit={(due) => {
              const what = (props.value as Planned | null)?.what ?? '';
              set(what.trim() === '' && due === null ? null : { what, due });
            }}
          />
        </div>
      </Match>
      <Match when={props.spec.type === 'checkbox'}>
        <Checkbox checked={props.value === true} onChange={(checked) => set(checked)}>
          {props.spec.label}
        </Checkbox>
      </Match>
      <Match when={props.spec.type === 'multiSelect'}>
        <MultiSelect
          label={props.spec.label}
          options={choicesFor(board, props.field, props.spec)}
          value={((props.value as readonly string[] | null) ?? []).map(
            (id) => choicesFor(board, props.field, props.spec).find((each) => each.id === id) ?? { id, label: id },
          )}
          onChange={(options) => set(options.length === 0 ? null : options.map(({ id }) => id))}
          error={error()}
          {...(takesNew(props.spec)
            ? {
                onCreate: (label: string) => set([...((props.value as readonly string[] | null) ?? []), label]),
                createLabel: 'Add',
              }
            : {})}
        />
      </Match>
      <Match when={props.spec.type === 'person' || props.spec.type === 'select' || props.spec.type === 'reference'}>
        <Combobox
          label={props.spec.label}
          options={choicesFor(board, props.field, props.spec)}
          value={chosen()}
          clearable
          onChange={(option) => set(option?.id ?? null)}
          error={error()}
          {...(takesNew(props.spec) ? { onCreate: (label: string) => set(label), createLabel: 'Add' } : {})}
        />
      </Match>
    </Switch>
  );
}
