import Plus from 'lucide-solid/icons/plus';
import { Button } from '@rapport/ui/button';
import { Dialog } from '@rapport/ui/dialog';
import { TextField } from '@rapport/ui/text-field';
import { For, Show, createSignal } from 'solid-js';
import { capital } from '../boards/card-words.ts';
import { useDealBoard } from './deal-board-context.tsx';
import { DeleteStage } from './delete-stage.tsx';
import type { OpEnv, OpResult } from '../boards/ops.ts';
import type { Stage } from '../boards/schema.ts';
import { addStage, editBoard, editStage, moveStage } from '../boards/stage-ops.ts';
import { StageRow } from './stage-row.tsx';

/** A pipeline's name, currency and stages. Every change is live and one step to undo; there is nothing to save. */
export function StageEditor(props: { open: boolean; onClose: () => void }) {
  const board = useDealBoard();
  const { words } = board.type;
  const [deleting, setDeleting] = createSignal<Stage | null>(null);
  const [problem, setProblem] = createSignal<string>();
  let list: HTMLDivElement | undefined;
  const env = (): OpEnv => ({
    now: board.workspace.now(),
    random: () => board.workspace.random(),
    custom: board.workspace.customFields(board.type.noun),
  });
  const perform = (result: OpResult, text: string) => {
    setProblem(result.ok ? undefined : result.error.message);
    return result.ok && board.actions.perform(result, { kind: 'stage', text });
  };
  const add = () => {
    const id = board.workspace.newId();
    perform(addStage(board.store.doc, { id, name: 'New stage', probability: 50, rotDays: 14 }, env()), 'Added a stage');
    queueMicrotask(() => {
      const field = list?.querySelector<HTMLInputElement>(`[data-line="${CSS.escape(id)}"] input`);
      field?.focus();
      field?.select();
    });
  };
  const move = (id: string, to: number) => {
    const others = board.store.stages().filter((stage) => stage.id !== id);
    const stage = board.store.stage(id);
    if (to < 0 || to > others.length || !stage) return;
    if (board.store.stages().findIndex((each) => each.id === id) === to) return;
    perform(moveStage(board.store.doc, id, others[to]?.id ?? null, env()), `Moved the stage “${stage.name}”`);
    board.workspace.announce(`${stage.name}: position ${to + 1} of ${others.length + 1}.`);
  };
  return (
    <>
      <Dialog open={props.open} onClose={() => props.onClose()} title={`${capital(words.board)} and stages`} wide>
        <div class="stage-top">
          <TextField
            label="Name"
            value={board.store.meta().name}
            onCommit={(name) =>
              perform(editBoard({ name: name.trim() }), `Renamed the ${words.board} to “${name.trim()}”`)
            }
          />
          <TextField
            label="Currency"
            value={board.store.meta().currency}
            maxLength={3}
            hint="Sums are in it."
            onCommit={(raw) => {
              const currency = raw.trim().toUpperCase();
              perform(editBoard({ currency }), `Changed the ${words.board}'s currency to ${currency}`);
            }}
          />
        </div>
        <div class="stage-list" ref={(made) => (list = made)} role="list" aria-label="Stages">
          <div class="stage-row head small t3" aria-hidden="true">
            <span />
            <span />
            <span>Stage</span>
            <span>Kind</span>
            <span>Chance</span>
            <span>Rots after</span>
            <span>Needs, to enter</span>
            <span />
          </div>
          <For each={board.store.stages().map(({ id }) => id)}>
            {(id) => (
              <Show when={board.store.stage(id)}>
                {(stage) => (
                  <StageRow
                    stage={stage()}
                    onChange={(change) =>
                      perform(editStage(board.store.doc, id, change), `Changed the stage “${stage().name}”`)
                    }
                    onStep={(by) => move(id, board.store.stages().findIndex((each) => each.id === id) + by)}
                    onDragTo={(index) => move(id, index)}
                    list={() => list}
                    onDelete={() => setDeleting(stage())}
                  />
                )}
              </Show>
            )}
          </For>
        </div>
        <Show when={problem()}>
          <p class="hint error" role="alert">
            {problem()}
          </p>
        </Show>
        <div class="row">
          <Button icon={Plus} disabledReason={board.lockReason()} onClick={add}>
            Add a stage
          </Button>
        </div>
      </Dialog>
      <Show when={deleting()} keyed>
        {(stage) => <DeleteStage stage={stage} onClose={() => setDeleting(null)} />}
      </Show>
    </>
  );
}
