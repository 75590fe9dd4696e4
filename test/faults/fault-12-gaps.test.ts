import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { FakePeer, turns } from '@rapport/sync/server/fake-peer';
import { syncFrame, syncMessage } from '@rapport/sync/shared/frames';
import { cellsOf, docName, openBench, type HubBench } from './hub-bench.ts';
import { pick, randomOf, seedsFor } from './seeds.ts';

let bench: HubBench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.end());

test.each(seedsFor(8))(
  '[S9] fault 12: lost and swapped updates: healed at once, nothing said over a gap (FAULT_SEED=%i)',
  async (seed) => {
    const random = randomOf(seed);
    const bob = new FakePeer(bench.hub, docName, { member: 'bob' });
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') updates.push(update);
    });
    const ann = new FakePeer(bench.hub, docName, { member: 'ann', handshake: false });
    // The peer's own answering would heal it unseen: it speaks for `doc` here, by hand.
    const answers: Uint8Array[] = [];
    ann.send = (frame) => {
      if (frame[0] === 0 && frame[1] === syncMessage.step1) answers.push(frame.slice(3));
      else if (frame[0] === 102) ann.echoes.push(Array.from(frame.subarray(2)));
    };
    await turns();
    answers.length = 0;
    for (let i = 0; i < 12; i++) doc.getMap('cells').set(`c${String(i)}`, i);
    // Some are lost on the way; the rest comes in disorder. The first is among the lost, so all others hang.
    const sent = updates.slice(1).filter(() => random() < 0.7);
    for (let i = sent.length - 1; i > 0; i--) {
      const j = pick(random, i + 1);
      const [a, b] = [sent[i], sent[j]];
      if (a !== undefined && b !== undefined) [sent[i], sent[j]] = [b, a];
    }
    for (const update of sent) {
      ann.receive(syncFrame(syncMessage.update, update));
      ann.barrier(7);
    }
    await turns(4);
    expect(ann.echoes).toEqual([]);
    expect(bob.doc.getMap('cells').size).toBe(0);
    expect(await cellsOf(bench.hub)).toEqual({});
    // The server has asked, once, for what it lacks; the answer heals it in the same turn.
    expect(answers.length).toBe(sent.length > 0 ? 1 : 0);
    ann.receive(syncFrame(syncMessage.step2, Y.encodeStateAsUpdate(doc, answers[0])));
    ann.barrier(8);
    await turns(3);
    const whole = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`c${String(i)}`, i]));
    expect(bob.doc.getMap('cells').toJSON()).toEqual(whole);
    expect(ann.echoes.length).toBe(sent.length + 1);
    await bench.down();
    await bench.up();
    expect(await cellsOf(bench.hub)).toEqual(whole);
  },
);
