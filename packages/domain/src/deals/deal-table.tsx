import { raceId } from '@rapport/doc/race';
import { EmptyState } from '@rapport/ui/empty-state';
import type { TableColumn } from '@rapport/ui/logic/table';
import { StageMark } from '@rapport/ui/stage-mark';
import { Table } from '@rapport/ui/table/table';
import { Show, createMemo } from 'solid-js';
import { DealCellRace, createOpenRaces } from './deal-cell-race.tsx';
import { DealCellEditor, StageCellEditor } from './deal-cell-editor.tsx';
import { createIsPhone } from './create-phone.web.ts';
import { useDealBoard } from './deal-board-context.tsx';
import { DealLine } from './deal-line.tsx';
import { OwnerCell, TitleCell } from './row-cells.tsx';
import { moneyText, valueText } from '../fields/field-text.ts';
import { ageText } from './deal-text.ts';
import { capital, countText } from '../boards/card-words.ts';
import { underOf, valueOfField } from './board-card.ts';
import { makeSorter, stageSinceOf } from './filter.ts';
import { stageColour } from './stage-colour.ts';
import { unassigned } from '../boards/schema.ts';

const widths: Readonly<Record<string, number>> = {
  title: 280,
  company: 200,
  companyName: 200,
  email: 220,
  contact: 160,
  labels: 180,
  description: 240,
};

/** The same deals as rows: same filters, inline editing, sums at the foot. */
export function DealTable() {
  const board = useDealBoard();
  const { words, columns: columnKeys } = board.type;
  const custom = () => board.workspace.customFields(board.type.noun);
  const ids = createMemo<readonly string[]>(() => {
    const lanes = [
      ...board.store
        .stages()
        .filter(({ kind }) => kind === 'open' || board.view().closed)
        .map(({ id }) => id),
      unassigned,
    ];
    const all = lanes.flatMap((id) => [...board.store.lane(id).shown()]);
    const { sort } = board.view();
    if (!sort) return all;
    // Any change may concern the order across lanes.
    board.store.deals.version();
    const order = makeSorter(sort, board.filterContext());
    return all
      .map((id) => board.store.deals.peek(id))
      .filter((deal) => deal !== undefined)
      .sort(order)
      .map(({ id }) => id);
  });
  const total = createMemo(() => {
    board.store.deals.version();
    let [sum, foreign] = [0, 0];
    const currency = board.store.meta().currency;
    for (const id of ids()) {
      const value = board.store.deals.peek(id)?.value;
      if (value && value.currency === currency) sum += value.minor;
      else if (value) foreign += 1;
    }
    return `${moneyText({ minor: sum, currency })}${foreign > 0 ? ` +${foreign} other` : ''}`;
  });
  const deal = (id: string) => board.store.deals.get(id);
  const races = createOpenRaces(board);
  const raceOn = (id: string, field: string, label = board.specs()[field]?.label ?? field) => (
    <DealCellRace board={board} races={races()} dealId={id} field={field} label={label} />
  );
  const isEditable = (field: string) => board.lockReason() === undefined && board.specs()[field] !== undefined;
  const editorOf = (field: string): TableColumn['editor'] =>
    isEditable(field)
      ? (id, done, startText) => (
          <Show when={board.specs()[field]}>
            {(spec) => <DealCellEditor dealId={id} field={field} spec={spec()} done={done} startText={startText} />}
          </Show>
        )
      : undefined;
  const fieldColumn = (field: string): TableColumn => ({
    id: field,
    label: board.specs()[field]?.label ?? field,
    widthPx: widths[field] ?? 140,
    align: board.specs()[field]?.type === 'money' || board.specs()[field]?.type === 'number' ? 'right' : undefined,
    sortable: true,
    cell: (id) => (
      <>
        <Show
          when={field === 'owner' && board.personOf(deal(id)?.owner ?? null)}
          fallback={<FieldText id={id} field={field} />}
        >
          {(person) => <OwnerCell person={person()} />}
        </Show>
        {raceOn(id, field)}
      </>
    ),
    editor: editorOf(field),
    footer: field === 'value' ? () => <>{total()}</> : undefined,
  });
  const isPhone = createIsPhone();
  const line: TableColumn = {
    id: 'title',
    label: capital(words.one),
    widthPx: 240,
    cell: (id) => (
      <DealLine
        id={id}
        title={deal(id)?.title}
        value={((value) => (value ? moneyText(value) : ''))(deal(id)?.value)}
        stageId={deal(id)?.stageId ?? unassigned}
        detail={underOf(board.type, deal(id))}
        owner={board.personOf(deal(id)?.owner ?? null)}
      />
    ),
    footer: () => (
      <span class="row num">
        <span class="grow">{countText(words, ids().length)}</span>
        <Show when={board.type.isSummed}>
          <b class="semi">{total()}</b>
        </Show>
      </span>
    ),
  };
  const wide = createMemo<readonly TableColumn[]>(() => [
    {
      id: 'title',
      label: 'Title',
      widthPx: 280,
      grows: true,
      sortable: true,
      cell: (id) => (
        <>
          <TitleCell id={id} title={deal(id)?.title} />
          {raceOn(id, 'title')}
        </>
      ),
      editor: editorOf('title'),
      footer: () => <>{countText(words, ids().length)}</>,
    },
    {
      id: 'stage',
      label: 'Stage',
      widthPx: 150,
      sortable: true,
      cell: (id) => {
        const stage = () => board.store.stage(deal(id)?.stageId ?? '');
        return (
          <span class="row owner-cell">
            <Show when={stage()}>
              {(now) => <StageMark probability={now().probability} colour={stageColour(now().colour)} />}
            </Show>
            <span class="ellip">{stage()?.name ?? 'Unassigned'}</span>
            {raceOn(id, 'place', 'Stage')}
          </span>
        );
      },
      editor: board.lockReason() === undefined ? (id, done) => <StageCellEditor dealId={id} done={done} /> : undefined,
    },
    ...columnKeys.map(fieldColumn),
    {
      id: 'age',
      label: 'In stage',
      widthPx: 90,
      align: 'right',
      sortable: true,
      cell: (id) => {
        const now = deal(id);
        return now ? ageText(stageSinceOf(now, board.signals.get(id), board.now()), board.now()) : '';
      },
    },
    ...Object.entries(board.derived()).map(([id, { spec }]): TableColumn => ({
      id,
      label: spec.label,
      widthPx: 90,
      align: 'right',
      sortable: true,
      cell: (cardId) => ((card) => (card ? board.derived()[id]?.of(card) : ''))(deal(cardId)),
    })),
    ...Object.keys(custom()).map(fieldColumn),
  ]);
  const columns = () => (isPhone() ? [line] : wide());
  const cellClass = (id: string, columnId: string) => {
    const holder = board.people.holders.get(id);
    const raced = races().has(raceId(id, columnId === 'stage' ? 'place' : columnId)) ? 'raced' : '';
    return holder && holder.field === columnId ? `cellp p${holder.colour} ${raced}` : raced;
  };
  return (
    <div class="deal-table">
      <Table
        label={board.store.meta().name}
        columns={columns()}
        count={ids().length}
        entryAt={(index) => {
          const id = ids()[index];
          return id === undefined ? undefined : { kind: 'row', id };
        }}
        sort={((sort) =>
          sort && { columnId: sort.field, direction: sort.descending ? ('desc' as const) : ('asc' as const) })(
          board.view().sort,
        )}
        onSort={({ columnId, direction }) =>
          board.setView({ sort: { field: columnId, descending: direction === 'desc' } })
        }
        selected={board.selected()}
        onSelect={(next) => board.select(next)}
        onSelectAll={(selects) => board.select(new Set(selects ? ids() : []))}
        onOpen={(id) => board.openDeal(id)}
        rowClass={(id) => (board.people.pending.get(id) ? 'pending' : '')}
        cellClass={cellClass}
        empty={
          <EmptyState title={`No ${words.many} here`}>Take a filter off, or add {words.article} with N.</EmptyState>
        }
      />
    </div>
  );
}

function FieldText(props: { id: string; field: string }) {
  const board = useDealBoard();
  const text = () => {
    const deal = board.store.deals.get(props.id);
    return deal ? valueText(board.specs()[props.field], valueOfField(board.type, deal, props.field), board.nameOf) : '';
  };
  return <bdi class={props.field === 'value' ? 'ellip semi' : 'ellip'}>{text()}</bdi>;
}
