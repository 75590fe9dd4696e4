import { type JSX, Show } from 'solid-js';

/** A setting that takes effect at once. Without children give it a `label` to be read aloud. */
export function Switch(props: {
  checked: boolean;
  onChange?: ((checked: boolean) => void) | undefined;
  label?: string | undefined;
  disabled?: boolean | undefined;
  children?: JSX.Element;
}) {
  const box = () => (
    <span class={`switch${props.checked ? ' on' : ''}`}>
      <input
        class="tick"
        type="checkbox"
        role="switch"
        checked={props.checked}
        disabled={props.disabled}
        aria-label={props.label}
        onChange={(event) => {
          const wanted = event.currentTarget.checked;
          event.currentTarget.checked = props.checked;
          props.onChange?.(wanted);
        }}
      />
    </span>
  );
  return (
    <Show when={props.children !== undefined} fallback={box()}>
      <label class="check-line">
        {box()}
        <span>{props.children}</span>
      </label>
    </Show>
  );
}
