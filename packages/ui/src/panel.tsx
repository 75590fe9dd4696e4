import { type JSX, Show, onCleanup, onMount } from 'solid-js';

type PanelProps = {
  open: boolean;
  onClose: () => void;
  label: string;
  class?: string | undefined;
  children: JSX.Element;
};

/** The side panel of a record. The page beside it stays usable; Esc closes it and gives the focus back. */
export function Panel(props: PanelProps) {
  return (
    <Show when={props.open}>
      <OpenPanel {...props} />
    </Show>
  );
}

function OpenPanel(props: PanelProps) {
  let panel: HTMLElement | undefined;
  const before = document.activeElement;
  onMount(() => panel?.focus({ preventScroll: true }));
  onCleanup(() => {
    const isHere = panel?.contains(document.activeElement) === true || document.activeElement === document.body;
    if (isHere && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  });
  return (
    <aside
      ref={(made) => (panel = made)}
      class={`panel${props.class === undefined ? '' : ` ${props.class}`}`}
      tabindex="-1"
      aria-label={props.label}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        props.onClose();
      }}
    >
      {props.children}
    </aside>
  );
}
