import { copyFileSync, rmSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { makeTestIndexedDb } from '@rapport/sync/client/test-indexed-db';
import { openOfflineStore } from '@rapport/sync/client/offline-store';
import { openDocument, type SharedDocument } from '@rapport/sync/client/shared-document';
import { FakePeer, turns } from '@rapport/sync/server/fake-peer';
import { renewEpoch } from '@rapport/sync/server/sqlite/tables';
import { syncFrame, syncMessage } from '@rapport/sync/shared/frames';
import { byServer, cellsOf, docName, openBench, type HubBench } from './hub-bench.ts';
import { pick, randomOf, seedsFor } from './seeds.ts';
import { listen, until, type SocketBench } from './socket-bench.ts';

let bench: HubBench;
let net: SocketBench;
const opened: SharedDocument[] = [];

beforeEach(async () => {
  bench = await openBench();
  net = await listen(() => bench.hub);
});
afterEach(async () => {
  for (const document of opened.splice(0)) await document.close();
  await net.close();
  await bench.end();
});

async function person(member: string, indexedDB = makeTestIndexedDb(), waits = true): Promise<SharedDocument> {
  const offline = await openOfflineStore({ name: member, indexedDB });
  const document = openDocument({ url: net.url(member), workspaceId: 'w', name: docName, offline });
  opened.push(document);
  if (waits) await until(() => document.status.get().connection === 'online');
  return document;
}

const set = (document: SharedDocument, id: string, fields: Record<string, unknown>): void => {
  const edit = () =>
    document
      .doc()
      .getMap('cells')
      .set(id, new Y.Map(Object.entries(fields)));
  document.doc().transact(edit, { change: { text: `set ${id}` } });
};
const cells = (document: SharedDocument): unknown => document.doc().getMap('cells').toJSON();

async function backUp(): Promise<void> {
  await bench.store.database.backup(`${bench.path}.backup`);
}

/** As the restore command does it; `byHand` copies the file and nothing else. */
async function restore(byHand: boolean, meanwhile: () => void = () => {}): Promise<void> {
  await bench.down();
  meanwhile();
  for (const end of ['-wal', '-shm']) rmSync(bench.path + end, { force: true });
  copyFileSync(`${bench.path}.backup`, bench.path);
  if (!byHand) {
    const file = new SqliteDatabase(bench.path);
    renewEpoch(file);
    file.close();
  }
  await bench.up();
  for (const socket of net.sockets) socket.terminate();
  for (const document of opened) document.reconnect();
}

describe.each(seedsFor(2))('[S47] a restored backup meets clients that know more (FAULT_SEED=%i)', (seed) => {
  test.each([
    ['by the command', false],
    ['by hand', true],
  ])('%s: all converge on it, and what it lacks is shown to those who knew it', async (_name, byHand) => {
    const random = randomOf(seed);
    const devices = makeTestIndexedDb();
    const [ann, bob] = [await person('ann', devices), await person('bob')];
    set(ann, 'kept', { n: 1 });
    await ann.flush();
    await backUp();
    const lost: string[] = [];
    for (let i = 0; i < 3 + pick(random, 8); i++) {
      const who = random() < 0.5 ? ann : bob;
      lost.push(`lost${String(i)}`);
      set(who, `lost${String(i)}`, { n: i });
      await who.flush();
      await until(
        () =>
          ann
            .doc()
            .getMap('cells')
            .has(`lost${String(i)}`) && bob.doc().getMap('cells').size === i + 2,
      );
    }
    await restore(byHand, () => set(ann, 'unsaved', { n: 9 }));
    for (const who of [ann, bob]) await until(() => who.status.get().refused.length > 0);
    for (const who of [ann, bob]) {
      await until(() => who.status.get().connection === 'online');
      expect(cells(who)).toEqual(await cellsOf(bench.hub));
      const shown = who.status.get().refused.flatMap(({ values }) => values);
      for (const [i, id] of lost.entries()) expect(shown).toContainEqual({ path: ['cells', id], value: { n: i } });
    }
    expect(await cellsOf(bench.hub)).toEqual({ kept: { n: 1 } });
    expect(ann.status.get().refused.map(({ change }) => change)).toContainEqual({ text: 'set unsaved' });
    expect(ann.status.get().unsaved).toBe(0);
    // They go on with it, also after a new start of the page.
    set(ann, 'next', { n: 2 });
    expect(await ann.flush()).toBe('saved');
    await until(() => bob.doc().getMap('cells').has('next'));
    await ann.close();
    const again = await person('ann', devices);
    expect(cells(again)).toEqual(await cellsOf(bench.hub));
    expect(again.status.get().refused.length).toBe(lost.length + 1);
  });
});

test('[S47] a page that was closed when it happened finds out at its next start', async () => {
  const devices = makeTestIndexedDb();
  const ann = await person('ann', devices);
  await backUp();
  set(ann, 'lost', { n: 1 });
  await ann.flush();
  await ann.close();
  opened.length = 0;
  await restore(false);
  const again = await person('ann', devices, false);
  await until(() => again.status.get().refused.length === 1);
  await until(() => again.status.get().connection === 'online');
  expect(cells(again)).toEqual({});
  expect(again.status.get().refused).toMatchObject([
    { code: 'restored', values: [{ path: ['cells', 'lost'], value: { n: 1 } }] },
  ]);
});

test('[S47] what the backup brings back stays, also where people remember deleting it', async () => {
  const ann = await person('ann');
  set(ann, 'a', { n: 1 });
  await ann.flush();
  await backUp();
  ann.doc().getMap('cells').delete('a');
  await ann.flush();
  await restore(false);
  await until(() => ann.doc().getMap('cells').has('a'));
  await until(() => ann.status.get().connection === 'online');
  expect(await cellsOf(bench.hub)).toEqual({ a: { n: 1 } });
  expect(ann.status.get().refused).toMatchObject([
    { code: 'restored', values: [{ path: ['cells', 'a'], value: null }] },
  ]);
});

test('[S47] a move to another machine loses nothing: changes made meanwhile are saved', async () => {
  const ann = await person('ann');
  set(ann, 'a', { n: 1 });
  await ann.flush();
  await backUp();
  await restore(false, () => set(ann, 'meanwhile', { n: 2 }));
  expect(await ann.flush()).toBe('saved');
  expect(await cellsOf(bench.hub)).toEqual({ a: { n: 1 }, meanwhile: { n: 2 } });
  expect(ann.status.get().refused).toEqual([]);
});

test.each(seedsFor(4))(
  '[S47] stock clients: merged or closed, never apart in silence (FAULT_SEED=%i)',
  async (seed) => {
    const random = randomOf(seed);
    const members = ['ann', 'bob', 'cid'];
    const docs = members.map(() => new Y.Doc());
    // Joins as a stock client does, with everything that its document has.
    const join = (): FakePeer[] =>
      members.map((member, i) => {
        const mine = docs[i] ?? new Y.Doc();
        const peer = new FakePeer(bench.hub, docName, { member, notices: false, handshake: false });
        peer.receive(syncFrame(syncMessage.step1, Y.encodeStateVector(mine)));
        Y.applyUpdate(peer.doc, Y.encodeStateAsUpdate(mine), peer);
        docs[i] = peer.doc;
        return peer;
      });
    const edit = async (peers: FakePeer[], count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        const id = `c${String(pick(random, 5))}`;
        const map = peers[pick(random, 3)]?.doc.getMap('cells');
        if (random() < 0.3) map?.delete(id);
        else map?.set(id, pick(random, 100));
        await turns(2);
      }
    };
    await edit(join(), 10);
    await backUp();
    await edit(join(), 10);
    await restore(random() < 0.5);
    let peers: FakePeer[] = [];
    for (let round = 0; round < 3; round++) {
      peers = join();
      await turns(6);
    }
    await edit(peers, 5);
    await turns(6);
    const served = await bench.hub.read(docName, (doc) => doc.getMap('cells').toJSON());
    for (const peer of peers)
      if (peer.closedWith === null) expect(peer.doc.getMap('cells').toJSON()).toEqual(served);
      else expect(peer.closedWith.code).toBe(4400);
    await bench.hub.transact(docName, byServer, (doc) => doc.getMap('cells').set('still', 'writable'));
  },
);
