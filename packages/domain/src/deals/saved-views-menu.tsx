import Bookmark from 'lucide-solid/icons/bookmark';
import Trash from 'lucide-solid/icons/trash';
import { LatePart, late } from '@rapport/ui/late';
import { MenuButton } from '@rapport/ui/menu';
import { Label } from '@rapport/ui/label';
import { Show, createMemo, createSignal } from 'solid-js';
import { createSavedViews } from './create-saved-views.web.ts';
import { useDealBoard } from './deal-board-context.tsx';
import { savedQuery } from './view-state.ts';

export const SaveViewDialog = late(async () => (await import('./save-view-dialog.tsx')).SaveViewDialog);

/** Saved views: one's own and shared ones; saving, updating, deleting. Hidden while there is nothing to save or show. */
export function SavedViews() {
  const board = useDealBoard();
  const views = createSavedViews(board.workspace, board.boardId);
  const [isNaming, setNaming] = createSignal(false);
  const current = createMemo(() => [...views.own(), ...views.shared()].find(({ id }) => id === board.view().view));
  const query = createMemo(() => savedQuery(board.view()));
  const isChanged = () => current() !== undefined && current()?.query !== query();
  const hasAny = () => views.own().length + views.shared().length > 0;
  const pick = (id: string) => {
    const now = current();
    if (id === 'save') setNaming(true);
    else if (id === 'update' && now)
      views.save({ ...now, query: query() }, views.own().includes(now) ? 'own' : 'shared');
    else if (id === 'delete' && now) {
      views.remove(now.id);
      board.setView({ view: null });
    } else if (id === 'all') board.showQuery('');
    else {
      const view = [...views.own(), ...views.shared()].find((each) => each.id === id);
      if (view) board.showQuery(view.query, { view: view.id, deal: board.view().deal });
    }
  };
  const save = (name: string, isShared: boolean) => {
    const id = views.save({ name, query: query() }, isShared ? 'shared' : 'own');
    board.setView({ view: id });
    setNaming(false);
  };
  return (
    <Show when={hasAny() || query() !== ''}>
      <MenuButton
        label="Views"
        items={[
          { id: 'all', label: 'All deals' },
          ...views
            .own()
            .map((view, index) => ({ id: view.id, label: view.name, heading: index === 0 ? 'Mine' : undefined })),
          ...views
            .shared()
            .map((view, index) => ({ id: view.id, label: view.name, heading: index === 0 ? 'Shared' : undefined })),
          { id: 'save', label: 'Save as a new view', icon: Bookmark, separated: true },
          ...(isChanged() ? [{ id: 'update', label: `Save changes to “${current()?.name ?? ''}”` }] : []),
          ...(current()
            ? [{ id: 'delete', label: `Delete “${current()?.name ?? ''}”`, icon: Trash, tone: 'danger' as const }]
            : []),
        ]}
        isChosen={(id) => (id === 'all' ? query() === '' && !current() : id === board.view().view)}
        onPick={pick}
      >
        {(trigger) => (
          <button type="button" class="chip add" {...trigger}>
            {current()?.name ?? 'Views'}
          </button>
        )}
      </MenuButton>
      <Show when={isChanged()}>
        <Label tone="warning">Unsaved view</Label>
      </Show>
      <Show when={isNaming()}>
        <LatePart>
          <SaveViewDialog canShare={views.canShare()} onSave={save} onClose={() => setNaming(false)} />
        </LatePart>
      </Show>
    </Show>
  );
}
