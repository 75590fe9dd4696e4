import Hourglass from 'lucide-solid/icons/hourglass';
import { ActivityMark } from '@rapport/ui/activity-mark';
import { Avatar } from '@rapport/ui/avatar';
import { Icon } from '@rapport/ui/icon';
import { Label } from '@rapport/ui/label';
import { tooltip } from '@rapport/ui/tooltip';
import { For, Show, createMemo } from 'solid-js';
import { CardInput } from './card-input.tsx';
import { useDealBoard } from './deal-board-context.tsx';
import { dueText, moneyInput, moneyText, readMoney, valueText } from '../fields/field-text.ts';
import { ageText } from './deal-text.ts';
import { underOf, valueOfField } from './board-card.ts';
import { rotOf, stageSinceOf } from './filter.ts';
import { activityState, daysSince } from './query.ts';
import { rotReason } from './rot-reason.ts';
import type { CardPart } from './view-state.ts';

/** The inside of a deal's card. Follows single fields: a change of one touches its own piece of the page. */
export function DealCard(props: { id: string }) {
  const board = useDealBoard();
  const deal = () => board.store.deals.get(props.id);
  // Where values are not summed, one that is missing is not missed.
  const hasValuePlace = () => board.type.isSummed || deal()?.value != null;
  const under = () => underOf(board.type, deal());
  const shows = (part: CardPart) => !board.view().hide.includes(part);
  const signals = createMemo(() => board.signals.get(props.id));
  const since = () => {
    const now = deal();
    return now ? stageSinceOf(now, signals(), board.now()) : board.now();
  };
  const rot = createMemo(() => {
    const now = deal();
    return now
      ? rotOf(now, { stage: (id) => board.store.stage(id), signals: () => signals(), now: board.now() })
      : 'fresh';
  });
  const age = () =>
    rot() === 'fresh' ? ageText(since(), board.now()) : `${daysSince(signals()?.touchedAt ?? since(), board.now())}d`;
  const fieldName = (key: string) => board.specs()[key]?.label.toLowerCase() ?? key;
  const ageTip = () => {
    const now = deal();
    const stage = now && board.store.stage(now.stageId);
    return stage ? rotReason(stage, signals(), since(), board.now(), board.nameOf, fieldName) : undefined;
  };
  const activity = createMemo(() => {
    const now = deal();
    return now ? activityState(now, board.today()) : 'none';
  });
  const activityWords = () => {
    const plan = deal()?.nextActivity;
    if (!plan) return 'Nothing planned';
    const due = plan.due === null ? '' : dueText(plan.due, board.today());
    return [activity() === 'overdue' ? 'Overdue' : '', due, plan.what].filter((part) => part !== '').join(': ');
  };
  const owner = createMemo(() => board.personOf(deal()?.owner ?? null));
  // Nobody has to plan anything for a deal that is closed.
  const isOpen = () => (board.store.stage(deal()?.stageId ?? '')?.kind ?? 'open') === 'open';
  const isForeign = () => {
    const value = deal()?.value;
    return board.type.isSummed && value != null && value.currency !== board.store.meta().currency;
  };
  const editing = () => (board.editingCard()?.id === props.id ? board.editingCard()?.field : undefined);
  const edit = (field: 'title' | 'value') => (event: MouseEvent) => {
    if (board.lockReason() !== undefined) return;
    event.stopPropagation();
    board.editCard({ id: props.id, field });
  };
  const currency = () => deal()?.value?.currency ?? board.store.meta().currency;
  return (
    <>
      <div class="t" dir="auto" onDblClick={edit('title')}>
        <Show when={editing() === 'title'} fallback={deal()?.title ?? <span class="t3">Untitled</span>}>
          <CardInput
            dealId={props.id}
            field="title"
            label="Title"
            value={deal()?.title ?? ''}
            next="value"
            commit={(text) => text.trim() !== '' && board.actions.edit([props.id], { title: text.trim() })}
          />
        </Show>
      </div>
      <Show when={shows('company') && under() !== ''}>
        <div class="c ellip" dir="auto">
          {under()}
        </div>
      </Show>
      <Show when={shows('labels') && (deal()?.labels?.length ?? 0) > 0}>
        <div class="ls">
          <For each={deal()?.labels ?? []}>
            {(label) => (
              <span class="label" dir="auto">
                {label}
              </span>
            )}
          </For>
        </div>
      </Show>
      <For each={board.view().show}>{(field) => <CardField id={props.id} field={field} />}</For>
      <div class="f">
        <Show when={(shows('value') && hasValuePlace()) || editing() === 'value'}>
          <Show
            when={editing() === 'value'}
            fallback={
              <span class="v" onDblClick={edit('value')}>
                <Show when={deal()?.value} fallback={<span class="t3 med">No value</span>}>
                  {(value) => <>{moneyText(value())}</>}
                </Show>
              </span>
            }
          >
            <CardInput
              dealId={props.id}
              field="value"
              label="Value"
              value={((value) => (value ? moneyInput(value) : ''))(deal()?.value)}
              commit={(text) => {
                const value = text.trim() === '' ? null : readMoney(text, currency());
                return (value !== null || text.trim() === '') && board.actions.edit([props.id], { value });
              }}
            />
          </Show>
        </Show>
        <Show when={isForeign() && shows('value')}>
          <span
            ref={(made) =>
              tooltip(made, () => `Not in the sums: this pipeline counts in ${board.store.meta().currency}.`)
            }
          >
            <Label line>{deal()?.value?.currency}</Label>
          </span>
        </Show>
        <Show when={board.people.pending.get(props.id)}>
          <Label tone="warning">Pending</Label>
        </Show>
        {board.cardMark?.(deal, () => board.store.doc)}
        <span class="age">
          <Show when={shows('age')}>
            <span class="age-in" ref={(made) => tooltip(made, ageTip)}>
              <Show when={rot() !== 'fresh'}>
                <Icon of={Hourglass} size={12} label="Rotting" />
              </Show>
              {age()}
            </span>
          </Show>
        </span>
        <Show when={shows('activity') && (isOpen() || activity() !== 'none')}>
          <span class="act-in" ref={(made) => tooltip(made, activityWords)}>
            <ActivityMark state={activity()} label={activityWords()} />
          </span>
        </Show>
        <Show when={shows('owner') && owner()}>{(person) => <Avatar person={person()} />}</Show>
      </div>
    </>
  );
}

/** A further field on a card, named, where it has a value. */
function CardField(props: { id: string; field: string }) {
  const board = useDealBoard();
  const spec = () => board.specs()[props.field];
  const text = createMemo(() => {
    const deal = board.store.deals.get(props.id);
    return deal ? valueText(spec(), valueOfField(board.type, deal, props.field), board.nameOf) : '';
  });
  return (
    <Show when={spec() !== undefined && text() !== ''}>
      <div class="x ellip">
        <span class="t3">{spec()?.label}</span> <bdi>{text()}</bdi>
      </div>
    </Show>
  );
}
