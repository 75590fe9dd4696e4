import { expect, test } from 'vitest';
import { makeQueryStore, shareEqual } from './query-store.ts';

const makeStore = (options: { kept?: [string, unknown][]; isPassing?: boolean } = {}) => {
  let now = 0;
  const waits: number[] = [];
  const store = makeQueryStore({
    kept: options.kept ?? [],
    isPassing: () => options.isPassing ?? false,
    changed: () => undefined,
    now: () => now,
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  return { store, waits, pass: (ms: number) => (now += ms) };
};

test('what is kept shows before the answer, and stays when the refresh fails', async () => {
  const { store } = makeStore({ kept: [['["me"]', 'Ana']] });
  expect(store.read(['me']).data).toBe('Ana');
  store.use(['me'], () => Promise.reject(new Error('no')));
  await store.refetchQueries({ queryKey: ['me'] });
  expect(store.read(['me'])).toEqual({ data: 'Ana', error: new Error('no'), isFetching: false });
  expect(store.known()).toEqual([['["me"]', 'Ana']]);
});

test('a change while a fetch runs is fetched once more: the first answer may be older', async () => {
  const { store } = makeStore();
  const answers: ((value: string) => void)[] = [];
  store.use(['a'], () => new Promise((resolve) => answers.push(resolve)));
  const done = store.refetchQueries({ queryKey: ['a'] });
  answers[0]?.('old');
  await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve));
  answers[1]?.('new');
  await done;
  expect(answers).toHaveLength(2);
  expect(store.read(['a']).data).toBe('new');
});

test('a passing failure is tried twice more, another one is not', async () => {
  const passing = makeStore({ isPassing: true });
  let calls = 0;
  const fail = () => {
    calls += 1;
    return Promise.reject(new Error('no'));
  };
  passing.store.use(['a'], fail);
  await passing.store.refetchQueries({ queryKey: ['a'] });
  expect(passing.waits.slice(0, 2)).toEqual([1000, 2000]);
  calls = 0;
  const lasting = makeStore();
  lasting.store.use(['a'], fail);
  await new Promise((resolve) => setTimeout(resolve));
  expect(calls).toBe(1);
});

test('a prefix names all lists below it, whole names only', async () => {
  const { store } = makeStore();
  const fetched: string[] = [];
  for (const key of [
    ['w', '1'],
    ['w', '1', 'boards'],
    ['w', '10'],
  ])
    store.use(key, () => {
      fetched.push(key.join('/'));
      return Promise.resolve(key);
    });
  await new Promise((resolve) => setTimeout(resolve));
  fetched.length = 0;
  await store.refetchQueries({ queryKey: ['w', '1'] });
  expect(fetched.sort()).toEqual(['w/1', 'w/1/boards']);
  await store.refetchQueries({ queryKey: [] });
  expect(fetched).toHaveLength(5);
});

test('equal parts of an answer stay the same objects', () => {
  const before = {
    items: [
      { id: 1, n: 1 },
      { id: 2, n: 1 },
    ],
  };
  const after = shareEqual(before, {
    items: [
      { id: 1, n: 1 },
      { id: 2, n: 2 },
    ],
  }) as typeof before;
  expect(after.items[0]).toBe(before.items[0]);
  expect(after.items[1]).toEqual({ id: 2, n: 2 });
  expect(shareEqual(before, structuredClone(before))).toBe(before);
  expect(shareEqual([1, 2], [1])).toEqual([1]);
});

test('what is forgotten is gone here and from what is kept, and nothing else is', () => {
  const { store } = makeStore({
    kept: [
      ['["w","one","boards"]', 1],
      ['["w","one2","boards"]', 2],
      ['["me"]', 'Ana'],
    ],
  });
  store.forget({ queryKey: ['w', 'one'] });
  expect(store.read(['w', 'one', 'boards']).data).toBeUndefined();
  expect(store.known()).toEqual([
    ['["w","one2","boards"]', 2],
    ['["me"]', 'Ana'],
  ]);
});
