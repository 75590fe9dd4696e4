// What lies in something else is shared as that is, on every surface, until something is said of the thing itself.
import { workspaceContext } from '../../apps/server/src/http/api-context.ts';
import { AccessDenied } from '../../apps/server/src/access/guard-hub.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSync, type SyncLine } from './access-line.ts';
import { joinAs, makeKey, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

let server: TestServer;
let [olga, mo]: Person[] = [];
let [path, id, key] = ['', '', ''];
let line: SyncLine | undefined;
beforeAll(async () => {
  server = await openServer();
  const admin = await signUp(server, 'Admin');
  ({ path, id } = await makeWorkspace(admin));
  olga = await joinAs(server, admin, path, 'Olga', 'member');
  mo = await joinAs(server, admin, path, 'Mo', 'member');
  ({ key } = await makeKey(mo, path, 'member'));
});
afterAll(async () => {
  line?.socket.terminate();
  await server.stop();
});

// Boards stand for anything here: what holds for one kind of thing holds for all.
async function make(name: string): Promise<string> {
  const reply = await olga?.call('POST', `${path}/boards`, { name, currency: 'EUR', private: name === 'Folder' });
  expect(reply?.status).toBe(201);
  return String(reply?.body['id']);
}
const get = async (person: Person | undefined, thing: string) =>
  (await person?.call('GET', `${path}/boards/${thing}`))?.status;

test('moved into a folder it follows the folder, on open connections too; and out again', async () => {
  const workspace = await server.services.host.open(id);
  const olgaId = String((await olga?.call('GET', `${path}/me`))?.body['id']);
  const as = (memberId: string, role: 'member' | 'viewer' = 'member') =>
    workspaceContext(server.services, workspace, { memberId, name: 'x', email: null, colour: 1, role });
  const [folder, note] = [await make('Folder'), await make('Note')];
  // Its maker's share is its own: from now on it is as what it lies in.
  workspace.access.dropShare(note);
  expect([await get(mo, folder), await get(mo, note)]).toEqual([404, 200]);
  line = openSync(server.url, `${id}/board/${note}?x=1&token=${key}`);
  expect(await line.tryEdit()).toBe('write');

  const moId = String((await mo?.call('GET', `${path}/me`))?.body['id']);
  expect(() => as(moId).placeIn(note, folder)).toThrow(AccessDenied);
  expect(() => as(olgaId, 'viewer').placeIn(note, folder)).toThrow(AccessDenied);
  expect(as(olgaId).placeIn(note, folder)).toEqual({ ok: true, value: null });
  expect(as(olgaId).placeIn(folder, note)).toEqual({ ok: false, error: 'in-itself' });
  expect(as(olgaId).parentOf(note)).toBe(folder);
  expect(await line.closed).toBe(4403);
  expect([await get(mo, note), await get(olga, note)]).toEqual([404, 200]);
  expect((await olga?.call('GET', `${path}/shares/${note}`))?.body).toMatchObject({
    kind: 'restricted',
    inherits: true,
    parent: folder,
    mayChange: true,
  });

  const put = (body: object) => olga?.call('PUT', `${path}/shares/${note}`, body);
  expect((await put({ kind: 'everyone', level: 'comment' }))?.body).toMatchObject({
    inherits: false,
    level: 'comment',
  });
  expect(await get(mo, note)).toBe(200);
  // Who may comment reads on the wire, and is refused where the API writes anything else.
  line = openSync(server.url, `${id}/board/${note}?x=1&token=${key}`);
  expect(await line.tryEdit()).toBe('read');
  expect((await mo?.call('PATCH', `${path}/boards/${note}`, { currency: 'USD' }))?.status).toBe(403);
  await as(moId).commentHub.transact(`board/${note}`, as(moId).author(), () => undefined);
  await expect(as(moId).hub.transact(`board/${note}`, as(moId).author(), () => undefined)).rejects.toThrow(
    'not change it',
  );

  expect((await put({ kind: 'inherited' }))?.body).toMatchObject({ kind: 'restricted', inherits: true });
  expect(await line.closed).toBe(4403);
  expect(await get(mo, note)).toBe(404);
  await expect(as(moId).commentHub.transact(`board/${note}`, as(moId).author(), () => undefined)).rejects.toThrow(
    'not shared',
  );
  expect(as(olgaId).placeIn(note, null)).toEqual({ ok: true, value: null });
  expect(await get(mo, note)).toBe(200);
  expect((await put({ kind: 'inherited' }))?.status).toBe(403);
});

test('nobody takes a thing from its owner by moving it into a drawer of their own', async () => {
  const workspace = await server.services.host.open(id);
  const moId = String((await mo?.call('GET', `${path}/me`))?.body['id']);
  const asMo = workspaceContext(server.services, workspace, {
    memberId: moId,
    name: 'x',
    email: null,
    colour: 1,
    role: 'member',
  });
  const hers = await make('Open to all');
  const drawer = await mo?.call('POST', `${path}/boards`, { name: 'Drawer', currency: 'EUR', private: true });
  expect(asMo.placeIn(hers, String(drawer?.body['id']))).toEqual({ ok: true, value: null });
  expect([await get(olga, hers), await get(mo, hers)]).toEqual([200, 200]);
  // Its owner may let it be shared as what it lies in.
  expect((await olga?.call('PUT', `${path}/shares/${hers}`, { kind: 'inherited' }))?.status).toBe(204);
  expect([await get(olga, hers), await get(mo, hers)]).toEqual([404, 200]);
});
