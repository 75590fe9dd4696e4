import Plus from 'lucide-solid/icons/plus';
import { Button } from '@rapport/ui/button';
import { Show } from 'solid-js';
import { useDealBoard } from './deal-board-context.tsx';

/** In a lane without deals while the whole board is empty: what belongs here, and in the first one where a deal would stand. */
export function LaneHint(props: { stageId: string; onAdd: () => void }) {
  const board = useDealBoard();
  const isEmpty = () => board.store.deals.version() >= 0 && board.store.deals.all.size === 0;
  const stage = () => board.store.stage(props.stageId);
  const isFirst = () => board.store.stages()[0]?.id === props.stageId;
  return (
    <Show when={isEmpty() && stage()}>
      {(now) => (
        <div class="lane-hint">
          {board.type.words.hint(now())}
          <Show when={isFirst()}>
            <div class="ghost-card" aria-hidden="true">
              <i />
              <i />
              <i />
            </div>
            <Show when={board.lockReason() === undefined}>
              <Button class="add-first" variant="ghost" icon={Plus} keys="N" onClick={() => props.onAdd()}>
                Add {board.type.words.article}
              </Button>
            </Show>
          </Show>
        </div>
      )}
    </Show>
  );
}
