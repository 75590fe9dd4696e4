import Check from 'lucide-solid/icons/check';
import Minus from 'lucide-solid/icons/minus';
import { type JSX, Show, createEffect } from 'solid-js';
import { Icon } from './icon.tsx';

/** A check box; `mixed` for “some of them”. Without children give it a `label` to be read aloud. */
export function Checkbox(props: {
  checked: boolean;
  mixed?: boolean | undefined;
  onChange?: ((checked: boolean, event: Event) => void) | undefined;
  label?: string | undefined;
  disabled?: boolean | undefined;
  tabIndex?: number | undefined;
  children?: JSX.Element;
}) {
  const box = () => (
    <span class={`check${props.mixed === true ? ' mixed' : props.checked ? ' on' : ''}`}>
      <input
        class="tick"
        type="checkbox"
        checked={props.checked}
        ref={(made) => createEffect(() => (made.indeterminate = props.mixed === true))}
        disabled={props.disabled}
        aria-label={props.label}
        tabindex={props.tabIndex}
        onChange={(event) => {
          const wanted = event.currentTarget.checked;
          // The owner's value rules; the browser's own flip is put back until the owner agrees.
          event.currentTarget.checked = props.checked;
          props.onChange?.(wanted, event);
        }}
      />
      <Icon of={props.mixed === true ? Minus : Check} />
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
