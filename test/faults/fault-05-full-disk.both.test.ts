import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { openDocument, type SharedDocument } from '@rapport/sync/client/shared-document';
import { saveWord } from '@rapport/sync/client/status';
import { FakePeer, turns } from '@rapport/sync/server/fake-peer';
import { readConfig } from '../../apps/server/src/config.ts';
import { startServer } from '../../apps/server/src/server.ts';
import { makeKey, makeWorkspace, signUp } from '../system/server-fixture.ts';
import { failing, sqliteError, type FailingStore } from './failing-store.ts';
import { cellsOf, docName, openBench } from './hub-bench.ts';
import { listen, until } from './socket-bench.ts';

const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const set = (document: SharedDocument, root: string, key: string, value: unknown): void =>
  document.doc().transact(() => void document.doc().getMap(root).set(key, value), { change: { key } });

describe.each([
  ['SQLITE_FULL', 'full'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_IOERR_WRITE', 'errors'],
])('[S5] fault 5: %s in a commit', (code, said) => {
  test('nothing is acknowledged or sent on, people read why, and it heals by itself', async () => {
    let disk: FailingStore | null = null;
    const bench = await openBench({ around: (store) => (disk = failing(store)) });
    const net = await listen(() => bench.hub);
    const document = openDocument({ url: net.url('ann'), workspaceId: 'w', name: docName });
    ends.push(
      () => bench.end(),
      () => net.close(),
      () => document.close(),
    );
    await until(() => document.status.get().connection === 'online');
    const reader = new FakePeer(bench.hub, docName, { member: 'bob' });
    const stock = new FakePeer(bench.hub, docName, { member: 'cid', notices: false });
    await turns();
    if (disk === null) throw new Error('no store');
    const failed: FailingStore = disk;
    failed.failures = Array.from({ length: 1000 }, () => sqliteError(code));
    const words: string[] = [];
    document.status.subscribe((status) => words.push(saveWord(status).word));
    set(document, 'cells', 'a', 1);
    await until(() => saveWord(document.status.get()).word === 'not-saved');
    expect(saveWord(document.status.get())).toMatchObject({ count: 1, reason: expect.stringContaining(said) });
    expect(words).not.toContain('saved');
    expect(reader.doc.getMap('cells').size + stock.doc.getMap('cells').size).toBe(0);
    expect(reader.notices).toMatchObject([{ type: 'not-saved', reason: expect.stringContaining(said) }]);
    expect([reader.closedWith?.code, stock.closedWith?.code]).toEqual([1013, 1013]);
    expect(bench.hub.stats().lastCommitError).toContain(code.toLowerCase().replaceAll('_', ' '));
    expect(await cellsOf(bench.hub)).toEqual({});
    failed.failures = [];
    document.reconnect();
    expect(await document.flush()).toBe('saved');
    await until(() => saveWord(document.status.get()).word === 'saved');
    expect(await cellsOf(bench.hub)).toEqual({ a: 1 });
    expect(document.status.get().refused).toEqual([]);
  });
});

const mountPoint = mountSmallDisk();
if (mountPoint === null) process.stderr.write('SKIPPED: a really full disk (needs the right to mount a tmpfs)\n');
afterAll(() => {
  if (mountPoint === null) return;
  execFileSync('umount', ['-l', mountPoint]);
  rmSync(mountPoint, { recursive: true });
});

test.skipIf(mountPoint === null)('[S5] fault 5: a really full disk under the whole server', async () => {
  const folder = mountPoint ?? '';
  const config = readConfig({ PORT: '0', DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent' }, []);
  if (!config.ok) throw new Error(config.error);
  const server = await startServer(config.value);
  ends.push(() => server.close());
  const ana = await signUp(server, 'Ana');
  const { id, path } = await makeWorkspace(ana);
  const { key } = await makeKey(ana, path, 'member');
  const board = (await ana.call('POST', `${path}/boards`, { name: 'B', kind: 'deals', currency: 'USD' })).body;
  const name = String(board['doc']);
  const url = `${server.url.replace('http', 'ws')}/sync/${id}/${name}?token=${key}`;
  const [ann, bob] = [openDocument({ url, workspaceId: id, name }), openDocument({ url, workspaceId: id, name })];
  for (const document of [ann, bob]) {
    ends.push(() => document.close());
    await until(() => document.status.get().connection === 'online');
  }
  set(ann, 'extra', 'before', 1);
  expect(await ann.flush()).toBe('saved');

  const filler = join(folder, 'filler');
  fill(folder, filler);
  // The log's file has room of its own at first.
  let written = 0;
  const write = (): void => set(ann, 'extra', `big${String(written++)}`, 'x'.repeat(30_000));
  write();
  await until(() => {
    const { word } = saveWord(ann.status.get());
    if (word === 'saved') write();
    return word === 'not-saved';
  });
  expect(saveWord(ann.status.get())).toMatchObject({ reason: expect.stringContaining('full') });
  const unsaved = `big${String(written - 1)}`;
  expect(bob.doc().getMap('extra').has(unsaved)).toBe(false);
  const health = () => fetch(`${server.url}/api/health`).then(async (reply) => [reply.status, await reply.text()]);
  await until(async () => (await health())[0] === 503);
  expect(String((await health())[1])).toContain('full');

  rmSync(filler);
  expect(await ann.flush()).toBe('saved');
  await until(() => bob.doc().getMap('extra').has(unsaved));
  await until(async () => (await health())[0] === 200);
  expect(bob.doc().getMap('extra').size).toBe(written + 1);
  expect(ann.status.get().refused).toEqual([]);
});

/** A disk of 12 MB, or null where this user may not mount one. */
function mountSmallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'fault-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  return folder;
}

function fill(folder: string, path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, new Uint8Array(4096));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(file);
  }
  expect(statfsSync(folder).bavail).toBe(0);
}
