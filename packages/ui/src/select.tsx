import ChevronDown from 'lucide-solid/icons/chevron-down';
import { Show, createSignal, createUniqueId, onMount, untrack } from 'solid-js';
import { createListKeys } from './create-list-keys.ts';
import { Icon } from './icon.tsx';
import { type Option, OptionList } from './option-list.tsx';
import { Popover } from './popover.tsx';
import { Field, type FieldFrame } from './text-field.tsx';

function SelectList(props: {
  label: string;
  options: readonly Option[];
  value: string | null;
  onPick: (id: string) => void;
  onClose: () => void;
}) {
  const id = createUniqueId();
  const chosenIndex = () => props.options.findIndex((option) => option.id === props.value);
  const [active, setActive] = createSignal(Math.max(0, untrack(chosenIndex)));
  let body: HTMLDivElement | undefined;
  onMount(() => body?.focus({ preventScroll: true }));
  const pick = (option: Option) => {
    props.onPick(option.id);
    props.onClose();
  };
  const keys = createListKeys({
    lines: () => props.options,
    active,
    onActive: setActive,
    onPick: pick,
    onLeave: () => props.onClose(),
    moves: { pageSize: 8 },
  });
  return (
    <div
      ref={(made) => (body = made)}
      tabindex="-1"
      role="listbox"
      aria-label={props.label}
      aria-activedescendant={`${id}-${active()}`}
      onKeyDown={keys}
      style={{ outline: 'none' }}
    >
      <OptionList
        id={id}
        kind="listbox"
        label={props.label}
        options={props.options}
        active={active()}
        onActive={setActive}
        onPick={pick}
        isChosen={(each) => each === props.value}
      />
    </div>
  );
}

/** One of a short, known list. For long lists or creation use `Combobox`. */
export function Select(
  props: FieldFrame & {
    options: readonly Option[];
    value: string | null;
    onChange: (id: string) => void;
    placeholder?: string | undefined;
    disabled?: boolean | undefined;
    size?: 'md' | 'lg' | undefined;
  },
) {
  const [isOpen, setOpen] = createSignal(false);
  let button: HTMLButtonElement | undefined;
  const chosen = () => props.options.find((option) => option.id === props.value);
  return (
    <Field label={props.label} hideLabel={props.hideLabel} hint={props.hint} error={props.error}>
      {(ids) => (
        <>
          <button
            ref={(made) => (button = made)}
            type="button"
            id={ids.id}
            class={`input${props.size === 'lg' ? ' lg' : ''}${props.error === undefined ? '' : ' is-error'}${props.disabled === true ? ' is-disabled' : ''}`}
            role="combobox"
            aria-haspopup="listbox"
            aria-expanded={isOpen()}
            aria-describedby={ids.describedBy}
            disabled={props.disabled}
            onClick={() => setOpen(!isOpen())}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
              event.preventDefault();
              setOpen(true);
            }}
          >
            <Show when={chosen()} fallback={<span class="ph grow ellip">{props.placeholder ?? 'Choose'}</span>}>
              {(option) => (
                <>
                  <Show when={option().icon}>{(icon) => <Icon of={icon()} class="t3" />}</Show>
                  <Show when={option().mark}>{(mark) => mark()()}</Show>
                  <span class="grow ellip">{option().label}</span>
                </>
              )}
            </Show>
            <Icon of={ChevronDown} size={14} />
          </button>
          <Popover open={isOpen()} onClose={() => setOpen(false)} anchor={() => button} matchesWidth class="menu">
            <SelectList
              label={props.label}
              options={props.options}
              value={props.value}
              onPick={props.onChange}
              onClose={() => setOpen(false)}
            />
          </Popover>
        </>
      )}
    </Field>
  );
}
