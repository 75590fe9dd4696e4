import { Checkbox } from '@rapport/ui/checkbox';
import { Dialog } from '@rapport/ui/dialog';
import { TextField } from '@rapport/ui/text-field';
import { Show, createSignal } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { nounWords, type DuplicateNoun } from './duplicate-api.ts';
import { DuplicateWarning } from './duplicate-warning.tsx';

/** Asks for what makes a contact or a company known, and says meanwhile who may be there already. */
export function NewRecordDialog(props: {
  workspace: WorkspaceClient;
  noun: DuplicateNoun;
  /** Where a record is shown. */
  pathOf: (id: string) => string;
  onMade: (id: string) => void;
  onClose: () => void;
}) {
  const [name, setName] = createSignal('');
  const [email, setEmail] = createSignal('');
  const [phone, setPhone] = createSignal('');
  const [site, setSite] = createSignal('');
  const [isPrivate, setPrivate] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  const words = () => nounWords[props.noun];
  const isContact = () => props.noun === 'contact';
  const given = (text: string) => (text.trim() === '' ? [] : [text.trim()]);
  const create = async () => {
    if (isBusy()) return;
    if (name().trim() === '' && !(isContact() && email().trim() !== '')) {
      setProblem(isContact() ? 'Give a name or an e-mail address.' : 'Give it a name.');
      return;
    }
    setBusy(true);
    try {
      const made = await props.workspace.api<{ id: string }>('POST', `/${words().plural}`, {
        ...(name().trim() === '' ? {} : { name: name().trim() }),
        ...(isContact() || site().trim() === '' ? {} : { website: site().trim() }),
        emails: given(email()).map((value) => ({ value })),
        phones: given(phone()).map((value) => ({ value })),
        private: isPrivate(),
      });
      props.onMade(made.id);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title={`New ${words().one}`}
      action={{ label: `Create ${words().one}`, run: () => void create(), busy: isBusy() }}
    >
      <TextField label="Name" value={name()} onInput={setName} error={problem()} maxLength={300} autocomplete="off" />
      <TextField label="E-mail" type="email" value={email()} onInput={setEmail} maxLength={320} autocomplete="off" />
      <TextField label="Phone" type="tel" value={phone()} onInput={setPhone} maxLength={60} autocomplete="off" />
      <Show when={!isContact()}>
        <TextField label="Website" value={site()} onInput={setSite} maxLength={500} autocomplete="off" />
      </Show>
      <DuplicateWarning
        workspace={props.workspace}
        noun={props.noun}
        typed={{ name: given(name()), email: given(email()), phone: given(phone()), site: given(site()) }}
        pathOf={(id) => props.pathOf(id)}
        onGo={() => props.onClose()}
      />
      <Checkbox checked={isPrivate()} onChange={setPrivate}>
        Private until I share it
      </Checkbox>
    </Dialog>
  );
}
