import { createSignal } from 'solid-js';
import { Avatar } from '../src/avatar.tsx';
import { formatMoney, parseMoney } from '../src/logic/money.ts';
import type { TableEntry, TableSort } from '../src/logic/table.ts';
import { CellTextEditor } from '../src/table/cell-text-editor.tsx';
import { Table } from '../src/table/table.tsx';
import { showToast } from '../src/toasts.tsx';
import { colleague } from './people.ts';

/** A long table of made-up deals: known rows, unknown ones as skeletons, money edited in place. */
export function TableDemo(props: { count: number }) {
  const [amounts, setAmounts] = createSignal<ReadonlyMap<string, number>>(new Map());
  const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set());
  const [sort, setSort] = createSignal<TableSort | null>(null);
  const amountOf = (id: string) => amounts().get(id) ?? ((Number(id.slice(1)) * 7919) % 90_000) * 100;
  const owner = (id: string) => colleague((Number(id.slice(1)) % 12) + 1);
  const entryAt = (index: number): TableEntry | undefined => {
    if (index % 50 === 0) return { kind: 'group', id: `g${index}`, render: () => `Group ${index / 50 + 1}` };
    return index > 300 && index < 340 ? undefined : { kind: 'row', id: `r${index}` };
  };
  return (
    <main class="demo">
      <h1 class="sr">Table</h1>
      <Table
        label="Deals"
        count={props.count}
        entryAt={entryAt}
        sort={sort()}
        onSort={setSort}
        selected={selected()}
        onSelect={setSelected}
        onOpen={(id) => showToast({ text: `Opened ${id}` })}
        columns={[
          {
            id: 'title',
            label: 'Title',
            widthPx: 320,
            sortable: true,
            cell: (id) => <span class="med">Deal {id.slice(1)}</span>,
            footer: () => `${props.count} deals`,
          },
          {
            id: 'owner',
            label: 'Owner',
            widthPx: 200,
            cell: (id) => (
              <span class="row">
                <Avatar person={owner(id)} decorative />
                {owner(id).name}
              </span>
            ),
          },
          {
            id: 'amount',
            label: 'Value',
            widthPx: 140,
            align: 'right',
            sortable: true,
            cell: (id) => formatMoney(amountOf(id), 'EUR'),
            editor: (id, done, startText) => (
              <CellTextEditor
                label="Value"
                text={formatMoney(amountOf(id), 'EUR')}
                startText={startText}
                align="right"
                inputMode="decimal"
                parse={(text) => {
                  const value = parseMoney(text, 'EUR');
                  return value == null
                    ? { ok: false, error: 'Type an amount, like 40,000 or 40k.' }
                    : { ok: true, value };
                }}
                onCommit={(value) => setAmounts(new Map([...amounts(), [id, value]]))}
                done={done}
              />
            ),
            footer: () => formatMoney(218_190_000, 'EUR'),
          },
          { id: 'stage', label: 'Stage', widthPx: 160, cell: () => 'Proposal' },
        ]}
        empty="No deals match."
      />
    </main>
  );
}
