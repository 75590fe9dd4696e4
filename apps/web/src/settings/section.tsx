import { type JSX, Show } from 'solid-js';

/** One settings page: title, what it is about, its main button. */
export function Section(props: {
  title: string;
  count?: number | undefined;
  lead?: JSX.Element;
  action?: JSX.Element;
  children: JSX.Element;
}) {
  return (
    <section class="set-section">
      <header class="row">
        <h2>{props.title}</h2>
        <Show when={props.count !== undefined}>
          <span class="count">{props.count}</span>
        </Show>
        <span class="grow" />
        {props.action}
      </header>
      <Show when={props.lead}>
        <p class="t2 set-lead">{props.lead}</p>
      </Show>
      {props.children}
    </section>
  );
}
