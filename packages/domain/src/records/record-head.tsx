import Ellipsis from 'lucide-solid/icons/ellipsis';
import LinkIcon from 'lucide-solid/icons/link';
import Mail from 'lucide-solid/icons/mail';
import Phone from 'lucide-solid/icons/phone';
import Share from 'lucide-solid/icons/share-2';
import Trash from 'lucide-solid/icons/trash';
import { Avatar, Monogram } from '@rapport/ui/avatar';
import { IconButton } from '@rapport/ui/icon-button';
import { InlineEdit } from '@rapport/ui/inline-edit';
import { Icon } from '@rapport/ui/icon';
import { Label } from '@rapport/ui/label';
import { MenuButton } from '@rapport/ui/menu';
import { For, Show } from 'solid-js';
import { isUlid } from '@rapport/doc/ids';
import { valueText } from '../fields/field-text.ts';
import { copyText } from './copy-text.web.ts';
import type { OpenRecord } from './create-record.web.ts';
import type { RelatedOfRecord } from './create-related.web.ts';
import { deleteRecord, editFields } from './ops.ts';
import { RecordRace } from './record-race.tsx';
import type { RecordLinks } from './record-screen.tsx';

/** Who or what it is, at a glance, and the ways to reach it. */
export function RecordHead(props: {
  record: OpenRecord;
  related: RelatedOfRecord;
  links: RecordLinks;
  onShare?: () => void;
  onDeleted: () => void;
}) {
  const state = () => props.record.state();
  const isCompany = () => props.record.type.noun === 'company';
  const nameFields = () => (isCompany() ? ['name'] : ['firstName', 'lastName']);
  const typedName = () =>
    nameFields()
      .map((key) => state().values[key])
      .filter((part) => typeof part === 'string' && part !== '')
      .join(' ');
  const rename = (name: string) => {
    const planned = editFields(props.record.type, props.record.type.namedBy(name), {});
    if (planned.ok) props.record.perform(planned.value, `Renamed ${state().name}`);
    else props.record.workspace.toast({ text: planned.error.message, tone: 'danger' });
  };
  const stage = () => {
    const value = state().values['lifecycle'];
    return value == null ? '' : valueText(props.record.type.fields['lifecycle'], value, String);
  };
  const owner = () => props.record.workspace.members().get(String(state().values['owner'] ?? ''));
  const valueOf = (id: string | null): string => (id === null ? '' : String(state().points.get(id)?.value ?? ''));
  const phone = () => valueOf(state().primary.phone);
  const email = () => valueOf(state().primary.email);
  const city = () => {
    const { address } = state().primary;
    const value = address === null ? undefined : state().points.get(address)?.value;
    return typeof value === 'object' ? (value.city ?? '') : '';
  };
  const job = () => String(state().values[isCompany() ? 'industry' : 'jobTitle'] ?? '');
  /** Where somebody works; what a company is a part of. */
  const company = () => {
    if (!isCompany()) return state().primary.company;
    const parent = state().values['parent'];
    return isUlid(parent) ? parent : null;
  };
  const remove = () => {
    const { record } = props;
    const { workspace } = record;
    const name = state().name;
    record.perform(deleteRecord(workspace.now()), `Deleted ${name}`);
    workspace.toast({ text: `${name} deleted`, action: { label: 'Undo', run: () => void workspace.undo() } });
    props.onDeleted();
  };
  return (
    <div class="record-head">
      <Monogram name={state().name} kind={isCompany() ? 'company' : 'contact'} size={40} />
      <div class="grow record-who">
        <div class="row record-name">
          <h1 dir="auto">
            <InlineEdit
              label="Name"
              value={typedName()}
              text={typedName()}
              lockReason={props.record.lockReason()}
              editedBy={props.record.editedBy('name')}
              changedBy={
                props.record.changedBy('lastName') ??
                props.record.changedBy('firstName') ??
                props.record.changedBy('name')
              }
              parse={(text) =>
                text.trim() === '' ? { ok: false, error: 'Type a name.' } : { ok: true, value: text.trim() }
              }
              onCommit={rename}
              onEditing={(isEditing) => props.record.tellEditing(isEditing ? 'name' : null)}
            >
              {state().name}
            </InlineEdit>
          </h1>
          <Show when={stage() !== ''}>
            <Label tone={state().values['lifecycle'] === 'customer' ? 'success' : undefined}>{stage()}</Label>
          </Show>
          <Show when={props.related.related()?.shared === 'private'}>
            <Label line>Private</Label>
          </Show>
        </div>
        <div class="t2 ellip">
          <bdi>{job()}</bdi>
          <Show when={company()}>
            {(id) => (
              <>
                {isCompany() ? (job() === '' ? 'Part of ' : ', part of ') : job() === '' ? '' : ' at '}
                <a class="link" href={props.links.hrefOf('company', id())} dir="auto">
                  {props.related.nameOf(id()) ?? 'a company'}
                </a>
              </>
            )}
          </Show>
          <Show when={city() !== ''}>
            <span class="t3">
              {job() === '' && company() === null ? '' : ' · '}
              <bdi>{city()}</bdi>
            </span>
          </Show>
        </div>
        <For each={nameFields()}>
          {(field) => <RecordRace record={props.record} field={field} spec={props.record.type.fields[field]} />}
        </For>
      </div>
      <Show when={owner()}>
        {(person) => (
          <span class="row wide-only">
            <Avatar person={person()} size={24} decorative />
            <span class="t2">{person().id === props.record.workspace.me.id ? 'You own this' : person().name}</span>
          </span>
        )}
      </Show>
      <Show when={phone() !== ''}>
        <a class="btn" aria-label={`Call ${phone()}`} href={`tel:${phone().replaceAll(/[^\d+]/g, '')}`}>
          <Icon of={Phone} />
          <span class="wide-only">Call</span>
        </a>
      </Show>
      <Show when={email() !== ''}>
        <a
          class="btn"
          aria-label={`E-mail to ${email()}`}
          href={`mailto:${encodeURIComponent(email()).replaceAll('%40', '@')}`}
        >
          <Icon of={Mail} />
          <span class="wide-only">E-mail</span>
        </a>
      </Show>
      <MenuButton
        label="More"
        align="end"
        items={[
          ...(props.onShare === undefined ? [] : [{ id: 'share', label: 'Who may open it…', icon: Share }]),
          { id: 'link', label: 'Copy link', icon: LinkIcon },
          {
            id: 'delete',
            label: 'Delete',
            icon: Trash,
            tone: 'danger' as const,
            separated: true,
            forbidden: props.record.lockReason() && 'You may only look',
          },
        ]}
        onPick={(what) => {
          if (what === 'share') props.onShare?.();
          else if (what === 'link') void copyText(props.record.workspace, location.href, 'Link copied');
          else remove();
        }}
      >
        {(trigger) => <IconButton {...trigger} icon={Ellipsis} label="More" />}
      </MenuButton>
    </div>
  );
}
