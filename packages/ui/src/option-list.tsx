import Check from 'lucide-solid/icons/check';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { For, type JSX, Show, createEffect } from 'solid-js';
import { Icon, type IconOf } from './icon.tsx';
import { Kbd } from './kbd.tsx';

/** One line of a menu, a select or a picker. */
export type Option = {
  id: string;
  label: string;
  icon?: IconOf | undefined;
  /** Instead of an icon: an avatar, a stage mark. */
  mark?: (() => JSX.Element) | undefined;
  /** Quiet second text after the label. */
  detail?: string | undefined;
  keys?: string | undefined;
  tone?: 'danger' | undefined;
  /** Why it cannot be chosen. The line stays and says so at its right. */
  forbidden?: string | undefined;
  /** A caption above this line, e.g. “Move to”. */
  heading?: string | undefined;
  /** A line above this one. */
  separated?: boolean | undefined;
  /** Opens a further list instead of being chosen. */
  items?: readonly Option[] | undefined;
};

/** The lines themselves. Pointer and arrows share one highlight, which the owner keeps (`active`, an index). */
export function OptionList(props: {
  id: string;
  kind: 'menu' | 'listbox';
  options: readonly Option[];
  active: number;
  onActive: (index: number) => void;
  onPick: (option: Option) => void;
  isChosen?: ((id: string) => boolean) | undefined;
  label?: string | undefined;
  multiple?: boolean | undefined;
  empty?: JSX.Element | undefined;
}) {
  let list: HTMLDivElement | undefined;
  createEffect(() => {
    list?.querySelector(`#${CSS.escape(`${props.id}-${props.active}`)}`)?.scrollIntoView({ block: 'nearest' });
  });
  const role = () =>
    props.kind === 'menu' ? (props.isChosen === undefined ? 'menuitem' : 'menuitemcheckbox') : 'option';
  return (
    <Show
      when={props.options.length > 0}
      fallback={
        <div class="none small" role="status">
          {props.empty ?? 'Nothing here yet.'}
        </div>
      }
    >
      <div
        class="list"
        id={props.id}
        ref={(made) => (list = made)}
        role={props.kind === 'menu' ? 'group' : 'listbox'}
        aria-label={props.label}
        aria-multiselectable={props.multiple === true ? 'true' : undefined}
      >
        <For each={props.options}>
          {(option, index) => (
            <>
              <Show when={option.separated}>
                <div class="menu-sep" role="presentation" />
              </Show>
              <Show when={option.heading}>
                <div class="menu-h" role="presentation">
                  {option.heading}
                </div>
              </Show>
              <div
                id={`${props.id}-${index()}`}
                class={`menu-i${index() === props.active ? ' on' : ''}${option.tone === 'danger' ? ' danger' : ''}`}
                role={role()}
                aria-disabled={option.forbidden === undefined ? undefined : 'true'}
                aria-selected={props.kind === 'listbox' ? (props.isChosen?.(option.id) ?? false) : undefined}
                aria-checked={
                  props.kind === 'menu' && props.isChosen !== undefined ? props.isChosen(option.id) : undefined
                }
                aria-haspopup={option.items === undefined ? undefined : 'menu'}
                onPointerMove={() => index() !== props.active && props.onActive(index())}
                // Focus stays where the keys are handled.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => option.forbidden === undefined && props.onPick(option)}
              >
                <Show when={option.icon}>{(icon) => <Icon of={icon()} />}</Show>
                <Show when={option.mark}>{(mark) => mark()()}</Show>
                <span class="ellip">{option.label}</span>
                <Show when={option.detail}>
                  <span class="sub ellip">{option.detail}</span>
                </Show>
                <Show when={option.forbidden}>
                  <span class="end">{option.forbidden}</span>
                </Show>
                <Show when={option.forbidden === undefined && option.keys}>
                  {(keys) => (
                    <span class="end">
                      <Kbd keys={keys()} />
                    </span>
                  )}
                </Show>
                <Show when={option.items}>
                  <span class="end">
                    <Icon of={ChevronRight} size={14} />
                  </span>
                </Show>
                <Show when={props.isChosen?.(option.id)}>
                  <Icon of={Check} class="tickmark" />
                </Show>
              </div>
            </>
          )}
        </For>
      </div>
    </Show>
  );
}
