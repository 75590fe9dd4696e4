import { Button } from '@rapport/ui/button';
import { Dialog } from '@rapport/ui/dialog';
import { Select } from '@rapport/ui/select';
import { TextField } from '@rapport/ui/text-field';
import { Show, createSignal } from 'solid-js';
import { useDealBoard } from './deal-board-context.tsx';
import { cardsText } from '../boards/card-words.ts';
import type { Stage } from '../boards/schema.ts';
import { deleteStage } from '../boards/stage-ops.ts';

/** Deletes a stage; asks where its deals go when it has some. One step to undo, deals included. */
export function DeleteStage(props: { stage: Stage; onClose: () => void }) {
  const board = useDealBoard();
  const { words } = board.type;
  const others = () => board.store.stages().filter(({ id }) => id !== props.stage.id);
  const count = () => board.store.lane(props.stage.id).all().length;
  const [to, setTo] = createSignal<string | null>(others()[0]?.id ?? null);
  const [reason, setReason] = createSignal('');
  const [problem, setProblem] = createSignal<string>();
  const isLost = () => count() > 0 && board.store.stage(to() ?? '')?.kind === 'lost';
  const remove = () => {
    const target = to();
    const result = deleteStage(
      board.store.doc,
      props.stage.id,
      target === null
        ? null
        : {
            stageId: target,
            ...(isLost() && reason().trim() !== '' ? { values: { lostReason: reason().trim() } } : {}),
          },
      {
        now: board.workspace.now(),
        random: () => board.workspace.random(),
        custom: board.workspace.customFields(board.type.noun),
      },
      board.ops,
    );
    if (!result.ok) {
      setProblem(result.error.message);
      return;
    }
    const text = `Deleted the stage “${props.stage.name}”`;
    if (board.actions.perform(result, { kind: 'stage', text }, text)) props.onClose();
  };
  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title={
        count() > 0
          ? `Where ${count() === 1 ? `does the ${words.one}` : `do the ${cardsText(words, count())}`} of “${props.stage.name}” go?`
          : `Delete “${props.stage.name}”?`
      }
      onSubmit={remove}
      footer={
        <>
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button
            variant="primary"
            class="danger"
            disabledReason={others().length === 0 ? 'A pipeline needs at least one stage.' : undefined}
            onClick={remove}
          >
            {count() > 0 ? 'Move and delete' : 'Delete stage'}
          </Button>
        </>
      }
    >
      <Show when={count() > 0} fallback={<p>It has no {words.many}. History keeps its name.</p>}>
        <Select
          label="Move them to"
          options={others().map(({ id, name }) => ({ id, label: name }))}
          value={to()}
          onChange={setTo}
        />
        <Show when={isLost()}>
          <TextField label="Reason" value={reason()} onInput={setReason} placeholder="Why they were lost" />
        </Show>
      </Show>
      <Show when={problem()}>
        <p class="hint error" role="alert">
          {problem()}
        </p>
      </Show>
    </Dialog>
  );
}
