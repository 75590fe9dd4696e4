import Plus from 'lucide-solid/icons/plus';
import { Button } from '@rapport/ui/button';
import { Switch } from '@rapport/ui/switch';
import { TextField } from '@rapport/ui/text-field';
import { Show, createSignal } from 'solid-js';
import type { OpenForm } from './create-form.web.ts';
import { FormItems } from './form-items.tsx';
import { formLimits } from './form.ts';
import { addItems, changeItem, type NewConsent } from './ops.ts';

/** What people are asked to agree to, in which words. */
export function FormConsents(props: { open: OpenForm }) {
  const [edited, setEdited] = createSignal<string | null>(null);
  const consents = () => props.open.form().consents;
  const add = () => {
    const id = props.open.workspace.newId();
    const consent: NewConsent = { purpose: 'newsletter', wording: 'I would like to receive news by e-mail.' };
    const env = { random: () => props.open.workspace.random() };
    props.open.perform(addItems(props.open.doc(), 'consents', [{ id, ...consent }], env), 'Added a consent');
    setEdited(id);
  };
  return (
    <>
      <h3>Consents</h3>
      <p class="hint">The words that somebody agreed to are kept with the lead as proof.</p>
      <FormItems
        open={props.open}
        list="consents"
        label="Consents"
        lines={consents().map(({ id, purpose, wording, required }) => ({
          id,
          title: wording === '' ? 'No words yet' : wording,
          detail: `${purpose}${required ? ', required' : ''}`,
        }))}
        edited={edited()}
        onEdit={setEdited}
        editor={(id) => <ConsentEditor open={props.open} id={id} />}
      />
      <div>
        <Button
          icon={Plus}
          disabledReason={
            props.open.lockReason() ??
            (consents().length >= formLimits.consents ? 'A form has ten consents at most.' : undefined)
          }
          onClick={add}
        >
          Add a consent
        </Button>
      </div>
    </>
  );
}

function ConsentEditor(props: { open: OpenForm; id: string }) {
  const consent = () => props.open.form().consents.find(({ id }) => id === props.id);
  const isLocked = () => props.open.lockReason() !== undefined;
  const change = (set: Partial<NewConsent>, what: string) =>
    props.open.perform(changeItem('consents', props.id, set), what);
  return (
    <Show when={consent()}>
      {(now) => (
        <>
          <TextField
            label="Words"
            multiline
            value={now().wording}
            maxLength={formLimits.text}
            disabled={isLocked()}
            onCommit={(wording) => change({ wording: wording.trim() }, 'Changed the words of a consent')}
          />
          <TextField
            label="Purpose"
            hint="What it is called on leads and contacts."
            value={now().purpose}
            maxLength={60}
            disabled={isLocked()}
            onCommit={(purpose) => change({ purpose: purpose.trim() }, 'Changed the purpose of a consent')}
          />
          <Switch
            checked={now().required}
            disabled={isLocked()}
            onChange={(required) => change({ required }, 'Changed whether a consent is required')}
          >
            Required
          </Switch>
        </>
      )}
    </Show>
  );
}
