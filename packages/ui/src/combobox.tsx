import ChevronDown from 'lucide-solid/icons/chevron-down';
import X from 'lucide-solid/icons/x';
import { For, type JSX, Show, createSignal } from 'solid-js';
import { Icon } from './icon.tsx';
import type { Option } from './option-list.tsx';
import { Picker, type PickerProps } from './picker.tsx';
import { Field, type FieldFrame } from './text-field.tsx';

type Common = FieldFrame &
  Pick<PickerProps, 'options' | 'search' | 'onCreate' | 'createLabel' | 'empty'> & {
    placeholder?: string | undefined;
    disabled?: boolean | undefined;
  };

function PickerField(
  props: Common & {
    isEmpty: boolean;
    isChosen: (id: string) => boolean;
    onPick: (option: Option) => void;
    multiple?: boolean | undefined;
    end?: JSX.Element;
    children: JSX.Element;
  },
) {
  const [isOpen, setOpen] = createSignal(false);
  let frame: HTMLDivElement | undefined;
  return (
    <Field label={props.label} hideLabel={props.hideLabel} hint={props.hint} error={props.error}>
      {(ids) => (
        <div
          ref={(made) => (frame = made)}
          class={`input pickf${props.error === undefined ? '' : ' is-error'}${props.disabled === true ? ' is-disabled' : ''}`}
        >
          <button
            type="button"
            id={ids.id}
            class="pickf-b"
            aria-haspopup="dialog"
            aria-expanded={isOpen()}
            aria-describedby={ids.describedBy}
            disabled={props.disabled}
            onClick={() => setOpen(!isOpen())}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown') return;
              event.preventDefault();
              setOpen(true);
            }}
          >
            <Show when={!props.isEmpty} fallback={<span class="ph grow">{props.placeholder ?? 'Choose'}</span>}>
              {props.children}
            </Show>
          </button>
          {props.end}
          <Icon of={ChevronDown} size={14} class="t3" />
          <Picker
            label={props.label}
            options={props.options}
            search={props.search}
            onCreate={props.onCreate}
            createLabel={props.createLabel}
            empty={props.empty}
            multiple={props.multiple}
            isChosen={props.isChosen}
            onPick={props.onPick}
            open={isOpen()}
            onClose={() => setOpen(false)}
            anchor={() => frame}
            matchesWidth
          />
        </div>
      )}
    </Field>
  );
}

/** One record out of many, found by typing: a person, a company. `value` is the chosen option itself, as it may not be in the list. */
export function Combobox(
  props: Common & { value: Option | null; onChange: (option: Option | null) => void; clearable?: boolean | undefined },
) {
  return (
    <PickerField
      {...props}
      isEmpty={props.value === null}
      isChosen={(id) => id === props.value?.id}
      onPick={props.onChange}
      end={
        <Show when={props.clearable === true && props.value !== null && props.disabled !== true}>
          <button
            type="button"
            class="pickf-x"
            aria-label={`Clear ${props.label}`}
            onClick={() => props.onChange(null)}
          >
            <Icon of={X} size={14} />
          </button>
        </Show>
      }
    >
      <Show when={props.value?.mark}>{(mark) => mark()()}</Show>
      <span class="grow ellip">{props.value?.label}</span>
    </PickerField>
  );
}

/** Several out of a list, with a way to create one on the spot. */
export function MultiSelect(
  props: Common & { value: readonly Option[]; onChange: (value: readonly Option[]) => void },
) {
  const has = (id: string) => props.value.some((option) => option.id === id);
  const toggle = (option: Option) =>
    props.onChange(has(option.id) ? props.value.filter((each) => each.id !== option.id) : [...props.value, option]);
  return (
    <PickerField {...props} isEmpty={props.value.length === 0} isChosen={has} onPick={toggle} multiple>
      <span class="row pickf-many">
        <For each={props.value}>{(option) => <span class="label">{option.label}</span>}</For>
      </span>
    </PickerField>
  );
}
