import { Show } from 'solid-js';

/** How many wait for an answer. Nothing at zero, “99+” past 99. */
export function Badge(props: { count: number; label?: string | undefined }) {
  return (
    <Show when={props.count > 0}>
      <span class="badge" aria-label={props.label}>
        {props.count > 99 ? '99+' : props.count}
      </span>
    </Show>
  );
}
