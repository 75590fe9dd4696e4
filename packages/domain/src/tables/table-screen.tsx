import './tables.css';
import { Button } from '@rapport/ui/button';
import { AddChip, QueryChip } from '@rapport/ui/chip';
import { EmptyState } from '@rapport/ui/empty-state';
import { IconButton } from '@rapport/ui/icon-button';
import { createShortcuts } from '@rapport/ui/keys';
import { MenuButton } from '@rapport/ui/menu';
import { Popover } from '@rapport/ui/popover';
import { ShellTop } from '@rapport/ui/shell-slots';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { TextField } from '@rapport/ui/text-field';
import Columns3 from 'lucide-solid/icons/columns-3';
import Download from 'lucide-solid/icons/download';
import Group from 'lucide-solid/icons/group';
import Plus from 'lucide-solid/icons/plus';
import Search from 'lucide-solid/icons/search';
import { Index, type JSX, Show, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { localDay } from '../fields/field-text.ts';
import { TableBulkBar } from './bulk-bar.tsx';
import { ColumnsPanel } from './columns-panel.tsx';
import { createEdits, type Edit } from './create-edits.web.ts';
import { createTablePresence } from './create-table-presence.web.ts';
import { createTableData, type OpenedFrom, searchOf, timeZone } from './create-table.web.ts';
import { FilterPanel } from './filter-panel.tsx';
import { KeptBanner } from './kept-banner.tsx';
import { finished } from './ops-of.ts';
import { isGroupable } from './groupable.ts';
import { RecordTable } from './record-table.tsx';
import { TableContext, type TablePage } from './table-context.web.ts';
import { type ConditionGroup, everything } from './table-query.ts';
import { TableViews } from './table-views.tsx';
import { plainView, queryEntries, readView, viewEntries, type ShownColumn, type TableView } from './view-state.ts';
import { WhereChip } from './where-chip.tsx';

/** Records of a noun as a table. What is seen stands in the address: `search` is its query. */
export function TableScreen(props: {
  workspace: WorkspaceClient;
  plural: string;
  title: string;
  search: string;
  onSearch: (search: string, how: 'push' | 'replace') => void;
  /** Where a row's own page is. */
  hrefOf: (row: { id: string; doc: string }) => string;
  onOpen: (href: string, opened: OpenedFrom | null) => void;
  /** Saves a file whose address this is. */
  onDownload: (path: string) => void;
  /** Told which cell this person edits, for colleagues to see; null: none. */
  onEditing?: (cell: { record: string; field: string } | null) => void;
  /** Makes the first record, or leads to where it is made: offered where there is none. */
  onNew?: { readonly label: string; readonly run: () => void } | undefined;
  actions?: JSX.Element;
  /** Called with the selected rows that are to become one; without it they cannot be merged. */
  onMerge?: (ids: readonly string[]) => void;
}) {
  // One screen is in one workspace and of one noun.
  /* eslint-disable solid/reactivity */
  const { workspace, plural } = props;
  /* eslint-enable solid/reactivity */
  let searchField: HTMLElement | undefined;
  const scope = 'Table';
  createShortcuts([
    {
      keys: 'N',
      label: 'New',
      scope,
      isActive: () => props.onNew !== undefined && workspace.me.role !== 'viewer',
      run: () => props.onNew?.run(),
    },
    { keys: '/', label: 'Search', scope, run: () => searchField?.focus() },
    // The table itself takes this key; here it is for the help.
    { keys: 'Alt+Enter', label: 'Both values of a cell that two people set', scope, run: () => false },
  ]);
  const view = createMemo(() => readView(Object.fromEntries(new URLSearchParams(props.search))));
  const setView = (change: Partial<TableView>, how: 'push' | 'replace' = 'replace') =>
    props.onSearch(searchOf(viewEntries({ ...view(), ...change })), how);
  const [footed, setFooted] = createSignal<readonly string[]>([], {
    equals: (a, b) => a.join() === b.join(),
  });
  const data = createTableData(workspace, plural, view, footed);
  const shown = createMemo((): readonly ShownColumn[] => {
    const shape = data.shape();
    const known = new Set(shape?.columns.map(({ key }) => key));
    const chosen = view().columns?.filter(({ key }) => known.has(key)) ?? [];
    if (chosen.length > 0) return chosen;
    return (shape?.shown ?? []).map((key) => ({ key, widthPx: null, isPinned: key === shape?.title }));
  });
  createEffect(() => setFooted(shown().map(({ key }) => key)));
  const [selected, select] = createSignal<ReadonlySet<string>>(new Set());
  createEffect(on(data.search, () => select(new Set<string>()), { defer: true }));
  const save = createEdits(workspace, plural, data);
  const today = () => localDay(workspace.now());
  const presence = createTablePresence(workspace, (cell) => props.onEditing?.(cell));
  const page: TablePage = {
    plural,
    ...presence,
    workspace,
    data,
    view,
    setView,
    today,
    column: (key) => data.shape()?.columns.find((column) => column.key === key),
    canEdit: () => workspace.me.role !== 'viewer',
    cellsFor(key, rowId) {
      const own = rowId === undefined ? null : data.peek(rowId)?.values[key];
      const used = Object.entries(data.summary()?.columns[key]?.sums ?? {}).sort(([, a], [, b]) => b.count - a.count);
      const currency =
        typeof own === 'object' && own !== null && 'currency' in own
          ? own.currency
          : used[0]?.[0] || page.cells.currency;
      return { today: today(), currency, members: workspace.members(), nameOf: data.nameOf };
    },
    async usedValues(key) {
      const { items } = await workspace.api<{ items: string[] }>('GET', `/tables/${plural}/values?column=${key}`);
      return items;
    },
    edit: (edits: readonly Edit[], text: string) => void save(edits, text),
    cells: {
      get today() {
        return today();
      },
      get currency() {
        return workspace.currency();
      },
      get members() {
        return workspace.members();
      },
      nameOf: data.nameOf,
    },
  };

  const [open, setOpen] = createSignal<'filter' | 'columns' | null>(null);
  const [draft, setDraft] = createSignal<ConditionGroup>(everything);
  const openFilter = () => {
    setDraft(view().where);
    setOpen('filter');
  };
  const change = (group: ConditionGroup) => {
    setDraft(group);
    setView({ where: finished(group) });
  };
  let anchor: HTMLSpanElement | undefined;
  let columnsAnchor: HTMLSpanElement | undefined;
  const groupable = () => (data.shape()?.columns ?? []).filter(({ spec }) => isGroupable(spec));
  const download = (format: string) =>
    props.onDownload(
      `/tables/${plural}/export?${searchOf({ ...queryEntries(view()), timeZone: timeZone(), columns: footed().join(','), format })}`,
    );
  const isNarrowed = () => view().q !== '' || view().where.of.length > 0;
  return (
    <TableContext.Provider value={page}>
      <header class="top">
        <h1 class="ellip">{props.title}</h1>
        <span class="t3 num" role="status">
          {(data.kept()?.total ?? data.summary()?.total)?.toLocaleString() ?? ''}
        </span>
        <span class="grow" />
        <ShellTop />
        <span class="table-actions">{props.actions}</span>
      </header>
      <div class="table-page">
        <div class="tools">
          <div class="tools-l">
            <TableViews plural={plural} title={props.title} onShow={(search) => props.onSearch(search, 'push')} />
            <Show
              when={view().where.match === 'all' || view().where.of.length < 2}
              fallback={
                <QueryChip
                  field="Any of"
                  operator={`${view().where.of.length} conditions`}
                  value=""
                  onOpen={openFilter}
                  onRemove={() => setView({ where: everything })}
                />
              }
            >
              <Index each={view().where.of}>
                {(node, at) => (
                  <WhereChip
                    node={node()}
                    onOpen={openFilter}
                    onRemove={() =>
                      setView({ where: { ...view().where, of: view().where.of.filter((_, index) => index !== at) } })
                    }
                  />
                )}
              </Index>
            </Show>
            <span ref={(made) => (anchor = made)}>
              <AddChip onClick={openFilter}>Filter</AddChip>
            </span>
            <div class="table-search">
              <TextField
                label={`Search ${props.title.toLowerCase()}`}
                hideLabel
                type="search"
                ref={(made) => (searchField = made)}
                icon={Search}
                placeholder="Search"
                value={view().q}
                onInput={(q) => setView({ q })}
              />
            </div>
          </div>
          <div class="tools-r">
            <MenuButton
              label="Group by"
              align="end"
              items={[
                { id: '', label: 'No groups' },
                ...groupable().map(({ key, spec }) => ({ id: key, label: spec.label })),
              ]}
              isChosen={(id) => (view().group ?? '') === id}
              onPick={(id) => setView({ group: id === '' ? null : id })}
            >
              {(trigger) => (
                <IconButton {...trigger} icon={Group} label="Group by" aria-pressed={view().group !== null} />
              )}
            </MenuButton>
            <span ref={(made) => (columnsAnchor = made)}>
              <IconButton
                icon={Columns3}
                label="Columns"
                aria-haspopup="dialog"
                aria-expanded={open() === 'columns'}
                onClick={() => setOpen(open() === 'columns' ? null : 'columns')}
              />
            </span>
            <Show when={page.canEdit()}>
              <MenuButton
                label="Export"
                align="end"
                items={[
                  { id: 'csv', label: 'What is seen, as CSV' },
                  { id: 'xlsx', label: 'What is seen, for Excel' },
                ]}
                onPick={download}
              >
                {(trigger) => <IconButton {...trigger} icon={Download} label="Export" />}
              </MenuButton>
            </Show>
          </div>
        </div>
        <Popover
          open={open() === 'filter'}
          onClose={() => setOpen(null)}
          anchor={() => anchor}
          class="pad filter-panel"
          role="dialog"
          label="Filter"
        >
          <FilterPanel group={draft()} onChange={change} />
        </Popover>
        <Popover
          open={open() === 'columns'}
          onClose={() => setOpen(null)}
          anchor={() => columnsAnchor}
          align="end"
          class="pad"
          role="dialog"
          label="Columns"
        >
          <ColumnsPanel shown={shown()} onChange={(columns) => setView({ columns })} />
        </Popover>
        <Show
          when={data.shape() !== undefined && data.summary() !== undefined && !data.isStuck()}
          fallback={
            <Show when={data.problem()} fallback={<SkeletonRows count={12} />}>
              {(problem) => (
                <EmptyState
                  title="The table cannot be shown"
                  action={
                    <>
                      <Button variant="primary" onClick={data.refresh}>
                        Try again
                      </Button>
                      <Button onClick={() => props.onSearch('', 'push')}>Show all</Button>
                    </>
                  }
                >
                  {problem()}
                </EmptyState>
              )}
            </Show>
          }
        >
          <KeptBanner />
          <RecordTable
            title={props.title}
            shown={shown()}
            selected={selected()}
            onSelect={select}
            hrefOf={props.hrefOf}
            onOpen={props.onOpen}
            empty={
              isNarrowed() ? (
                <EmptyState
                  title="Nothing here"
                  action={<Button onClick={() => setView({ ...plainView, columns: view().columns })}>Show all</Button>}
                >
                  No row meets these conditions.
                </EmptyState>
              ) : (
                <EmptyState
                  title={`No ${props.title.toLowerCase()} yet`}
                  action={
                    <Show when={page.canEdit() && props.onNew}>
                      {(made) => (
                        <Button icon={Plus} onClick={() => made().run()}>
                          {made().label}
                        </Button>
                      )}
                    </Show>
                  }
                >
                  Add the first, or import a file.
                </EmptyState>
              )
            }
          />
        </Show>
        <Show when={selected().size > 0}>
          <TableBulkBar
            selected={selected()}
            noun={plural}
            onClear={() => select(new Set<string>())}
            onMerge={props.onMerge}
          />
        </Show>
      </div>
    </TableContext.Provider>
  );
}
