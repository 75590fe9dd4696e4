import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Commit } from '@rapport/sync/server/ports';
import { keepIndex } from './keep-index.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const things = { noun: 'thing', table: 'things', id: 'id', title: 'name', columns: [] };

/** An index whose work takes so long, on a hub that can be made to commit. */
function keep(takesMs: () => number, more: () => boolean = () => false) {
  const worked: number[] = [];
  const problems: unknown[] = [];
  let hear: (commit: Commit) => void = () => undefined;
  const stop = keepIndex({
    index: {
      work() {
        worked.push(performance.now());
        const ms = takesMs();
        if (ms < 0) throw new Error('the disk is full');
        vi.advanceTimersByTime(ms);
        return more();
      },
    },
    hub: { onCommit: (listener) => ((hear = listener), () => (hear = () => undefined)) },
    searchables: [things],
    onProblem: (error) => problems.push(error),
  });
  const commit = (table: string) => hear({ entries: [], writes: [{ table, key: {}, row: null }] });
  return { worked, problems, commit, stop };
}
test('it works after a commit of what is searched, once for several, and not for others', () => {
  const { worked, commit } = keep(() => 1);
  vi.advanceTimersByTime(10);
  expect(worked).toHaveLength(1);
  commit('others');
  vi.advanceTimersByTime(2000);
  expect(worked).toHaveLength(1);
  commit('things');
  commit('things');
  vi.advanceTimersByTime(1000);
  expect(worked).toHaveLength(2);
});

test('it goes on while there is more, and tries again after a failure', () => {
  let left = 3;
  const { worked } = keep(
    () => 1,
    () => --left > 0,
  );
  vi.advanceTimersByTime(100);
  expect(worked).toHaveLength(3);
  let fails = true;
  const failing = keep(() => (fails ? -1 : 1));
  vi.advanceTimersByTime(10);
  expect(failing.problems).toHaveLength(1);
  fails = false;
  vi.advanceTimersByTime(6000);
  expect(failing.worked).toHaveLength(2);
  failing.stop();
  failing.commit('things');
  vi.advanceTimersByTime(6000);
  expect(failing.worked).toHaveLength(2);
});

test('what takes long is done less often, and no later than it has to be', () => {
  const { worked, commit } = keep(() => 25);
  vi.advanceTimersByTime(100);
  const first = worked[0] ?? 0;
  // Somebody types in it.
  for (let ms = 0; ms < 3000; ms += 50) {
    commit('things');
    vi.advanceTimersByTime(50);
  }
  const gaps = worked.map((at, n) => at - (worked[n - 1] ?? first)).slice(1);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500);
  expect(Math.max(...gaps)).toBeLessThan(1000);
});

test('what is typed without a rest is indexed now and then, and soon when it rests', () => {
  const { worked, commit } = keep(() => 1);
  vi.advanceTimersByTime(10);
  const first = performance.now();
  for (let ms = 0; ms < 4000; ms += 100) {
    commit('things');
    vi.advanceTimersByTime(100);
  }
  const whileTyping = worked.filter((at) => at >= first);
  expect(whileTyping.length).toBeGreaterThanOrEqual(4);
  expect(whileTyping.length).toBeLessThanOrEqual(6);
  vi.advanceTimersByTime(2000);
  const before = worked.length;
  const at = performance.now();
  commit('things');
  vi.advanceTimersByTime(400);
  expect(worked).toHaveLength(before + 1);
  expect((worked.at(-1) ?? 0) - at).toBeLessThan(350);
});
