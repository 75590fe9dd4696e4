import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { message } from '../shared/wire.ts';
import { makeProvider, type Provider } from './provider.ts';
import { makeTestClock } from './test-clock.ts';
import { makeTestServer } from './test-server.ts';

const made: Provider[] = [];
afterEach(() => {
  for (const provider of made.splice(0)) provider.destroy();
});

function setUp() {
  const clock = makeTestClock();
  const server = makeTestServer(clock);
  const join = () => {
    const doc = new Y.Doc();
    const provider = makeProvider({
      url: 'ws://test/sync/w/board/1',
      doc,
      environment: { ...clock, WebSocket: server.WebSocket },
    });
    made.push(provider);
    provider.connect();
    const set = (key: string, value: string) =>
      doc.transact(() => doc.getMap('root').set(key, value), { change: { kind: 'set', key } });
    return { doc, provider, set, root: doc.getMap('root') };
  };
  return { clock, server, join };
}

const kinds = (frames: Uint8Array[]) =>
  frames.map((frame) => (frame[0] === message.sync ? `sync${frame[1]}` : frame[0]));

describe('sync', () => {
  it('asks for notices and syncs both ways', async () => {
    const { clock, server, join } = setUp();
    server.doc.getMap('root').set('theirs', 'old');
    const a = join();
    a.set('mine', 'new');
    await clock.advance(10);
    expect(server.latest().url).toBe('ws://test/sync/w/board/1?x=1');
    expect(a.root.toJSON()).toEqual({ theirs: 'old', mine: 'new' });
    expect(server.doc.getMap('root').toJSON()).toEqual({ theirs: 'old', mine: 'new' });
    expect(a.provider.status()).toMatchObject({ connection: 'online', hasSynced: true });
  });

  it('sends an update in its microtask, and many of one microtask as one frame', async () => {
    const { clock, server, join } = setUp();
    const a = join();
    await clock.advance(10);
    server.latest().frames.length = 0;
    for (let index = 0; index < 120; index += 1) a.set(`k${index}`, 'v');
    await clock.advance(1);
    expect(kinds(server.latest().frames)).toEqual(['sync2', message.barrier]);
    expect(server.doc.getMap('root').size).toBe(120);
  });

  it('stays below the update rate of the server when a script writes in a loop', async () => {
    const { clock, server, join } = setUp();
    const a = join();
    await clock.advance(10);
    server.latest().frames.length = 0;
    for (let index = 0; index < 400; index += 1) {
      a.set(`k${index}`, 'v');
      await clock.advance(1);
    }
    await clock.advance(100);
    const updates = kinds(server.latest().frames).filter((kind) => kind === 'sync2').length;
    expect(updates).toBeLessThan(230);
    expect(server.doc.getMap('root').size).toBe(400);
    expect(a.provider.changes.pending()).toEqual([]);
  });

  it('brings two together after drops on both sides', async () => {
    const { clock, server, join } = setUp();
    const [a, b] = [join(), join()];
    await clock.advance(10);
    for (let round = 0; round < 6; round += 1) {
      server.sockets.at(round % 2 === 0 ? -1 : -2)?.close(1006);
      a.set(`a${round}`, 'x');
      b.set('both', `b${round}`);
      a.set('both', `a${round}`);
      if (round === 3) a.root.delete('a1');
      await clock.advance(round * 40);
    }
    await clock.advance(60_000);
    expect(a.root.toJSON()).toEqual(b.root.toJSON());
    expect(a.root.toJSON()).toEqual(server.doc.getMap('root').toJSON());
    expect(Object.keys(a.root.toJSON())).toHaveLength(6);
    expect(a.provider.changes.pending()).toEqual([]);
  });

  it('shares presence, at most ten times a second, and forgets the others when the link is lost', async () => {
    const { clock, server, join } = setUp();
    const [a, b] = [join(), join()];
    await clock.advance(200);
    server.latest().frames.length = 0;
    for (let x = 0; x < 50; x += 1) {
      b.provider.awareness.setLocalState({ x });
      await clock.advance(10);
    }
    await clock.advance(200);
    expect(kinds(server.latest().frames).filter((kind) => kind === message.awareness).length).toBeLessThan(8);
    expect(a.provider.awareness.getStates().get(b.doc.clientID)).toEqual({ x: 49 });
    server.isUp = false;
    server.sockets[0]?.close(1006);
    await clock.advance(10);
    expect([...a.provider.awareness.getStates().keys()]).toEqual([a.doc.clientID]);
  });
});

describe('save barrier', () => {
  it('never says saved before the echo', async () => {
    const { clock, server, join } = setUp();
    const a = join();
    await clock.advance(10);
    server.isDurable = false;
    a.set('k', 'v');
    await clock.advance(1_000);
    expect(server.doc.getMap('root').get('k')).toBe('v');
    expect(a.provider.changes.pending()).toHaveLength(1);
    let isFlushed = false;
    void a.provider.flush().then(() => (isFlushed = true));
    server.commit();
    await clock.advance(5);
    expect(a.provider.changes.pending()).toEqual([]);
    expect(isFlushed).toBe(true);
    expect(a.provider.status().lastSavedAt).not.toBeNull();
  });

  it('does not take an echo from before an edit for that edit', async () => {
    const { clock, server, join } = setUp();
    const a = join();
    await clock.advance(10);
    a.set('first', '1');
    await clock.advance(1);
    server.isDurable = false;
    a.set('second', '2');
    await clock.advance(50);
    expect(a.provider.changes.pending().map(({ change }) => change)).toEqual([{ kind: 'set', key: 'second' }]);
  });

  it('does not let the keep-alive’s barrier vouch for a change that still waits to be sent', async () => {
    const { clock, server, join } = setUp();
    const a = join();
    await clock.advance(10);
    for (let index = 0; index < 201; index += 1) {
      a.set(`k${index}`, 'v');
      await clock.advance(0);
    }
    await clock.advance(5);
    expect(server.doc.getMap('root').size).toBe(200);
    clock.network.wake();
    await clock.advance(5);
    expect(server.doc.getMap('root').size).toBe(200);
    expect(a.provider.changes.pending()).toHaveLength(1);
    await clock.advance(50);
    expect(a.provider.changes.pending()).toEqual([]);
  });

  it('sends the barrier again after a reconnect, also for a pure deletion', async () => {
    const { clock, server, join } = setUp();
    const a = join();
    a.set('k', 'v');
    await clock.advance(10);
    server.isDurable = false;
    a.root.delete('k');
    await clock.advance(5);
    server.latest().close(1006);
    await clock.advance(1);
    server.isDurable = true;
    await clock.advance(1_000);
    expect(server.sockets).toHaveLength(2);
    expect(a.provider.changes.pending()).toEqual([]);
  });

  it('shows a commit that failed, keeps the change and offers it again', async () => {
    const { clock, server, join } = setUp();
    const a = join();
    await clock.advance(10);
    server.isDurable = false;
    a.set('k', 'v');
    server.latest().notify({ type: 'not-saved', reason: 'The disk is full.' });
    await clock.advance(5);
    expect(a.provider.status().problem).toBe('The disk is full.');
    expect(a.provider.changes.pending()).toHaveLength(1);
    server.isDurable = true;
    await clock.advance(2_000);
    expect(a.provider.changes.pending()).toEqual([]);
    expect(a.provider.status().problem).toBeNull();
  });
});

describe('reconnect', () => {
  it('backs off exponentially with full jitter between 100 ms and 30 s', async () => {
    const { clock, server, join } = setUp();
    server.isUp = false;
    const a = join();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) {
      clock.chance = attempt % 2 === 0 ? 1 : 0;
      await clock.advance(2);
      waits.push((a.provider.status().nextRetryAt ?? 0) - clock.now() + 1);
      await clock.advance((waits.at(-1) ?? 0) - 1);
    }
    expect(waits).toEqual([200, 100, 800, 100, 3_200, 100, 12_800, 100, 30_000, 100, 30_000]);
    expect(a.provider.status().connection).toBe('offline');
  });

  it('tries at once when the network is back, and leaves at once when it goes', async () => {
    const { clock, server, join } = setUp();
    const a = join();
    await clock.advance(10);
    server.isUp = false;
    clock.network.offline();
    expect(a.provider.status().connection).toBe('offline');
    await clock.advance(60_000);
    server.isUp = true;
    const tried = server.sockets.length;
    clock.network.wake();
    await clock.advance(10);
    expect(server.sockets.length).toBe(tried + 1);
    expect(a.provider.status().connection).toBe('online');
  });

  it('finds a dead link by asking, and leaves a quiet one alone', async () => {
    const { clock, server, join } = setUp();
    const a = join();
    await clock.advance(180_000);
    expect(server.sockets).toHaveLength(1);
    expect(a.provider.status().connection).toBe('online');
    server.latest().cut();
    await clock.advance(45_000);
    expect(server.sockets).toHaveLength(2);
    expect(a.provider.status().connection).toBe('online');
  });

  it.each([4401, 4403, 4404, 4409])('stops for good at close %i', async (code) => {
    const { clock, server, join } = setUp();
    server.refuseWith = { code, reason: 'because' };
    const a = join();
    await clock.advance(120_000);
    clock.network.wake();
    await clock.advance(1_000);
    expect(server.sockets).toHaveLength(1);
    expect(a.provider.status()).toMatchObject({ connection: 'offline', closed: { code, reason: 'because' } });
  });

  it.each([1006, 1009, 1012, 1013, 4500])('comes back after close %i', async (code) => {
    const { clock, server, join } = setUp();
    const a = join();
    await clock.advance(10);
    server.latest().close(code);
    await clock.advance(6_000);
    expect(server.sockets).toHaveLength(2);
    expect(a.provider.status().connection).toBe('online');
  });

  it('starts over when a frame cannot be read', async () => {
    const { clock, server, join } = setUp();
    const a = join();
    await clock.advance(10);
    server.latest().send(new Uint8Array([0, 2, 200]));
    await clock.advance(5);
    expect(a.provider.status().problem).toContain('could not be read');
    await clock.advance(5_000);
    expect(a.provider.status()).toMatchObject({ connection: 'online', problem: null });
  });
});
