import { sameJson } from '@rapport/doc/json';
import { eachRecord, recordMap } from '@rapport/doc/records';
import { onCleanup } from 'solid-js';
import type * as Y from 'yjs';
import { type Cells, createCells } from './create-cells.web.ts';

/** One record as a transaction changed it. */
export interface RecordChange<R> {
  readonly id: string;
  readonly before: R | undefined;
  readonly after: R | undefined;
  /** Whether this browser made the change. */
  readonly isLocal: boolean;
  /** The Yjs client that wrote the newest of what changed; null when that cannot be told. */
  readonly author: number | null;
}

export interface Records<R extends object> extends Cells<R> {
  /** Called once per transaction, before whoever follows a field is told. For indexes kept beside the records. */
  onChange(listener: (changes: readonly RecordChange<R>[]) => void): void;
  /** Reads every record again: what `read` knows has changed. Where a record says the same, nobody is told. */
  reread(): void;
  /** Goes on over another document, which has replaced the one so far: whoever follows a field is told if it differs. */
  follow(doc: Y.Doc): void;
}

const writerOf = (map: { readonly _map: ReadonlyMap<string, Y.Item> }, keys: Iterable<string>): number | null => {
  for (const key of keys) {
    const writer = map._map.get(key)?.id.client;
    if (writer !== undefined) return writer;
  }
  return null;
};

/** The records directly under `root` that events touched, by id, each with whoever wrote in it. */
function touchedRecords(
  events: readonly Y.YEvent<Y.AbstractType<unknown>>[],
  root: Y.Map<unknown>,
): Map<string, number | null> {
  const touched = new Map<string, number | null>();
  for (const event of events) {
    if (event.target === root) {
      for (const id of event.keys.keys()) touched.set(id, writerOf(root, [id]));
      continue;
    }
    let holder = event.target;
    while (holder.parent && holder.parent !== root) holder = holder.parent as Y.AbstractType<unknown>;
    const id = holder._item?.parentSub;
    if (id != null) touched.set(id, touched.get(id) ?? writerOf(event.target, event.keys.keys()));
  }
  return touched;
}

/**
 * The records under one root map of a document, read once and then kept up to date: a change of one field, here or
 * elsewhere, reaches whoever follows that field of that record and nobody else. `read` answers undefined for what is not
 * to be shown. Ends with the owner.
 */
export function createRecords<R extends object>(
  first: Y.Doc,
  rootName: string,
  read: (id: string, map: Y.Map<unknown>) => R | undefined,
): Records<R> {
  let doc = first;
  let root = doc.getMap<unknown>(rootName);
  const known: [string, R][] = [];
  eachRecord(doc, rootName, (id, map) => {
    const record = read(id, map);
    if (record) known.push([id, record]);
  });
  const cells = createCells<R>(known);
  const listeners: ((changes: readonly RecordChange<R>[]) => void)[] = [];
  const observe = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => {
    const changes: RecordChange<R>[] = [];
    for (const [id, author] of touchedRecords(events, root)) {
      const map = recordMap(doc, rootName, id);
      const [before, after] = [cells.peek(id), map ? read(id, map) : undefined];
      if (before || after) changes.push({ id, before, after, isLocal: transaction.local, author });
    }
    tell(changes);
  };
  const tell = (changes: readonly RecordChange<R>[]) => {
    if (changes.length === 0) return;
    for (const listener of listeners) listener(changes);
    cells.update(changes.map(({ id, after }) => [id, after]));
  };
  root.observeDeep(observe);
  onCleanup(() => root.unobserveDeep(observe));
  return {
    ...cells,
    onChange: (listener) => void listeners.push(listener),
    reread() {
      const again: [string, R | undefined][] = [];
      eachRecord(doc, rootName, (id, map) => void again.push([id, read(id, map)]));
      cells.update(again);
    },
    follow(next) {
      root.unobserveDeep(observe);
      doc = next;
      root = doc.getMap<unknown>(rootName);
      root.observeDeep(observe);
      const gone = new Set(cells.all.keys());
      const changes: RecordChange<R>[] = [];
      const note = (id: string, after: R | undefined) => {
        const before = cells.peek(id);
        if (!sameJson(before, after)) changes.push({ id, before, after, isLocal: false, author: null });
      };
      eachRecord(doc, rootName, (id, map) => {
        gone.delete(id);
        note(id, read(id, map));
      });
      for (const id of gone) note(id, undefined);
      tell(changes);
    },
  };
}
