import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';

/** Root of a member's own document: `<noun>/<id>` → true. */
const favouritesRoot = 'favourites';

export interface Favourites {
  /** `note/<id>`, `folder/<id>`, `file/<id>`. */
  readonly keys: Accessor<readonly string[]>;
  /** One undoable step of the person; works without a network. */
  set(key: string, name: string, isOn: boolean): void;
}

/** What a person starred: in their own document, so that nobody else sees it and all their devices do. */
export function createFavourites(workspace: WorkspaceClient): Favourites {
  const docName = `member/${workspace.me.id}`;
  const document = workspace.open(docName);
  const [keys, setKeys] = createSignal<readonly string[]>([]);
  let stop: (() => void) | undefined;
  const attach = () => {
    stop?.();
    const root = document.doc.getMap<unknown>(favouritesRoot);
    const read = () =>
      setKeys(
        [...root.entries()]
          .filter(([key, isOn]) => isOn === true && /^(folder|note|file)\/[\w-]{1,100}$/.test(key))
          .map(([key]) => key)
          .sort(),
      );
    root.observe(read);
    stop = () => root.unobserve(read);
    read();
  };
  attach();
  const unfollow = document.onReplaced(attach);
  // A document that cannot be had (offline, first time) simply has no stars yet.
  document.ready.then(attach, () => undefined);
  onCleanup(() => {
    unfollow();
    stop?.();
    document.release();
  });
  return {
    keys,
    set(key, name, isOn) {
      workspace.perform(document, docName, [{ root: favouritesRoot, id: '', set: { [key]: isOn ? true : null } }], {
        kind: 'favourite',
        text: isOn ? `Starred “${name}”` : `Took the star off “${name}”`,
      });
    },
  };
}
