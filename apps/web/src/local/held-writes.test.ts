import type { HeldWrite } from '@rapport/domain/held-writes';
import { refusedInEdits } from '@rapport/domain/tables/edit-reply';
import { expect, test } from 'vitest';
import { ApiFailure } from '../api/request.ts';
import { makeHeldWrites } from './held-writes.ts';

/** A browser's store, and a server that can be away; `open` is a page on them. */
function world() {
  let kept: readonly HeldWrite[] = [];
  let count = 0;
  const sent: string[] = [];
  const seen = new Set<string>();
  const state = { isAway: false, losesReplies: false };
  const replies = new Map<string, unknown>();
  const open = () => {
    let list: readonly HeldWrite[] = [];
    const page = makeHeldWrites({
      store: {
        read: async () => kept,
        write: async (value) => {
          kept = structuredClone(value);
          return true;
        },
      },
      send: async ({ id, path }) => {
        if (state.isAway) throw new ApiFailure('unreachable', 0, 'away');
        if (!seen.has(id)) sent.push(path);
        seen.add(id);
        if (state.losesReplies) throw new ApiFailure('unreachable', 0, 'cut off');
        if (path === '/no') throw new ApiFailure('invalid', 400, 'That cannot be.');
        return replies.get(path) ?? { done: [], refused: [], kept: [] };
      },
      refusedIn: ({ body }, reply) => refusedInEdits(body, reply),
      alone: (task) => task(),
      newId: () => `w${++count}`,
      now: () => 1000,
      changed: (now) => void (list = now),
    });
    return { ...page, list: () => list };
  };
  return { open, sent, state, replies, kept: () => kept };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test('with a connection a write is done at once and nothing is kept; a refusal is told to whoever sent it', async () => {
  const { open, kept, sent } = world();
  const page = open();
  expect(await page.send('/a', { edits: [] }, 'Did a')).toMatchObject({ reply: { done: [] } });
  await expect(page.send('/no', {}, 'Did no')).rejects.toThrow('That cannot be.');
  expect([sent, kept(), page.list()]).toEqual([['/a', '/no'], [], []]);
  page.end();
});

test('without a connection writes wait in their order, outlive the page, and are sent once', async () => {
  const { open, kept, sent, state } = world();
  state.isAway = true;
  const first = open();
  expect(await first.send('/a', {}, 'Did a')).toMatchObject({ reply: null });
  expect(await first.send('/b', {}, 'Did b')).toMatchObject({ reply: null });
  expect(first.list().map(({ text, state: now }) => [text, now])).toEqual([
    ['Did a', 'waiting'],
    ['Did b', 'waiting'],
  ]);
  const third = await first.send('/c', {}, 'Did c');
  expect(await first.drop(third.id)).toBe(true);
  first.end();
  expect(kept()).toHaveLength(2);
  // The server does them, and its answers are lost.
  Object.assign(state, { isAway: false, losesReplies: true });
  const second = open();
  await second.start();
  await settled();
  second.end();
  expect(kept()).toHaveLength(2);
  state.losesReplies = false;
  const last = open();
  await last.start();
  await settled();
  expect([sent, kept(), last.list()]).toEqual([['/a', '/b'], [], []]);
  last.end();
});

test('what the server did not do of one that waited stays on the list with the reason', async () => {
  const { open, state, replies } = world();
  replies.set('/b', { done: [], refused: [], kept: [{ id: 'x', fields: ['name'] }] });
  state.isAway = true;
  const page = open();
  await page.send('/no', {}, 'Did no');
  await page.send('/b', { edits: [{ id: 'x' }] }, 'Did b');
  await page.send('/a', { edits: [{ id: 'x' }] }, 'Did a');
  state.isAway = false;
  page.flush();
  await settled();
  expect(page.list().map(({ text, state: now, reason }) => [text, now, reason])).toEqual([
    ['Did no', 'refused', 'That cannot be.'],
    ['Did b', 'refused', 'Somebody else changed it meanwhile, and theirs stays.'],
  ]);
  expect(await page.drop(page.list()[0]?.id ?? '')).toBe(true);
  page.end();
});
