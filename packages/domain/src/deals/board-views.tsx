import { preloadWhenIdle } from '@rapport/ui/late';
import { Show, createMemo } from 'solid-js';
import { createSavedViews } from '../views/create-saved-views.web.ts';
import { SaveViewDialog, SavedViewsMenu } from '../views/saved-views-menu.tsx';
import { useDealBoard } from './deal-board-context.tsx';
import { savedQuery } from './view-state.ts';

/** The board's saved views. Hidden while there is nothing to save or show. */
export function BoardViews() {
  const board = useDealBoard();
  const views = createSavedViews(board.workspace, {
    board: board.boardId,
    shared: `board/${board.boardId}`,
    sharedLabel: 'Shared',
  });
  preloadWhenIdle([SaveViewDialog]);
  const query = createMemo(() => savedQuery(board.view()));
  const hasAny = () => views.shelves().some((shelf) => shelf.views().length > 0);
  return (
    <Show when={hasAny() || query() !== ''}>
      <SavedViewsMenu
        views={views}
        all={`All ${board.type.words.many}`}
        query={query()}
        viewId={board.view().view}
        onShow={(search, id) =>
          id === null ? board.showQuery('') : board.showQuery(search, { view: id, deal: board.view().deal })
        }
        onChoose={(id) => board.setView({ view: id })}
      />
    </Show>
  );
}
