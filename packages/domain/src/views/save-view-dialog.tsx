import { Dialog } from '@rapport/ui/dialog';
import { Select } from '@rapport/ui/select';
import { TextField } from '@rapport/ui/text-field';
import { createSignal, untrack } from 'solid-js';
import type { ViewShelf } from './create-saved-views.web.ts';

const whoOf = ({ id, label }: ViewShelf): string =>
  id === 'me' ? 'Just me' : id === 'everyone' ? 'Everybody who may see this' : label;

/** Asks for the name of a new view, and who is to have it. */
export function SaveViewDialog(props: {
  shelves: readonly ViewShelf[];
  onSave: (name: string, shelfId: string) => void;
  onClose: () => void;
}) {
  const [name, setName] = createSignal('');
  const [chosen, setChosen] = createSignal<string | null>(null);
  const shelfId = () => chosen() ?? props.shelves[0]?.id ?? 'me';
  const save = () => {
    if (name().trim() !== '') props.onSave(name().trim(), shelfId());
  };
  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title="Save this view"
      action={{
        label: 'Save view',
        run: save,
        disabledReason: name().trim() === '' ? 'Give it a name first.' : undefined,
      }}
    >
      <TextField label="Name" value={name()} onInput={setName} maxLength={80} autofocus />
      <Select
        label="For"
        hint="Whoever has it may change it, unless they may only look."
        options={props.shelves.map((shelf) => ({ id: shelf.id, label: whoOf(shelf) }))}
        value={shelfId()}
        onChange={setChosen}
      />
    </Dialog>
  );
}

/** Asks for another name of a view. */
export function RenameViewDialog(props: { name: string; onRename: (name: string) => void; onClose: () => void }) {
  // The name that was there when the dialog came up: a colleague's new one does not take away what is being typed.
  const [name, setName] = createSignal(untrack(() => props.name));
  const rename = () => {
    if (name().trim() !== '') props.onRename(name().trim());
  };
  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title="Rename this view"
      action={{
        label: 'Rename',
        run: rename,
        disabledReason: name().trim() === '' ? 'Give it a name first.' : undefined,
      }}
    >
      <TextField label="Name" value={name()} onInput={setName} maxLength={80} autofocus />
    </Dialog>
  );
}
