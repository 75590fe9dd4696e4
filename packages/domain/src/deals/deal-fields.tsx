import { Avatar } from '@rapport/ui/avatar';
import { RaceStrip } from '@rapport/ui/race-strip';
import { For, Show, onCleanup } from 'solid-js';
import { createRace } from '../create-race.web.ts';
import { useDealBoard } from './deal-board-context.tsx';
import { moneyText } from '../fields/field-text.ts';
import { raceWords } from './race-words.web.ts';
import { FieldInline } from './field-inline.tsx';
import { valueOfField } from './board-card.ts';

/** Fields that have a place of their own in the panel, or only matter once a card is closed. */
const elsewhere = ['title', 'nextActivity', 'lostReason', 'closedAt'];

/** A deal's fields, two columns, each value its own control. */
export function DealFields(props: { dealId: string }) {
  const board = useDealBoard();
  const deal = () => board.store.deals.get(props.dealId);
  const stage = () => board.store.stage(deal()?.stageId ?? '');
  const keys = () => {
    const kind = stage()?.kind ?? 'open';
    const closing = kind === 'open' ? [] : kind === 'lost' ? ['closedAt', 'lostReason'] : ['closedAt'];
    const { fields, editable, panel } = board.type;
    const placed = new Set([...elsewhere, ...panel.first, ...panel.last]);
    // What is known from elsewhere is no empty line to fill in.
    const isShown = (key: string) => {
      if (!Object.hasOwn(fields, key) || editable.includes(key)) return true;
      const card = deal();
      return card !== undefined && valueOfField(board.type, card, key) !== null;
    };
    return [
      ...panel.first,
      ...Object.keys(board.specs()).filter((key) => !placed.has(key) && isShown(key)),
      ...closing,
      ...panel.last,
    ];
  };
  const weighted = () => {
    const [value, now] = [deal()?.value, stage()];
    return board.type.isSummed && value && now?.kind === 'open'
      ? moneyText({ minor: Math.round((value.minor * now.probability) / 100), currency: value.currency })
      : null;
  };
  return (
    <dl class="fields">
      <For each={keys()}>
        {(key) => (
          <Show when={board.specs()[key]}>
            {(spec) => (
              <>
                <dt>{spec().label}</dt>
                <dd>
                  <FieldInline dealId={props.dealId} field={key} spec={spec()} />
                </dd>
                <FieldRace dealId={props.dealId} field={key} />
                <Show when={key === 'value' && weighted()}>
                  <dt>Weighted</dt>
                  <dd class="num t2 still">
                    {weighted()} <span class="t3 small">at {stage()?.probability}%</span>
                  </dd>
                </Show>
              </>
            )}
          </Show>
        )}
      </For>
    </dl>
  );
}

/** Two people set this field at once: one value shows, the other is one press away. Stays until answered. */
export function FieldRace(props: { dealId: string; field: string }) {
  const board = useDealBoard();
  // A field line belongs to one deal and one field; the panel makes new ones for the next deal.
  // eslint-disable-next-line solid/reactivity
  const race = createRace(() => board.store.doc, props.dealId, props.field);
  const words = (value: unknown) => raceWords(board, props.field, value);
  const me = board.workspace.me.id;
  return (
    <Show when={race()}>
      {(now) => {
        const winner = () => board.personOf(now().keptBy) ?? { id: now().keptBy, name: 'Somebody', colour: 1 };
        const loser = () => board.personOf(now().otherBy)?.name ?? 'somebody';
        let strip: HTMLDivElement | undefined;
        // Answering takes the strip away, and the pressed button with it: the focus stays in the panel.
        onCleanup(() => {
          if (strip?.contains(document.activeElement)) strip.closest<HTMLElement>('.panel')?.focus();
        });
        return (
          <div class="wrap" ref={(made) => (strip = made)}>
            <Show
              when={now().otherBy === me}
              fallback={
                <OtherRace
                  person={winner()}
                  kept={words(now().kept)}
                  other={words(now().other)}
                  loser={now().keptBy === me ? `${loser()}` : loser()}
                  isMine={now().keptBy === me}
                  onSwap={() => board.actions.answerRace(now(), 'swap')}
                  onKeep={() => board.actions.answerRace(now(), 'keep')}
                  canSwap={board.lockReason() === undefined}
                />
              }
            >
              <RaceStrip
                person={winner()}
                theirs={words(now().kept)}
                mine={words(now().other)}
                canSwap={board.lockReason() === undefined}
                onSwap={() => board.actions.answerRace(now(), 'swap')}
                onKeep={() => board.actions.answerRace(now(), 'keep')}
              />
            </Show>
          </div>
        );
      }}
    </Show>
  );
}

/** The same as seen by whoever's value stands, or by a third person. */
function OtherRace(props: {
  person: { id: string; name: string; colour: number };
  kept: string;
  other: string;
  loser: string;
  isMine: boolean;
  canSwap: boolean;
  onSwap: () => void;
  onKeep: () => void;
}) {
  return (
    <div class={`race p${props.person.colour}`} role="group" aria-label="Two values for one field">
      <Avatar person={props.person} size={18} decorative />
      <span class="grow">
        {props.isMine ? 'You' : props.person.name} set <b class="semi num">{props.kept}</b> while {props.loser} set{' '}
        <b class="semi num">{props.other}</b>
      </span>
      <button type="button" class="btn sm" disabled={!props.canSwap} onClick={() => props.onSwap()}>
        Swap
      </button>
      <button type="button" class="btn sm ghost" disabled={!props.canSwap} onClick={() => props.onKeep()}>
        Keep
      </button>
    </div>
  );
}
