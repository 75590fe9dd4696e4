import Ellipsis from 'lucide-solid/icons/ellipsis';
import Pin from 'lucide-solid/icons/pin';
import Trash from 'lucide-solid/icons/trash';
import { readValue } from '@rapport/schema/read-value';
import { Avatar } from '@rapport/ui/avatar';
import { Icon } from '@rapport/ui/icon';
import { IconButton } from '@rapport/ui/icon-button';
import { InlineEdit } from '@rapport/ui/inline-edit';
import { firstName } from '@rapport/ui/logic/person';
import { MenuButton } from '@rapport/ui/menu';
import { tooltip } from '@rapport/ui/tooltip';
import { Show } from 'solid-js';
import type { ActivityEntry } from '../activity/entry.ts';
import { instantText, valueText, whenText } from '../fields/field-text.ts';
import { entryIcons } from './composer.tsx';
import type { OpenRecord } from './create-record.web.ts';
import type { RelatedOfRecord } from './create-related.web.ts';
import { editEntry, type EntryChange } from './ops.ts';
import { isPointKind } from './point.ts';
import { entryWords, pointWords } from './record-words.ts';
import type { TimelineEntry } from './timeline.ts';

/** Something that somebody wrote down; its text is edited where it stands. */
export function EntryLine(props: { record: OpenRecord; entry: TimelineEntry }) {
  const person = () => props.record.workspace.members().get(props.entry.by ?? '');
  const who = () => (props.entry.by === props.record.workspace.me.id ? 'You' : firstName(person()?.name ?? 'Somebody'));
  const words = () => entryWords[props.entry.kind];
  const change = (next: EntryChange, text: string) => {
    const planned = editEntry(props.record.doc(), props.entry.id, next);
    if (planned.ok) props.record.perform(planned.value, `${text}: ${props.record.state().name}`);
    else props.record.workspace.toast({ text: planned.error.message, tone: 'danger' });
  };
  const remove = () => {
    change({ deletedAt: props.record.workspace.now() }, `Deleted a ${words().one.toLowerCase()}`);
    props.record.workspace.toast({
      text: `${words().one} deleted`,
      action: { label: 'Undo', run: () => void props.record.workspace.undo() },
    });
  };
  return (
    <div class="tl-i record-entry" role="listitem">
      <span class="tl-ic">
        <Icon of={entryIcons[props.entry.kind]} size={12} label={words().one} />
      </span>
      <div class="txt">
        <b>{who()}</b> {words().verb}
        <Show when={props.entry.isPinned}>
          {' '}
          <Icon of={Pin} size={12} class="t3" label="Pinned" />
        </Show>
      </div>
      <span class="when" ref={(made) => tooltip(made, () => instantText(props.entry.at))}>
        {whenText(props.entry.at, props.record.now())}
      </span>
      <div class="quote">
        <InlineEdit
          label={`Text of the ${words().one.toLowerCase()}`}
          value={props.entry.text}
          text={props.entry.text}
          isMulti
          lockReason={props.record.lockReason()}
          editedBy={props.record.editedBy(props.entry.id)}
          parse={(text) =>
            text.trim() === '' ? { ok: false, error: 'Write a line, or delete it.' } : { ok: true, value: text.trim() }
          }
          onCommit={(text) => change({ text }, `Changed a ${words().one.toLowerCase()}`)}
          onEditing={(isEditing) => props.record.tellEditing(isEditing ? props.entry.id : null)}
        >
          <span class="entry-text" dir="auto">
            {props.entry.text}
          </span>
        </InlineEdit>
        <Show when={props.record.lockReason() === undefined}>
          <span class="entry-more">
            <MenuButton
              label="More"
              align="end"
              items={[
                { id: 'pin', label: props.entry.isPinned ? 'Unpin' : 'Pin to the top', icon: Pin },
                { id: 'delete', label: 'Delete', icon: Trash, tone: 'danger', separated: true },
              ]}
              onPick={(what) =>
                what === 'delete'
                  ? remove()
                  : change({ pinned: !props.entry.isPinned }, props.entry.isPinned ? 'Unpinned' : 'Pinned')
              }
            >
              {(trigger) => (
                <IconButton
                  {...trigger}
                  icon={Ellipsis}
                  size="sm"
                  label={`More for this ${words().one.toLowerCase()}`}
                />
              )}
            </MenuButton>
          </span>
        </Show>
      </div>
    </div>
  );
}

const verbs: Readonly<Record<string, string>> = {
  created: 'added this',
  imported: 'imported this',
  deleted: 'deleted this',
  restored: 'restored this',
  noted: 'wrote the note',
  attached: 'attached',
};

/** One change of a field, a point, a link or consent. */
export function ChangeLine(props: { record: OpenRecord; related: RelatedOfRecord; change: ActivityEntry }) {
  const person = () => props.record.workspace.members().get(props.change.actor);
  const who = () =>
    props.change.actor === props.record.workspace.me.id
      ? 'You'
      : (person()?.name ?? (props.change.actor === 'server' ? 'Rapport' : 'Somebody'));
  const spec = () => {
    const { field } = props.change;
    return field === null ? undefined : (props.record.type.fields[field] ?? props.record.custom()[field]);
  };
  const words = (raw: unknown): string => {
    if (raw === null || raw === undefined) return '';
    const known = spec();
    if (known?.type === 'reference') return props.related.nameOf(String(raw)) ?? 'a record';
    const { workspace } = props.record;
    if (known)
      return valueText(known, readValue(known, raw).value, (id) => workspace.members().get(id)?.name ?? 'somebody');
    return typeof raw === 'string' ? raw : JSON.stringify(raw);
  };
  const label = () => {
    const { field } = props.change;
    if (field === null) return 'something';
    return (spec()?.label ?? (isPointKind(field) ? pointWords[field].one : field)).toLowerCase();
  };
  const verb = () => {
    const { kind, from, to } = props.change;
    if (kind === 'linked') return 'linked';
    if (kind === 'unlinked') return 'unlinked';
    if (kind !== 'changed') return verbs[kind] ?? kind;
    return `${to == null ? 'removed' : from == null ? 'set' : 'changed'} ${label()}`;
  };
  const isLink = () => props.change.kind === 'linked' || props.change.kind === 'unlinked';
  const isChange = () => props.change.kind === 'changed';
  return (
    <div class="tl-i" role="listitem">
      <Show when={person()} fallback={<span class="tl-ic" />}>
        {(found) => <Avatar person={found()} decorative />}
      </Show>
      <div class="txt">
        <b>{firstName(who())}</b> {verb()}{' '}
        <Show when={isLink()}>
          <b dir="auto">
            {props.related.nameOf(String(props.change.to ?? props.change.from)) ??
              `a ${props.change.field ?? 'record'}`}
          </b>
        </Show>
        <Show when={props.change.kind === 'noted' || props.change.kind === 'attached'}>
          <b dir="auto">{props.change.title ?? 'Untitled'}</b>
        </Show>
        <Show when={isChange()}>
          <Show when={words(props.change.from) !== ''}>
            <span class="old" dir="auto">
              {words(props.change.from)}
            </span>{' '}
            <Show when={words(props.change.to) !== ''}>
              <span class="arrow">→</span>{' '}
            </Show>
          </Show>
          <b dir="auto">{words(props.change.to)}</b>
        </Show>
        <Show when={props.change.offline}>
          {' '}
          <span class="small t3">offline</span>
        </Show>
      </div>
      <span class="when" ref={(made) => tooltip(made, () => instantText(props.change.at))}>
        {whenText(props.change.at, props.record.now())}
      </span>
    </div>
  );
}
