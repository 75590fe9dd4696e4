import { Select } from '@rapport/ui/select';
import { Switch } from '@rapport/ui/switch';
import { TextField } from '@rapport/ui/text-field';
import { Show, createSignal, onMount } from 'solid-js';
import type { OpenForm } from './create-form.web.ts';
import { FormConsents } from './form-consents.tsx';
import { formLimits, readWebAddress } from './form.ts';
import { noMailReason } from './offered-fields.ts';
import { changeForm, type FormChange } from './ops.ts';
import { formLanguages, languageNames, wordsOf } from './words.ts';

/** What the form says, where it leads, and what people agree to. */
export function FormSettings(props: { open: OpenForm }) {
  const form = () => props.open.form();
  const words = () => wordsOf(form().language);
  const isLocked = () => props.open.lockReason() !== undefined;
  const change = (set: FormChange, what: string) => props.open.perform(changeForm(set), what);
  const [redirectError, setRedirectError] = createSignal<string>();
  const setRedirect = (typed: string) => {
    const address = readWebAddress(typed.trim());
    const isWrong = typed.trim() !== '' && address === '';
    setRedirectError(isWrong ? 'Type an address that begins with https://' : undefined);
    if (!isWrong) change({ redirect: address }, 'Changed where the form leads');
  };
  return (
    <div class="form-settings">
      <TextField
        label="Name, shown above the form"
        value={form().name}
        maxLength={formLimits.name}
        disabled={isLocked()}
        onCommit={(name) => change({ name: name.trim() }, `Renamed the form to “${name.trim()}”`)}
      />
      <TextField
        label="Introduction"
        multiline
        value={form().intro}
        maxLength={formLimits.text}
        disabled={isLocked()}
        onCommit={(intro) => change({ intro }, 'Changed the introduction')}
      />
      <TextField
        label="Button"
        value={form().button}
        placeholder={words().send}
        maxLength={60}
        disabled={isLocked()}
        onCommit={(button) => change({ button: button.trim() }, 'Changed the button')}
      />
      <TextField
        label="Said after sending"
        multiline
        value={form().thanks}
        placeholder={words().thanks}
        maxLength={formLimits.text}
        disabled={isLocked()}
        onCommit={(thanks) => change({ thanks }, 'Changed what is said after sending')}
      />
      <TextField
        label="Then go to"
        type="url"
        value={form().redirect}
        placeholder="https://www.example.com/thanks"
        hint="Empty: people stay on the page that says thanks."
        error={redirectError()}
        maxLength={formLimits.url}
        disabled={isLocked()}
        onCommit={setRedirect}
      />
      <Select
        label="Language"
        options={formLanguages.map((id) => ({ id, label: languageNames[id] }))}
        value={form().language}
        disabled={isLocked()}
        onChange={(language) => change({ language }, 'Changed the form’s language')}
      />
      <LeadsBoard open={props.open} />
      <TextField
        label="Source of its leads"
        value={form().source}
        placeholder="Web form"
        maxLength={formLimits.line}
        disabled={isLocked()}
        onCommit={(source) => change({ source: source.trim() }, 'Changed the source of the form’s leads')}
      />
      <FormConsents open={props.open} />
      <h3>Confirm by e-mail</h3>
      <Switch
        checked={form().doubleOptIn}
        disabled={isLocked() || (props.open.facts()?.sendsMail === false && !form().doubleOptIn)}
        onChange={(doubleOptIn) =>
          change({ doubleOptIn }, doubleOptIn ? 'Switched on double opt-in' : 'Switched off double opt-in')
        }
      >
        Make a lead only after the link in an e-mail was confirmed (double opt-in)
      </Switch>
      <Show when={props.open.facts()?.sendsMail === false}>
        <p class="hint">{noMailReason}</p>
      </Show>
    </div>
  );
}

/** The board that its leads go to; who may open that board may open the form. */
function LeadsBoard(props: { open: OpenForm }) {
  const [boards, setBoards] = createSignal<readonly { readonly id: string; readonly label: string }[]>([]);
  onMount(async () => {
    const { workspace } = props.open;
    try {
      const { items } = await workspace.api<{ items: readonly { id: string; name: string }[] }>(
        'GET',
        '/boards?kind=leads&limit=500',
      );
      setBoards(items.map(({ id, name }) => ({ id, label: name })));
    } catch (error) {
      const why = error instanceof Error ? error.message : '';
      workspace.toast({ text: `The leads boards could not be read. ${why}`, tone: 'danger' });
    }
  });
  return (
    <Select
      label="Its leads go to"
      hint="Who may open that board may open the form."
      options={boards()}
      value={props.open.facts()?.board ?? null}
      disabled={props.open.lockReason() !== undefined}
      onChange={(board) => {
        if (board !== props.open.facts()?.board) void props.open.moveTo(board);
      }}
    />
  );
}
