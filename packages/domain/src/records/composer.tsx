import Calendar from 'lucide-solid/icons/calendar';
import Mail from 'lucide-solid/icons/mail';
import NotePen from 'lucide-solid/icons/notebook-pen';
import Phone from 'lucide-solid/icons/phone';
import SquareCheck from 'lucide-solid/icons/square-check';
import { Button } from '@rapport/ui/button';
import { DateField } from '@rapport/ui/date-field';
import type { IconOf } from '@rapport/ui/icon';
import { createShortcuts } from '@rapport/ui/keys';
import { Tabs } from '@rapport/ui/tabs';
import { Show, createSignal } from 'solid-js';
import type { OpenRecord } from './create-record.web.ts';
import { editFields, logEntry } from './ops.ts';
import { entryWords } from './record-words.ts';
import type { EntryKind } from './timeline.ts';

type What = EntryKind | 'plan';

export const entryIcons: Readonly<Record<EntryKind, IconOf>> = {
  note: NotePen,
  call: Phone,
  meeting: Calendar,
  email: Mail,
};

const order: readonly EntryKind[] = ['note', 'call', 'meeting', 'email'];
const lastWhat = 'rapport.log';

const begunWith = (): What => {
  const last = sessionStorage.getItem(lastWhat);
  return order.find((kind) => kind === last) ?? (last === 'plan' ? 'plan' : 'call');
};

/** Logs a call, meeting, e-mail or note, or plans the next step: one key (`C` a call, `M` a meeting, `A` as last time), one line, Enter. */
export function Composer(props: { record: OpenRecord }) {
  const [what, setWhat] = createSignal<What>(begunWith());
  const [text, setText] = createSignal('');
  const [due, setDue] = createSignal<string | null>(null);
  let field: HTMLTextAreaElement | undefined;
  const choose = (next: What) => {
    setWhat(next);
    sessionStorage.setItem(lastWhat, next);
  };
  const locked = () => props.record.lockReason();
  const begin = (keys: string, label: string, kind?: EntryKind) => ({
    keys,
    label,
    scope: 'Record',
    isActive: () => locked() === undefined,
    run() {
      if (kind !== undefined) choose(kind);
      field?.focus();
    },
  });
  createShortcuts([
    begin('A', 'Log what you logged last: a call, meeting, e-mail or note'),
    begin('C', 'Log a call', 'call'),
    begin('M', 'Log a meeting', 'meeting'),
  ]);
  const refuse = (message: string) => props.record.workspace.toast({ text: message, tone: 'danger' });
  const name = () => props.record.state().name;
  const save = () => {
    const { record } = props;
    const line = text().trim();
    const kind = what();
    if (line === '') return;
    if (kind === 'plan') {
      const planned = editFields(
        record.type,
        { nextActivity: { what: line.slice(0, 500), due: due() ?? record.today() } },
        {},
      );
      if (!planned.ok) return refuse(planned.error.message);
      record.perform(planned.value, `Planned the next activity of ${name()}`);
    } else {
      const { workspace } = record;
      const planned = logEntry(workspace.newId(), { kind, text: line }, workspace.me.id, workspace.now());
      if (!planned.ok) return refuse(planned.error.message);
      record.perform(
        planned.value,
        `Logged ${kind === 'email' ? 'an' : 'a'} ${entryWords[kind].one.toLowerCase()}: ${name()}`,
      );
    }
    record.workspace.announce(kind === 'plan' ? 'Planned' : `${entryWords[kind].one} logged`);
    setText('');
    setDue(null);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) save();
    else if (event.key === 'Escape') field?.blur();
    else return;
    event.preventDefault();
  };
  const kindOf = (): EntryKind | null => ((now) => (now === 'plan' ? null : now))(what());
  const prompt = () => {
    const kind = kindOf();
    return kind === null ? 'What is the next step?' : entryWords[kind].prompt;
  };
  return (
    <div class="composer">
      <Tabs
        label="What to write down"
        value={what()}
        onChange={choose}
        tabs={[
          ...order.map((kind) => ({ id: kind, label: entryWords[kind].one, icon: entryIcons[kind] })),
          { id: 'plan' as const, label: 'Plan', icon: SquareCheck },
        ]}
      />
      <textarea
        ref={(made) => (field = made)}
        class="body"
        rows={Math.min(8, Math.max(1, text().split('\n').length))}
        aria-label={prompt()}
        placeholder={prompt()}
        dir="auto"
        disabled={locked() !== undefined}
        value={text()}
        onInput={(event) => setText(event.currentTarget.value)}
        onFocus={() => props.record.tellEditing('timeline')}
        onBlur={() => props.record.tellEditing(null)}
        onKeyDown={keys}
      />
      <div class="end">
        <Show when={what() === 'plan'}>
          <span class="composer-due">
            <DateField
              label="Due"
              hideLabel
              today={props.record.today()}
              value={due() ?? props.record.today()}
              onCommit={setDue}
            />
          </span>
        </Show>
        <Show when={props.record.editedBy('timeline')}>
          {(person) => <span class="small t3">{person().name} is writing, too</span>}
        </Show>
        <Button
          size="sm"
          variant="primary"
          keys="Enter"
          disabledReason={locked() ?? (text().trim() === '' ? 'Write a line first.' : undefined)}
          onClick={save}
        >
          {kindOf() === null ? 'Plan' : `Log ${entryWords[kindOf() ?? 'note'].one.toLowerCase()}`}
        </Button>
      </div>
    </div>
  );
}
