import * as Y from 'yjs';

interface Rows {
  all<R>(sql: string, params: readonly (string | number)[]): R[];
}

interface Entry {
  readonly seq: number;
  readonly actor: string;
  readonly bytes: Uint8Array;
}

const pageSize = 2000;

/** Calls `visit` with each log entry of a document after one number up to another, in order. */
export function eachEntry(
  rows: Rows,
  doc: string,
  { after, upTo }: { after: number; upTo: number },
  visit: (entry: Entry) => void,
): void {
  for (let last = after; ;) {
    const page = rows.all<Entry>(
      'SELECT seq, actor, bytes FROM sync_log WHERE doc = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
      [doc, last, upTo, pageSize],
    );
    for (const entry of page) visit(entry);
    const end = page.at(-1);
    if (end === undefined || page.length < pageSize) return;
    last = end.seq;
  }
}

/**
 * A document as it was after the log entry `seq`, from the log alone; what is deleted later is kept in it (`gc` is off),
 * so that it can go on from there. The caller destroys it.
 */
export function documentAt(rows: Rows, doc: string, seq: number): Y.Doc {
  const then = new Y.Doc({ gc: false });
  then.transact(() => eachEntry(rows, doc, { after: 0, upTo: seq }, ({ bytes }) => Y.applyUpdate(then, bytes)));
  return then;
}

/** Ranges of clocks by client, each with who made it. */
export interface Authors {
  add(client: number, clock: number, length: number, actor: string): void;
  of(client: number, clock: number): string | null;
}

export function makeAuthors(): Authors {
  const ranges = new Map<number, { clock: number; end: number; actor: string }[]>();
  return {
    add(client, clock, length, actor) {
      const list = ranges.get(client) ?? [];
      ranges.set(client, list);
      const last = list.at(-1);
      if (last !== undefined && last.end === clock && last.actor === actor) last.end = clock + length;
      else list.push({ clock, end: clock + length, actor });
    },
    of: (client, clock) =>
      ranges.get(client)?.find((range) => range.clock <= clock && clock < range.end)?.actor ?? null,
  };
}
