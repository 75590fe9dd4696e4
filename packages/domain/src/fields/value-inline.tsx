import type { FieldSpec, FieldValue, Money } from '@rapport/schema/fields';
import { Avatar } from '@rapport/ui/avatar';
import { Checkbox } from '@rapport/ui/checkbox';
import { InlineEdit, type InlineFrame, InlinePick } from '@rapport/ui/inline-edit';
import type { Option } from '@rapport/ui/option-list';
import { For, Match, Show, Switch } from 'solid-js';
import { instantText, valueText } from './field-text.ts';
import { editText, parseField } from './parse-field.web.ts';

/** Whether people may type values that nobody used yet. */
export const takesNew = (spec: FieldSpec): boolean =>
  spec.type === 'reference' || ((spec.type === 'select' || spec.type === 'multiSelect') && spec.open === true);

/** One field's value that is its own control, by its spec; null is empty. */
export function ValueInline(
  props: Pick<InlineFrame, 'lockReason' | 'editedBy' | 'changedBy' | 'isPending' | 'class'> & {
    spec: FieldSpec;
    value: FieldValue | null;
    onSet: (value: FieldValue | null) => void;
    onEditing: (isEditing: boolean) => void;
    /** What can be chosen, of fields that choose. */
    choices: readonly Option[];
    /** Of amounts that are typed without one. */
    currency: string;
    /** The person's own day, `YYYY-MM-DD`. */
    today: string;
    people: ReadonlyMap<string, { readonly id: string; readonly name: string; readonly colour: number }>;
    /** Starts in editing, for a field that was just asked for. */
    startsOpen?: boolean | undefined;
  },
) {
  const frame = () => ({
    label: props.spec.label,
    lockReason: props.lockReason,
    editedBy: props.editedBy,
    changedBy: props.changedBy,
    isPending: props.isPending,
    placeholder: 'Add',
    class: props.class,
    onEditing: props.onEditing,
  });
  const currency = () => (props.value as Money | null)?.currency ?? props.currency;
  const toggle = (id: string) => {
    const now = (props.value as readonly string[] | null) ?? [];
    const next = now.includes(id) ? now.filter((each) => each !== id) : [...now, id];
    props.onSet(next.length === 0 ? null : next);
  };
  const choices = () => [
    ...(props.value !== null && props.spec.required !== true && props.spec.type !== 'multiSelect'
      ? [{ id: '', label: 'None' }]
      : []),
    ...props.choices,
  ];
  const shown = () => {
    const { people } = props;
    return valueText(props.spec, props.value, (id) => people.get(id)?.name ?? 'Somebody who left');
  };
  const Blank = () => <span class="ph">{props.lockReason === undefined ? 'Add' : '–'}</span>;
  return (
    <Switch
      fallback={
        <InlineEdit
          {...frame()}
          startsOpen={props.startsOpen}
          value={props.value}
          text={editText(props.spec, props.value)}
          isMulti={props.spec.type === 'longText'}
          inputMode={props.spec.type === 'money' || props.spec.type === 'number' ? 'decimal' : 'text'}
          parse={(text) => parseField(props.spec, text, { currency: currency(), today: props.today })}
          onCommit={props.onSet}
        >
          <Show when={shown() !== ''} fallback={<Blank />}>
            <span
              dir="auto"
              class={props.spec.type === 'money' ? 'num semi' : props.spec.type === 'longText' ? 'long' : 'num'}
            >
              {props.spec.type === 'instant' ? instantText(props.value as number) : shown()}
            </span>
          </Show>
        </InlineEdit>
      }
    >
      <Match when={props.spec.type === 'checkbox'}>
        <Checkbox
          label={props.spec.label}
          checked={props.value === true}
          disabled={props.lockReason !== undefined}
          onChange={(checked) => props.onSet(checked ? true : null)}
        />
      </Match>
      <Match when={props.spec.type === 'multiSelect'}>
        <InlinePick
          {...frame()}
          multiple
          options={choices()}
          isChosen={(id) => ((props.value as readonly string[] | null) ?? []).includes(id)}
          onPick={({ id }) => toggle(id)}
          {...(takesNew(props.spec) ? { onCreate: toggle, createLabel: 'Add' } : {})}
        >
          <Show when={props.value} fallback={<Blank />}>
            <span class="labels">
              <For each={props.value as readonly string[]}>
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
          isChosen={(id) => id === props.value}
          onPick={({ id }) => props.onSet(id === '' ? null : id)}
          {...(takesNew(props.spec) ? { onCreate: (label: string) => props.onSet(label), createLabel: 'Add' } : {})}
        >
          <Show when={props.value} fallback={<Blank />}>
            <Show when={props.spec.type === 'person' && props.people.get(props.value as string)}>
              {(person) => <Avatar person={person()} size={18} decorative />}
            </Show>
            <span class="ellip" dir="auto">
              {shown()}
            </span>
          </Show>
        </InlinePick>
      </Match>
    </Switch>
  );
}
