import { createMemo } from 'solid-js';
import { createSavedViews } from '../views/create-saved-views.web.ts';
import { SavedViewsMenu } from '../views/saved-views-menu.tsx';
import { viewsDocument } from '../workspace/workspace-kind.ts';
import { searchOf } from './create-table.web.ts';
import { useTable } from './table-context.web.ts';
import { viewEntries } from './view-state.ts';

/** Saved views of a table: one's own, one's teams', and the workspace's for everybody. */
export function TableViews(props: { plural: string; title: string; onShow: (search: string) => void }) {
  const table = useTable();
  const views = createSavedViews(table.workspace, {
    // One screen shows one noun.
    // eslint-disable-next-line solid/reactivity
    board: `table/${props.plural}`,
    shared: viewsDocument,
    sharedLabel: 'Everybody’s',
  });
  const query = createMemo(() => searchOf(viewEntries({ ...table.view(), view: null })));
  return (
    <SavedViewsMenu
      views={views}
      all={`All ${props.title.toLowerCase()}`}
      query={query()}
      viewId={table.view().view}
      onShow={(search, id) => props.onShow(id === null ? '' : `${search}${search === '' ? '' : '&'}view=${id}`)}
      onChoose={(id) => table.setView({ view: id })}
    />
  );
}
