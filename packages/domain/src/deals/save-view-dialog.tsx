import { Button } from '@rapport/ui/button';
import { Checkbox } from '@rapport/ui/checkbox';
import { Dialog } from '@rapport/ui/dialog';
import { TextField } from '@rapport/ui/text-field';
import { createSignal } from 'solid-js';

/** Asks for the name of a new view, and who is to have it. */
export function SaveViewDialog(props: {
  canShare: boolean;
  onSave: (name: string, isShared: boolean) => void;
  onClose: () => void;
}) {
  const [name, setName] = createSignal('');
  const [isShared, setShared] = createSignal(false);
  const save = () => {
    if (name().trim() !== '') props.onSave(name().trim(), isShared());
  };
  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title="Save this view"
      onSubmit={save}
      footer={
        <>
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button
            variant="primary"
            disabledReason={name().trim() === '' ? 'Give it a name first.' : undefined}
            onClick={save}
          >
            Save view
          </Button>
        </>
      }
    >
      <TextField label="Name" value={name()} onInput={setName} maxLength={80} autofocus />
      <Checkbox checked={isShared()} disabled={!props.canShare} onChange={setShared}>
        Shared with everyone in the workspace
      </Checkbox>
    </Dialog>
  );
}
