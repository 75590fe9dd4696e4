import { isUlid } from '@rapport/doc/ids';
import type { FieldSpec, FieldValue } from '@rapport/schema/fields';
import { Avatar } from '@rapport/ui/avatar';
import { InlinePick } from '@rapport/ui/inline-edit';
import type { Option } from '@rapport/ui/option-list';
import { For, Show } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { ValueInline } from '../fields/value-inline.tsx';
import { ConsentLines } from './consent-lines.tsx';
import type { OpenRecord } from './create-record.web.ts';
import type { RelatedOfRecord } from './create-related.web.ts';
import { findRecords } from './find-records.web.ts';
import { editFields } from './ops.ts';
import { PointLines } from './point-lines.tsx';
import { RecordRace } from './record-race.tsx';
import { WorkLines } from './work-lines.tsx';

/** Shown elsewhere on the page. */
const elsewhere = new Set(['name', 'firstName', 'lastName', 'nextActivity', 'description']);

const findableNouns = ['company', 'contact', 'deal'] as const;

const columnsFor = (spec: FieldSpec): boolean => spec.type === 'longText';

/** The left column: everything that is known of the record, each value its own control. */
export function RecordFields(props: { record: OpenRecord; related: RelatedOfRecord; hrefOf: (id: string) => string }) {
  const own = () => Object.entries(props.record.type.fields).filter(([key]) => !elsewhere.has(key));
  const isPerson = () => props.record.type.noun === 'contact';
  return (
    <>
      <dl class="fields">
        <PointLines record={props.record} />
        <Show when={isPerson()}>
          <WorkLines record={props.record} related={props.related} hrefOf={props.hrefOf} />
        </Show>
        <For each={own()}>{([key, spec]) => <FieldLine {...props} field={key} spec={spec} />}</For>
        <For each={Object.entries(props.record.custom())}>
          {([key, spec]) => <FieldLine {...props} field={key} spec={spec} />}
        </For>
      </dl>
      <h3 class="record-sub">Description</h3>
      <FieldValueLine {...props} field="description" spec={props.record.type.fields['description']} />
      <Show when={isPerson()}>
        <h3 class="record-sub">Consent</h3>
        <ConsentLines record={props.record} />
      </Show>
    </>
  );
}

function FieldLine(props: { record: OpenRecord; related: RelatedOfRecord; field: string; spec: FieldSpec }) {
  return (
    <>
      <dt>{props.spec.label}</dt>
      <dd class={columnsFor(props.spec) ? 'is-long' : undefined}>
        <FieldValueLine {...props} />
      </dd>
      <RecordRace record={props.record} field={props.field} spec={props.spec} />
    </>
  );
}

function FieldValueLine(props: {
  record: OpenRecord;
  related: RelatedOfRecord;
  field: string;
  spec: FieldSpec | undefined;
}) {
  const value = (): FieldValue | null => props.record.state().values[props.field] ?? null;
  const set = (next: FieldValue | null) => {
    const planned = editFields(props.record.type, { [props.field]: next }, { custom: props.record.custom() });
    if (!planned.ok) return props.record.workspace.toast({ text: planned.error.message, tone: 'danger' });
    props.record.perform(
      planned.value,
      `${next === null ? 'Emptied' : 'Changed'} ${(props.spec?.label ?? props.field).toLowerCase()} of ${props.record.state().name}`,
    );
  };
  const choices = (): readonly Option[] => {
    const { spec } = props;
    if (spec?.type === 'person')
      return [...props.record.workspace.members().values()]
        .filter(({ status }) => status !== 'removed')
        .map((member) => ({
          id: member.id,
          label: member.name,
          mark: () => <Avatar person={member} size={18} decorative />,
          detail: member.status === 'pending' ? 'not joined yet' : undefined,
        }));
    if (spec?.type !== 'select' && spec?.type !== 'multiSelect') return [];
    const now = value();
    const chosen = Array.isArray(now) ? (now as readonly string[]) : typeof now === 'string' ? [now] : [];
    const extra = chosen.filter((each) => !spec.options.some(({ id }) => id === each));
    return [...spec.options, ...extra.map((each) => ({ id: each, label: each }))];
  };
  return (
    <Show when={props.spec}>
      {(spec) => (
        <Show
          when={spec().type === 'reference'}
          fallback={
            <ValueInline
              spec={spec()}
              value={value()}
              onSet={set}
              lockReason={props.record.lockReason()}
              editedBy={props.record.editedBy(props.field)}
              changedBy={props.record.changedBy(props.field)}
              onEditing={(isEditing) => props.record.tellEditing(isEditing ? props.field : null)}
              choices={choices()}
              currency={props.record.workspace.currency()}
              today={props.record.today()}
              people={props.record.workspace.members()}
            />
          }
        >
          <ReferenceValue {...props} spec={spec()} value={value()} onSet={set} />
        </Show>
      )}
    </Show>
  );
}

/** A field that names another record: found by its name. */
function ReferenceValue(props: {
  record: OpenRecord;
  related: RelatedOfRecord;
  field: string;
  spec: FieldSpec;
  value: FieldValue | null;
  onSet: (value: FieldValue | null) => void;
}) {
  const noun = () => (props.spec.type === 'reference' ? props.spec.noun : '');
  const findable = () => findableNouns.find((each) => each === noun());
  const search = async (query: string): Promise<readonly Option[]> => {
    const none = props.value === null ? [] : [{ id: '', label: 'None' }];
    const searched = findable();
    if (searched !== undefined)
      return [...none, ...(await findRecords(props.record.workspace, searched, new Set([props.record.id]))(query))];
    const { items } = await props.record.workspace.api<{ items: { id: string; name: string }[] }>(
      'GET',
      '/teams?limit=500',
    );
    for (const { id, name } of items) props.related.remember(id, name);
    const wanted = query.toLocaleLowerCase();
    return [
      ...none,
      ...items
        .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
        .map(({ id, name }) => ({ id, label: name })),
    ];
  };
  const choose = async (id: string, label: string) => {
    const { record } = props;
    if (id !== '' && props.field === 'parent' && (await isBelow(record.workspace, id, record.id)))
      return record.workspace.toast({
        text: `Not changed. ${label} is a part of ${record.state().name} already.`,
        tone: 'danger',
      });
    if (id !== '') props.related.remember(id, label);
    props.onSet(id === '' ? null : id);
  };
  return (
    <InlinePick
      label={props.spec.label}
      lockReason={props.record.lockReason()}
      editedBy={props.record.editedBy(props.field)}
      changedBy={props.record.changedBy(props.field)}
      placeholder="Add"
      onEditing={(isEditing) => props.record.tellEditing(isEditing ? props.field : null)}
      search={search}
      isChosen={(id) => id === props.value}
      onPick={({ id, label }) => void choose(id, label)}
    >
      <Show
        when={props.value}
        fallback={<span class="ph">{props.record.lockReason() === undefined ? 'Add' : '–'}</span>}
      >
        <span class="ellip" dir="auto">
          {props.related.nameOf(String(props.value)) ?? (isUlid(props.value) ? `A ${noun()}` : String(props.value))}
        </span>
      </Show>
    </InlinePick>
  );
}

const levelsAtMost = 20;

/** Whether a company is a part of another, at any level that this person may see. */
async function isBelow(workspace: WorkspaceClient, id: string, top: string): Promise<boolean> {
  let at: string | null = id;
  for (let level = 0; level < levelsAtMost && at !== null; level++) {
    if (at === top) return true;
    try {
      const above: { parent: string | null } = await workspace.api('GET', `/companies/${at}`);
      at = isUlid(above.parent) ? above.parent : null;
    } catch {
      // It cannot be seen from here: the data-quality page tells of a circle.
      return false;
    }
  }
  return false;
}
