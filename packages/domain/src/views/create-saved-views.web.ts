import type { Patch } from '@rapport/doc/patch';
import { type Accessor, createMemo, createSignal, mapArray, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { teamDocument } from '../workspace/team-document.ts';
import {
  type SavedView,
  deleteView,
  renameView,
  reviseView,
  saveView,
  savedViewsOf,
  viewsRoot,
} from './saved-views.ts';

/** Views that the same people have: one's own, a team's, everybody's. */
export interface ViewShelf {
  /** `me`, `everyone` or the team's id. */
  readonly id: string;
  readonly label: string;
  readonly views: Accessor<readonly SavedView[]>;
  /** Whether this person may save, change and delete here. */
  readonly canEdit: Accessor<boolean>;
}

export interface SavedViewsStore {
  /** One's own, those of one's teams by name, everybody's. */
  readonly shelves: Accessor<readonly ViewShelf[]>;
  /** A view and where it stands. */
  find(id: string | null): { readonly view: SavedView; readonly shelf: ViewShelf } | undefined;
  /** Saves a new view; answers its id. */
  save(view: { readonly name: string; readonly query: string }, shelfId: string): string;
  /** From now on the view shows this. */
  revise(id: string, query: string): void;
  /** Whoever may save it may rename it; a colleague who does so at the same time has the same name in the end. */
  rename(id: string, name: string): void;
  /** Saves the same once more beside it, or as one's own where one may only look; answers the new one. */
  duplicate(id: string): SavedView | undefined;
  remove(id: string): void;
}

interface OwnShelf extends ViewShelf {
  readonly write: (patch: Patch, text: string) => void;
}

/** The saved views of one board or table. `shared` is the document that everybody who may see it opens. */
export function createSavedViews(
  workspace: WorkspaceClient,
  of: { readonly board: string; readonly shared: string; readonly sharedLabel: string },
): SavedViewsStore {
  const follow = (id: string, label: string, docName: string): OwnShelf => {
    const document = workspace.open(docName);
    const [views, setViews] = createSignal<readonly SavedView[]>([]);
    const [access, setAccess] = createSignal(document.access());
    const [isRefused, setRefused] = createSignal(document.refusal() !== null);
    let stop: (() => void) | undefined;
    const attach = () => {
      stop?.();
      const root = document.doc.getMap(viewsRoot);
      const read = () => setViews(savedViewsOf(document.doc, of.board));
      root.observeDeep(read);
      stop = () => root.unobserveDeep(read);
      read();
    };
    attach();
    const unfollow = document.onReplaced(attach);
    document.onAccess(() => setAccess(document.access()));
    document.onRefusal(() => setRefused(document.refusal() !== null));
    // A document that cannot be had (offline, first time) simply has no views yet; the board itself says what is wrong.
    document.ready.then(attach, () => undefined);
    onCleanup(() => {
      unfollow();
      stop?.();
      document.release();
    });
    return {
      id,
      label,
      views: () => (isRefused() ? [] : views()),
      canEdit: () => access() === 'write' && !isRefused(),
      write: (patch, text) => void workspace.perform(document, docName, patch, { kind: 'view', text }),
    };
  };
  const own = follow('me', 'Mine', `member/${workspace.me.id}`);
  const everyone = follow('everyone', of.sharedLabel, of.shared);
  const mine = createMemo(
    () => workspace.teams().filter(({ members }) => members.includes(workspace.me.id)),
    [],
    // A team is opened once, however often the list is asked for.
    {
      equals: (a, b) => a.length === b.length && a.every(({ id, name }, at) => b[at]?.id === id && b[at].name === name),
    },
  );
  const keyed = createMemo(() => mine().map(({ id, name }) => `${id} ${name}`));
  const ofTeams = mapArray(keyed, (key) => {
    const [id = '', ...name] = key.split(' ');
    return follow(id, name.join(' '), teamDocument(id));
  });
  const shelves = createMemo((): readonly OwnShelf[] => [own, ...ofTeams(), everyone]);
  const find = (id: string | null) => {
    if (id === null) return undefined;
    for (const shelf of shelves()) {
      const view = shelf.views().find((each) => each.id === id);
      if (view !== undefined) return { view, shelf };
    }
    return undefined;
  };
  const shelfOf = (id: string | undefined) => shelves().find((each) => each.id === id);
  const save = (name: string, query: string, shelf: OwnShelf): string => {
    const id = workspace.newId();
    shelf.write(saveView({ id, board: of.board, name, query }), `Saved the view “${name}”`);
    return id;
  };
  /** One step on a view that is there, with its undo in reach. */
  const change = (id: string, text: (name: string) => string, patch: (view: SavedView) => Patch) => {
    const found = find(id);
    if (found === undefined) {
      workspace.toast({ text: 'Not done. Somebody deleted this view meanwhile.', tone: 'danger' });
      return;
    }
    const said = text(found.view.name);
    shelfOf(found.shelf.id)?.write(patch(found.view), said);
    workspace.toast({ text: said, action: { label: 'Undo', run: () => void workspace.undo() } });
  };
  return {
    shelves,
    find,
    save: ({ name, query }, shelfId) => save(name, query, shelfOf(shelfId) ?? own),
    revise: (id, query) =>
      change(
        id,
        (name) => `Changed what the view “${name}” shows`,
        () => reviseView(id, query),
      ),
    rename(id, name) {
      if (name.trim() === '' || name.trim() === find(id)?.view.name) return;
      change(
        id,
        (before) => `Renamed the view “${before}” to “${name.trim()}”`,
        () => renameView(id, name),
      );
    },
    duplicate(id) {
      const found = find(id);
      if (found === undefined) return undefined;
      const shelf = found.shelf.canEdit() ? (shelfOf(found.shelf.id) ?? own) : own;
      const { query } = found.view;
      const name = `${found.view.name.slice(0, 72)} (copy)`;
      return { id: save(name, query, shelf), board: of.board, name, query };
    },
    remove: (id) =>
      change(
        id,
        (name) => `Deleted the view “${name}”`,
        () => deleteView(id, workspace.now()),
      ),
  };
}
