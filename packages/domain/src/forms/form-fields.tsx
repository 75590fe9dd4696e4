import Plus from 'lucide-solid/icons/plus';
import { Button } from '@rapport/ui/button';
import { EmptyState } from '@rapport/ui/empty-state';
import { MenuButton } from '@rapport/ui/menu';
import { Switch } from '@rapport/ui/switch';
import { TextField } from '@rapport/ui/text-field';
import { Show, createSignal } from 'solid-js';
import type { OpenForm } from './create-form.web.ts';
import { FormItems } from './form-items.tsx';
import { formLimits, readChoices } from './form.ts';
import { addItems, changeItem, type NewField } from './ops.ts';

/** What the form asks for, in order. Every change is live and one step to undo; there is nothing to save. */
export function FormFields(props: { open: OpenForm }) {
  const [edited, setEdited] = createSignal<string | null>(null);
  const fields = () => props.open.form().fields;
  const specOf = (key: string) => props.open.offered()[key];
  const labelOf = (field: { field: string; label: string }) =>
    field.label === '' ? (specOf(field.field)?.label ?? field.field) : field.label;
  const left = () => {
    const asked = new Set(fields().map(({ field }) => field));
    return Object.entries(props.open.offered())
      .filter(([key]) => !asked.has(key))
      .map(([id, { label }]) => ({ id, label }));
  };
  const add = (field: string) => {
    const id = props.open.workspace.newId();
    const patch = addItems(props.open.doc(), 'fields', [{ id, field, label: '' }], {
      random: () => props.open.workspace.random(),
    });
    props.open.perform(patch, `Added “${specOf(field)?.label ?? field}”`);
    setEdited(id);
  };
  const detail = (field: { field: string; label: string; required: boolean }) => {
    const spec = specOf(field.field);
    if (spec === undefined) return 'Not shown: the field is gone';
    const parts = [...(labelOf(field) === spec.label ? [] : [spec.label]), ...(field.required ? ['required'] : [])];
    return parts.join(', ');
  };
  return (
    <>
      <Show
        when={fields().length > 0}
        fallback={<EmptyState title="It asks for nothing yet">Add the fields that people fill in.</EmptyState>}
      >
        <FormItems
          open={props.open}
          list="fields"
          label="Fields"
          lines={fields().map((field) => ({ id: field.id, title: labelOf(field), detail: detail(field) }))}
          edited={edited()}
          onEdit={setEdited}
          editor={(id) => <FieldEditor open={props.open} id={id} />}
        />
      </Show>
      <MenuButton label="Field to add" items={left()} onPick={add}>
        {(trigger) => (
          <Button
            icon={Plus}
            disabledReason={
              props.open.lockReason() ?? (left().length === 0 ? 'Every field is on the form.' : undefined)
            }
            {...trigger}
          >
            Add a field
          </Button>
        )}
      </MenuButton>
    </>
  );
}

function FieldEditor(props: { open: OpenForm; id: string }) {
  const field = () => props.open.form().fields.find(({ id }) => id === props.id);
  const isLocked = () => props.open.lockReason() !== undefined;
  const mayHaveOptions = (key: string) => props.open.offered()[key]?.type === 'text';
  const change = (set: Partial<NewField>, what: string) =>
    props.open.perform(changeItem('fields', props.id, set), what);
  return (
    <Show when={field()}>
      {(now) => (
        <>
          <TextField
            label="Label"
            value={now().label}
            placeholder={props.open.offered()[now().field]?.label}
            maxLength={formLimits.line}
            disabled={isLocked()}
            onCommit={(label) => change({ label: label.trim() }, `Called a field “${label.trim()}”`)}
          />
          <TextField
            label="Help"
            value={now().help}
            placeholder="A sentence below the label"
            maxLength={formLimits.text}
            disabled={isLocked()}
            onCommit={(help) => change({ help: help.trim() }, 'Changed a field’s help')}
          />
          <Show when={mayHaveOptions(now().field)}>
            <TextField
              label="Answers to choose from, one a line"
              hint="Empty: people type their own."
              multiline
              value={now().options.join('\n')}
              disabled={isLocked()}
              onCommit={(typed) => change({ options: readChoices(typed.split('\n')) }, 'Changed a field’s answers')}
            />
          </Show>
          <Switch
            checked={now().required}
            disabled={isLocked()}
            onChange={(required) => change({ required }, required ? 'Made a field required' : 'Made a field optional')}
          >
            Required
          </Switch>
        </>
      )}
    </Show>
  );
}
