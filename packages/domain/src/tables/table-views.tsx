import { LatePart, late } from '@rapport/ui/late';
import { Label } from '@rapport/ui/label';
import { MenuButton } from '@rapport/ui/menu';
import Bookmark from 'lucide-solid/icons/bookmark';
import Trash from 'lucide-solid/icons/trash';
import { Show, createMemo, createSignal } from 'solid-js';
import { createSavedViews } from '../deals/create-saved-views.web.ts';
import { searchOf } from './create-table.web.ts';
import { useTable } from './table-context.web.ts';
import { viewEntries } from './view-state.ts';

const SaveViewDialog = late(async () => (await import('../deals/save-view-dialog.tsx')).SaveViewDialog);

/** Saved views of a table: one's own, and the workspace's for everybody. */
export function TableViews(props: { plural: string; title: string; onShow: (search: string) => void }) {
  const table = useTable();
  // One screen shows one noun.
  // eslint-disable-next-line solid/reactivity
  const views = createSavedViews(table.workspace, `table/${props.plural}`, 'views');
  const [isNaming, setNaming] = createSignal(false);
  const all = () => [...views.own(), ...views.shared()];
  const current = createMemo(() => all().find(({ id }) => id === table.view().view));
  const query = createMemo(() => searchOf(viewEntries({ ...table.view(), view: null })));
  const isChanged = () => current() !== undefined && current()?.query !== query();
  const show = (id: string, search: string) => props.onShow(`${search}${search === '' ? '' : '&'}view=${id}`);
  const pick = (id: string) => {
    const now = current();
    if (id === 'save') setNaming(true);
    else if (id === 'all') props.onShow('');
    else if (id === 'update' && now)
      views.save({ ...now, query: query() }, views.own().some((each) => each.id === now.id) ? 'own' : 'shared');
    else if (id === 'delete' && now) {
      views.remove(now.id);
      table.setView({ view: null });
    } else {
      const view = all().find((each) => each.id === id);
      if (view) show(view.id, view.query);
    }
  };
  const heads = (list: readonly { id: string; name: string }[], heading: string) =>
    list.map(({ id, name }, at) => ({ id, label: name, heading: at === 0 ? heading : undefined }));
  return (
    <>
      <MenuButton
        label="Views"
        items={[
          { id: 'all', label: `All ${props.title.toLowerCase()}` },
          ...heads(views.own(), 'Mine'),
          ...heads(views.shared(), 'Everybody’s'),
          { id: 'save', label: 'Save as a new view', icon: Bookmark, separated: true },
          ...(isChanged() ? [{ id: 'update', label: `Save changes to “${current()?.name ?? ''}”` }] : []),
          ...(current()
            ? [{ id: 'delete', label: `Delete “${current()?.name ?? ''}”`, icon: Trash, tone: 'danger' as const }]
            : []),
        ]}
        isChosen={(id) => (id === 'all' ? query() === '' && !current() : id === table.view().view)}
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
          <SaveViewDialog
            canShare={views.canShare()}
            onSave={(name, isShared) => {
              const search = query();
              show(views.save({ name, query: search }, isShared ? 'shared' : 'own'), search);
              setNaming(false);
            }}
            onClose={() => setNaming(false)}
          />
        </LatePart>
      </Show>
    </>
  );
}
