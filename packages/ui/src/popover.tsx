import { type JSX, Show, onCleanup, onMount } from 'solid-js';
import { type Align, type Rect, type Side, place } from './logic/place.ts';

export type Anchor = HTMLElement | Rect;

export type PopoverProps = {
  open: boolean;
  onClose: () => void;
  /** What it stands beside: an element, or a rectangle in viewport pixels (a pointer: width and height 0). */
  anchor: () => Anchor | undefined;
  side?: Side | undefined;
  align?: Align | undefined;
  /** At least as wide as its anchor. */
  matchesWidth?: boolean | undefined;
  class?: string | undefined;
  role?: 'dialog' | 'menu' | 'listbox' | undefined;
  label?: string | undefined;
  id?: string | undefined;
  children: JSX.Element;
};

/**
 * A floating box in the top layer beside its anchor. Esc, Tab out and a press elsewhere close it; focus then goes back to
 * where it was. Boxes may nest: a box inside a box is inside for the outer one.
 */
export function Popover(props: PopoverProps) {
  return (
    <Show when={props.open}>
      <OpenPopover {...props} />
    </Show>
  );
}

function OpenPopover(props: PopoverProps) {
  let box: HTMLDivElement | undefined;
  const before = document.activeElement;
  const move = () => {
    const anchor = props.anchor();
    if (box === undefined || anchor === undefined) return;
    const rect = anchor instanceof HTMLElement ? anchor.getBoundingClientRect() : anchor;
    if (props.matchesWidth === true) box.style.minWidth = `${rect.width}px`;
    const size = { width: box.offsetWidth, height: box.scrollHeight };
    const spot = place(
      rect,
      size,
      { width: innerWidth, height: innerHeight },
      { side: props.side ?? 'bottom', align: props.align ?? 'start' },
    );
    box.style.left = `${spot.left}px`;
    box.style.top = `${spot.top}px`;
    box.style.maxHeight = `${spot.maxHeight}px`;
  };
  const isInside = (target: EventTarget | null) => {
    const anchor = props.anchor();
    if (!(target instanceof Node)) return false;
    return box?.contains(target) === true || (anchor instanceof HTMLElement && anchor.contains(target));
  };
  const pressElsewhere = (event: PointerEvent) => {
    if (!isInside(event.target)) props.onClose();
  };
  const focusElsewhere = (event: FocusEvent) => {
    if (!isInside(event.target) && event.target instanceof HTMLElement && event.target.closest('.toasts') === null)
      props.onClose();
  };
  const escape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    props.onClose();
  };
  onMount(() => {
    if (box === undefined) return;
    box.showPopover();
    move();
    box.querySelector<HTMLElement>('[data-autofocus]')?.focus({ preventScroll: true });
    const resized = new ResizeObserver(move);
    resized.observe(box);
    document.addEventListener('pointerdown', pressElsewhere, true);
    document.addEventListener('focusin', focusElsewhere);
    addEventListener('resize', move);
    addEventListener('scroll', move, true);
    onCleanup(() => {
      resized.disconnect();
      document.removeEventListener('pointerdown', pressElsewhere, true);
      document.removeEventListener('focusin', focusElsewhere);
      removeEventListener('resize', move);
      removeEventListener('scroll', move, true);
    });
  });
  onCleanup(() => {
    const isHere = box?.contains(document.activeElement) === true || document.activeElement === document.body;
    if (isHere && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  });
  return (
    <div
      ref={(made) => (box = made)}
      popover="manual"
      id={props.id}
      class={`pop${props.class === undefined ? '' : ` ${props.class}`}`}
      role={props.role}
      aria-label={props.label}
      onKeyDown={escape}
      // What happens in the box is no press on the card or row that it hangs from.
      onClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => event.stopPropagation()}
    >
      {props.children}
    </div>
  );
}
