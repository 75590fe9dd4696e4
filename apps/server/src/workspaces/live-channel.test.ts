import type { Commit } from '@rapport/sync/server/ports';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeLiveChannel } from './live-channel.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  let commit: (commit: Commit) => void = () => {};
  const channel = makeLiveChannel({
    onCommit(listener) {
      commit = listener;
      return () => (commit = () => {});
    },
  });
  const heard: Record<string, unknown>[] = [];
  const hidden = new Set<string>();
  const listenWithout = (boards: ReadonlySet<string>) => {
    const told: Record<string, unknown>[] = [];
    channel.listen(
      (text) => told.push(JSON.parse(text) as Record<string, unknown>),
      () => boards,
    );
    return told;
  };
  channel.listen(
    (text) => heard.push(JSON.parse(text) as Record<string, unknown>),
    () => hidden,
  );
  let seq = 0;
  const change = (doc: string, table: string) =>
    commit({
      entries: [{ seq: ++seq, doc, at: 0, actor: 'a', via: 'live', update: new Uint8Array() }],
      writes: [{ table, key: { id: '1' }, row: null }],
    });
  return { channel, heard, change, listenWithout, commit: (each: Commit) => commit(each) };
}

describe('the live channel', () => {
  test('the first change after quiet goes out at once, a storm at ten a second with everything in it', () => {
    const { heard, change } = setUp();
    change('board/a', 'deals');
    expect(heard).toEqual([{ type: 'changed', tables: ['deals'], docs: ['board/a'], seq: 1 }]);
    for (let ms = 0; ms < 1000; ms += 10) {
      change(ms % 20 === 0 ? 'board/a' : 'board/b', ms % 20 === 0 ? 'deals' : 'activity');
      vi.advanceTimersByTime(10);
    }
    expect(heard).toHaveLength(11);
    expect(heard.at(-1)).toEqual({
      type: 'changed',
      tables: ['deals', 'activity'],
      docs: ['board/a', 'board/b'],
      seq: 101,
    });
    vi.advanceTimersByTime(1000);
    expect(heard).toHaveLength(11);
    change('board/c', 'deals');
    expect(heard).toHaveLength(12);
  });

  test('who may not open a board hears of nothing but others', () => {
    const { heard, change, listenWithout, commit } = setUp();
    const told = listenWithout(new Set(['a']));
    change('board/a', 'deals');
    vi.advanceTimersByTime(100);
    change('board/a~2026q3', 'stray_edits');
    vi.advanceTimersByTime(100);
    commit({
      entries: [{ seq: 9, doc: 'import/i', at: 0, actor: 'a', via: 'import', update: new Uint8Array() }],
      writes: [{ table: 'imports', key: { id: 'i' }, row: { board_id: 'a' } }],
    });
    vi.advanceTimersByTime(100);
    expect([heard.length, told]).toEqual([3, []]);
    change('board/b', 'activity');
    change('board/a', 'deals');
    change('board/b', 'stages');
    vi.advanceTimersByTime(100);
    change('workspace', 'boards');
    vi.advanceTimersByTime(100);
    expect(told).toEqual([
      { type: 'changed', tables: ['activity'], docs: ['board/b'], seq: 3 + 6 },
      { type: 'changed', tables: ['stages'], docs: ['board/b'], seq: 9 },
      { type: 'changed', tables: ['boards'], docs: ['workspace'], seq: 9 },
    ]);
  });

  test('people, and silence after the end', () => {
    const { channel, heard, change } = setUp();
    channel.membersChanged();
    change('board/a', 'deals');
    change('board/b', 'deals');
    channel.close();
    vi.advanceTimersByTime(1000);
    expect(heard.map(({ type }) => type)).toEqual(['members', 'changed']);
  });
});
