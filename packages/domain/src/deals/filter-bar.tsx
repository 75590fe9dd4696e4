import ArrowUpDown from 'lucide-solid/icons/arrow-up-down';
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import { Chip } from '@rapport/ui/chip';
import { IconButton } from '@rapport/ui/icon-button';
import { MenuButton } from '@rapport/ui/menu';
import { tooltip } from '@rapport/ui/tooltip';
import { late } from '@rapport/ui/late';
import { For, Show, Suspense, createMemo } from 'solid-js';
import { createLater } from './create-later.web.ts';
import { createIsPhone } from './create-phone.web.ts';
import { useDealBoard } from './deal-board-context.tsx';
import { moneyText } from '../fields/field-text.ts';
import { meetsChip } from './filter.ts';
import { capital } from '../boards/card-words.ts';
import { DealSearch } from './deal-search.tsx';
import { AddFilter, FilterChips } from './filter-chips.tsx';
import { weightedText } from './weighted-text.ts';
import type { ChipId } from '../boards/schema.ts';
import { type CardPart, cardParts } from './view-state.ts';

/** Comes right after the first look at a board. */
const BoardViews = late(async () => (await import('./board-views.tsx')).BoardViews);

const chipWords: Record<ChipId, string> = {
  mine: 'Mine',
  'no-activity': 'No activity',
  rotting: 'Rotting',
  closing: 'Closing this month',
  unassigned: 'Unassigned',
  'new-today': 'New today',
};
const partWords: Record<Exclude<CardPart, 'company'>, string> = {
  labels: 'Labels',
  value: 'Value',
  age: 'Age',
  activity: 'Next activity',
  owner: 'Owner',
};
const countLaterMs = 150;
const sortWords: Readonly<Record<string, string>> = {
  '': 'Own order',
  '-value': 'Value, largest first',
  expectedClose: 'Close date, soonest first',
  nextActivity: 'Next activity, soonest first',
  age: 'Time in stage, shortest first',
  '-age': 'Time in stage, longest first',
  title: 'Title',
  owner: 'Owner',
  '-createdAt': 'Newest first',
};

/** Under the head: chips with counts, filters, search, totals over all open deals that the view shows, and how to look. */
export function FilterBar(props: { searchRef: (field: HTMLInputElement) => void }) {
  const board = useDealBoard();
  const { words, fields, chips, alsoOnCards, under, isSummed } = board.type;
  const openLanes = createMemo(() => board.store.stages().filter(({ kind }) => kind === 'open'));
  // A moment later than the change itself: counting looks at every deal, the change only at one.
  const countedFor = createLater(() => [board.store.deals.version(), board.filterContext()] as const, countLaterMs);
  const counts = createMemo(() => {
    const [, context] = countedFor();
    const found = new Map<ChipId, number>(chips.map((chip) => [chip, 0]));
    for (const deal of board.store.deals.all.values()) {
      if ((board.store.stage(deal.stageId)?.kind ?? 'open') !== 'open') continue;
      for (const chip of chips) if (meetsChip(deal, chip, context)) found.set(chip, (found.get(chip) ?? 0) + 1);
    }
    return found;
  });
  const totals = createMemo(() => {
    let [count, sumMinor, weightedMinor, foreign] = [0, 0, 0, 0];
    for (const { id } of openLanes()) {
      const lane = board.store.lane(id).totals();
      count += lane.count;
      sumMinor += lane.sumMinor;
      weightedMinor += lane.weightedMinor;
      foreign += lane.foreign;
    }
    return { count, sumMinor, weightedMinor, foreign };
  });
  const money = (minor: number) => moneyText({ minor, currency: board.store.meta().currency });
  const toggle = (chip: ChipId) => {
    const chips = board.view().chips;
    board.setView({ chips: chips.includes(chip) ? chips.filter((each) => each !== chip) : [...chips, chip] });
  };
  const sortId = () => {
    const { sort } = board.view();
    return sort ? `${sort.descending ? '-' : ''}${sort.field}` : '';
  };
  const sortBy = (id: string) =>
    board.setView({ sort: id === '' ? null : { field: id.replace(/^-/, ''), descending: id.startsWith('-') } });
  const togglePart = (part: CardPart) => {
    const { hide } = board.view();
    board.setView({ hide: hide.includes(part) ? hide.filter((each) => each !== part) : [...hide, part] });
  };
  const isPhone = createIsPhone();
  /** Fields that cards can show besides their own parts. */
  const more = () =>
    Object.entries(board.specs())
      .filter(([key]) => !Object.hasOwn(fields, key) || alsoOnCards.includes(key))
      .map(([key, { label }]) => ({ key, label }));
  const toggleMore = (key: string) => {
    const { show } = board.view();
    board.setView({ show: show.includes(key) ? show.filter((each) => each !== key) : [...show, key] });
  };
  /** The list of all closed deals has its own order and counts; only the search is of use to it. */
  const isClosed = () => board.view().as === 'closed';
  const isEmpty = () => board.store.deals.all.size === 0 && board.store.deals.version() >= 0;
  return (
    <div class="tools deal-tools">
      <div class="tools-l">
        <Show when={!isEmpty() && !isClosed()}>
          <For each={chips}>
            {(chip) => (
              <Chip pressed={board.view().chips.includes(chip)} count={counts().get(chip)} onClick={() => toggle(chip)}>
                {chipWords[chip]}
              </Chip>
            )}
          </For>
        </Show>
        <Show when={!isClosed()}>
          {/* A place of its own: a new chip must not move “Filter”, which has the focus by then. */}
          <span style={{ display: 'contents' }}>
            <FilterChips />
          </span>
          <AddFilter />
          <Suspense>
            <BoardViews />
          </Suspense>
        </Show>
        <DealSearch searchRef={(field) => props.searchRef(field)} />
      </div>
      <Show when={!isClosed()}>
        <div class="tools-r num">
          <span class="small t2 deal-totals" role="status">
            {totals().count.toLocaleString()} open
            <Show when={isSummed}>
              {' '}
              · <b class="semi">{money(totals().sumMinor)}</b>
            </Show>
            <Show when={isSummed && totals().foreign > 0}>
              <span
                class="t3"
                ref={(made) =>
                  tooltip(
                    made,
                    () => `${totals().foreign} ${words.many} in other currencies are counted, not added up.`,
                  )
                }
              >
                {' '}
                +{totals().foreign} other
              </span>
            </Show>
            <Show when={isSummed && totals().sumMinor > 0}>
              {' '}
              · weighted{' '}
              <b class="semi">
                {weightedText({ minor: totals().weightedMinor, currency: board.store.meta().currency })}
              </b>
            </Show>
          </span>
          <MenuButton
            label="Sort by"
            align="end"
            items={Object.entries(sortWords)
              .filter(([id]) => id === '' || id.endsWith('age') || Object.hasOwn(fields, id.replace(/^-/, '')))
              .map(([id, label]) => ({ id, label }))
              .concat(
                Object.entries(board.derived()).map(([key, { spec }]) => ({
                  id: `-${key}`,
                  label: `${spec.label}, highest first`,
                })),
              )}
            isChosen={(id) => id === sortId()}
            onPick={sortBy}
          >
            {(trigger) => (
              <IconButton {...trigger} icon={ArrowUpDown} label="Sort" aria-pressed={board.view().sort !== null} />
            )}
          </MenuButton>
          <MenuButton
            label="What cards show"
            align="end"
            items={[
              ...(isPhone()
                ? [
                    { id: 'as:board', label: 'Board', heading: 'Show as' },
                    { id: 'as:table', label: 'Table' },
                  ]
                : []),
              ...cardParts.map((part, index) => ({
                id: part as string,
                label: part === 'company' ? (fields[under]?.label ?? '') : partWords[part],
                heading: index === 0 ? 'On cards' : undefined,
              })),
              ...more().map(({ key, label }) => ({ id: `show:${key}`, label })),
              { id: 'closed', label: `${capital(words.won)} and ${words.lost} ${words.many}`, heading: 'On the board' },
            ]}
            isChosen={(id) =>
              id.startsWith('as:')
                ? board.view().as === id.slice(3)
                : id === 'closed'
                  ? board.view().closed
                  : id.startsWith('show:')
                    ? board.view().show.includes(id.slice(5))
                    : !board.view().hide.includes(id as CardPart)
            }
            onPick={(id) => {
              if (id.startsWith('as:')) board.setView({ as: id === 'as:table' ? 'table' : 'board' }, 'push');
              else if (id === 'closed') board.setView({ closed: !board.view().closed });
              else if (id.startsWith('show:')) toggleMore(id.slice(5));
              else togglePart(id as CardPart);
            }}
          >
            {(trigger) => <IconButton {...trigger} icon={SlidersHorizontal} label="Display" />}
          </MenuButton>
        </div>
      </Show>
    </div>
  );
}
