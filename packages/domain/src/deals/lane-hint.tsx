import Plus from 'lucide-solid/icons/plus';
import { Button } from '@rapport/ui/button';
import { Show } from 'solid-js';
import { useDealBoard } from './deal-board-context.tsx';
import type { Stage } from '../boards/schema.ts';

/** What a stage usually means, by its chance: what has happened with a deal that stands there. */
export function stageHint({ kind, probability }: Pick<Stage, 'kind' | 'probability'>): string {
  if (kind === 'won') return 'They signed';
  if (kind === 'lost') return 'It came to nothing, for a reason';
  if (probability <= 20) return 'Someone you have spoken to';
  if (probability <= 40) return 'You have met and know the need';
  if (probability <= 60) return 'They have a price from you';
  if (probability <= 80) return 'You are agreeing on terms';
  return 'They said yes; the paper follows';
}

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
          {stageHint(now())}
          <Show when={isFirst()}>
            <div class="ghost-card" aria-hidden="true">
              <i />
              <i />
              <i />
            </div>
            <Show when={board.lockReason() === undefined}>
              <Button class="add-first" variant="ghost" icon={Plus} keys="N" onClick={() => props.onAdd()}>
                Add a deal
              </Button>
            </Show>
          </Show>
        </div>
      )}
    </Show>
  );
}
