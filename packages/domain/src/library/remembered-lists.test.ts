import { expect, it } from 'vitest';
import { makeRememberedLists, type LibraryMemory } from './remembered-lists.ts';

/** A device, and a visit of it. */
const device = () => {
  let kept: unknown;
  const memory: LibraryMemory = { read: () => Promise.resolve(kept), keep: (value) => (kept = structuredClone(value)) };
  return async () => {
    const lists = makeRememberedLists<string[], string>(memory);
    await lists.loaded;
    return lists;
  };
};

it('what was looked at is there at the next visit without a connection', async () => {
  const visit = device();
  const first = await visit();
  first.put('folder=1', ['Season plan']);
  first.putSide('folders');
  const next = await visit();
  expect([next.of('folder=1'), next.side(), next.of('folder=2')]).toEqual([['Season plan'], 'folders', undefined]);
});

it('what an earlier visit left goes with the server’s first answer, and what is hidden goes at once', async () => {
  const visit = device();
  const first = await visit();
  for (const key of ['a', 'b', 'c']) first.put(key, [key]);
  const next = await visit();
  next.put('a', ['a, newer']);
  expect(['a', 'b', 'c'].map((key) => next.of(key))).toEqual([['a, newer'], undefined, undefined]);
  next.put('b', ['b']);
  next.drop('a');
  expect([(await visit()).of('a'), (await visit()).of('b')]).toEqual([undefined, ['b']]);
  next.dropAll();
  expect((await visit()).of('b')).toBeUndefined();
});

it('keeps a dozen places, those looked at last', async () => {
  const visit = device();
  const first = await visit();
  for (let at = 0; at < 20; at++) first.put(String(at), [String(at)]);
  const next = await visit();
  expect([next.of('7'), next.of('8'), next.of('19')]).toEqual([undefined, ['8'], ['19']]);
});
