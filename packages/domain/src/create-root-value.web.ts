import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js';
import type * as Y from 'yjs';

/** What `read` makes of a document, again whenever something below one of its root maps changes; undefined while there is none. */
export function createRootValue<T>(
  doc: Accessor<Y.Doc | undefined>,
  root: string,
  read: (doc: Y.Doc) => T,
): Accessor<T | undefined> {
  const [value, setValue] = createSignal<T>();
  createEffect(() => {
    const now = doc();
    if (now === undefined) {
      setValue(undefined);
      return;
    }
    const map = now.getMap(root);
    const again = () => setValue(() => read(now));
    map.observeDeep(again);
    onCleanup(() => map.unobserveDeep(again));
    again();
  });
  return value;
}
