import { Label } from '@rapport/ui/label';
import { LatePart, late } from '@rapport/ui/late';
import { MenuButton } from '@rapport/ui/menu';
import Bookmark from 'lucide-solid/icons/bookmark';
import Copy from 'lucide-solid/icons/copy';
import Pencil from 'lucide-solid/icons/pencil';
import Save from 'lucide-solid/icons/save';
import Trash from 'lucide-solid/icons/trash';
import { Show, createMemo, createSignal } from 'solid-js';
import type { SavedViewsStore } from './create-saved-views.web.ts';

export const SaveViewDialog = late(async () => (await import('./save-view-dialog.tsx')).SaveViewDialog);
const RenameViewDialog = late(async () => (await import('./save-view-dialog.tsx')).RenameViewDialog);

/** Saved views of a board or table: one's own, one's teams', everybody's; saving, changing, renaming, deleting. */
export function SavedViewsMenu(props: {
  views: SavedViewsStore;
  /** What the unfiltered view is called, e.g. `All deals`. */
  all: string;
  /** What is seen now, as a query string without the view's id. */
  query: string;
  /** Id of the view that is shown. */
  viewId: string | null;
  /** Shows a saved view, or everything when `id` is null. */
  onShow: (query: string, id: string | null) => void;
  /** What is seen is from now on this view, or none. */
  onChoose: (id: string | null) => void;
}) {
  const [isNaming, setNaming] = createSignal(false);
  /** The view that gets another name. */
  const [renamed, setRenamed] = createSignal<{ readonly id: string; readonly name: string }>();
  const current = createMemo(() => props.views.find(props.viewId));
  const name = () => current()?.view.name ?? '';
  const isChanged = () => current() !== undefined && current()?.view.query !== props.query;
  /** Why the view that is shown stays as it is. */
  const forbidden = () => (current()?.shelf.canEdit() === false ? 'You may only look' : undefined);
  const editable = () => props.views.shelves().filter((shelf) => shelf.canEdit());
  const pick = (id: string) => {
    const now = current();
    if (id === 'save') setNaming(true);
    else if (id === 'all') props.onShow('', null);
    else if (id === 'update' && now) props.views.revise(now.view.id, props.query);
    else if (id === 'rename' && now) setRenamed(now.view);
    else if (id === 'duplicate' && now) {
      const copy = props.views.duplicate(now.view.id);
      if (copy) props.onShow(copy.query, copy.id);
    } else if (id === 'delete' && now) {
      props.views.remove(now.view.id);
      props.onChoose(null);
    } else {
      const found = props.views.find(id);
      if (found) props.onShow(found.view.query, id);
    }
  };
  return (
    <>
      <MenuButton
        label="Views"
        items={[
          { id: 'all', label: props.all },
          ...props.views.shelves().flatMap((shelf) =>
            shelf.views().map((view, at) => ({
              id: view.id,
              label: view.name,
              heading: at === 0 ? shelf.label : undefined,
            })),
          ),
          ...(editable().length > 0
            ? [{ id: 'save', label: 'Save as a new view', icon: Bookmark, separated: true }]
            : []),
          ...(current() === undefined
            ? []
            : [
                ...(isChanged()
                  ? [{ id: 'update', label: `Save changes to “${name()}”`, icon: Save, forbidden: forbidden() }]
                  : []),
                { id: 'rename', label: `Rename “${name()}”`, icon: Pencil, forbidden: forbidden() },
                { id: 'duplicate', label: `Duplicate “${name()}”`, icon: Copy },
                {
                  id: 'delete',
                  label: `Delete “${name()}”`,
                  icon: Trash,
                  tone: 'danger' as const,
                  forbidden: forbidden(),
                },
              ]),
        ]}
        isChosen={(id) => (id === 'all' ? props.query === '' && !current() : id === props.viewId)}
        onPick={pick}
      >
        {(trigger) => (
          <button type="button" class="chip add" {...trigger}>
            <bdi class="ellip">{current() === undefined ? 'Views' : name()}</bdi>
          </button>
        )}
      </MenuButton>
      <Show when={isChanged()}>
        <Label tone="warning">Unsaved view</Label>
      </Show>
      <Show when={renamed()}>
        {(view) => (
          <LatePart>
            <RenameViewDialog
              name={view().name}
              onRename={(newName) => {
                props.views.rename(view().id, newName);
                setRenamed(undefined);
              }}
              onClose={() => setRenamed(undefined)}
            />
          </LatePart>
        )}
      </Show>
      <Show when={isNaming()}>
        <LatePart>
          <SaveViewDialog
            shelves={editable()}
            onSave={(newName, shelfId) => {
              props.onChoose(props.views.save({ name: newName, query: props.query }, shelfId));
              setNaming(false);
            }}
            onClose={() => setNaming(false)}
          />
        </LatePart>
      </Show>
    </>
  );
}
