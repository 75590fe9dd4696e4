import { Dialog } from '@rapport/ui/dialog';
import { TextField } from '@rapport/ui/text-field';
import { createSignal } from 'solid-js';
import { useDealBoard } from './deal-board-context.tsx';

/** A further pipeline, made by the server; the app then opens it. */
export function NewPipelineDialog(props: { open: boolean; onClose: () => void; onMade: (boardId: string) => void }) {
  const board = useDealBoard();
  const { words } = board.type;
  const [name, setName] = createSignal('');
  const [currency, setCurrency] = createSignal(board.store.meta().currency);
  const [problem, setProblem] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  const make = async () => {
    if (name().trim() === '' || isBusy()) return;
    setBusy(true);
    try {
      const made = await board.workspace.api<{ id: string }>('POST', '/boards', {
        name: name().trim(),
        kind: board.type.kind,
        currency: currency().trim().toUpperCase(),
      });
      props.onClose();
      setName('');
      props.onMade(made.id);
    } catch (error) {
      setProblem(
        navigator.onLine
          ? error instanceof Error
            ? error.message
            : String(error)
          : `A new ${words.board} needs a connection. Try again when you are online.`,
      );
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={props.open}
      onClose={() => props.onClose()}
      title={`New ${words.board}`}
      action={{
        label: `Create ${words.board}`,
        run: () => void make(),
        busy: isBusy(),
        disabledReason: name().trim() === '' ? 'Give it a name first.' : undefined,
      }}
    >
      <TextField
        label="Name"
        value={name()}
        onInput={setName}
        error={problem()}
        maxLength={100}
        autofocus
        placeholder={board.type.isSummed ? 'Renewals' : 'Trade fairs'}
      />
      <TextField
        label="Currency"
        value={currency()}
        onInput={setCurrency}
        maxLength={3}
        hint="Three letters. Sums are in it; others are shown and marked."
      />
    </Dialog>
  );
}
