import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { cellsKind } from './cells-kind.ts';
import { FakePeer, turns } from './fake-peer.ts';
import { makeHub } from './hub.ts';
import { defaultLimits } from './limits.ts';
import { MemoryStore } from './memory-store.ts';

test('[S43] who joins while others type gets the same buffer and a tail, and has everything with the step 2', async () => {
  const store = new MemoryStore();
  const hub = makeHub({ store, kinds: [cellsKind], limits: defaultLimits, now: () => 0, log: () => {} });
  await hub.create('cells/a', { actor: 'server', via: 'server' }, (doc) => {
    doc.getMap('cells').set('big', 'x'.repeat(100_000));
  });
  const writer = new FakePeer(hub, 'cells/a');
  await turns();
  const whole: (Uint8Array | undefined)[] = [];
  for (let n = 0; n < 120; n++) {
    writer.doc.getMap('cells').set(`k${String(n % 5)}`, n);
    if (n % 4 === 0) writer.doc.getMap('cells').delete(`k${String(n % 3)}`);
    await turns(2);
    const joiner = new FakePeer(hub, 'cells/a', { member: `m${String(n)}` });
    expect(joiner.doc.getMap('cells').toJSON()).toEqual(writer.doc.getMap('cells').toJSON());
    expect(joiner.doc.store.pendingStructs ?? joiner.doc.store.pendingDs).toBeNull();
    expect(Y.encodeStateVector(joiner.doc)).toEqual(Y.encodeStateVector(writer.doc));
    whole.push(joiner.frames.find((frame) => frame.length > 100_000));
    joiner.hangUp();
  }
  const distinct = new Set(whole).size;
  expect(distinct).toBeGreaterThan(1);
  expect(distinct).toBeLessThan(10);
  await hub.close();
});
