import { For, type JSX, Show, createUniqueId } from 'solid-js';

/** One choice of a few that each need a sentence. */
export function RadioCards<Value extends string>(props: {
  label: string;
  hideLabel?: boolean | undefined;
  options: readonly { value: Value; title: string; text?: JSX.Element | undefined; disabled?: boolean | undefined }[];
  value: Value | null;
  onChange: (value: Value) => void;
}) {
  const name = createUniqueId();
  return (
    <fieldset class="rcards">
      <legend class={props.hideLabel === true ? 'sr' : 'flabel'}>{props.label}</legend>
      <For each={props.options}>
        {(option) => (
          <label class={`rcard${option.value === props.value ? ' on' : ''}`}>
            <span class={`radio${option.value === props.value ? ' on' : ''}`} />
            <input
              class="tick"
              type="radio"
              name={name}
              checked={option.value === props.value}
              disabled={option.disabled}
              onChange={() => props.onChange(option.value)}
            />
            <span>
              <b>{option.title}</b>
              <Show when={option.text}>
                <span class="small t3">{option.text}</span>
              </Show>
            </span>
          </label>
        )}
      </For>
    </fieldset>
  );
}
