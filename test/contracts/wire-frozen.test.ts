import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { makeHub } from '@rapport/sync/server/hub';
import { defaultLimits } from '@rapport/sync/server/limits';
import { MemoryStore } from '@rapport/sync/server/memory-store';
import { turns } from '@rapport/sync/server/fake-peer';
import { frameOf, syncFrame, syncMessage } from '@rapport/sync/shared/frames';
import { closeCode, message, type Notice } from '@rapport/sync/shared/wire';

// The wire is a promise to programs that we have never seen. Adding to it is an edit of this file on purpose; what is
// here already does not change.

/** One of each: a new type of notice does not compile until it is here. */
const notices: { readonly [T in Notice['type']]: Extract<Notice, { type: T }> } = {
  access: { type: 'access', access: 'read', reason: 'A part of this could not be read.' },
  rejected: { type: 'rejected', code: 'read-only', reason: 'You may look at this, but not change it.' },
  'not-saved': { type: 'not-saved', reason: 'The server’s disk is full.' },
  epoch: { type: 'epoch', epoch: 'first' },
};

test('numbers and notices are as they were published', () => {
  expect({ message, syncMessage, closeCode }).toEqual({
    message: { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, barrier: 102, notice: 103 },
    syncMessage: { step1: 0, step2: 1, update: 2 },
    closeCode: {
      malformed: 4400,
      notSignedIn: 4401,
      noAccess: 4403,
      noSuchDocument: 4404,
      clientTooOld: 4409,
      tooLarge: 1009,
      restart: 1012,
      overload: 1013,
    },
  });
  const hash = createHash('sha256')
    .update(JSON.stringify([message, syncMessage, closeCode, notices]))
    .digest('hex');
  expect(hash).toBe('fd0828bacf28e5ee7a8cf5dfe8737126659c20879c3f1e42ba4af7f2e04b0239');
});

test('a conversation, byte for byte', async () => {
  const store = new MemoryStore();
  let drawn = 0;
  const hub = makeHub({
    store,
    kinds: [],
    limits: defaultLimits,
    now: () => 1_000,
    random: () => (drawn += 1) / 16,
    log: () => {},
  });
  await hub.create('board/1', { actor: 'server', via: 'server' }, (doc) => doc.getMap('meta').set('schema', 1));
  const said: string[] = [];
  const connect = (memberId: string, access: 'read' | 'write') =>
    hub.connect({
      doc: 'board/1',
      identity: { memberId, name: memberId, colour: 1 },
      access,
      notices: true,
      socket: {
        bufferedAmount: 0,
        send: (frame) => said.push(`${memberId} < ${Buffer.from(frame).toString('hex')}`),
        close: (code, reason) => said.push(`${memberId} closed ${String(code)} ${reason}`),
      },
    });
  const ann = connect('ann', 'write');
  const bob = connect('bob', 'read');
  const doc = new Y.Doc();
  doc.clientID = 77;
  doc.getMap('meta').set('name', 'Ünï');
  ann.receive(syncFrame(syncMessage.step1, Uint8Array.of(0)));
  ann.receive(syncFrame(syncMessage.update, Y.encodeStateAsUpdate(doc)));
  ann.receive(frameOf(message.barrier, Uint8Array.of(1, 2, 3)));
  const state = new TextEncoder().encode('{"card":"c1"}');
  ann.receive(frameOf(message.awareness, Uint8Array.of(1, 77, 1, state.length, ...state)));
  await turns();
  bob.receive(syncFrame(syncMessage.update, Y.encodeStateAsUpdate(new Y.Doc())));
  const forged = new Y.Doc();
  forged.clientID = 78;
  forged.getMap('meta').set('name', 'no');
  bob.receive(syncFrame(syncMessage.update, Y.encodeStateAsUpdate(forged)));
  bob.receiveText();
  await hub.close();
  expect(said).toEqual([
    'ann < 67207b2274797065223a2265706f6368222c2265706f6368223a226669727374227d',
    'ann < 00000701808080800101',
    'bob < 67207b2274797065223a2265706f6368222c2265706f6368223a226669727374227d',
    'bob < 67217b2274797065223a22616363657373222c22616363657373223a2272656164227d',
    'bob < 00000701808080800101',
    'ann < 00011a01018080808001002801046d65746106736368656d61017d0100',
    'ann < 6603010203',
    'bob < 00021901014d002801046d657461046e616d65017705c39c6ec3af00',
    'ann < 013d014d01397b2263617264223a226331222c2275736572223a7b226964223a22616e6e222c226e616d65223a22616e6e222c22636f6c6f7572223a317d7d',
    'bob < 013d014d01397b2263617264223a226331222c2275736572223a7b226964223a22616e6e222c226e616d65223a22616e6e222c22636f6c6f7572223a317d7d',
    'bob < 675a7b2274797065223a2272656a6563746564222c22636f6465223a22726561642d6f6e6c79222c22726561736f6e223a22596f75206d6179206c6f6f6b20617420746869732c20627574206e6f74206368616e67652069742e227d',
    'bob closed 4400 text frames are not understood here',
    'ann closed 1012 the server restarts',
  ]);
});
