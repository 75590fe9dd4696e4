import type { FieldSpec, FieldValue, Money, Planned } from '@rapport/schema/fields';
import { isSafeUrl } from '@rapport/schema/read-value';
import { Avatar } from '@rapport/ui/avatar';
import { Checkbox } from '@rapport/ui/checkbox';
import { InlineEdit, InlinePick, type Parsed } from '@rapport/ui/inline-edit';
import { formatDay, parseDay } from '@rapport/ui/logic/dates';
import { parseNumber } from '@rapport/ui/logic/number-input';
import { For, Match, Show, Switch, createMemo } from 'solid-js';
import { useDealBoard } from './deal-board-context.tsx';
import { dayOfInstant, instantOfDay, instantText, moneyInput, readMoney, valueText } from './deal-text.ts';
import { choicesFor, takesNew } from './field-form.tsx';
import { valueOfField } from './filter.ts';

/** Reads typed text for a field, or says what to type. Empty text empties the field. */
export function parseField(
  spec: FieldSpec,
  text: string,
  context: { currency: string; today: string },
): Parsed<FieldValue | null> {
  const typed = text.trim();
  const wrong = (error: string) => ({ ok: false as const, error });
  const fine = (value: FieldValue | null) => ({ ok: true as const, value });
  if (typed === '') return spec.required === true ? wrong(`Type a ${spec.label.toLowerCase()}.`) : fine(null);
  switch (spec.type) {
    case 'money': {
      const value = readMoney(typed, context.currency);
      return value ? fine(value) : wrong('Type an amount, like 40,000 or 40k.');
    }
    case 'number': {
      const value = parseNumber(typed);
      return value == null ? wrong('Type a number, like 1,250.') : fine(value);
    }
    case 'date': {
      const day = parseDay(typed, context.today);
      return day === undefined ? wrong('Type a day, like 24 Nov, fri or +2w.') : fine(day);
    }
    case 'instant': {
      const day = parseDay(typed, context.today);
      return day == null ? wrong('Type a day, like 24 Nov, fri or +2w.') : fine(instantOfDay(day));
    }
    case 'url': {
      const value = /^[\w-]+(\.[\w-]+)+/.test(typed) ? `https://${typed}` : typed;
      return isSafeUrl(value) ? fine(value) : wrong('Type an address that begins with https://');
    }
    case 'email':
      return /^[^\s@]+@[^\s@]+$/.test(typed) ? fine(typed) : wrong('Type an address like ana@example.com');
    default:
      return fine(typed);
  }
}

/** The text that editing a field starts with. */
export function editText(spec: FieldSpec, value: FieldValue | null): string {
  if (value === null) return '';
  if (spec.type === 'money') return moneyInput(value as Money);
  if (spec.type === 'date') return formatDay(value as string);
  if (spec.type === 'instant') return formatDay(dayOfInstant(value as number));
  return String(value);
}

/** What stands where a field is empty: a way to fill it, for those who may. */
function Blank() {
  const board = useDealBoard();
  return <span class="ph">{board.lockReason() === undefined ? 'Add' : '–'}</span>;
}

/** One field of a deal whose value is the control; shows who else is in it. */
export function FieldInline(props: { dealId: string; field: string; spec: FieldSpec; class?: string }) {
  const board = useDealBoard();
  const value = createMemo<FieldValue | null>(() => {
    const deal = board.store.deals.get(props.dealId);
    return deal ? valueOfField(deal, props.field) : null;
  });
  const editedBy = createMemo(() => {
    const holder = board.people.holders.get(props.dealId);
    return holder && holder.field === props.field ? { name: holder.name, colour: holder.colour } : null;
  });
  const frame = () => ({
    label: props.spec.label,
    lockReason: board.lockReason(),
    editedBy: editedBy(),
    placeholder: 'Add',
    class: props.class,
    onEditing: (isEditing: boolean) => board.tellEditing(props.dealId, isEditing ? props.field : null),
  });
  const set = (next: FieldValue | null) => board.actions.edit([props.dealId], { [props.field]: next });
  const currency = () => (value() as Money | null)?.currency ?? board.store.meta().currency;
  const toggle = (id: string) => {
    const now = (value() as readonly string[] | null) ?? [];
    const next = now.includes(id) ? now.filter((each) => each !== id) : [...now, id];
    set(next.length === 0 ? null : next);
  };
  const choices = () => [
    ...(value() !== null && props.spec.required !== true && props.spec.type !== 'multiSelect'
      ? [{ id: '', label: 'None' }]
      : []),
    ...choicesFor(board, props.field, props.spec),
  ];
  const shown = () => valueText(props.spec, value(), board.nameOf);
  return (
    <Switch
      fallback={
        <InlineEdit
          {...frame()}
          value={value()}
          text={editText(props.spec, value())}
          isMulti={props.spec.type === 'longText'}
          inputMode={props.spec.type === 'money' || props.spec.type === 'number' ? 'decimal' : 'text'}
          parse={(text) => parseField(props.spec, text, { currency: currency(), today: board.today() })}
          onCommit={set}
        >
          <Show when={shown() !== ''} fallback={<Blank />}>
            <span
              dir="auto"
              class={props.spec.type === 'money' ? 'num semi' : props.spec.type === 'longText' ? 'long' : 'num'}
            >
              {shown()}
            </span>
          </Show>
        </InlineEdit>
      }
    >
      <Match when={props.spec.type === 'instant'}>
        <InlineEdit
          {...frame()}
          value={value()}
          text={editText(props.spec, value())}
          parse={(text) => parseField(props.spec, text, { currency: currency(), today: board.today() })}
          onCommit={set}
        >
          <Show when={value()} fallback={<Blank />}>
            <span class="num">{instantText(value() as number)}</span>
          </Show>
        </InlineEdit>
      </Match>
      <Match when={props.spec.type === 'checkbox'}>
        <Checkbox
          label={props.spec.label}
          checked={value() === true}
          disabled={board.lockReason() !== undefined}
          onChange={(checked) => set(checked ? true : null)}
        />
      </Match>
      <Match when={props.spec.type === 'multiSelect'}>
        <InlinePick
          {...frame()}
          multiple
          options={choices()}
          isChosen={(id) => ((value() as readonly string[] | null) ?? []).includes(id)}
          onPick={({ id }) => toggle(id)}
          {...(takesNew(props.spec) ? { onCreate: toggle, createLabel: 'Add' } : {})}
        >
          <Show when={value()} fallback={<Blank />}>
            <span class="labels">
              <For each={value() as readonly string[]}>
                {(id) => (
                  <span class="label" dir="auto">
                    {choices().find((each) => each.id === id)?.label ?? id}
                  </span>
                )}
              </For>
            </span>
          </Show>
        </InlinePick>
      </Match>
      <Match when={props.spec.type === 'person' || props.spec.type === 'select' || props.spec.type === 'reference'}>
        <InlinePick
          {...frame()}
          options={choices()}
          isChosen={(id) => id === value()}
          onPick={({ id }) => set(id === '' ? null : id)}
          {...(takesNew(props.spec) ? { onCreate: (label: string) => void set(label), createLabel: 'Add' } : {})}
        >
          <Show when={value()} fallback={<Blank />}>
            <Show when={props.spec.type === 'person' && board.personOf(value() as string)}>
              {(person) => <Avatar person={person()} size={18} decorative />}
            </Show>
            <span class="ellip" dir="auto">
              {shown()}
            </span>
          </Show>
        </InlinePick>
      </Match>
      <Match when={props.spec.type === 'planned'}>
        <span class="inline">{(value() as Planned | null)?.what ?? <span class="ph">None</span>}</span>
      </Match>
    </Switch>
  );
}
