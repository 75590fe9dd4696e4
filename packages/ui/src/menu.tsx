import ChevronLeft from 'lucide-solid/icons/chevron-left';
import { type JSX, Show, createSignal, createUniqueId, onMount } from 'solid-js';
import { createListKeys } from './create-list-keys.ts';
import { Icon } from './icon.tsx';
import { type Option, OptionList } from './option-list.tsx';
import { type Anchor, Popover } from './popover.tsx';
import type { Align, Side } from './logic/place.ts';

type MenuLines = {
  label: string;
  items: readonly Option[];
  onPick: (id: string) => void;
  isChosen?: ((id: string) => boolean) | undefined;
};

function MenuBody(props: MenuLines & { onClose: () => void }) {
  const id = createUniqueId();
  const [active, setActive] = createSignal(0);
  const [trail, setTrail] = createSignal<Option[]>([]);
  const lines = () => trail().at(-1)?.items ?? props.items;
  let body: HTMLDivElement | undefined;
  onMount(() => body?.focus({ preventScroll: true }));
  const pick = (option: Option) => {
    if (option.items !== undefined) {
      setTrail([...trail(), option]);
      setActive(0);
      return;
    }
    props.onClose();
    props.onPick(option.id);
  };
  const back = () => {
    setTrail(trail().slice(0, -1));
    setActive(0);
  };
  const keys = createListKeys({
    lines,
    active,
    onActive: setActive,
    onPick: pick,
    onLeave: () => props.onClose(),
    moves: { wraps: true },
    more(key, current) {
      if (key === 'ArrowRight' && current?.items !== undefined) pick(current);
      else if (key === 'ArrowLeft' && trail().length > 0) back();
      else return false;
      return true;
    },
  });
  return (
    <div
      ref={(made) => (body = made)}
      role="menu"
      tabindex="-1"
      aria-label={props.label}
      aria-activedescendant={`${id}-${active()}`}
      onKeyDown={keys}
      style={{ outline: 'none' }}
    >
      <Show when={trail().at(-1)}>
        {(parent) => (
          <button type="button" class="menu-i" role="menuitem" tabindex="-1" onClick={back}>
            <Icon of={ChevronLeft} size={14} />
            <span class="t3">{parent().label}</span>
          </button>
        )}
      </Show>
      <OptionList
        id={id}
        kind="menu"
        options={lines()}
        active={active()}
        onActive={setActive}
        onPick={pick}
        isChosen={props.isChosen}
      />
    </div>
  );
}

/** A menu beside an element or at a point; the owner keeps `open`. Use `MenuButton` where a button opens it. */
function Menu(
  props: MenuLines & {
    open: boolean;
    onClose: () => void;
    anchor: () => Anchor | undefined;
    side?: Side | undefined;
    align?: Align | undefined;
  },
) {
  return (
    <Popover
      open={props.open}
      onClose={props.onClose}
      anchor={props.anchor}
      side={props.side}
      align={props.align}
      class="menu"
    >
      <MenuBody {...props} />
    </Popover>
  );
}

/** A menu and the button that opens it. `children` gets what the button must carry. */
export function MenuButton(
  props: MenuLines & {
    side?: Side | undefined;
    align?: Align | undefined;
    children: (trigger: {
      ref: (element: HTMLElement) => void;
      onClick: (event: MouseEvent) => void;
      'aria-haspopup': 'menu';
      readonly 'aria-expanded': boolean;
    }) => JSX.Element;
  },
) {
  const [isOpen, setOpen] = createSignal(false);
  let button: HTMLElement | undefined;
  return (
    <>
      {props.children({
        ref: (element) => (button = element),
        onClick: (event) => {
          event.stopPropagation();
          setOpen(!isOpen());
        },
        'aria-haspopup': 'menu',
        get 'aria-expanded'() {
          return isOpen();
        },
      })}
      <Menu {...props} open={isOpen()} onClose={() => setOpen(false)} anchor={() => button} />
    </>
  );
}
