import Plus from 'lucide-solid/icons/plus';
import Search from 'lucide-solid/icons/search';
import {
  type JSX,
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  on,
  onCleanup,
  onMount,
  untrack,
} from 'solid-js';
import { Icon } from './icon.tsx';
import { matching } from './logic/matching.ts';
import { nextIndex } from './logic/roving.ts';
import { type Option, OptionList } from './option-list.tsx';
import { type Anchor, Popover } from './popover.tsx';

export type PickerProps = {
  label: string;
  /** The whole list, filtered here; or a search that is asked 120 ms after the last key. */
  options?: readonly Option[] | undefined;
  search?: ((query: string) => readonly Option[] | Promise<readonly Option[]>) | undefined;
  isChosen?: ((id: string) => boolean) | undefined;
  onPick: (option: Option) => void;
  /** With it, text that matches nothing exactly can be made into a new one. */
  onCreate?: ((label: string) => void) | undefined;
  /** What a new one is called: “Create company”. */
  createLabel?: string | undefined;
  placeholder?: string | undefined;
  empty?: JSX.Element | undefined;
  multiple?: boolean | undefined;
  startText?: string | undefined;
};

const searchAfterMs = 120;
const createId = '\u0000create';

/** A search field over a list, for a popover: pick one, pick many, or create. */
export function PickerBody(props: PickerProps & { onDone: () => void }) {
  const id = createUniqueId();
  const [query, setQuery] = createSignal(untrack(() => props.startText ?? ''));
  const [found, setFound] = createSignal<readonly Option[]>([]);
  const [hasFailed, setFailed] = createSignal(false);
  const [active, setActive] = createSignal(0);
  let input: HTMLInputElement | undefined;
  onMount(() => {
    input?.focus({ preventScroll: true });
    input?.setSelectionRange(query().length, query().length);
  });
  createEffect(
    on(query, (text) => {
      const search = props.search;
      if (search === undefined) return;
      let isCurrent = true;
      const ask = async () => {
        try {
          const options = await search(text.trim());
          if (isCurrent) {
            setFailed(false);
            setFound(options);
          }
        } catch (error) {
          if (isCurrent) setFailed(true);
          reportError(error);
        }
      };
      const timer = setTimeout(() => void ask(), text === '' ? 0 : searchAfterMs);
      onCleanup(() => {
        isCurrent = false;
        clearTimeout(timer);
      });
    }),
  );
  const lines = createMemo<readonly Option[]>(() => {
    const text = query().trim();
    const list = props.search === undefined ? matching(props.options ?? [], text, (option) => option.label) : found();
    const isNew = text !== '' && !list.some((option) => option.label.toLocaleLowerCase() === text.toLocaleLowerCase());
    if (props.onCreate === undefined || !isNew) return list;
    return [
      ...list,
      { id: createId, label: `${props.createLabel ?? 'Create'} “${text}”`, icon: Plus, separated: list.length > 0 },
    ];
  });
  createEffect(on(lines, () => setActive(0), { defer: true }));
  const pick = (option: Option) => {
    if (option.id === createId) props.onCreate?.(query().trim());
    else props.onPick(option);
    if (props.multiple === true) setQuery('');
    else props.onDone();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const next =
      event.key === 'Home' || event.key === 'End'
        ? undefined
        : nextIndex(event.key, active(), lines().length, { wraps: true, pageSize: 8 });
    const option = lines()[active()];
    if (next !== undefined) setActive(next);
    else if (event.key === 'Enter') {
      if (option !== undefined && option.forbidden === undefined) pick(option);
    } else {
      // The field has the focus: plain letters are text here, not shortcuts of the page.
      if (event.key !== 'Escape' && event.key !== 'Tab') event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <div class="input">
        <Icon of={Search} size={14} class="t3" />
        <input
          ref={(made) => (input = made)}
          value={query()}
          placeholder={props.placeholder ?? 'Search'}
          role="combobox"
          aria-label={props.label}
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={lines().length > 0 ? `${id}-${active()}` : undefined}
          aria-autocomplete="list"
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={keys}
        />
      </div>
      <OptionList
        id={id}
        kind="listbox"
        label={props.label}
        options={lines()}
        active={active()}
        onActive={setActive}
        onPick={pick}
        isChosen={props.isChosen}
        multiple={props.multiple}
        empty={
          hasFailed()
            ? 'The search did not answer. Type again to retry.'
            : (props.empty ?? (query() === '' ? 'Nothing here yet.' : 'Nothing matches.'))
        }
      />
    </>
  );
}

/** The picker in its popover; the owner keeps `open`. */
export function Picker(
  props: PickerProps & {
    open: boolean;
    onClose: () => void;
    anchor: () => Anchor | undefined;
    matchesWidth?: boolean | undefined;
  },
) {
  return (
    <Popover
      open={props.open}
      onClose={props.onClose}
      anchor={props.anchor}
      matchesWidth={props.matchesWidth}
      class="menu"
    >
      <PickerBody {...props} onDone={props.onClose} />
    </Popover>
  );
}
