import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDocument, type SharedDocument } from '@rapport/sync/client/shared-document';
import { saveWord } from '@rapport/sync/client/status';
import {
  joinAs,
  makeKey,
  makeWorkspace,
  openServer,
  signUp,
  type Person,
  type TestServer,
} from '../system/server-fixture.ts';
import { until } from './socket-bench.ts';

let server: TestServer;
let ana: Person;
let id: string;
let path: string;
let name: string;
let bob: Person & { memberId: string };
let document: SharedDocument;
let key: { id: string; key: string };

beforeEach(async () => {
  server = await openServer();
  ana = await signUp(server, 'Ana');
  ({ id, path } = await makeWorkspace(ana));
  name = String((await ana.call('POST', `${path}/boards`, { name: 'B', kind: 'deals', currency: 'USD' })).body['doc']);
  bob = await joinAs(server, ana, path, 'Bob', 'member');
  key = await makeKey(bob, path, 'member');
  const url = `${server.url.replace('http', 'ws')}/sync/${id}/${name}?token=${key.key}`;
  document = openDocument({ url, workspaceId: id, name });
  await until(() => document.status.get().connection === 'online');
});
afterEach(async () => {
  await document.close();
  await server.stop();
});

const write = (field: string): void =>
  document.doc().transact(() => void document.doc().getMap('extra').set(field, `typed ${field}`), {
    change: { text: field },
  });

/** What the server has stored. Nothing that was sent after the reply to the change of a right may be in it. */
async function stored(): Promise<unknown> {
  const { hub } = await server.services.host.open(id);
  return hub.read(name, (doc) => doc.getMap('extra').toJSON());
}

test('[S10] fault 11: made a viewer while editing: refused with the text to copy out', async () => {
  write('before');
  expect(await document.flush()).toBe('saved');
  expect((await ana.call('PATCH', `${path}/members/${bob.memberId}`, { role: 'viewer' })).status).toBeLessThan(300);
  write('after');
  await until(() => document.status.get().refused.length === 1);
  expect(document.status.get().refused).toMatchObject([
    { code: 'read-only', change: { text: 'after' }, values: [{ value: { after: 'typed after' } }] },
  ]);
  await until(() => !document.doc().getMap('extra').has('after'));
  expect(await stored()).toEqual({ before: 'typed before' });
});

test('[S10] fault 11: the key is revoked while editing: closed at once, the change stays to be copied', async () => {
  expect((await bob.call('DELETE', `${path}/api-keys/${key.id}`)).status).toBeLessThan(300);
  write('after');
  await until(() => document.status.get().closed?.code === 4401);
  await until(() => document.status.get().unsaved === 1);
  expect(saveWord(document.status.get())).toMatchObject({ word: 'refused', count: 1 });
  expect(document.status.get().pending).toMatchObject([{ change: { text: 'after' } }]);
  expect(document.doc().getMap('extra').get('after')).toBe('typed after');
  expect(await stored()).toEqual({});
});

test('[S10] fault 11: removed from the workspace: closed at once, the change stands in the list', async () => {
  const gone = await ana.call('DELETE', `${path}/members/${bob.memberId}`);
  expect(gone.status).toBeLessThan(300);
  write('after');
  await until(() => document.status.get().closed !== null);
  await until(() => document.status.get().unsaved + document.status.get().refused.length === 1);
  expect(saveWord(document.status.get()).word).toBe('refused');
  expect(await stored()).toEqual({});
});

test('fault 11: an accounts database that is down is “try again”, and who is connected goes on', async () => {
  server.services.control.handle.close();
  const attempt = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${id}/${name}?token=${key.key}`);
  const code = await new Promise<number>((resolve) =>
    attempt.addEventListener('close', (event) => resolve(event.code)),
  );
  expect([1011, 1013]).toContain(code);
  const reply = await fetch(`${server.url}/api/v1${path.replace('/api/v1', '')}/boards`, {
    headers: { authorization: `Bearer ${key.key}` },
  });
  expect(reply.status).toBeGreaterThanOrEqual(500);
  write('meanwhile');
  expect(await document.flush()).toBe('saved');
});
