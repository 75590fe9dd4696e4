import { Dialog } from '@rapport/ui/dialog';
import { TextField } from '@rapport/ui/text-field';
import { For, createSignal } from 'solid-js';
import { type Address, addressParts } from './point.ts';

const labels: Readonly<Record<(typeof addressParts)[number], string>> = {
  street: 'Street and number',
  street2: 'Second line',
  city: 'City',
  region: 'Region',
  postalCode: 'Postal code',
  country: 'Country',
};

/** The parts of an address, saved together. */
export function AddressDialog(props: { address: Address; onSave: (address: Address) => void; onClose: () => void }) {
  // What the dialog begins with; a colleague's change meanwhile is told by the field behind it.
  // eslint-disable-next-line solid/reactivity
  const [parts, setParts] = createSignal<Address>(props.address);
  const save = () => {
    const filled = Object.entries(parts()).flatMap(([part, text]) => (text.trim() === '' ? [] : [[part, text.trim()]]));
    if (filled.length > 0) props.onSave(Object.fromEntries(filled) as Address);
    props.onClose();
  };
  return (
    <Dialog open title="Address" onClose={() => props.onClose()} action={{ label: 'Save address', run: save }}>
      <For each={addressParts}>
        {(part, at) => (
          <TextField
            label={labels[part]}
            value={parts()[part] ?? ''}
            maxLength={300}
            autofocus={at() === 0}
            onInput={(text) => setParts((before) => ({ ...before, [part]: text }))}
          />
        )}
      </For>
    </Dialog>
  );
}
