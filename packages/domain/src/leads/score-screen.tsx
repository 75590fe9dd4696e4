import './rules.css';
import { Button } from '@rapport/ui/button';
import { SkeletonRows } from '@rapport/ui/skeleton';
import Plus from 'lucide-solid/icons/plus';
import { For, Show, createMemo } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { createRootValue } from '../create-root-value.web.ts';
import { createLeadsBoard } from './create-leads-board.web.ts';
import { ScorePreview } from './score-preview.tsx';
import { WeightLine } from './weight-line.tsx';
import { deleteWeight, setWeight, weightsOf, weightsRoot } from './weights.ts';

/** What makes a lead's score: each thing with its points, and what that comes to on the leads that are there. */
export function ScoreScreen(props: { workspace: WorkspaceClient; boardId: string }) {
  // One mount is one board.
  // eslint-disable-next-line solid/reactivity
  const board = createLeadsBoard(props.workspace, props.boardId);
  const weights = createRootValue(board.doc, weightsRoot, weightsOf);
  const ids = createMemo(() => weights()?.map(({ id }) => id) ?? [], [], {
    equals: (a, b) => a.length === b.length && a.every((id, at) => id === b[at]),
  });
  const add = () => {
    const set = { points: 10, field: 'source', op: 'is', value: '' } as const;
    board.perform(setWeight(board.workspace.newId(), set), 'Added something that counts for the score');
  };
  const remove = (id: string) => {
    board.perform(deleteWeight(id, board.workspace.now()), 'Removed something that counts for the score');
    board.workspace.toast({ text: 'Removed', action: { label: 'Undo', run: () => void board.workspace.undo() } });
  };
  return (
    <div class="rules">
      <section aria-label="Weights">
        <p class="t2 rules-lead">
          A lead’s score is what holds for it, added up: never less than 0 nor more than 100. Points below 0 take away,
          0 is off. Whoever sees a score sees its reasons.
        </p>
        <Show when={board.problem()}>{(text) => <p role="alert">{text()}</p>}</Show>
        <Show when={weights()} fallback={<SkeletonRows label="Loading weights" />}>
          <div class="weights" role="list" aria-label="What counts">
            <For each={ids()}>
              {(id) => (
                <Show when={weights()?.find((weight) => weight.id === id)}>
                  {(weight) => (
                    <WeightLine
                      board={board}
                      weight={weight()}
                      onChange={(change) => board.perform(setWeight(id, change), 'Changed what makes the score')}
                      onDelete={() => remove(id)}
                    />
                  )}
                </Show>
              )}
            </For>
          </div>
          <div class="row">
            <Button icon={Plus} disabledReason={board.lockReason()} onClick={add}>
              Count a field
            </Button>
          </div>
        </Show>
      </section>
      <Show when={weights()}>{(known) => <ScorePreview board={board} weights={known()} />}</Show>
    </div>
  );
}
