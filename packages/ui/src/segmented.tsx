import { For, Show } from 'solid-js';
import { Icon, type IconOf } from './icon.tsx';

/** A choice of two to five short options that are all worth seeing at once. */
export function Segmented<Value extends string>(props: {
  label: string;
  options: readonly { value: Value; label: string; icon?: IconOf | undefined }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <div class="seg" role="group" aria-label={props.label}>
      <For each={props.options}>
        {(option) => (
          <button
            type="button"
            aria-pressed={option.value === props.value}
            onClick={() => props.onChange(option.value)}
          >
            <Show when={option.icon}>{(icon) => <Icon of={icon()} size={14} />}</Show>
            {option.label}
          </button>
        )}
      </For>
    </div>
  );
}
