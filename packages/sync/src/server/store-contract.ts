import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Commit, LogEntry, RowClaim, RowWrite, SqlValue, Store } from './ports.ts';

/** How the contract reaches an adapter. The store has a table `cells` as in cells-kind.ts. */
export interface StoreFixture {
  open(): Promise<Store>;
  /** Closes and opens the same data again; null when the adapter keeps nothing. */
  reopen: ((store: Store) => Promise<Store>) | null;
  /** All rows of a read-model table. */
  rows(store: Store, table: string): readonly Readonly<Record<string, SqlValue>>[];
  /** Makes commits fail until the answered function is called. */
  breakWrites(store: Store): () => void;
}

function entry(seq: number, doc = 'cells/a', more: Partial<LogEntry> = {}): LogEntry {
  return { seq, doc, at: 1000 + seq, actor: 'ann', via: 'live', update: new Uint8Array([seq, 0, 255]), ...more };
}

function commit(more: Partial<Commit>): Commit {
  return { entries: [], writes: [], ...more };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** What every {@link Store} must do. */
export function describeStore(name: string, fixture: StoreFixture): void {
  describe(`store: ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await fixture.open();
      await store.commit(commit({ creates: ['cells/a', 'cells/b'] }));
    });
    afterEach(async () => {
      await store.close();
    });

    test('[ST1] keeps entries whole and in order, by document', async () => {
      expect(await store.lastSeq()).toBe(0);
      const made = [
        entry(1),
        entry(3, 'cells/b', { via: 'rest', agent: 'key-1' }),
        entry(7, 'cells/a', { actor: 'server' }),
      ];
      await store.commit(commit({ entries: made }));
      const plain = (found: LogEntry[]): LogEntry[] =>
        found.map((one) => ({ ...one, update: new Uint8Array(one.update) }));
      expect(plain(await all(store.readLog()))).toEqual(made);
      expect(plain(await all(store.readLog({ doc: 'cells/a', afterSeq: 1 })))).toEqual([made[2]]);
      expect(await store.lastSeq()).toBe(7);
      const loaded = await store.load('cells/a');
      expect(loaded?.tail.map((one) => one.seq)).toEqual([1, 7]);
      expect([loaded?.snapshot, loaded?.snapshotSeq]).toEqual([null, 0]);
    });

    test('[ST2] a document exists once it was created, and only once', async () => {
      expect([await store.exists('cells/a'), await store.exists('cells/z')]).toEqual([true, false]);
      expect(await store.load('cells/z')).toBeNull();
      expect((await store.load('cells/a'))?.tail).toEqual([]);
      await expect(store.commit(commit({ creates: ['cells/a'] }))).rejects.toThrow();
      await expect(store.commit(commit({ entries: [entry(1, 'cells/z')] }))).rejects.toThrow('no such document');
    });

    test('[ST3] rows: replaced by key, deleted by key, deleted by part of a key', async () => {
      const cell = (id: string, row: Record<string, SqlValue> | null): Commit['writes'][number] => ({
        table: 'cells',
        key: { doc: 'cells/a', id },
        row,
      });
      await store.commit(
        commit({ writes: [cell('1', { json: 'x', by: 'ann', seq: 1 }), cell('2', { json: 'y', by: 'ann', seq: 1 })] }),
      );
      await store.commit(commit({ writes: [cell('1', { json: 'z', by: 'bob', seq: 2 }), cell('3', null)] }));
      expect(fixture.rows(store, 'cells')).toEqual([
        { doc: 'cells/a', id: '1', json: 'z', by: 'bob', seq: 2 },
        { doc: 'cells/a', id: '2', json: 'y', by: 'ann', seq: 1 },
      ]);
      await store.commit(commit({ writes: [{ table: 'cells', key: { doc: 'cells/a' }, row: null }] }));
      expect(fixture.rows(store, 'cells')).toEqual([]);
    });

    test('[ST4] a commit is all or nothing', async () => {
      const mend = fixture.breakWrites(store);
      const whole = commit({
        entries: [entry(5)],
        creates: ['cells/c'],
        clients: [{ doc: 'cells/a', client: 9, actor: 'ann' }],
      });
      await expect(store.commit(whole)).rejects.toThrow();
      await expect(store.probe()).rejects.toThrow();
      mend();
      await store.probe();
      expect([await store.lastSeq(), await store.exists('cells/c')]).toEqual([0, false]);
      await expect(store.commit({ ...whole, creates: ['cells/c', 'cells/a'] })).rejects.toThrow();
      expect([await store.lastSeq(), await store.exists('cells/c')]).toEqual([0, false]);
      expect((await store.load('cells/a'))?.clients.size).toBe(0);
      await store.commit(whole);
      expect(await store.lastSeq()).toBe(5);
    });

    test('[ST5] the first writer of a clientID stays its owner', async () => {
      const client = 2 ** 32 - 1;
      await store.commit(commit({ clients: [{ doc: 'cells/a', client, actor: 'ann' }] }));
      await store.commit(commit({ clients: [{ doc: 'cells/a', client, actor: 'bob' }] }));
      expect([...((await store.load('cells/a'))?.clients ?? [])]).toEqual([[client, 'ann']]);
      expect((await store.load('cells/b'))?.clients.size).toBe(0);
    });

    test('[ST6] a snapshot takes the place of the log up to it, and keeps the log', async () => {
      await store.commit(commit({ entries: [entry(1), entry(2), entry(3)] }));
      const state = Y.encodeStateAsUpdateV2(new Y.Doc());
      await store.saveSnapshot('cells/a', 2, state);
      const loaded = await store.load('cells/a');
      expect([loaded?.snapshotSeq, loaded?.tail.map((one) => one.seq)]).toEqual([2, [3]]);
      expect(new Uint8Array(loaded?.snapshot ?? [])).toEqual(state);
      await store.saveSnapshot('cells/a', 1, state);
      expect((await store.load('cells/a'))?.snapshotSeq).toBe(2);
      expect(await all(store.readLog({ doc: 'cells/a' }))).toHaveLength(3);
      await expect(store.saveSnapshot('cells/z', 1, state)).rejects.toThrow('no such document');
    });

    test.skipIf(fixture.reopen === null)('[ST7] what was committed is there after reopening', async () => {
      await store.commit(commit({ entries: [entry(4)], clients: [{ doc: 'cells/a', client: 1, actor: 'ann' }] }));
      if (fixture.reopen === null) return;
      store = await fixture.reopen(store);
      const loaded = await store.load('cells/a');
      expect([loaded?.tail.length, loaded?.clients.get(1), await store.lastSeq()]).toEqual([1, 'ann', 4]);
    });

    test('[ST8][S33] a claimed row is its owner’s: others neither replace nor delete it, nor write what is under their claim', async () => {
      const key = { doc: 'cells/a', id: '1' };
      const at = (id: string): RowWrite['key'] => ({ doc: 'cells/b', id });
      const write = (by: string, json: string | null, more: Partial<RowClaim> = {}): Promise<void> => {
        const note = { json: 'is another’s', by, seq: 0 };
        const claim = { owner: 'by', refusal: { table: 'cells', key: at(`refused ${by}`), row: note }, ...more };
        const row = json === null ? null : { json, by, seq: 1 };
        const writes: RowWrite[] = [
          { table: 'cells', key: row === null ? { ...key, by } : key, row, claim },
          { table: 'cells', key: at('under'), row: { json: json ?? '', by, seq: 1 }, under: claim },
        ];
        return store.commit(commit({ writes }));
      };
      const found = (): string[] =>
        fixture
          .rows(store, 'cells')
          .map(({ id, by, json }) => `${String(id)} ${String(by)} ${String(json)}`)
          .sort();
      await write('ann', 'x');
      expect(found()).toEqual(['1 ann x', 'under ann x']);
      await write('bob', 'y');
      expect(found()).toEqual(['1 ann x', 'refused bob bob is another’s', 'under ann x']);
      await write('bob', null);
      expect(found()).toEqual(['1 ann x', 'refused bob bob is another’s', 'under ann x']);
      await write('ann', 'z');
      expect(found()).toEqual(['1 ann z', 'refused bob bob is another’s', 'under ann z']);
      await write('bob', 'y', { takesFrom: 'cid' });
      expect(found()).toEqual(['1 ann z', 'refused bob bob is another’s', 'under ann z']);
      await write('bob', 'y', { takesFrom: 'ann' });
      expect(found()).toEqual(['1 bob y', 'under bob y']);
      await write('bob', null);
      expect(found()).toEqual(['under bob ']);
      await write('ann', 'x');
      expect(found()).toEqual(['1 ann x', 'under ann x']);
    });
  });
}
