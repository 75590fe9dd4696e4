import type { FieldSpec } from '@rapport/schema/fields';
import { haloClass } from '@rapport/ui/person-tag';
import type { TableColumn, TableEntry } from '@rapport/ui/logic/table';
import { Table } from '@rapport/ui/table/table';
import { For, type JSX, createMemo, createSignal, onCleanup } from 'solid-js';
import { CellRace } from './cell-race.tsx';
import { cellText } from './cell-value.web.ts';
import { widthOf } from './column-width.ts';
import type { OpenedFrom } from './create-table.web.ts';
import { createRanges } from './create-ranges.web.ts';
import { TableCellEditor } from './cell-editor.tsx';
import { CellSigns, TableCell } from './table-cell.tsx';
import { useTable } from './table-context.web.ts';
import { TableFoot } from './table-foot.tsx';
import { TableGroupHead } from './table-group-head.tsx';
import type { ShownColumn } from './view-state.ts';

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
      title={title(id).length > 24 ? title(id) : undefined}
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
  const inOrder = createMemo(() => [
    ...props.shown.filter(({ isPinned }) => isPinned),
    ...props.shown.filter(({ isPinned }) => !isPinned),
  ]);
  const wide = createMemo((): readonly TableColumn[] =>
    inOrder().flatMap((shown): TableColumn[] => {
      const column = page.column(shown.key);
      if (column === undefined) return [];
      const { key, spec, isEditable } = column;
      const widthPx = shown.widthPx ?? (key === titleKey() ? titlePx : widthOf(spec));
      return [
        {
          id: key,
          label: spec.label,
          widthPx,
          align: isRight(spec) ? 'right' : undefined,
          sortable: true,
          pinned: shown.isPinned,
          // What a row is called has the room that is left, unless somebody said how wide it is or others stay beside it.
          grows:
            key === titleKey() && shown.widthPx === null && inOrder().filter(({ isPinned }) => isPinned).length < 2,
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
          footer: () => <TableFoot column={key} spec={spec} isTitle={key === titleKey()} widthPx={widthPx} />,
        },
      ];
    }),
  );
  /** Keys of the cells that two people set at once. */
  const racedOf = (id: string): readonly string[] => Object.keys(data.row(id)?.races ?? {});
  /** What a phone shows of a row besides its name. */
  const lineParts = (id: string): string[] =>
    props.shown
      .filter(({ key }) => key !== titleKey())
      .flatMap(({ key }) => {
        const spec = page.column(key)?.spec;
        const text = spec === undefined ? '' : cellText(spec, data.row(id)?.values[key] ?? null, page.cells);
        return text === '' ? [] : [text];
      })
      .slice(0, 3);
  const line: TableColumn = {
    id: 'line',
    label: 'Record',
    widthPx: 240,
    cell: (id) => (
      <span class="table-line">
        {titleLink(id)}
        <span class="small t3 ellip">
          <For each={lineParts(id)}>
            {(part, at) => (
              <>
                {at() === 0 ? '' : ' · '}
                <bdi>{part}</bdi>
              </>
            )}
          </For>
        </span>
        <For each={racedOf(id).slice(0, 1)}>{(key) => <CellRace rowId={id} field={key} />}</For>
      </span>
    ),
    footer: () => <span class="num">{data.summary()?.total.toLocaleString() ?? ''} in all</span>,
  };
  const columns = () => (isPhone() ? [line] : wide());

  const entryAt = (index: number): TableEntry | undefined => {
    const at = data.lines().at(index);
    if (at === undefined) return undefined;
    if (at.kind === 'group')
      return {
        kind: 'group',
        id: `group ${JSON.stringify(data.summary()?.groups?.[at.group]?.value)}`,
        render: () => <TableGroupHead group={at.group} />,
      };
    const id = data.idAt(at.offset);
    return id === undefined ? undefined : { kind: 'row', id };
  };

  const ranges = createRanges(page, columns);
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
      cellClass={(id, key) =>
        `${haloClass(page.editedBy(id, key))}${racedOf(id).some((raced) => key === raced || key === line.id) ? ' raced' : ''}`
      }
      onEditCell={page.tellEditing}
      onOpen={(id) => props.onOpen(href(id), data.around(id))}
      onCopy={isPhone() ? undefined : ranges.copy}
      onPaste={page.canEdit() && !isPhone() ? (text, range) => told(ranges.paste(text, range)) : undefined}
      onClear={page.canEdit() && !isPhone() ? (range) => told(ranges.clear(range)) : undefined}
      empty={props.empty}
    />
  );
}
