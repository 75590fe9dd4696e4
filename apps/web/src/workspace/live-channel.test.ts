import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLiveChannel } from './live-channel.ts';

class FakeSocket {
  static all: FakeSocket[] = [];
  onopen: () => void = () => undefined;
  onclose: (event: { code: number }) => void = () => undefined;
  onmessage: (event: { data: string }) => void = () => undefined;
  constructor() {
    FakeSocket.all.push(this);
  }
  close() {
    this.onclose({ code: 1000 });
  }
}

const newest = (): FakeSocket => {
  const socket = FakeSocket.all.at(-1);
  if (socket === undefined) throw new Error('nothing was opened');
  return socket;
};
const lost = { code: 1006 };
const open = () => {
  const missed = vi.fn();
  const channel = openLiveChannel('ws://x', { heard: vi.fn(), missed, ended: vi.fn() });
  return { missed, channel };
};

beforeEach(() => {
  FakeSocket.all = [];
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  const page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a page that is answered at once has missed nothing', () => {
  const { missed } = open();
  newest().onopen();
  expect(missed).not.toHaveBeenCalled();
});

test('a page that began without a connection asks again at its first contact, once', async () => {
  const { missed, channel } = open();
  newest().onclose(lost);
  await vi.runOnlyPendingTimersAsync();
  newest().onclose(lost);
  await vi.runOnlyPendingTimersAsync();
  expect(missed).not.toHaveBeenCalled();
  newest().onopen();
  expect(missed).toHaveBeenCalledTimes(1);
  channel.close();
});

test('each contact after a lost one asks again', async () => {
  const { missed, channel } = open();
  for (const times of [0, 1, 2]) {
    newest().onopen();
    expect(missed).toHaveBeenCalledTimes(times);
    newest().onclose(lost);
    await vi.runOnlyPendingTimersAsync();
  }
  channel.close();
});
