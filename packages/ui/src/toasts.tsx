import Check from 'lucide-solid/icons/check';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import X from 'lucide-solid/icons/x';
import { For, Show, createSignal, onCleanup, onMount, untrack } from 'solid-js';
import { announce } from './announcer.tsx';
import { Icon } from './icon.tsx';
import { Kbd } from './kbd.tsx';

export type Toast = {
  text: string;
  tone?: 'done' | 'problem' | undefined;
  /** Takes the change back. Its button says Undo and shows the key. */
  undo?: (() => void) | undefined;
  action?: { label: string; run: () => void } | undefined;
  /** Stays until closed: for what a person has to answer. */
  sticky?: boolean | undefined;
};

type Shown = Toast & { id: number };

const shownAtOnce = 3;
const stayMs = 6000;
const stayWithActionMs = 10_000;
let lastId = 0;
const [queue, setQueue] = createSignal<readonly Shown[]>([]);

/** Shows what happened, with a way back. More than three wait their turn. Returns a function that takes it away. */
export function showToast(toast: Toast): () => void {
  const shown: Shown = { ...toast, id: ++lastId };
  setQueue((before) => [...before, shown]);
  announce(
    toast.undo === undefined ? toast.text : `${toast.text}. Undo is possible.`,
    toast.tone === 'problem' ? 'assertive' : 'polite',
  );
  return () => closeToast(shown.id);
}

const closeToast = (id: number) => setQueue((before) => before.filter((toast) => toast.id !== id));

function ToastBox(props: { toast: Shown }) {
  let left = untrack(() =>
    props.toast.action === undefined && props.toast.undo === undefined ? stayMs : stayWithActionMs,
  );
  let since = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    if (props.toast.sticky === true) return;
    since = performance.now();
    timer = setTimeout(() => closeToast(props.toast.id), left);
  };
  // Time to read does not run while someone points at it or has the focus in it.
  const hold = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    left = Math.max(1500, left - (performance.now() - since));
  };
  const release = () => timer === undefined && run();
  onMount(run);
  onCleanup(() => clearTimeout(timer));
  const act = (what: () => void) => {
    closeToast(props.toast.id);
    what();
  };
  return (
    <div
      class="toast"
      role="group"
      aria-label={props.toast.text}
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocusIn={hold}
      onFocusOut={release}
    >
      <Icon of={props.toast.tone === 'problem' ? TriangleAlert : Check} />
      <span>{props.toast.text}</span>
      <Show when={props.toast.action}>
        {(action) => (
          <button type="button" class="do" onClick={() => act(action().run)}>
            {action().label}
          </button>
        )}
      </Show>
      <Show when={props.toast.undo}>
        {(undo) => (
          <button type="button" class="do" onClick={() => act(undo())}>
            Undo
            <Kbd keys="Mod+Z" />
          </button>
        )}
      </Show>
      <Show when={props.toast.sticky === true || props.toast.tone === 'problem'}>
        <button type="button" class="toast-x" aria-label="Close" onClick={() => closeToast(props.toast.id)}>
          <Icon of={X} size={14} />
        </button>
      </Show>
    </div>
  );
}

/** Where toasts stand. Mount it once. It rises out of the way of the focused element, so that the focus is never hidden. */
export function Toasts() {
  let corner: HTMLDivElement | undefined;
  const [risesPx, setRises] = createSignal(0);
  const clear = () => {
    const focused = document.activeElement;
    if (
      corner === undefined ||
      !(focused instanceof HTMLElement) ||
      focused === document.body ||
      corner.contains(focused)
    )
      return;
    const box = corner.getBoundingClientRect();
    const rect = focused.getBoundingClientRect();
    const home = { top: box.top + risesPx(), bottom: box.bottom + risesPx() };
    // A focused thing as tall as the page (a panel, a list) cannot be hidden by a toast.
    const isHidden =
      rect.height < 200 &&
      rect.right > box.left &&
      rect.left < box.right &&
      rect.bottom > home.top &&
      rect.top < home.bottom;
    setRises(isHidden ? home.bottom - rect.top + 8 : 0);
  };
  onMount(() => {
    document.addEventListener('focusin', clear);
    onCleanup(() => document.removeEventListener('focusin', clear));
  });
  return (
    <div
      ref={(made) => (corner = made)}
      class="toasts"
      role="region"
      aria-label="Messages"
      style={{ transform: risesPx() === 0 ? undefined : `translateY(${-risesPx()}px)` }}
    >
      <For each={queue().slice(0, shownAtOnce)}>
        {(toast) => {
          queueMicrotask(clear);
          return <ToastBox toast={toast} />;
        }}
      </For>
    </div>
  );
}
