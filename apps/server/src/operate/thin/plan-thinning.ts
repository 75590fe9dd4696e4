import { applyWrites, type MemoryStore } from '@rapport/sync/server/memory-store';
import type { DocumentKind, LogEntry, RowWrite } from '@rapport/sync/server/ports';
import { rebuildRows } from '@rapport/sync/server/rebuild';
import * as Y from 'yjs';

/** Steps of one day that become its last one. */
export interface Fold {
  /** The last step, with the updates of all of them. */
  readonly entry: LogEntry;
  /** Sequence numbers of the others, rising. */
  readonly gone: readonly number[];
}

/** Rows that tell what happened, and not what is: a step that gives one keeps its place and its time. */
const feed = 'activity';
const dayMs = 86_400_000;
/** Yjs merges a few updates at a time much quicker than thousands at once. */
const mergedAtOnce = 50;
/** Each round keeps more steps; what does not come to the same rows by then stays as it is. */
const mostRounds = 6;

/**
 * Which steps of one document's log can be folded into one a day, so that the log gives exactly the rows that it gives
 * now. `entries` is its log from the beginning, in order. Never folded are the first step, with which the document began,
 * `kept` (sequence numbers), and steps that the feed tells of; then those too whose rows would become others, as the time
 * of the last touch does. Null when nothing can be folded.
 */
export async function planThinning(
  entries: readonly LogEntry[],
  kinds: readonly DocumentKind[],
  kept: ReadonlySet<number> = new Set(),
): Promise<Fold[] | null> {
  const stays = new Set(kept);
  const now = await replayed(entries, kinds);
  for (const [seq, { tells }] of now.written) if (tells) stays.add(seq);
  for (let round = 0; round < mostRounds; round++) {
    const folds = runsOf(entries, stays).map(fold);
    if (folds.length === 0) return null;
    const then = await replayed(foldedLog(entries, folds), kinds);
    const others = differing(now.rows, then.rows);
    if (others.size === 0) return folds;
    const isOther = (written: Written | undefined) => written?.names.some((name) => others.has(name)) === true;
    const before = stays.size;
    for (const [seq, written] of now.written) if (isOther(written)) stays.add(seq);
    // A day as a whole may give what none of its steps gave.
    for (const { entry, gone } of folds)
      if (isOther(then.written.get(entry.seq))) for (const seq of [...gone, entry.seq]) stays.add(seq);
    if (stays.size === before) return null;
  }
  return null;
}

type Rows = MemoryStore['tables'];

/** What one step writes: the rows' names, and whether the feed tells of it or another document may claim what it gives up. */
interface Written {
  readonly names: readonly string[];
  readonly tells: boolean;
}

/** The rows that a document's log gives, and what each step writes. */
export async function replayed(
  entries: readonly LogEntry[],
  kinds: readonly DocumentKind[],
): Promise<{ rows: Rows; written: ReadonlyMap<number, Written> }> {
  const rows: Rows = new Map();
  const written = new Map<number, Written>();
  await rebuildRows({ readLog: () => inOrder(entries) }, kinds, (writes: readonly RowWrite[], { seq }) => {
    applyWrites(rows, writes);
    written.set(seq, {
      names: writes.map(({ table, key }) => nameOf(table, key)),
      tells: writes.some(({ table, row, claim }) => table === feed || (claim !== undefined && row === null)),
    });
  });
  return { rows, written };
}

async function* inOrder(entries: readonly LogEntry[]): AsyncGenerator<LogEntry> {
  yield* entries;
}

/** Longest runs of two and more neighbours of one day (UTC) that need not stay. */
function runsOf(entries: readonly LogEntry[], stays: ReadonlySet<number>): LogEntry[][] {
  const runs: LogEntry[][] = [];
  let run: LogEntry[] = [];
  let day: number | null = null;
  for (const entry of entries.slice(1)) {
    const today = Math.floor(entry.at / dayMs);
    if (stays.has(entry.seq) || today !== day) {
      runs.push(run);
      run = [];
    }
    day = today;
    if (!stays.has(entry.seq)) run.push(entry);
  }
  return [...runs, run].filter(({ length }) => length > 1);
}

function fold(run: readonly LogEntry[]): Fold {
  const last = run.at(-1);
  if (last === undefined) throw new Error('a run has steps');
  return {
    entry: { ...last, update: merged(run.map(({ update }) => update)) },
    gone: run.slice(0, -1).map(({ seq }) => seq),
  };
}

function merged(updates: readonly Uint8Array[]): Uint8Array {
  let level = [...updates];
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let at = 0; at < level.length; at += mergedAtOnce)
      next.push(Y.mergeUpdates(level.slice(at, at + mergedAtOnce)));
    level = next;
  }
  return level[0] ?? new Uint8Array();
}

function foldedLog(entries: readonly LogEntry[], folds: readonly Fold[]): LogEntry[] {
  const gone = new Set(folds.flatMap((each) => each.gone));
  const changed = new Map(folds.map(({ entry }) => [entry.seq, entry]));
  return entries.flatMap((entry) => (gone.has(entry.seq) ? [] : [changed.get(entry.seq) ?? entry]));
}

const nameOf = (table: string, key: Readonly<Record<string, unknown>>): string =>
  `${table} ${JSON.stringify(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)))}`;

/** Names of the rows that are not the same in both. */
export function differing(before: Rows, after: Rows): Set<string> {
  const names = new Set<string>();
  const textOf = (row: object | undefined) =>
    row === undefined ? '' : JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
  for (const table of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(table), after.get(table)];
    for (const key of new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])]))
      if (textOf(was?.get(key)) !== textOf(is?.get(key))) names.add(`${table} ${key}`);
  }
  return names;
}
