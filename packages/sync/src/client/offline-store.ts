import * as Y from 'yjs';
import type { PendingChange } from './changes.ts';
import { committed, deleteByIndex, openDatabase, requested } from './idb.ts';
import type { RefusedChange } from './refused.ts';

// Not y-indexeddb: an update and the pending change that it belongs to must be one transaction (or a crash between
// the two makes the count lie), and one database for all documents makes listing and clearing them simple.

/** Rows of one document before they are merged into one. */
const compactAfterRows = 200;

/** A document that this browser keeps for offline use. Times are epoch ms. */
export interface CachedDocument {
  workspaceId: string;
  name: string;
  lastAccessAt: number;
  unsaved: number;
  refused: number;
  /** As in {@link KeptState}. */
  epoch: string | null;
}

export interface KeptState {
  updates: Uint8Array[];
  pending: PendingChange[];
  refused: RefusedChange[];
  access: 'read' | 'write';
  /** The life of the server's data that this copy is of; null when it was never told. */
  epoch: string | null;
}

/** One document's part of the store, as one tab has it open. All methods reject when the browser refuses to write. */
export interface OfflineDocument {
  state: KeptState;
  /**
   * Keeps updates with the changes that made them, in one transaction that is started before it returns.
   * Answers 'cleared' when the store was cleared under this tab (signed out elsewhere): nothing is kept any more.
   */
  append: (updates: readonly Uint8Array[], changes: readonly PendingChange[]) => Promise<'kept' | 'cleared'>;
  saved: (changeIds: readonly string[]) => Promise<void>;
  setAccess: (access: 'read' | 'write') => Promise<void>;
  setEpoch: (epoch: string) => Promise<void>;
  /** Puts the server's state (null: none) in place of all that is kept; `changeIds` are settled, `refused` is added. */
  replace: (state: Uint8Array | null, changeIds: readonly string[], refused: readonly RefusedChange[]) => Promise<void>;
  dismissRefused: (changeIds: readonly string[]) => Promise<void>;
}

/** What this browser keeps of shared documents, for one signed-in person. Several tabs may use it at once. */
export interface OfflineStore {
  /** `encode` answers the whole current document; it is used to compact and to survive a replacement by another tab. */
  open: (workspaceId: string, name: string, encode: () => Uint8Array) => Promise<OfflineDocument>;
  list: () => Promise<CachedDocument[]>;
  unsavedTotal: () => Promise<number>;
  remove: (workspaceId: string, name: string) => Promise<void>;
  /** Removes all but the `keep` documents used last; none that has unsaved or refused changes. */
  prune: (keep: number) => Promise<void>;
  /** Forgets everything, also under other open tabs. */
  clearAll: () => Promise<void>;
  close: () => void;
}

export interface OfflineStoreOptions {
  /** Name of the IndexedDB database; put the user's id in it, so that two people on one browser never mix. */
  name: string;
  indexedDB?: IDBFactory;
  now?: () => number;
  /** Called when another tab clears or upgrades the database away. */
  onLost?: () => void;
}

interface DocumentRow {
  key: string;
  workspaceId: string;
  name: string;
  /** Goes up when the kept state is replaced: another tab's increments then no longer fit. */
  generation: number;
  lastAccessAt: number;
  access: 'read' | 'write';
  epoch?: string;
}
interface UpdateRow {
  doc: string;
  update: Uint8Array;
}
interface ChangeRow {
  id: string;
  doc: string;
  change: PendingChange;
}
interface RefusedRow {
  id: string;
  doc: string;
  change: RefusedChange;
}

const allStores = ['documents', 'updates', 'changes', 'refused'];

export async function openOfflineStore(options: OfflineStoreOptions): Promise<OfflineStore> {
  const now = options.now ?? Date.now;
  const database = await openDatabase(options.indexedDB ?? indexedDB, options.name, 1, (fresh) => {
    fresh.createObjectStore('documents', { keyPath: 'key' });
    fresh.createObjectStore('updates', { autoIncrement: true }).createIndex('doc', 'doc');
    fresh.createObjectStore('changes', { keyPath: 'id' }).createIndex('doc', 'doc');
    fresh.createObjectStore('refused', { keyPath: 'id' }).createIndex('doc', 'doc');
  });
  database.onversionchange = () => {
    database.close();
    options.onLost?.();
  };

  const begin = (stores: string[], mode: IDBTransactionMode = 'readwrite') => database.transaction(stores, mode);

  const remove = async (workspaceId: string, name: string) => {
    const key = keyOf(workspaceId, name);
    const transaction = begin(allStores);
    transaction.objectStore('documents').delete(key);
    const done = committed(transaction);
    for (const store of ['updates', 'changes', 'refused']) {
      await deleteByIndex(transaction.objectStore(store), 'doc', key);
    }
    await done;
  };

  const list = async (): Promise<CachedDocument[]> => {
    const transaction = begin(['documents', 'changes', 'refused'], 'readonly');
    const count = (store: string, key: string) => requested(transaction.objectStore(store).index('doc').count(key));
    const rows = await requested<DocumentRow[]>(transaction.objectStore('documents').getAll());
    return Promise.all(
      rows.map(async ({ key, workspaceId, name, lastAccessAt, epoch = null }) => {
        const [unsaved, refused] = await Promise.all([count('changes', key), count('refused', key)]);
        return { workspaceId, name, lastAccessAt, unsaved, refused, epoch };
      }),
    );
  };

  return {
    open: (workspaceId, name, encode) => openOne(begin, { workspaceId, name, encode, now, remove }),
    list,
    prune: async (keep) => {
      const newestFirst = (await list()).sort((a, b) => b.lastAccessAt - a.lastAccessAt);
      for (const { workspaceId, name, unsaved, refused } of newestFirst.slice(keep)) {
        if (unsaved + refused === 0) await remove(workspaceId, name);
      }
    },
    unsavedTotal: () => requested(begin(['changes'], 'readonly').objectStore('changes').count()),
    remove,
    clearAll: async () => {
      const transaction = begin(allStores);
      for (const store of allStores) transaction.objectStore(store).clear();
      await committed(transaction);
    },
    close: () => database.close(),
  };
}

type Begin = (stores: string[], mode?: IDBTransactionMode) => IDBTransaction;
interface Opening {
  workspaceId: string;
  name: string;
  encode: () => Uint8Array;
  now: () => number;
  remove: OfflineStore['remove'];
}

async function openOne(begin: Begin, opening: Opening): Promise<OfflineDocument> {
  const { workspaceId, name, encode, now } = opening;
  const key = keyOf(workspaceId, name);
  const { state, generation: loadedGeneration, lastKey } = await load(begin, key, opening);
  let generation = loadedGeneration;
  /** Rows that this tab's document is known to contain: those loaded and those it wrote. */
  let loadedUpTo = lastKey;
  let rows = state.updates.length;
  const ownKeys = new Set<IDBValidKey>();

  /** Merges all rows into one. Rows of other tabs, which this document may lack, are merged in and not lost. */
  const compact = async () => {
    const transaction = begin(['updates', 'documents']);
    const done = committed(transaction);
    const store = transaction.objectStore('updates');
    const [document, keys, values] = await Promise.all([
      requested<DocumentRow | undefined>(transaction.objectStore('documents').get(key)),
      requested(store.index('doc').getAllKeys(key)),
      requested<UpdateRow[]>(store.index('doc').getAll(key)),
    ]);
    if (document?.generation === generation) {
      const foreign = values.filter((_, index) => {
        const rowKey = keys[index];
        return rowKey !== undefined && rowKey > loadedUpTo && !ownKeys.has(rowKey);
      });
      const own = encode();
      const merged = foreign.length === 0 ? own : Y.mergeUpdates([own, ...foreign.map((row) => row.update)]);
      for (const old of keys) store.delete(old);
      const newKey = await requested(store.add({ doc: key, update: merged } satisfies UpdateRow));
      ownKeys.clear();
      if (foreign.length === 0) ownKeys.add(newKey);
      loadedUpTo = foreign.length === 0 ? newKey : loadedUpTo;
      rows = 1;
    }
    await done;
  };

  const append = async (
    updates: readonly Uint8Array[],
    changes: readonly PendingChange[],
  ): Promise<'kept' | 'cleared'> => {
    const transaction = begin(['documents', 'updates', 'changes']);
    const done = committed(transaction);
    const store = transaction.objectStore('updates');
    const merged = updates.length === 1 ? updates[0] : Y.mergeUpdates([...updates]);
    // Everything is queued and committed without waiting for an answer: the tab may close in the next moment.
    const document = requested<DocumentRow | undefined>(transaction.objectStore('documents').get(key));
    const added = requested(store.add({ doc: key, update: merged ?? encode() } satisfies UpdateRow));
    for (const change of changes)
      transaction.objectStore('changes').put({ id: change.id, doc: key, change } satisfies ChangeRow);
    transaction.commit();
    const [row, rowKey] = await Promise.all([document, added, done]);
    ownKeys.add(rowKey);
    rows += 1;
    if (row === undefined) {
      await opening.remove(workspaceId, name);
      return 'cleared';
    }
    if (row.generation !== generation) {
      // Another tab replaced the kept state: this increment may build on what is gone, so add all that we have.
      generation = row.generation;
      return append([encode()], []);
    }
    if (rows > compactAfterRows) await compact();
    return 'kept';
  };

  const deleteRows = async (store: string, ids: readonly string[]) => {
    if (ids.length === 0) return;
    const transaction = begin([store]);
    for (const id of ids) transaction.objectStore(store).delete(id);
    await committed(transaction);
  };

  const patch = async (part: Pick<DocumentRow, 'access'> | { epoch: string }) => {
    const transaction = begin(['documents']);
    const done = committed(transaction);
    const store = transaction.objectStore('documents');
    const row = await requested<DocumentRow | undefined>(store.get(key));
    if (row) store.put({ ...row, ...part });
    await done;
  };

  return {
    state,
    append,
    saved: (ids) => deleteRows('changes', ids),
    dismissRefused: (ids) => deleteRows('refused', ids),
    setAccess: (access) => patch({ access }),
    setEpoch: (epoch) => patch({ epoch }),
    replace: async (fresh, changeIds, refused) => {
      const transaction = begin(allStores);
      const done = committed(transaction);
      const documents = transaction.objectStore('documents');
      const updates = transaction.objectStore('updates');
      const row = await requested<DocumentRow | undefined>(documents.get(key));
      if (row) {
        generation = row.generation + 1;
        documents.put({ ...row, generation, lastAccessAt: now() } satisfies DocumentRow);
        await deleteByIndex(updates, 'doc', key);
        for (const id of changeIds) transaction.objectStore('changes').delete(id);
        for (const change of refused)
          transaction.objectStore('refused').put({ id: change.id, doc: key, change } satisfies RefusedRow);
        ownKeys.clear();
        rows = fresh ? 1 : 0;
        if (fresh) ownKeys.add(await requested(updates.add({ doc: key, update: fresh } satisfies UpdateRow)));
      }
      await done;
    },
  };
}

async function load(
  begin: Begin,
  key: string,
  { workspaceId, name, now }: Opening,
): Promise<{ state: KeptState; generation: number; lastKey: IDBValidKey }> {
  const transaction = begin(allStores);
  const done = committed(transaction);
  const documents = transaction.objectStore('documents');
  const index = (store: string) => transaction.objectStore(store).index('doc');
  const [row, keys, updates, changes, refused] = await Promise.all([
    requested<DocumentRow | undefined>(documents.get(key)),
    requested(index('updates').getAllKeys(key)),
    requested<UpdateRow[]>(index('updates').getAll(key)),
    requested<ChangeRow[]>(index('changes').getAll(key)),
    requested<RefusedRow[]>(index('refused').getAll(key)),
  ]);
  const document: DocumentRow = {
    ...(row ?? { key, workspaceId, name, generation: 0, access: 'write' }),
    lastAccessAt: now(),
  };
  documents.put(document);
  await done;
  return {
    state: {
      updates: updates.map(({ update }) => update),
      pending: changes.map(({ change }) => change).sort((a, b) => a.at - b.at),
      refused: refused.map(({ change }) => change).sort((a, b) => a.refusedAt - b.refusedAt),
      access: document.access,
      epoch: document.epoch ?? null,
    },
    generation: document.generation,
    lastKey: keys.at(-1) ?? 0,
  };
}

function keyOf(workspaceId: string, name: string): string {
  return `${workspaceId}/${name}`;
}
