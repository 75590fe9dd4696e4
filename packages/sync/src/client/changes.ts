import * as Y from 'yjs';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * A transaction's origin that says what the person did, e.g.
 * `doc.transact(() => …, { change: { kind: 'moved', title: 'Acme renewal', to: 'Won' } })`. Further keys are the caller's.
 */
export interface LocalOrigin {
  change: Json;
}

/** A part of the document that a change touched; `keys` are a map's, null stands for a whole text or list. */
export interface Touched {
  path: string[];
  keys: string[] | null;
}

/** One local change that the server has not confirmed as durable. Plain data: it is kept in IndexedDB. */
export interface PendingChange {
  id: string;
  /** Epoch ms. */
  at: number;
  /** What the caller said it was; null when the transaction had no {@link LocalOrigin}. */
  change: Json;
  /** Made while there was no connection. */
  offline: boolean;
  touched: Touched[];
  /** `[clientID, from clock, to clock]` of what it inserted and `[clientID, clock, length]` of what it deleted. */
  inserts: [number, number, number][];
  deletes: [number, number, number][];
}

/** The local changes of one open document that are not known to be saved, in order. */
export interface ChangeLog {
  /** Goes up by one with every local change; a barrier that carries it covers all changes so far. */
  version: () => number;
  pending: () => readonly PendingChange[];
  /** Takes over changes that an earlier tab or page left behind. Any barrier covers them. */
  restore: (changes: readonly PendingChange[]) => void;
  /** Answers the entry that now stands for this transaction. */
  add: (transaction: Y.Transaction, at: number, offline: boolean) => PendingChange;
  /** Removes and answers what a barrier with `version` proves saved. */
  acknowledge: (version: number) => PendingChange[];
  clear: () => void;
}

export function makeChangeLog(newId: () => string, describe: DescribeChange = describeByOrigin): ChangeLog {
  // 1 stands for what was restored, 0 for nothing.
  let version = 1;
  let entries: { seq: number; change: PendingChange }[] = [];
  // Made when asked for: thousands of changes in one go would each copy the whole list.
  let snapshot: readonly PendingChange[] | null = null;
  const outdate = () => {
    snapshot = null;
  };
  return {
    version: () => version,
    pending: () => (snapshot ??= entries.map((entry) => entry.change)),
    restore: (changes) => {
      entries = [...changes.map((change) => ({ seq: 1, change })), ...entries];
      outdate();
    },
    add: (transaction, at, offline) => {
      version += 1;
      const change: PendingChange = {
        id: newId(),
        at,
        change: describe(transaction),
        offline,
        touched: touchedBy(transaction),
        inserts: insertsOf(transaction),
        deletes: deletesOf(transaction),
      };
      const last = entries.at(-1);
      if (last && last.seq > 1 && isSameTyping(last.change, change)) {
        const joined = {
          ...change,
          id: last.change.id,
          at: last.change.at,
          inserts: joinInserts(last.change.inserts, change.inserts),
          deletes: [...last.change.deletes, ...change.deletes],
        };
        entries[entries.length - 1] = { seq: version, change: joined };
        outdate();
        return joined;
      }
      entries.push({ seq: version, change });
      outdate();
      return change;
    },
    acknowledge: (acknowledged) => {
      const saved = entries.filter((entry) => entry.seq <= acknowledged).map((entry) => entry.change);
      if (saved.length === 0) return saved;
      entries = entries.filter((entry) => entry.seq > acknowledged);
      outdate();
      return saved;
    },
    clear: () => {
      entries = [];
      outdate();
    },
  };
}

/** Says what a transaction was, for the list of pending changes; null when unknown. */
export type DescribeChange = (transaction: Y.Transaction) => Json;

export const describeByOrigin: DescribeChange = (transaction) => {
  const origin: unknown = transaction.origin;
  if (typeof origin !== 'object' || origin === null || !('change' in origin)) return null;
  const described = (origin as LocalOrigin).change;
  // The description goes to IndexedDB: what cannot be plain data must not make the write fail.
  return described === undefined ? null : (JSON.parse(JSON.stringify(described)) as Json);
};

// A person who types makes a transaction a key. Nameless changes in a row at one place are one line in the list.
function isSameTyping(before: PendingChange, next: PendingChange): boolean {
  return (
    before.change === null &&
    next.change === null &&
    before.offline === next.offline &&
    JSON.stringify(before.touched) === JSON.stringify(next.touched)
  );
}

function joinInserts(before: PendingChange['inserts'], next: PendingChange['inserts']): PendingChange['inserts'] {
  const joined = before.map((range) => [...range] as [number, number, number]);
  for (const [client, from, to] of next) {
    const same = joined.find((range) => range[0] === client && range[2] === from);
    if (same) same[2] = to;
    else joined.push([client, from, to]);
  }
  return joined;
}

function insertsOf(transaction: Y.Transaction): PendingChange['inserts'] {
  const clients = transaction.local ? [transaction.doc.clientID] : [...transaction.afterState.keys()];
  const inserts: PendingChange['inserts'] = [];
  for (const client of clients) {
    const from = transaction.beforeState.get(client) ?? 0;
    const to = transaction.afterState.get(client) ?? 0;
    if (to > from) inserts.push([client, from, to]);
  }
  return inserts;
}

function deletesOf(transaction: Y.Transaction): PendingChange['deletes'] {
  const deletes: PendingChange['deletes'] = [];
  for (const [client, items] of transaction.deleteSet.clients) {
    for (const item of items) deletes.push([client, item.clock, item.len]);
  }
  return deletes;
}

function touchedBy(transaction: Y.Transaction): Touched[] {
  const byPath = new Map<string, Touched>();
  for (const [type, keys] of transaction.changed) {
    const path = mapPath(type);
    const isWholeMap = path.endsHere && type instanceof Y.Map;
    const named = [...keys].filter((key) => key !== null);
    const id = JSON.stringify(path.path);
    const known = byPath.get(id);
    if (!isWholeMap || named.length === 0) byPath.set(id, { path: path.path, keys: null });
    else if (!known) byPath.set(id, { path: path.path, keys: named });
    else if (known.keys) known.keys.push(...named.filter((key) => !known.keys?.includes(key)));
  }
  return [...byPath.values()];
}

type AnyType = Parameters<Y.Transaction['changed']['set']>[0];

/** The names from the root to `type`, cut at the first text or list, whose parts have no lasting name. */
export function mapPath(type: AnyType): { path: string[]; endsHere: boolean } {
  const names: string[] = [];
  let endsHere = true;
  let current = type;
  for (let item = current._item; item !== null; item = current._item) {
    if (item.parentSub === null) {
      names.length = 0;
      endsHere = false;
    } else {
      names.unshift(item.parentSub);
    }
    current = item.parent as AnyType;
  }
  const root = [...(current.doc?.share ?? [])].find(([, shared]) => shared === current)?.[0] ?? '';
  return { path: [root, ...names], endsHere };
}
