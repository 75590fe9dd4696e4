import Copy from 'lucide-solid/icons/copy';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Plus from 'lucide-solid/icons/plus';
import Star from 'lucide-solid/icons/star';
import Trash from 'lucide-solid/icons/trash';
import type { Patch } from '@rapport/doc/patch';
import { Button } from '@rapport/ui/button';
import { IconButton } from '@rapport/ui/icon-button';
import { InlineEdit } from '@rapport/ui/inline-edit';
import { Label } from '@rapport/ui/label';
import { MenuButton } from '@rapport/ui/menu';
import type { Option } from '@rapport/ui/option-list';
import { For, Show, createMemo, createSignal } from 'solid-js';
import { copyText } from './copy-text.web.ts';
import type { OpenRecord } from './create-record.web.ts';
import { AddressDialog } from './address-dialog.tsx';
import { choosePrimary, removePoint, setPoint, type RecordResult } from './ops.ts';
import { type Address, type Point, type PointKind, pointKinds, pointText } from './point.ts';
import { RecordRace } from './record-race.tsx';
import { pointTypes, pointWords, typeText } from './record-words.ts';

/** E-mails, phones, addresses and profiles, each kind with its primary one first. */
export function PointLines(props: { record: OpenRecord }) {
  const [adding, setAdding] = createSignal<PointKind | null>(null);
  const lines = createMemo(() => {
    const { points, primary } = props.record.state();
    return pointKinds.flatMap((kind) => {
      const ids = [...points].filter(([, point]) => point.kind === kind).map(([id]) => id);
      const first = primary[kind];
      return [...ids].sort((a, b) => Number(b === first) - Number(a === first));
    });
  });
  const done = (planned: RecordResult, text: string): boolean => {
    if (planned.ok) props.record.perform(planned.value, `${text} ${props.record.state().name}`);
    else props.record.workspace.toast({ text: planned.error.message, tone: 'danger' });
    return planned.ok;
  };
  const add = (kind: PointKind, value: Point['value']) => {
    setAdding(null);
    if (value === '') return;
    const id = props.record.workspace.newId();
    done(
      setPoint(props.record.type, props.record.doc(), id, { kind, type: '', value }),
      `Added ${pointWords[kind].one.toLowerCase()} to`,
    );
  };
  return (
    <>
      <For each={lines()}>{(id) => <PointLine record={props.record} id={id} onDone={done} />}</For>
      <Show when={adding() === 'address'}>
        <AddressDialog address={{}} onSave={(value) => add('address', value)} onClose={() => setAdding(null)} />
      </Show>
      <Show when={((kind) => (kind === 'address' ? null : kind))(adding())}>
        {(kind) => (
          <>
            <dt>{pointWords[kind()].one}</dt>
            <dd>
              <InlineEdit
                label={pointWords[kind()].one}
                value=""
                text=""
                startsOpen
                inputMode={kind() === 'email' ? 'email' : kind() === 'phone' ? 'tel' : 'text'}
                parse={(text) => ({ ok: true, value: text })}
                onCommit={(text) => add(kind(), text.trim())}
                onEditing={(isEditing) => !isEditing && queueMicrotask(() => setAdding(null))}
              >
                <span class="ph">Add</span>
              </InlineEdit>
            </dd>
          </>
        )}
      </Show>
      <Show when={props.record.lockReason() === undefined}>
        <dt>{lines().length === 0 ? 'Reached by' : ''}</dt>
        <dd class="is-plain">
          <MenuButton
            label="Add a way to reach"
            items={pointKinds.map((kind) => ({ id: kind, label: pointWords[kind].one }))}
            onPick={(kind) => setAdding(kind as PointKind)}
          >
            {(trigger) => (
              <Button {...trigger} size="sm" variant="ghost" icon={Plus}>
                Add
              </Button>
            )}
          </MenuButton>
        </dd>
      </Show>
    </>
  );
}

function PointLine(props: {
  record: OpenRecord;
  id: string;
  onDone: (planned: RecordResult, text: string) => boolean;
}) {
  const point = (): Point | undefined => props.record.state().points.get(props.id);
  const kind = (): PointKind => point()?.kind ?? 'email';
  const isPrimary = () => kind() !== 'social' && props.record.state().primary[kind()] === props.id;
  const several = () => [...props.record.state().points.values()].filter((each) => each.kind === kind()).length > 1;
  const text = () => {
    const now = point();
    return now ? pointText(now) : '';
  };
  const name = () => pointWords[kind()].one.toLowerCase();
  const [isEditing, setEditing] = createSignal(false);
  const address = (): Address | null => {
    const value = point()?.value;
    return typeof value === 'object' ? value : null;
  };
  const change = (next: Partial<Point>) =>
    props.onDone(
      setPoint(props.record.type, props.record.doc(), props.id, { ...point(), ...next }),
      `Changed ${name()} of`,
    );
  const remove = () => {
    const patch: Patch = removePoint(props.id);
    props.record.perform(patch, `Removed ${name()} of ${props.record.state().name}`);
    props.record.workspace.toast({
      text: `${pointWords[kind()].one} removed`,
      action: { label: 'Undo', run: () => void props.record.workspace.undo() },
    });
  };
  const items = (): Option[] => [
    ...(several() && !isPrimary() && kind() !== 'social'
      ? [{ id: 'primary', label: 'Make it the primary one', icon: Star }]
      : []),
    { id: 'copy', label: 'Copy', icon: Copy },
    ...pointTypes[kind()].map((type, at) => ({
      id: `type ${type}`,
      label: typeText(type),
      ...(at === 0 ? { heading: 'Type', separated: true } : {}),
    })),
    { id: 'remove', label: 'Remove', icon: Trash, tone: 'danger' as const, separated: true },
  ];
  const pick = (what: string) => {
    if (what === 'primary')
      props.onDone(choosePrimary(props.record.type, props.record.doc(), props.id), `Chose the primary ${name()} of`);
    else if (what === 'remove') remove();
    else if (what === 'copy') void copyText(props.record.workspace, text(), 'Copied');
    else change({ type: what.slice('type '.length) });
  };
  return (
    <>
      <dt>{isPrimary() || kind() === 'social' || !several() ? pointWords[kind()].one : ''}</dt>
      <dd class="point-line">
        <Show
          when={address()}
          fallback={
            <InlineEdit
              label={pointWords[kind()].one}
              value={text()}
              text={text()}
              lockReason={props.record.lockReason()}
              editedBy={props.record.editedBy(props.id)}
              changedBy={props.record.changedBy(props.id)}
              inputMode={kind() === 'email' ? 'email' : kind() === 'phone' ? 'tel' : 'text'}
              parse={(typed) => ({ ok: true, value: typed.trim() })}
              onCommit={(typed) => {
                if (typed === '') remove();
                else change({ value: typed });
              }}
              onEditing={(isEditing) => props.record.tellEditing(isEditing ? props.id : null)}
            >
              <span class={`ellip${several() && !isPrimary() && kind() !== 'social' ? ' t2' : ''}`} dir="auto">
                {text()}
              </span>
            </InlineEdit>
          }
        >
          {(parts) => (
            <>
              <button
                type="button"
                class={`inline is-multi${props.record.changedBy(props.id) ? ' flash' : ''}`}
                disabled={props.record.lockReason() !== undefined}
                onClick={() => setEditing(true)}
              >
                <span class="sr">Address: </span>
                <span dir="auto">{text()}</span>
              </button>
              <Show when={isEditing()}>
                <AddressDialog
                  address={parts()}
                  onSave={(value) => change({ value })}
                  onClose={() => setEditing(false)}
                />
              </Show>
            </>
          )}
        </Show>
        <Show when={typeText(point()?.type ?? '') !== ''}>
          <Label>{typeText(point()?.type ?? '')}</Label>
        </Show>
        <Show when={props.record.lockReason() === undefined}>
          <span class="point-more">
            <MenuButton label={`More for ${text()}`} align="end" items={items()} onPick={pick}>
              {(trigger) => <IconButton {...trigger} icon={Ellipsis} size="sm" label={`More for ${text()}`} />}
            </MenuButton>
          </span>
        </Show>
      </dd>
      <RecordRace record={props.record} field={props.id} />
    </>
  );
}
