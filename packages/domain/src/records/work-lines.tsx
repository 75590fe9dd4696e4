import Plus from 'lucide-solid/icons/plus';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Star from 'lucide-solid/icons/star';
import Trash from 'lucide-solid/icons/trash';
import type { Patch } from '@rapport/doc/patch';
import { Monogram } from '@rapport/ui/avatar';
import { IconButton } from '@rapport/ui/icon-button';
import { InlineEdit, InlinePick } from '@rapport/ui/inline-edit';
import { MenuButton } from '@rapport/ui/menu';
import { For, Show, createMemo, createSignal } from 'solid-js';
import type { OpenRecord } from './create-record.web.ts';
import type { RelatedOfRecord } from './create-related.web.ts';
import { findRecords } from './find-records.web.ts';
import { choosePrimary, removeLink, setLink } from './ops.ts';
import { RecordRace } from './record-race.tsx';

/** The companies that a person works for or belongs to, the primary one first, each with a role. */
export function WorkLines(props: { record: OpenRecord; related: RelatedOfRecord; hrefOf: (id: string) => string }) {
  const ids = createMemo(() => {
    const { links, primary } = props.record.state();
    const companies = [...links].filter(([, { noun }]) => noun === 'company').map(([id]) => id);
    return companies.sort((a, b) => Number(b === primary.company) - Number(a === primary.company));
  });
  const link = (id: string, name: string) => {
    props.related.remember(id, name);
    props.record.perform(setLink(id, { noun: 'company', role: '' }), `Linked ${props.record.state().name} to ${name}`);
  };
  const create = async (name: string) => {
    try {
      const made = await props.record.workspace.api<{ id: string }>('POST', '/companies', { name });
      link(made.id, name);
    } catch (error) {
      props.record.workspace.toast({
        text: `The company was not created. ${error instanceof Error ? error.message : ''}`,
        tone: 'danger',
      });
    }
  };
  const canAdd = () => props.record.lockReason() === undefined;
  return (
    <>
      <For each={ids()}>{(id, at) => <WorkLine {...props} id={id} isFirst={at() === 0} />}</For>
      <Show when={canAdd() || ids().length === 0}>
        <dt>{ids().length === 0 ? 'Company' : ''}</dt>
        <dd>
          <InlinePick
            label={ids().length === 0 ? 'Company' : 'Another company'}
            lockReason={props.record.lockReason()}
            search={findRecords(props.record.workspace, 'company', new Set(ids()))}
            createLabel="Create company"
            onCreate={(name) => void create(name)}
            onPick={(option) => link(option.id, option.label)}
          >
            <Show
              when={ids().length === 0}
              fallback={
                <span class="ph row">
                  <Plus size={14} /> Another company
                </span>
              }
            >
              <span class="ph">{canAdd() ? 'Add' : '–'}</span>
            </Show>
          </InlinePick>
        </dd>
      </Show>
      <RecordRace record={props.record} field="primaryCompany" />
    </>
  );
}

function WorkLine(props: {
  record: OpenRecord;
  related: RelatedOfRecord;
  hrefOf: (id: string) => string;
  id: string;
  isFirst: boolean;
}) {
  const [isRole, setRole] = createSignal(false);
  const role = () => props.record.state().links.get(props.id)?.role ?? '';
  const name = () => props.related.nameOf(props.id) ?? 'A company';
  const remove = () => {
    const patch: Patch = removeLink(props.id);
    props.record.perform(patch, `Unlinked ${props.record.state().name} from ${name()}`);
    props.record.workspace.toast({
      text: `${name()} unlinked`,
      action: { label: 'Undo', run: () => void props.record.workspace.undo() },
    });
  };
  return (
    <>
      <dt>{props.isFirst ? 'Company' : 'Also at'}</dt>
      <dd class="point-line">
        <a class="row work-name" href={props.hrefOf(props.id)}>
          <Monogram name={name()} kind="company" size={16} />
          <span class="ellip" dir="auto">
            {name()}
          </span>
        </a>
        <Show when={isRole() || role() !== ''}>
          <InlineEdit
            label={`Role at ${name()}`}
            value={role()}
            text={role()}
            startsOpen={isRole() && role() === ''}
            lockReason={props.record.lockReason()}
            editedBy={props.record.editedBy(props.id)}
            changedBy={props.record.changedBy(props.id)}
            class="work-role"
            parse={(text) => ({ ok: true, value: text.trim() })}
            onCommit={(next) =>
              props.record.perform(
                setLink(props.id, { noun: 'company', role: next.slice(0, 100) }),
                `Changed the role of ${props.record.state().name}`,
              )
            }
            onEditing={(isEditing) => {
              props.record.tellEditing(isEditing ? props.id : null);
              if (!isEditing) setRole(false);
            }}
          >
            <span class="label">{role() === '' ? 'Role' : role()}</span>
          </InlineEdit>
        </Show>
        <Show when={props.record.lockReason() === undefined}>
          <span class="point-more">
            <MenuButton
              label={`More for ${name()}`}
              align="end"
              items={[
                { id: 'role', label: role() === '' ? 'Say the role' : 'Change the role' },
                ...(props.isFirst ? [] : [{ id: 'primary', label: 'Make it the primary one', icon: Star }]),
                { id: 'remove', label: 'Unlink', icon: Trash, tone: 'danger' as const, separated: true },
              ]}
              onPick={(what) => {
                if (what === 'role') setRole(true);
                else if (what === 'remove') remove();
                else {
                  const planned = choosePrimary(props.record.type, props.record.doc(), props.id);
                  if (planned.ok)
                    props.record.perform(planned.value, `Chose the primary company of ${props.record.state().name}`);
                }
              }}
            >
              {(trigger) => <IconButton {...trigger} icon={Ellipsis} size="sm" label={`More for ${name()}`} />}
            </MenuButton>
          </span>
        </Show>
      </dd>
      <RecordRace record={props.record} field={props.id} />
    </>
  );
}
