import Archive from 'lucide-solid/icons/archive';
import { Button } from '@rapport/ui/button';
import { Show } from 'solid-js';
import { createClosedCount } from './create-closed-count.web.ts';
import { useDealBoard } from './deal-board-context.tsx';

/** At the foot of a won or lost lane: how many older deals are in the archive, and the way to them. */
export function ArchiveNote(props: { stageId: string }) {
  const board = useDealBoard();
  // A lane's foot belongs to one stage.
  // eslint-disable-next-line solid/reactivity
  const count = createClosedCount(board, props.stageId);
  const older = () => Math.max(0, (count() ?? 0) - board.store.lane(props.stageId).all().length);
  return (
    <Show when={older() > 0}>
      <div class="archive-note">
        <Button
          size="sm"
          variant="ghost"
          icon={Archive}
          onClick={() => board.setView({ as: 'closed', deal: null }, 'push')}
        >
          {older().toLocaleString()} older in the archive
        </Button>
      </div>
    </Show>
  );
}
