import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { type JSX, Show } from 'solid-js';
import { Icon, type IconOf } from './icon.tsx';

/** A filter that is on or off. `count` is shown as it is known; undefined hides it, null shows “–”. */
export function Chip(props: {
  pressed?: boolean | undefined;
  count?: number | null | undefined;
  icon?: IconOf | undefined;
  onClick?: ((event: MouseEvent) => void) | undefined;
  children: JSX.Element;
}) {
  return (
    <button
      type="button"
      class="chip"
      aria-pressed={props.pressed === true}
      onClick={(event) => props.onClick?.(event)}
    >
      <Show when={props.icon}>{(icon) => <Icon of={icon()} size={14} />}</Show>
      {props.children}
      <Show when={props.count !== undefined}>
        <span class="n">{props.count?.toLocaleString() ?? '–'}</span>
      </Show>
    </button>
  );
}

/** The quiet chip at the end of a row of filters. */
export function AddChip(props: { onClick?: ((event: MouseEvent) => void) | undefined; children: JSX.Element }) {
  return (
    <button type="button" class="chip add" onClick={(event) => props.onClick?.(event)}>
      <Icon of={Plus} size={14} />
      {props.children}
    </button>
  );
}

/** One condition of a filter in three parts, e.g. “Owner is Ana”, with a way to take it off. */
export function QueryChip(props: {
  field: string;
  operator: string;
  value: JSX.Element;
  onOpen?: (() => void) | undefined;
  onRemove?: (() => void) | undefined;
}) {
  return (
    <span class="chip q">
      <button type="button" class="q-open" onClick={() => props.onOpen?.()}>
        <span class="k">{props.field}</span>
        <span class="k">{props.operator}</span>
        <span>
          <b>{props.value}</b>
        </span>
      </button>
      <Show when={props.onRemove}>
        {(remove) => (
          <button
            type="button"
            class="q-x"
            aria-label={`Remove the filter ${props.field} ${props.operator}`}
            onClick={() => remove()()}
          >
            <Icon of={X} size={12} />
          </button>
        )}
      </Show>
    </span>
  );
}
