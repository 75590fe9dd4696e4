import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { ByteReader } from '../shared/byte-reader.ts';
import type { Identity } from './ports.ts';
import { Presence, type PresencePeer } from './presence.ts';

/** A stock awareness at the other end of a connection. */
class Someone implements PresencePeer {
  readonly identity: Identity;
  readonly awareness: Awareness;
  readonly frames: Uint8Array[] = [];

  constructor(memberId: string, client: number) {
    this.identity = { memberId, name: memberId.toUpperCase(), colour: 4 };
    const doc = new Y.Doc();
    doc.clientID = client;
    this.awareness = new Awareness(doc);
  }

  sendAwareness(frame: Uint8Array): void {
    this.frames.push(frame);
    const reader = new ByteReader(frame);
    reader.varUint();
    applyAwarenessUpdate(this.awareness, reader.varBytes(), this);
  }

  say(state: Record<string, unknown> | null): void {
    this.awareness.setLocalState(state);
    presence.receive(this, encodeAwarenessUpdate(this.awareness, [this.awareness.clientID]));
  }

  sees(other: Someone): unknown {
    return this.awareness.getStates().get(other.awareness.clientID) ?? null;
  }
}

let presence: Presence;
let people: Someone[];

beforeEach(() => {
  vi.useFakeTimers();
  presence = new Presence({
    now: () => Date.now(),
    maxBytes: 2048,
    peers: () => people,
    mayUse: (client) => client !== 666,
  });
  people = [new Someone('ann', 1), new Someone('bob', 2), new Someone('cid', 3)];
});

afterEach(() => {
  presence.destroy();
  for (const { awareness } of people) awareness.destroy();
  vi.useRealTimers();
});

function three(): [Someone, Someone, Someone] {
  const [ann, bob, cid] = people;
  if (ann === undefined || bob === undefined || cid === undefined) throw new Error('three people');
  return [ann, bob, cid];
}

describe('presence', () => {
  test('[S20] the user comes from the session, whatever is announced', () => {
    const [ann, bob] = three();
    ann.say({ user: { id: 'bob', name: 'Root' }, cursor: 5 });
    vi.advanceTimersByTime(1);
    expect(bob.sees(ann)).toEqual({ user: { id: 'ann', name: 'ANN', colour: 4 }, cursor: 5 });
    expect(ann.awareness.getLocalState()).toEqual({ user: { id: 'bob', name: 'Root' }, cursor: 5 });
  });

  test('[S21] one clientID a connection; others’ are ignored, and so are forged ones', () => {
    const [ann, bob, cid] = three();
    ann.say({ cursor: 1 });
    vi.advanceTimersByTime(1);
    cid.awareness.setLocalState({ cursor: 9 });
    presence.receive(bob, encodeAwarenessUpdate(cid.awareness, [3]));
    presence.receive(bob, encodeAwarenessUpdate(ann.awareness, [1]));
    presence.receive(bob, encodeAwarenessUpdate(bob.awareness, [2]));
    vi.advanceTimersByTime(200);
    expect(ann.sees(cid)).toMatchObject({ user: { id: 'bob' } });
    expect(ann.sees(bob)).toBeNull();
    const forger = new Someone('eve', 666);
    people.push(forger);
    forger.say({ cursor: 1 });
    vi.advanceTimersByTime(200);
    expect(ann.sees(forger)).toBeNull();
  });

  test('[S22] latest wins, ten times a second, one frame a turn', () => {
    const [ann, bob, cid] = three();
    bob.say({ n: 0 });
    ann.say({ n: 0 });
    vi.advanceTimersByTime(1);
    expect(cid.frames).toHaveLength(1);
    for (let n = 1; n <= 50; n++) {
      ann.say({ n });
      vi.advanceTimersByTime(10);
    }
    expect(cid.frames.length).toBeLessThanOrEqual(7);
    vi.advanceTimersByTime(100);
    expect(cid.sees(ann)).toMatchObject({ n: 50 });
  });

  test('[S23] leaving is told at once, and coming back with an old clock is seen', () => {
    const [ann, bob] = three();
    for (let n = 0; n < 20; n++) ann.say({ n });
    vi.advanceTimersByTime(200);
    presence.leave(ann);
    people = people.filter((one) => one !== ann);
    vi.advanceTimersByTime(1);
    expect(bob.sees(ann)).toBeNull();
    const back = new Someone('ann', 1);
    people.push(back);
    back.say({ n: 'back' });
    vi.advanceTimersByTime(200);
    expect(bob.sees(back)).toMatchObject({ n: 'back' });
    expect(back.awareness.getLocalState()).toEqual({ n: 'back' });
  });

  test('[S24] a clock gone mad freezes nobody', () => {
    const [ann, bob] = three();
    ann.say({ n: 1 });
    vi.advanceTimersByTime(200);
    const mad = new Awareness(new Y.Doc());
    mad.states.set(1, { n: 'mad' });
    mad.meta.set(1, { clock: 2 ** 32, lastUpdated: 0 });
    presence.receive(ann, encodeAwarenessUpdate(mad, [1]));
    mad.destroy();
    vi.advanceTimersByTime(200);
    expect(bob.sees(ann)).toMatchObject({ n: 'mad' });
    ann.say({ n: 2 });
    vi.advanceTimersByTime(200);
    expect(bob.sees(ann)).toMatchObject({ n: 2 });
  });

  test('[S25] too large or not an object: not passed on', () => {
    const [ann, bob] = three();
    ann.say({ n: 1 });
    vi.advanceTimersByTime(200);
    ann.say({ n: 'x'.repeat(3000) });
    vi.advanceTimersByTime(200);
    expect(bob.sees(ann)).toMatchObject({ n: 1 });
    expect(() => presence.receive(ann, new Uint8Array([3, 1, 1]))).toThrow('ends early');
  });

  test('[S26] everybody hears something, and states outlive throttled tabs', () => {
    const [ann, bob] = three();
    ann.say({ n: 1 });
    vi.advanceTimersByTime(200);
    for (let i = 0; i < 10; i++) {
      vi.advanceTimersByTime(12_000);
      presence.keepAlive(12_000);
    }
    expect(bob.frames.length).toBeGreaterThan(9);
    expect(ann.frames.length).toBeGreaterThan(9);
    expect(bob.sees(ann)).toMatchObject({ n: 1 });
  });
});

test('[S27] an audience is shown what it may see, at joining, in updates and in renewals, encoded once for all of it', () => {
  const show = vi.fn(({ at }: Readonly<Record<string, unknown>>, audience: string) => ({ at: `${at} ${audience}` }));
  const [ann, bob, cid] = people as [Someone, Someone, Someone];
  const dan = new Someone('dan', 4);
  people.push(dan);
  presence = new Presence({
    now: () => Date.now(),
    maxBytes: 2048,
    peers: () => people,
    mayUse: () => true,
    filter: { audience: ({ memberId }) => (memberId === 'cid' || memberId === 'dan' ? 'less' : ''), show },
  });
  ann.say({ at: 1, secret: 'x' });
  vi.advanceTimersByTime(100);
  expect(bob.sees(ann)).toMatchObject({ at: 1, secret: 'x', user: { id: 'ann' } });
  expect(cid.sees(ann)).toEqual({ at: '1 less', user: { id: 'ann', name: 'ANN', colour: 4 } });
  expect(dan.frames.at(-1)).toBe(cid.frames.at(-1));
  expect(show).toHaveBeenCalledOnce();
  const joining = new Someone('cid', 5);
  joining.sendAwareness(presence.frameFor(joining) ?? new Uint8Array());
  expect(joining.sees(ann)).toMatchObject({ at: '1 less' });
  vi.advanceTimersByTime(20_000);
  presence.keepAlive(12_000);
  expect(cid.sees(ann)).toMatchObject({ at: '1 less' });
  expect(JSON.stringify(bob.sees(ann))).toContain('secret');
  presence.destroy();
});
