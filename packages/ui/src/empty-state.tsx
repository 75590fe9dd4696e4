import { type JSX, Show } from 'solid-js';

/** What is missing, then the way to get it. `action` holds the buttons. */
export function EmptyState(props: { title: string; action?: JSX.Element | undefined; children?: JSX.Element }) {
  return (
    <div class="empty">
      <h3>{props.title}</h3>
      <Show when={props.children}>
        <p>{props.children}</p>
      </Show>
      <Show when={props.action}>
        <div class="row">{props.action}</div>
      </Show>
    </div>
  );
}
