import { minorDigits } from '@rapport/schema/currency';
import type { FieldSpec } from '@rapport/schema/fields';
import { Avatar } from '@rapport/ui/avatar';
import { Icon } from '@rapport/ui/icon';
import { haloClass } from '@rapport/ui/person-tag';
import type { CellRange, TableColumn, TableEntry } from '@rapport/ui/logic/table';
import { Table } from '@rapport/ui/table/table';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import { type JSX, Show, createMemo, createSignal, onCleanup } from 'solid-js';
import { cellText, copyText, readCell } from './cell-value.web.ts';
import { widthOf } from './column-width.ts';
import type { OpenedFrom } from './create-table.web.ts';
import type { Edit } from './create-edits.web.ts';
import { readCells, writeCells } from './pasted.ts';
import { TableCellEditor } from './cell-editor.tsx';
import { CellSigns, TableCell } from './table-cell.tsx';
import { useTable } from './table-context.web.ts';
import type { ShownColumn } from './view-state.ts';
import { groupText, sumsText } from './words.ts';

const narrow = '(max-width: 640px)';
const titlePx = 220;
const isRight = (spec: FieldSpec) => spec.type === 'money' || spec.type === 'number';

/** The rows of a table's page: cells that are edited in place, ranges for spreadsheets, groups, sums at the foot. */
export function RecordTable(props: {
  title: string;
  shown: readonly ShownColumn[];
  selected: ReadonlySet<string>;
  onSelect: (ids: ReadonlySet<string>) => void;
  hrefOf: (row: { id: string; doc: string }) => string;
  onOpen: (href: string, opened: OpenedFrom | null) => void;
  empty: JSX.Element;
}) {
  const page = useTable();
  const { data } = page;
  const match = matchMedia(narrow);
  const [isPhone, setPhone] = createSignal(match.matches);
  const read = () => setPhone(match.matches);
  match.addEventListener('change', read);
  onCleanup(() => match.removeEventListener('change', read));

  const titleKey = () => data.shape()?.title ?? '';
  const title = (id: string) => {
    const value = data.row(id)?.values[titleKey()];
    return typeof value === 'string' && value !== '' ? value : 'Untitled';
  };
  const href = (id: string) => {
    const row = data.row(id);
    return row === undefined ? '#' : props.hrefOf(row);
  };
  const titleLink = (id: string) => (
    <a
      class="title-a ellip"
      dir="auto"
      tabindex="-1"
      href={href(id)}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        props.onOpen(href(id), data.around(id));
      }}
    >
      {title(id)}
    </a>
  );
  const footer = (key: string, spec: FieldSpec): string => {
    const now = data.summary();
    const column = now?.columns[key];
    if (now === undefined || column === undefined) return '';
    if (key === titleKey()) return `${now.total.toLocaleString()} ${now.total === 1 ? 'row' : 'rows'}`;
    if (isRight(spec)) {
      const sum = sumsText(column.sums, minorDigits);
      return sum === '' ? '' : `Σ ${sum} · Ø ${sumsText(column.sums, minorDigits, 'mean')}`;
    }
    return column.filled === 0 || now.total === 0 ? '' : `${Math.round((100 * column.filled) / now.total)}% filled`;
  };
  const inOrder = createMemo(() => [
    ...props.shown.filter(({ isPinned }) => isPinned),
    ...props.shown.filter(({ isPinned }) => !isPinned),
  ]);
  const wide = createMemo((): readonly TableColumn[] =>
    inOrder().flatMap((shown): TableColumn[] => {
      const column = page.column(shown.key);
      if (column === undefined) return [];
      const { key, spec, isEditable } = column;
      return [
        {
          id: key,
          label: spec.label,
          widthPx: shown.widthPx ?? (key === titleKey() ? titlePx : widthOf(spec)),
          align: isRight(spec) ? 'right' : undefined,
          sortable: true,
          pinned: shown.isPinned,
          cell: (id) =>
            key === titleKey() ? (
              <>
                {titleLink(id)}
                <CellSigns rowId={id} field={key} />
              </>
            ) : (
              <TableCell rowId={id} field={key} />
            ),
          editor:
            isEditable && page.canEdit()
              ? (id, done, startText) => <TableCellEditor rowId={id} field={key} done={done} startText={startText} />
              : undefined,
          footer: () => <span title={footer(key, spec)}>{footer(key, spec)}</span>,
        },
      ];
    }),
  );
  const line: TableColumn = {
    id: 'line',
    label: 'Record',
    widthPx: 240,
    cell: (id) => (
      <span class="table-line">
        {titleLink(id)}
        <span class="small t3 ellip" dir="auto">
          {props.shown
            .filter(({ key }) => key !== titleKey())
            .flatMap(({ key }) => {
              const spec = page.column(key)?.spec;
              const text = spec === undefined ? '' : cellText(spec, data.row(id)?.values[key] ?? null, page.cells);
              return text === '' ? [] : [text];
            })
            .slice(0, 3)
            .join(' · ')}
        </span>
      </span>
    ),
    footer: () => <span class="num">{data.summary()?.total.toLocaleString() ?? ''} in all</span>,
  };
  const columns = () => (isPhone() ? [line] : wide());

  const groupHead = (group: number) => {
    const now = () => data.summary()?.groups?.[group];
    const spec = () => page.column(page.view().group ?? '')?.spec;
    const person = () => page.workspace.members().get(String(now()?.value ?? ''));
    const sums = () =>
      Object.entries(now()?.sums ?? {}).flatMap(([key, each]) => {
        const text = sumsText(each, minorDigits);
        return text === '' ? [] : [`${page.column(key)?.spec.label ?? key} ${text}`];
      });
    return (
      <span class="grp-line">
        <button
          type="button"
          class="grp-b"
          aria-expanded={!data.isClosed(group)}
          onClick={() => data.toggleGroup(group)}
        >
          <Icon of={ChevronDown} size={14} />
          <Show when={person()}>{(somebody) => <Avatar person={somebody()} size={18} decorative />}</Show>
          <Show when={spec()}>
            {(known) => (
              <bdi>
                {groupText(
                  known(),
                  now()?.value ?? null,
                  (id) => page.workspace.members().get(id)?.name ?? data.nameOf(id),
                )}
              </bdi>
            )}
          </Show>
          <span class="count">{now()?.count.toLocaleString()}</span>
        </button>
        <span class="t3 small num">{sums().join(' · ')}</span>
      </span>
    );
  };
  const entryAt = (index: number): TableEntry | undefined => {
    const at = data.lines().at(index);
    if (at === undefined) return undefined;
    if (at.kind === 'group')
      return {
        kind: 'group',
        id: `group ${JSON.stringify(data.summary()?.groups?.[at.group]?.value)}`,
        render: () => groupHead(at.group),
      };
    const id = data.idAt(at.offset);
    return id === undefined ? undefined : { kind: 'row', id };
  };

  /** Ids of the rows of a range in their order, fetched where nobody looked yet. */
  const idsIn = async ({ fromRow, toRow }: CellRange): Promise<string[]> => {
    const offsets: number[] = [];
    for (let index = fromRow; index <= toRow; index++) {
      const at = data.lines().at(index);
      if (at?.kind === 'row') offsets.push(at.offset);
    }
    const known = offsets.map((offset) => data.idAt(offset));
    if (known.every((id) => id !== undefined && data.peek(id) !== undefined)) return known.flatMap((id) => id ?? []);
    const [first = 0, last = -1] = [offsets[0], offsets.at(-1)];
    return (await data.span(first, last)).map(({ id }) => id);
  };
  const keysIn = ({ fromColumn, toColumn }: CellRange) =>
    columns()
      .slice(fromColumn, toColumn + 1)
      .map(({ id }) => id);
  const textOf = (values: Readonly<Record<string, unknown>> | undefined, keys: readonly string[]) =>
    keys.map((key) => {
      const spec = page.column(key)?.spec;
      return spec === undefined ? '' : copyText(spec, (values?.[key] ?? null) as never, page.cells);
    });
  const copy = (range: CellRange): string | Promise<string> => {
    const keys = keysIn(range);
    const rows: string[][] = [];
    for (let index = range.fromRow; index <= range.toRow; index++) {
      const at = data.lines().at(index);
      if (at?.kind !== 'row') continue;
      const id = data.idAt(at.offset);
      const row = id === undefined ? undefined : data.peek(id);
      if (row === undefined) return copyFar(range, keys);
      rows.push(textOf(row.values, keys));
    }
    page.workspace.announce(`Copied ${rows.length * keys.length} cells`);
    return writeCells(rows);
  };
  const copyFar = async (range: CellRange, keys: readonly string[]): Promise<string> => {
    const offsets: number[] = [];
    for (let index = range.fromRow; index <= range.toRow; index++) {
      const at = data.lines().at(index);
      if (at?.kind === 'row') offsets.push(at.offset);
    }
    const rows = await data.span(offsets[0] ?? 0, offsets.at(-1) ?? -1);
    return writeCells(rows.map(({ values }) => textOf(values, keys)));
  };
  /** One cell fills the range; a block is laid down from its corner. What cannot be read is told and left as it is. */
  const paste = async (text: string, range: CellRange) => {
    const cells = readCells(text);
    const isOne = cells.length === 1 && cells[0]?.length === 1;
    const target: CellRange = isOne
      ? range
      : {
          fromRow: range.fromRow,
          toRow: Math.min(data.lines().count - 1, range.fromRow + cells.length - 1),
          fromColumn: range.fromColumn,
          toColumn: range.fromColumn + Math.max(...cells.map((row) => row.length)) - 1,
        };
    const keys = keysIn(target);
    const ids = await idsIn(target);
    const edits: Edit[] = [];
    const problems: string[] = [];
    const left = isOne ? 0 : Math.max(0, cells.length - ids.length);
    for (const [at, id] of ids.entries()) {
      const values: Record<string, Edit['values'][string]> = {};
      for (const [column, key] of keys.entries()) {
        const typed = isOne ? cells[0]?.[0] : cells[at]?.[column];
        const known = page.column(key);
        if (typed === undefined || known === undefined) continue;
        if (!known.isEditable) {
          problems.push(`${known.spec.label} cannot be typed here.`);
          continue;
        }
        const value = readCell(known.spec, typed, page.cellsFor(key, id));
        if (value.ok) values[key] = value.value;
        else problems.push(`Row ${target.fromRow + at + 1}, ${known.spec.label}: ${value.error}`);
      }
      if (Object.keys(values).length > 0) edits.push({ id, values });
    }
    const wide = Math.max(...cells.map((row) => row.length)) - keys.length;
    if (!isOne && wide > 0) problems.push(`${wide} ${wide === 1 ? 'column did' : 'columns did'} not fit.`);
    if (left > 0) problems.push(`${left} ${left === 1 ? 'row did' : 'rows did'} not fit.`);
    if (problems.length > 0)
      page.workspace.toast({
        text: `${problems.length === 1 ? 'One cell was' : `${problems.length} cells were`} not pasted. ${problems[0] ?? ''}`,
        tone: 'danger',
      });
    page.edit(edits, `Pasted into ${edits.length === 1 ? 'a row' : `${edits.length} rows`}`);
  };
  const clear = async (range: CellRange) => {
    if (!page.canEdit()) return;
    const keys = keysIn(range).filter((key) => {
      const column = page.column(key);
      return column?.isEditable === true && column.spec.required !== true && key !== titleKey();
    });
    const ids = await idsIn(range);
    if (keys.length > 0)
      page.edit(
        ids.map((id) => ({ id, values: Object.fromEntries(keys.map((key) => [key, null])) })),
        `Emptied ${ids.length * keys.length === 1 ? 'a cell' : `${ids.length * keys.length} cells`}`,
      );
  };
  const selectAll = async () => props.onSelect(new Set(await data.ids()));
  const told = (work: Promise<void>) =>
    void work.catch((error: unknown) =>
      page.workspace.toast({
        text: `Not done. ${error instanceof Error ? error.message : String(error)}`,
        tone: 'danger',
      }),
    );
  const sort = (columnId: string, direction: 'asc' | 'desc', isAdded: boolean) => {
    const others = page.view().sort.filter(({ field }) => field !== columnId);
    const was = page.view().sort.some(({ field }) => field === columnId);
    const step = { field: columnId, descending: direction === 'desc' };
    if (!isAdded) return page.setView({ sort: [step] });
    return page.setView({
      sort: was ? page.view().sort.map((each) => (each.field === columnId ? step : each)) : [...others, step],
    });
  };
  return (
    <Table
      label={props.title}
      columns={columns()}
      count={data.lines().count}
      entryAt={entryAt}
      onRange={(from, to) => data.looksAt(from, to)}
      sorts={page
        .view()
        .sort.map(({ field, descending }) => ({ columnId: field, direction: descending ? 'desc' : 'asc' }))}
      onSort={({ columnId, direction }, isAdded) => sort(columnId, direction, isAdded)}
      onResize={
        isPhone()
          ? undefined
          : (columnId, widthPx) =>
              page.setView({
                columns: props.shown.map((each) => (each.key === columnId ? { ...each, widthPx } : each)),
              })
      }
      selected={props.selected}
      onSelect={props.onSelect}
      onSelectAll={(selects) => {
        if (!selects) return props.onSelect(new Set());
        told(selectAll());
      }}
      rowClass={(id) => (data.waits(id)?.isGone === true ? 'is-gone' : '')}
      cellClass={(id, key) => haloClass(page.editedBy(id, key))}
      onEditCell={page.tellEditing}
      onOpen={(id) => props.onOpen(href(id), data.around(id))}
      onCopy={isPhone() ? undefined : copy}
      onPaste={page.canEdit() && !isPhone() ? (text, range) => told(paste(text, range)) : undefined}
      onClear={page.canEdit() && !isPhone() ? (range) => told(clear(range)) : undefined}
      empty={props.empty}
    />
  );
}
