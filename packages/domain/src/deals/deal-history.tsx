import ArrowRightToLine from 'lucide-solid/icons/arrow-right-to-line';
import CircleX from 'lucide-solid/icons/circle-x';
import CloudOff from 'lucide-solid/icons/cloud-off';
import FileText from 'lucide-solid/icons/file-text';
import Paperclip from 'lucide-solid/icons/paperclip';
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import Trophy from 'lucide-solid/icons/trophy';
import Undo2 from 'lucide-solid/icons/undo-2';
import { readValue } from '@rapport/schema/read-value';
import { Avatar } from '@rapport/ui/avatar';
import { Icon, type IconOf } from '@rapport/ui/icon';
import { Label } from '@rapport/ui/label';
import { firstName } from '@rapport/ui/logic/person';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { tooltip } from '@rapport/ui/tooltip';
import { For, Show } from 'solid-js';
import { serverName } from '../activity/words.ts';
import type { CardWords } from '../boards/card-words.ts';
import { useDealBoard } from './deal-board-context.tsx';
import { instantText, valueText, whenText } from '../fields/field-text.ts';
import { specOfField } from './filter.ts';
import type { DealEvent } from './stage-visits.ts';

const icons: Readonly<Record<string, IconOf>> = {
  created: Plus,
  imported: Plus,
  moved: ArrowRightToLine,
  won: Trophy,
  lost: CircleX,
  reopened: Undo2,
  restored: Undo2,
  deleted: Trash,
  noted: FileText,
  attached: Paperclip,
};
const verbs: Readonly<Record<string, string>> = {
  moved: 'moved',
  reopened: 'reopened it',
  deleted: 'deleted it',
  restored: 'restored it',
  removed: 'removed it',
  noted: 'wrote the note',
  attached: 'attached',
};

function verbOf({ one, won, lost }: CardWords, kind: string): string {
  if (kind === 'created') return `added this ${one}`;
  if (kind === 'imported') return `imported this ${one}`;
  if (kind === 'won') return `${won} it`;
  return kind === 'lost' ? `${lost} it` : kind;
}

/** Everything that happened to a deal: who, what, old → new, when, and whether it was done offline. */
export function DealHistory(props: { events: readonly DealEvent[] | null; problem: string | null }) {
  const board = useDealBoard();
  return (
    <section aria-label="History">
      <div class="tl-h">History</div>
      <Show when={props.problem}>
        <p class="small t3">{props.problem}</p>
      </Show>
      <Show
        when={props.events}
        fallback={
          <Show when={props.problem === null}>
            <SkeletonRows count={4} label="Loading the history" />
          </Show>
        }
      >
        {(events) => (
          <div class="tl" role="list">
            <For
              each={events()}
              fallback={<p class="small t3">Nothing has been saved of this {board.type.words.one} yet.</p>}
            >
              {(event) => <HistoryLine event={event} />}
            </For>
          </div>
        )}
      </Show>
    </section>
  );
}

function HistoryLine(props: { event: DealEvent }) {
  const board = useDealBoard();
  const spec = () => specOfField(board.type, props.event.field ?? '', board.workspace.customFields(board.type.noun));
  const isStage = () => props.event.field === 'stage';
  const words = (raw: unknown) => {
    if (raw === null || raw === undefined) return '';
    const known = spec();
    if (isStage() || !known) return typeof raw === 'string' ? raw : JSON.stringify(raw);
    return valueText(known, readValue(known, raw).value, board.nameOf);
  };
  const who = () => board.personOf(props.event.actor);
  const name = () => who()?.name ?? (props.event.actor === 'server' ? serverName(props.event.agent) : 'Somebody');
  const verb = () =>
    props.event.kind === 'changed'
      ? `${props.event.to === null ? 'cleared' : props.event.from === null ? 'set' : 'changed'} ${(spec()?.label ?? props.event.field ?? 'something').toLowerCase()}`
      : (verbs[props.event.kind] ?? verbOf(board.type.words, props.event.kind));
  const icon = () => icons[props.event.kind];
  const from = () => words(props.event.from);
  const to = () => words(props.event.to);
  return (
    <div class="tl-i" role="listitem">
      <Show
        when={icon()}
        fallback={
          <Show when={who()} fallback={<span class="tl-ic" />}>
            {(person) => <Avatar person={person()} decorative />}
          </Show>
        }
      >
        {(drawn) => (
          <span class="tl-ic">
            <Icon of={drawn()} size={12} />
          </span>
        )}
      </Show>
      <div class="txt">
        <b>{firstName(name())}</b> {verb()}{' '}
        <Show when={from() !== ''}>
          <bdi class="old num">{from()}</bdi> <span class="arrow">→</span>{' '}
        </Show>
        <b class="num">
          <bdi>{to()}</bdi>
        </b>
        <Show when={props.event.offline}>
          {' '}
          <Label title="Done without a connection and sent later">
            <Icon of={CloudOff} size={12} />
            offline
          </Label>
        </Show>
      </div>
      <span class="when" ref={(made) => tooltip(made, () => instantText(props.event.at))}>
        {whenText(props.event.at, board.now())}
      </span>
    </div>
  );
}
