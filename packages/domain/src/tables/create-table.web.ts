import { sameJson } from '@rapport/doc/json';
import { type Accessor, batch, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import { createCells } from '../create-cells.web.ts';
import type { WorkspaceClient } from '../client.ts';
import type { Edit } from './create-edits.web.ts';
import { createKeeper } from './create-keeper.web.ts';
import { createHeldEdits, editedValues } from './create-held-edits.web.ts';
import { shownOf } from './kept-table.ts';
import { makeLines } from './lines.ts';
import type { TableQuery } from './table-query.ts';
import type { Rows, Summary, TableRow, TableShape } from './table-reply.ts';
import { queryEntries } from './view-state.ts';

/** Rows of one request. */
const pageRows = 100;
/** Pages kept; more are forgotten, those that were seen longest ago first. */
const mostPages = 60;
/** Pages kept on this device, the first one among them. */
const mostKeptPages = 5;
const settleMs = 60;
const aheadRows = 60;
const farRows = 200;

/** A row that was opened, and the list around it as it was shown. */
export interface OpenedFrom {
  readonly id: string;
  readonly ids: readonly string[];
  /** Where the first of them stands in the whole list. */
  readonly from: number;
  readonly total: number;
}

export type TableData = ReturnType<typeof createTableData>;

/** Query parameters of a request. */
export const searchOf = (entries: Readonly<Record<string, string>>): string => new URLSearchParams(entries).toString();

/** A row as an answer to one of its races leaves it. A name is put together again by the server. */
function answered(row: TableRow, answer: Edit['answer']): TableRow {
  if (answer === undefined || answer.how === 'open') return row;
  const entries = Object.entries(row.races ?? {});
  const swapped = answer.how === 'swap' ? entries.filter(([, { id }]) => id === answer.race) : [];
  const values = swapped
    .filter(([key, { kept }]) => sameJson(row.values[key], kept))
    .map(([key, { other }]) => [key, other] as const);
  return {
    ...row,
    values: { ...row.values, ...Object.fromEntries(values) },
    races: Object.fromEntries(entries.filter(([, { id }]) => id !== answer.race)),
  };
}

/** No answer, or a server that has none to give now. */
const isPassing = (error: unknown): boolean =>
  error instanceof Error &&
  'status' in error &&
  typeof error.status === 'number' &&
  (error.status === 0 || error.status >= 500);

/** The person's own zone, by which days are told. */
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/**
 * A table's rows as far as somebody looked: pages are fetched when they come into view, and those in view again when
 * somebody changed something. What is shown stays until the new is there.
 */
export function createTableData(
  workspace: WorkspaceClient,
  plural: string,
  query: Accessor<TableQuery>,
  footed: Accessor<readonly string[]>,
) {
  const path = `/tables/${plural}`;
  const cells = createCells<TableRow>();
  const held = createHeldEdits(workspace, plural, (id, key) => cells.peek(id)?.values[key]);
  /** A row as this person left it, whether the server has it yet or not. */
  const edited = (row: TableRow | undefined, by: ReturnType<typeof held.of>): TableRow | undefined =>
    row === undefined || by === undefined
      ? row
      : { ...row, values: { ...row.values, ...Object.fromEntries(by.values) } };
  const [shape, setShape] = createSignal<TableShape>();
  const [summary, setSummary] = createSignal<Summary>();
  const [problem, setProblem] = createSignal<string>();
  const [names, setNames] = createSignal<ReadonlyMap<string, string>>(new Map());
  const [closed, setClosed] = createSignal<ReadonlySet<string>>(new Set());
  /** Ids by place, and a number that rises with each change of them. */
  let order = new Map<number, string>();
  const [orderNow, setOrderNow] = createSignal(0);
  const pages = new Map<number, 'asked' | 'here'>();
  let round = 0;
  let inView: readonly [from: number, to: number] = [0, 0];
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Where the view began when rows were asked for last, and when they are about to be. */
  let [cameFrom, askedAt] = [0, 0];

  /** Set while what this device kept is shown: since when, and how many of how many rows. */
  const [kept, setKept] = createSignal<{ readonly at: number; readonly rows: number; readonly total: number }>();
  /** Rows as the server told them, by page: the first and those that were seen last, to be kept. */
  const recent = new Map<number, readonly TableRow[]>();

  const asked = createMemo(() => searchOf({ ...queryEntries(query()), timeZone: timeZone() }));
  const groupKey = (group: number) => JSON.stringify(summary()?.groups?.[group]?.value ?? null);
  const lines = createMemo(() => {
    const now = summary();
    return makeLines(now?.total ?? 0, now?.groups ?? null, (group) => closed().has(groupKey(group)));
  });
  const learn = (more: Readonly<Record<string, string>>) => {
    const fresh = Object.entries(more).filter(([id, name]) => names().get(id) !== name);
    if (fresh.length > 0) setNames(new Map([...names(), ...fresh]));
  };
  const keptId = () => `${plural}?${asked()}`;
  const gather = () => {
    const [now, total] = [shape(), summary()];
    if (kept() !== undefined || now === undefined || total === undefined || !recent.has(0)) return null;
    const rows = [...recent]
      .sort(([a], [b]) => a - b)
      .flatMap(([page, list]) => list.map((row, at) => [page * pageRows + at, row] as const));
    const values = new Set(rows.flatMap(([, row]) => Object.values(row.values)));
    const known = Object.fromEntries([...names()].filter(([id]) => values.has(id)));
    return {
      id: keptId(),
      table: { version: 1, at: workspace.now(), shape: now, summary: total, names: { ...known, ...total.names }, rows },
    } as const;
  };
  const keepSoon = createKeeper(workspace.keptTables, gather);
  /** Shows what this device kept, unless the server has answered by then. */
  const showKept = async (of: number) => {
    const found = await workspace.keptTables.read(keptId()).catch(() => undefined);
    if (found === undefined || of !== round || order.size > 0) return;
    const shown = shownOf(found);
    batch(() => {
      setShape(found.shape);
      learn(found.names);
      cells.update(shown.rows.map((row) => [row.id, row]));
      order = new Map(shown.rows.map(({ id }, at) => [at, id]));
      // Nothing of it is asked for by scrolling; asking again asks for all that is in view.
      for (let page = 0; page * pageRows < shown.rows.length; page++) pages.set(page, 'here');
      setSummary(shown.summary);
      setKept({ at: found.at, rows: shown.rows.length, total: found.summary.total });
      setOrderNow((last) => last + 1);
    });
  };
  /** The server answers: places of kept rows are not theirs among all. */
  const leaveKept = () => {
    if (kept() === undefined) return;
    setKept(undefined);
    pages.clear();
    recent.clear();
    order = new Map();
    setOrderNow((last) => last + 1);
  };
  const failed = (error: unknown, of: number) => {
    if (of !== round) return;
    setProblem(error instanceof Error ? error.message : String(error));
    if (order.size === 0 && isPassing(error)) void showKept(of);
  };
  const fetchPage = async (page: number, of: number) => {
    try {
      const reply = await workspace.api<Rows>(
        'GET',
        `${path}/rows?${asked()}&offset=${page * pageRows}&limit=${pageRows}`,
      );
      if (of !== round) return;
      leaveKept();
      cells.update(reply.items.map((row) => [row.id, row]));
      learn(reply.names);
      for (let at = 0; at < pageRows; at++) {
        const row = reply.items[at];
        if (row === undefined) order.delete(page * pageRows + at);
        else order.set(page * pageRows + at, row.id);
      }
      pages.delete(page);
      pages.set(page, 'here');
      recent.delete(page);
      recent.set(page, reply.items);
      for (const oldest of [...recent.keys()].filter((each) => each > 0)) {
        if (recent.size <= mostKeptPages) break;
        recent.delete(oldest);
      }
      keepSoon();
      for (const oldest of pages.keys()) {
        if (pages.size <= mostPages) break;
        pages.delete(oldest);
        for (let at = 0; at < pageRows; at++) order.delete(oldest * pageRows + at);
      }
      setOrderNow((last) => last + 1);
      setProblem(undefined);
    } catch (error) {
      pages.delete(page);
      failed(error, of);
    }
  };
  /** The last that was asked for is the one that counts. */
  let summaries = 0;
  const fetchSummary = async (of: number) => {
    const nth = ++summaries;
    try {
      const reply = await workspace.api<Summary>('GET', `${path}/summary?${asked()}&columns=${footed().join(',')}`);
      if (of !== round || nth !== summaries) return;
      leaveKept();
      learn(reply.names);
      setSummary(reply);
      setProblem(undefined);
      keepSoon();
    } catch (error) {
      failed(error, of);
    }
  };
  const pagesInView = (): number[] => {
    const wanted = new Set<number>();
    for (let index = inView[0]; index < inView[1]; index++) {
      const line = lines().at(index);
      if (line?.kind === 'row') wanted.add(Math.floor(line.offset / pageRows));
    }
    return [...wanted];
  };
  /** Where a person scrolls to next, that it is there when they come. */
  const pageAhead = (): number | undefined => {
    const isDown = inView[0] >= cameFrom;
    const line = lines().at(isDown ? inView[1] + aheadRows : inView[0] - aheadRows);
    return line?.kind === 'row' ? Math.floor(line.offset / pageRows) : undefined;
  };
  const fetchMissing = () => {
    timer = undefined;
    const ahead = pageAhead();
    cameFrom = inView[0];
    for (const page of [...pagesInView(), ...(ahead === undefined ? [] : [ahead])]) {
      if (pages.has(page)) continue;
      pages.set(page, 'asked');
      void fetchPage(page, round);
    }
  };
  /** While somebody reads on, rows come as they scroll; who drags the bar past thousands is asked for when they stop. */
  const soon = () => {
    if (timer !== undefined && Math.abs(inView[0] - askedAt) < farRows) return;
    clearTimeout(timer);
    askedAt = inView[0];
    timer = setTimeout(fetchMissing, settleMs);
  };
  onCleanup(() => clearTimeout(timer));

  const fetchShape = async () => {
    try {
      setShape(await workspace.api<TableShape>('GET', path));
      keepSoon();
    } catch (error) {
      failed(error, round);
    }
  };
  /** The same question again: of rows, what is in view; the others when they come into it. */
  const refresh = () => {
    if (shape() === undefined || kept() !== undefined) void fetchShape();
    const seen = kept() === undefined ? pagesInView() : [0];
    // What is asked again later may be gone by then.
    for (const page of recent.keys()) if (!seen.includes(page)) recent.delete(page);
    for (const page of pages.keys()) if (!seen.includes(page)) pages.delete(page);
    void fetchSummary(round);
    for (const page of seen) {
      pages.set(page, 'asked');
      void fetchPage(page, round);
    }
  };
  void fetchShape();
  createEffect(
    on(asked, () => {
      round += 1;
      pages.clear();
      recent.clear();
      setKept(undefined);
      order = new Map();
      setOrderNow((last) => last + 1);
      pages.set(0, 'asked');
      void fetchPage(0, round);
      void fetchSummary(round);
    }),
  );
  createEffect(on(footed, () => void fetchSummary(round), { defer: true }));
  // What came into view by another summary.
  createEffect(on(lines, soon, { defer: true }));
  createEffect(() => {
    const follows = shape()?.follows;
    if (follows !== undefined) onCleanup(workspace.onChanged(follows, refresh));
  });

  return {
    shape,
    summary,
    problem,
    kept,
    /** Not one row is known, and the server does not answer. */
    isStuck: () => orderNow() >= 0 && order.size === 0 && problem() !== undefined,
    lines,
    row: (id: string) => edited(cells.get(id), held.of(id)),
    peek: (id: string) => edited(cells.peek(id), held.peek(id)),
    /** What of a row waits for a connection; undefined: nothing. */
    waits(id: string) {
      const row = held.of(id);
      return row?.isWaiting === true ? row : undefined;
    },
    learn,
    nameOf: (id: string) => names().get(id),
    /** Id of a row by its place; undefined while it is unknown. */
    idAt(offset: number): string | undefined {
      orderNow();
      return order.get(offset);
    },
    looksAt(from: number, to: number) {
      inView = [from, to];
      soon();
    },
    isClosed: (group: number) => closed().has(groupKey(group)),
    toggleGroup(group: number) {
      const next = new Set(closed());
      if (!next.delete(groupKey(group))) next.add(groupKey(group));
      setClosed(next);
    },
    /** All rows of a span, fetched where they are not here. */
    async span(fromOffset: number, toOffset: number): Promise<readonly TableRow[]> {
      const rows: TableRow[] = [];
      for (let offset = fromOffset; offset <= toOffset; offset += 500) {
        const limit = Math.min(500, toOffset - offset + 1);
        const reply = await workspace.api<Rows>('GET', `${path}/rows?${asked()}&offset=${offset}&limit=${limit}`);
        learn(reply.names);
        rows.push(...reply.items);
      }
      return rows;
    },
    /** The rows that are known around one, in their order: for stepping through them elsewhere. */
    around(id: string): OpenedFrom | null {
      const at = [...order].find(([, each]) => each === id)?.[0];
      if (at === undefined) return null;
      let [from, to] = [at, at];
      while (order.has(from - 1)) from -= 1;
      while (order.has(to + 1)) to += 1;
      const ids = Array.from({ length: to - from + 1 }, (_, index) => order.get(from + index) ?? '');
      return { id, ids, from, total: summary()?.total ?? ids.length };
    },
    ids: async () => (await workspace.api<{ ids: string[] }>('GET', `${path}/ids?${asked()}`)).ids,
    /** Shows values at once, before the server has them. */
    put(edits: readonly Edit[]) {
      cells.update(
        edits.flatMap((edit) => {
          const row = cells.peek(edit.id);
          if (row === undefined) return [];
          const values = { ...row.values, ...Object.fromEntries(editedValues(edit, (key) => row.values[key])) };
          return [[edit.id, answered({ ...row, values }, edit.answer)] as const];
        }),
      );
    },
    refresh,
    search: asked,
  };
}
