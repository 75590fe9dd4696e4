import { Icon, type IconOf } from '@rapport/ui/icon';
import { Popover } from '@rapport/ui/popover';
import { For, Show, createEffect } from 'solid-js';
import type { Suggest, SuggestItem } from './suggest.web.ts';

export interface ShownItem extends SuggestItem {
  readonly icon: IconOf;
}

/** The menu at the caret. The editor keeps the focus: arrows, Enter and Esc go to it, and it names the chosen line. */
export function SuggestMenu(props: { suggest: Suggest<ShownItem>; label: string; empty: string; id: string }) {
  const state = () => props.suggest.state();
  let list: HTMLDivElement | undefined;
  createEffect(() => {
    const chosen = state()?.chosen;
    if (chosen !== undefined) list?.querySelector(`[data-index="${chosen}"]`)?.scrollIntoView({ block: 'nearest' });
  });
  return (
    <Popover
      open={state() !== null}
      onClose={() => props.suggest.close()}
      anchor={() => state()?.rect}
      role="listbox"
      label={props.label}
      id={props.id}
      class="menu note-suggest"
    >
      <div ref={(made) => (list = made)}>
        <Show when={state()?.items.length === 0}>
          <div class="none">{props.empty}</div>
        </Show>
        <For each={state()?.items}>
          {(item, index) => (
            <>
              <Show when={index() === 0 || state()?.items[index() - 1]?.group !== item.group}>
                <div class="menu-h" role="presentation">
                  {item.group}
                </div>
              </Show>
              <div
                class="menu-i"
                classList={{ on: state()?.chosen === index() }}
                role="option"
                id={`${props.id}-${index()}`}
                aria-selected={state()?.chosen === index()}
                data-index={index()}
                // The caret stays where it is.
                onPointerDown={(event) => event.preventDefault()}
                onPointerMove={() => props.suggest.choose(index())}
                onClick={() => props.suggest.pick(index())}
              >
                <Icon of={item.icon} />
                <bdi class="ellip">{item.label}</bdi>
                <Show when={item.detail}>
                  <span class="end">{item.detail}</span>
                </Show>
              </div>
            </>
          )}
        </For>
      </div>
    </Popover>
  );
}
