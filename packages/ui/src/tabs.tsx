import { For, Show } from 'solid-js';
import { Icon, type IconOf } from './icon.tsx';
import { nextIndex } from './logic/roving.ts';

export type Tab<Id extends string> = {
  id: Id;
  label: string;
  icon?: IconOf | undefined;
  /** null shows “–”: there is a number, not known yet. */
  count?: number | null | undefined;
  /** The id of the element that this tab shows, for screen readers. */
  panelId?: string | undefined;
};

/** Tabs with roving focus: arrows move and choose, Home and End jump. */
export function Tabs<Id extends string>(props: {
  label: string;
  tabs: readonly Tab<Id>[];
  value: Id;
  onChange: (id: Id) => void;
  variant?: 'pill' | 'underline' | undefined;
  class?: string | undefined;
}) {
  let list: HTMLDivElement | undefined;
  const isUnderline = () => props.variant === 'underline';
  const move = (event: KeyboardEvent) => {
    const now = props.tabs.findIndex((tab) => tab.id === props.value);
    const next = nextIndex(event.key, now, props.tabs.length, { orientation: 'horizontal', wraps: true });
    const tab = next === undefined ? undefined : props.tabs[next];
    if (next === undefined || tab === undefined) return;
    event.preventDefault();
    props.onChange(tab.id);
    list?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  };
  return (
    <div
      ref={(made) => (list = made)}
      class={`${isUnderline() ? 'utabs' : 'tabs'}${props.class === undefined ? '' : ` ${props.class}`}`}
      role="tablist"
      aria-label={props.label}
      onKeyDown={move}
    >
      <For each={props.tabs}>
        {(tab) => (
          <button
            type="button"
            class={isUnderline() ? 'utab' : 'tab'}
            role="tab"
            aria-selected={tab.id === props.value}
            aria-controls={tab.panelId}
            tabindex={tab.id === props.value ? 0 : -1}
            onClick={() => props.onChange(tab.id)}
          >
            <Show when={tab.icon}>{(icon) => <Icon of={icon()} />}</Show>
            {tab.label}
            <Show when={tab.count !== undefined}>
              <span class="n">{tab.count ?? '–'}</span>
            </Show>
          </button>
        )}
      </For>
    </div>
  );
}
