import {
  type Component,
  type JSX,
  Show,
  Suspense,
  createComponent,
  createResource,
  createSignal,
  onCleanup,
  onMount,
  untrack,
} from 'solid-js';
import { makeHeldKeys } from './logic/held-keys.ts';
import { showToast } from './toasts.tsx';

/** A component that is fetched when it is first drawn, or before: then it is drawn at once. */
export type Late<Props extends object> = Component<Props> & {
  /** Fetches it; never fails, as whoever draws it fetches again. */
  preload: () => Promise<void>;
};

const notHere = 'This part of the app is not on this device yet. It comes when the server can be reached again.';

/**
 * A part of the app that the first look does not need. Draw it inside `LatePart`. What cannot be fetched is said in a toast
 * and fetched again when the network is back; the rest of the page goes on.
 */
export function late<Props extends object>(fetchPart: () => Promise<Component<Props>>): Late<Props> {
  let part: Component<Props> | undefined;
  let fetching: Promise<Component<Props>> | undefined;
  const fetchOnce = async () => {
    fetching ??= fetchPart();
    try {
      part = await fetching;
    } finally {
      fetching = undefined;
    }
    return part;
  };
  const Fetched: Component<Props> = (props) => {
    const [round, setRound] = createSignal(1);
    const [fetched] = createResource(round, async () => {
      try {
        return await fetchOnce();
      } catch {
        showToast({ text: notHere, tone: 'problem' });
        return undefined;
      }
    });
    const again = () => {
      if (untrack(() => fetched.latest) === undefined) setRound((last) => last + 1);
    };
    // Listeners are no tracked scope; it looks only when it is called.
    // eslint-disable-next-line solid/reactivity
    addEventListener('online', again);
    onCleanup(() => removeEventListener('online', again));
    return <Show when={fetched()}>{(found) => createComponent(found(), props)}</Show>;
  };
  const Part: Component<Props> = (props) => createComponent(part ?? Fetched, props);
  return Object.assign(Part, { preload: () => fetchOnce().then(ignore, ignore) });
}

const ignore = () => undefined;

/** Stands around a late part: keys that are pressed until it is drawn are kept and then go where it puts the focus. */
export function LatePart(props: { children: JSX.Element }) {
  return <Suspense fallback={<HoldKeys />}>{props.children}</Suspense>;
}

function HoldKeys() {
  const held = makeHeldKeys();
  onMount(held.hold);
  // After the part has drawn itself and taken the focus.
  onCleanup(() => setTimeout(held.release));
  return null;
}

/** Fetches parts one after another while nobody does anything. Ends with the owner. */
export function preloadWhenIdle(parts: readonly Pick<Late<object>, 'preload'>[]): void {
  let isOver = false;
  onCleanup(() => (isOver = true));
  const next = async ([first, ...rest]: readonly Pick<Late<object>, 'preload'>[]): Promise<void> => {
    if (first === undefined || isOver) return;
    await new Promise<void>((resolve) => {
      // Safari knows no idle callbacks.
      if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: 2000 });
      else setTimeout(resolve, 200);
    });
    await first.preload();
    await next(rest);
  };
  onMount(() => void next(parts));
}
