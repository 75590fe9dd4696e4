import type { JSX } from 'solid-js';

export type Tone = 'success' | 'warning' | 'danger' | 'info' | 'accent';

/** Says what something is. Grey unless it is a state that needs an answer; `line` for “+1” and the like. */
export function Label(props: {
  tone?: Tone | undefined;
  line?: boolean | undefined;
  title?: string | undefined;
  children: JSX.Element;
}) {
  return (
    <span
      class={`label${props.tone === undefined ? '' : ` ${props.tone}`}${props.line === true ? ' line' : ''}`}
      title={props.title}
    >
      {props.children}
    </span>
  );
}
