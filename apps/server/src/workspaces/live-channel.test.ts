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
  channel.listen((text) => heard.push(JSON.parse(text) as Record<string, unknown>));
  let seq = 0;
  const change = (doc: string, table: string) =>
    commit({
      entries: [{ seq: ++seq, doc, at: 0, actor: 'a', via: 'live', update: new Uint8Array() }],
      writes: [{ table, key: { id: '1' }, row: null }],
    });
  return { channel, heard, change };
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
