import ArrowLeft from 'lucide-solid/icons/arrow-left';
import { sameJson } from '@rapport/doc/json';
import type { FieldValue } from '@rapport/schema/fields';
import { readValue } from '@rapport/schema/read-value';
import { Button } from '@rapport/ui/button';
import { EmptyState } from '@rapport/ui/empty-state';
import type { TableColumn, TableSort } from '@rapport/ui/logic/table';
import { Segmented } from '@rapport/ui/segmented';
import { Table } from '@rapport/ui/table/table';
import { Show, createMemo, createSignal } from 'solid-js';
import { type ClosedDeal, createClosedDeals } from './create-closed-deals.web.ts';
import { createIsPhone } from './create-phone.web.ts';
import { useDealBoard } from './deal-board-context.tsx';
import { capital } from '../boards/card-words.ts';
import { DealLine } from './deal-line.tsx';
import { OwnerCell, TitleCell } from './row-cells.tsx';
import { dateText, dayOfInstant, moneyText, valueText } from '../fields/field-text.ts';

const startSort: TableSort = { columnId: 'closedAt', direction: 'desc' };

const closedOn = (deal: ClosedDeal | undefined): string =>
  deal?.closedAt == null ? '' : dateText(dayOfInstant(deal.closedAt));

/** All won or all lost deals, archives included: rows to read; one press opens the deal in the panel. */
export function ClosedDeals() {
  const board = useDealBoard();
  const { words } = board.type;
  const [status, setStatus] = createSignal<'won' | 'lost'>('won');
  const named = () => (status() === 'won' ? words.won : words.lost);
  /** A linked record has its name beside its id. */
  const under = (deal: ClosedDeal | undefined): string => {
    const text = deal?.[`${board.type.under}Name`] ?? deal?.[board.type.under];
    return typeof text === 'string' ? text : '';
  };
  const [sort, setSort] = createSignal(startSort);
  const query = createMemo(
    () => ({
      status: status(),
      sort: `${sort().direction === 'desc' ? '-' : ''}${sort().columnId}`,
      q: board.view().q,
    }),
    undefined,
    { equals: sameJson },
  );
  const list = createClosedDeals(board, query);
  const byId = createMemo(() => new Map(list.rows().map((deal) => [deal.id, deal])));
  const column = (
    id: string,
    label: string,
    widthPx: number,
    text: (deal: ClosedDeal) => string,
    options: Partial<TableColumn> = {},
  ): TableColumn => ({
    id,
    label,
    widthPx,
    cell: (rowId) => {
      const shown = () => {
        const deal = byId().get(rowId);
        return deal ? text(deal) : '';
      };
      return <bdi class="ellip">{shown()}</bdi>;
    },
    ...options,
  });
  const customText = (deal: ClosedDeal, key: string): string => {
    const spec = board.specs()[key];
    return spec ? valueText(spec, readValue(spec, deal.custom[key]).value as FieldValue | null, board.nameOf) : '';
  };
  const isPhone = createIsPhone();
  const line: TableColumn = {
    id: 'title',
    label: capital(words.one),
    widthPx: 240,
    cell: (id) => (
      <DealLine
        id={id}
        title={byId().get(id)?.title}
        value={((value) => (value ? moneyText(value) : ''))(byId().get(id)?.value)}
        stageId={byId().get(id)?.stage ?? ''}
        detail={[closedOn(byId().get(id)), under(byId().get(id))].filter((part) => part !== '').join(' · ')}
        owner={board.personOf(byId().get(id)?.owner ?? null)}
      />
    ),
  };
  const wide = createMemo<readonly TableColumn[]>(() => [
    column('title', 'Title', 280, () => '', {
      sortable: true,
      cell: (id) => <TitleCell id={id} title={byId().get(id)?.title} />,
    }),
    ...(board.type.isSummed
      ? [
          column('value', 'Value', 120, ({ value }) => (value ? moneyText(value) : ''), {
            align: 'right' as const,
            sortable: true,
          }),
        ]
      : []),
    column('closedAt', 'Closed', 140, closedOn, { sortable: true }),
    column(board.type.under, board.type.fields[board.type.under]?.label ?? '', 200, under, { sortable: true }),
    column('owner', 'Owner', 170, () => '', {
      sortable: true,
      cell: (id) => (
        <Show when={board.personOf(byId().get(id)?.owner ?? null)}>{(person) => <OwnerCell person={person()} />}</Show>
      ),
    }),
    ...(status() === 'lost'
      ? [column('lostReason', board.type.fields['lostReason']?.label ?? '', 200, ({ lostReason }) => lostReason ?? '')]
      : []),
    ...Object.entries(board.workspace.customFields(board.type.noun)).map(([key, spec]) =>
      column(key, spec.label, 150, (deal) => customText(deal, key)),
    ),
  ]);
  const columns = () => (isPhone() ? [line] : wide());
  const count = () => list.total() ?? 0;
  return (
    <div class="deal-table closed-deals">
      <div class="closed-top">
        <Button
          size="sm"
          variant="ghost"
          icon={ArrowLeft}
          onClick={() => board.setView({ as: 'board', closed: true }, 'push')}
        >
          Back to the board
        </Button>
        <Segmented
          label={`Which ${words.many}`}
          options={[
            { value: 'won', label: capital(words.won) },
            { value: 'lost', label: capital(words.lost) },
          ]}
          value={status()}
          onChange={setStatus}
        />
        <span class="small t2 num" role="status">
          <Show when={list.total() !== null}>{count().toLocaleString()} with those in the archive</Show>
        </span>
      </div>
      <Table
        label={`${capital(named())} ${words.many} of ${board.store.meta().name}`}
        columns={columns()}
        count={count()}
        entryAt={(index) => {
          const deal = list.rows()[index];
          // Asked for while drawing, so that the rows in view are the ones that come.
          if (!deal) queueMicrotask(list.more);
          return deal && { kind: 'row', id: deal.id };
        }}
        sort={sort()}
        onSort={setSort}
        onOpen={(id) => board.openDeal(id)}
        empty={
          <EmptyState title={list.problem() === null ? `No ${named()} ${words.many}` : 'Not shown'}>
            {list.problem() ?? (list.total() === null ? '' : `${capital(words.many)} that are closed are listed here.`)}
          </EmptyState>
        }
      />
    </div>
  );
}
