import type { Patch } from '@rapport/doc/patch';
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { type SavedView, deleteView, saveView, savedViewsOf, viewsRoot } from './saved-views.ts';

export interface SavedViewsStore {
  readonly own: Accessor<readonly SavedView[]>;
  readonly shared: Accessor<readonly SavedView[]>;
  save(view: Omit<SavedView, 'id' | 'board'> & { id?: string }, where: 'own' | 'shared'): string;
  remove(id: string): void;
  readonly canShare: Accessor<boolean>;
}

/** The saved views of one board (or table): a person's own, and those in the document `shared`, for all who may open it. */
export function createSavedViews(
  workspace: WorkspaceClient,
  board: string,
  shared = `board/${board}`,
): SavedViewsStore {
  const names = { own: `member/${workspace.me.id}`, shared };
  const follow = (docName: string) => {
    const document = workspace.open(docName);
    const [views, setViews] = createSignal<readonly SavedView[]>([]);
    let stop: (() => void) | undefined;
    const attach = () => {
      stop?.();
      const root = document.doc.getMap(viewsRoot);
      const read = () => setViews(savedViewsOf(document.doc, board));
      root.observeDeep(read);
      stop = () => root.unobserveDeep(read);
      read();
    };
    attach();
    const unfollow = document.onReplaced(attach);
    // A document that cannot be had (offline, first time) simply has no views yet; the board itself says what is wrong.
    document.ready.then(attach, () => undefined);
    onCleanup(() => {
      unfollow();
      stop?.();
      document.release();
    });
    return { document, views };
  };
  const sources = { own: follow(names.own), shared: follow(names.shared) };
  const write = (where: 'own' | 'shared', patch: Patch, text: string) =>
    void workspace.perform(sources[where].document, names[where], patch, { kind: 'view', text });
  return {
    own: sources.own.views,
    shared: sources.shared.views,
    canShare: () => sources.shared.document.access() === 'write',
    save({ id = workspace.newId(), name, query }, where) {
      write(where, saveView({ id, board, name, query }), `Saved the view “${name}”`);
      return id;
    },
    remove(id) {
      const where = sources.own.views().some((view) => view.id === id) ? 'own' : 'shared';
      const name = [...sources.own.views(), ...sources.shared.views()].find((view) => view.id === id)?.name ?? '';
      write(where, deleteView(id, workspace.now()), `Deleted the view “${name}”`);
    },
  };
}
