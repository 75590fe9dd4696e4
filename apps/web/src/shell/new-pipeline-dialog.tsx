import { Checkbox } from '@rapport/ui/checkbox';
import { Dialog } from '@rapport/ui/dialog';
import { TextField } from '@rapport/ui/text-field';
import { useNavigate } from '@solidjs/router';
import { createSignal } from 'solid-js';
import { sentenceOf } from '../api/request.ts';
import type { Board } from '../api/shapes.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';

/** Asks for a name, makes the pipeline with default stages and goes there. */
export function NewPipelineDialog(props: { open: boolean; onClose: () => void }) {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [name, setName] = createSignal('');
  const [isPrivate, setPrivate] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  const create = async () => {
    if (isBusy()) return;
    if (name().trim() === '') {
      setProblem('Name it after what it sells, such as Renewals.');
      return;
    }
    setBusy(true);
    try {
      const board = await workspace.api<Board>('POST', '/boards', {
        name: name().trim(),
        kind: 'deals',
        private: isPrivate(),
      });
      await workspace.queries.refetchQueries({ queryKey: workspace.boardsKey });
      setName('');
      setPrivate(false);
      setProblem(undefined);
      props.onClose();
      navigate(`/w/${workspace.workspaceId}/b/${board.id}`);
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title="New pipeline"
      action={{ label: 'Create pipeline', run: () => void create(), busy: isBusy() }}
    >
      <TextField
        label="Name"
        value={name()}
        onInput={setName}
        error={problem()}
        maxLength={100}
        hint="It starts with five stages that you can rename."
      />
      <Checkbox checked={isPrivate()} onChange={setPrivate}>
        Private until I share it
      </Checkbox>
    </Dialog>
  );
}
