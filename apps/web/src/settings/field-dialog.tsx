import {
  customFieldTypes,
  referencedNouns,
  type CustomFieldType,
  type ReferencedNoun,
} from '@rapport/domain/custom-fields';
import { Dialog } from '@rapport/ui/dialog';
import { Select } from '@rapport/ui/select';
import { TextField } from '@rapport/ui/text-field';
import { Show, createSignal } from 'solid-js';
import { sentenceOf } from '../api/request.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { hasOptions, referencedLabels, typeLabels, typeText, type FieldInfo, type FieldNoun } from './fields-api.ts';

/** Adds a field, or changes what one is called and offers. Its type and key stay, because records hold values of it. */
export function FieldDialog(props: {
  noun: FieldNoun;
  field: FieldInfo | null;
  onClose: () => void;
  onDone: () => void;
}) {
  const workspace = useWorkspace();
  // What the dialog begins with.
  /* eslint-disable solid/reactivity */
  const [label, setLabel] = createSignal(props.field?.label ?? '');
  const [type, setType] = createSignal<CustomFieldType>(props.field?.type ?? 'text');
  const [of, setOf] = createSignal<ReferencedNoun>('company');
  const [options, setOptions] = createSignal(props.field?.options.map((each) => each.label).join('\n') ?? '');
  /* eslint-enable solid/reactivity */
  const [problem, setProblem] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  const save = async () => {
    if (label().trim() === '' || isBusy()) return;
    setBusy(true);
    const choices = hasOptions(type())
      ? {
          options: options()
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== ''),
        }
      : {};
    const named = type() === 'reference' ? { of: of() } : {};
    try {
      await (props.field === null
        ? workspace.api('POST', '/fields', {
            noun: props.noun,
            type: type(),
            label: label().trim(),
            ...choices,
            ...named,
          })
        : workspace.api('PATCH', `/fields/${props.field.id}`, { label: label().trim(), ...choices }));
      props.onDone();
      props.onClose();
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      title={props.field === null ? 'New field' : `Change ${props.field.label}`}
      onClose={() => props.onClose()}
      action={{
        label: props.field === null ? 'Add field' : 'Save',
        run: () => void save(),
        busy: isBusy(),
        disabledReason: label().trim() === '' ? 'Give it a name first.' : undefined,
      }}
    >
      <TextField
        label="Name"
        value={label()}
        onInput={setLabel}
        error={problem()}
        maxLength={200}
        autofocus
        placeholder="Contract number"
      />
      <Show
        when={props.field === null}
        fallback={
          <p class="small t3">
            {props.field === null ? '' : typeText(props.field)}. The type stays, because records have values of it.
          </p>
        }
      >
        <Select
          label="Type"
          options={customFieldTypes.map((id) => ({ id, label: typeLabels[id] }))}
          value={type()}
          onChange={(id) => setType(id as CustomFieldType)}
        />
      </Show>
      <Show when={props.field === null && type() === 'reference'}>
        <Select
          label="Links to"
          options={referencedNouns.map((id) => ({ id, label: referencedLabels[id] }))}
          value={of()}
          onChange={(id) => setOf(id as ReferencedNoun)}
        />
      </Show>
      <Show when={hasOptions(type())}>
        <TextField label="Options, one a line" multiline value={options()} onInput={setOptions} />
      </Show>
    </Dialog>
  );
}
