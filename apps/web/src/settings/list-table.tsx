import { SkeletonRows } from '@rapport/ui/skeleton';
import { For, type JSX, Show } from 'solid-js';

export interface Head {
  readonly label: string;
  /** Only read aloud: a column of buttons. */
  readonly isHidden?: boolean;
  readonly isRight?: boolean;
}

/** A list of the server as a table of its own width: its shape while it is asked for, and what an empty one means. */
export function ListTable<T>(props: {
  /** What it lists; its class is `set-` and `name`. */
  label: string;
  name: string;
  heads: readonly (string | Head)[];
  /** Undefined while unknown. */
  items: readonly T[] | undefined;
  /** False where asking has ended without a list: what went wrong is said elsewhere. */
  isLoading?: boolean | undefined;
  /** In place of a list without lines. */
  empty?: JSX.Element | undefined;
  /** The cells of a line. */
  children: (item: T) => JSX.Element;
}) {
  const head = (each: string | Head): Head => (typeof each === 'string' ? { label: each } : each);
  return (
    <Show
      when={props.items}
      fallback={
        <Show when={props.isLoading !== false}>
          <SkeletonRows label="Loading the list" />
        </Show>
      }
    >
      {(items) => (
        <Show when={items().length > 0 || props.empty === undefined} fallback={props.empty}>
          <div class="set-scroll" tabindex="0" role="region" aria-label={props.label}>
            <table class={`tbl set-${props.name}`}>
              <thead>
                <tr>
                  <For each={props.heads.map(head)}>
                    {({ label, isHidden, isRight }) => (
                      <th class={isRight === true ? 'r' : undefined} aria-label={isHidden === true ? label : undefined}>
                        {isHidden === true ? '' : label}
                      </th>
                    )}
                  </For>
                </tr>
              </thead>
              <tbody>
                <For each={items()}>{(item) => <tr>{props.children(item)}</tr>}</For>
              </tbody>
            </table>
          </div>
        </Show>
      )}
    </Show>
  );
}
