// What a sync client of one's own, as anybody can write one, may do with the documents that no share of a record governs.
import { fieldsRoot } from '@rapport/domain/custom-fields';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { openSync, type LetIn } from './access-line.ts';
import { joinAs, makeKey, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';
import { stockClient, until } from './stock-client.ts';

let server: TestServer;
let workspaceId: string;
let path: string;
let ana: Person & { memberId: string };
const people: Record<string, Person & { memberId: string }> = {};
const ids: Record<string, string> = {};

beforeAll(async () => {
  server = await openServer();
  const founder = await signUp(server, 'Ana');
  ({ id: workspaceId, path } = await makeWorkspace(founder));
  const members = (await founder.call('GET', `${path}/members`)).body.items ?? [];
  ana = { ...founder, memberId: String(members[0]?.['id']) };
  people['admin'] = ana;
  for (const role of ['manager', 'member', 'viewer'])
    people[role] = await joinAs(server, ana, path, role.toUpperCase(), role);
  people['stranger'] = { ...(await signUp(server, 'Stranger')), memberId: 'nobody' };
  ids['folder'] = String((await ana.call('POST', `${path}/folders`, { name: 'Open' })).body['id']);
  const secret = await ana.call('POST', `${path}/folders`, { name: 'Secret' });
  ids['secret'] = String(secret.body['id']);
  await ana.call('PUT', `${path}/shares/${ids['secret']}`, { kind: 'restricted', grants: [] });
  const { hub } = await server.services.host.open(workspaceId);
  const author = { actor: 'server', via: 'server' } as const;
  // What they hold does not matter at the door.
  for (const doc of ['import/01HA', 'import/01HA~0', 'file/01HB'])
    await hub.create(doc, author, (made) => made.getMap('meta').set('schema', 1));
});
afterAll(() => server.stop());

/** What somebody's own client is let in for: by a cookie, as their browser's. */
async function letIn(role: string, doc: string): Promise<LetIn> {
  const cookie = people[role]?.cookie ?? '';
  const line = openSync(server.url, `${workspaceId}/${doc}?x=1`, { cookie, origin: server.url });
  const outcome = await line.tryEdit();
  line.socket.terminate();
  return outcome;
}

const none = 4403;
const of = (role: string) => `member/${people[role]?.memberId ?? ''}`;
const matrix: readonly (readonly [string, () => string, Readonly<Record<string, LetIn>>])[] = [
  ['workspace', () => 'workspace', { admin: 'write', manager: 'read', member: 'read', viewer: 'read', stranger: none }],
  ['views', () => 'views', { admin: 'write', manager: 'write', member: 'write', viewer: 'read', stranger: none }],
  ['an admin’s own', () => of('admin'), { admin: 'write', manager: none, member: none, viewer: none, stranger: none }],
  ['a member’s own', () => of('member'), { admin: none, manager: none, member: 'write', viewer: none, stranger: none }],
  ['a viewer’s own', () => of('viewer'), { admin: none, manager: none, member: none, viewer: 'write', stranger: none }],
  ['a part of one’s own', () => `${of('member')}~1`, { member: none, admin: none, stranger: none }],
  ['an import', () => 'import/01HA', { admin: none, member: none, viewer: none, stranger: none }],
  ['a part of an import', () => 'import/01HA~0', { admin: none, member: none, viewer: none, stranger: none }],
  ['a file', () => 'file/01HB', { admin: none, member: none, viewer: none, stranger: none }],
  [
    'an open folder',
    () => `folder/${ids['folder']}`,
    { admin: 'write', manager: 'write', member: 'write', viewer: 'read', stranger: none },
  ],
  [
    'a private folder',
    () => `folder/${ids['secret']}`,
    { admin: 'write', manager: none, member: none, viewer: none, stranger: none },
  ],
];

test.each(matrix)('%s', async (_, doc, expected) => {
  const got: Record<string, LetIn> = {};
  for (const role of Object.keys(expected)) got[role] = await letIn(role, doc());
  expect(got).toEqual(expected);
});

test('no document comes into being by being asked for', async () => {
  const { hub } = await server.services.host.open(workspaceId);
  for (const doc of ['workspace~1', 'views~1', 'folder/none', 'other/none', 'board/none', 'contact/none']) {
    for (const role of ['admin', 'member']) expect([doc, typeof (await letIn(role, doc))]).toEqual([doc, 'number']);
    expect(await hub.exists(doc)).toBe(false);
  }
});

describe('definitions of fields', () => {
  const define = (doc: Y.Doc) =>
    doc
      .getMap(fieldsRoot)
      .set('mine', new Y.Map(Object.entries({ noun: 'deal', key: 'sneaked', type: 'text', label: 'Sneaked' })));
  const keys = async () => ((await ana.call('GET', `${path}/fields`)).body.items ?? []).map(({ key }) => key);

  test('a stock client of a member writes none, keeps reading and is told of those that an admin adds', async () => {
    const { key } = await makeKey(people['member'] ?? ana, path, 'member');
    const client = await stockClient(server.url, workspaceId, 'workspace', key);
    define(client.doc);
    await ana.call('POST', `${path}/fields`, { noun: 'deal', type: 'text', label: 'Proper' });
    await until(() => JSON.stringify(client.doc.getMap(fieldsRoot).toJSON()).includes('proper'));
    expect(await keys()).toEqual(['proper']);
    client.close();
  });

  test('an admin’s key for members writes none, one for admins does', async () => {
    for (const [role, isIn] of [
      ['member', false],
      ['admin', true],
    ] as const) {
      const { key } = await makeKey(ana, path, role);
      const client = await stockClient(server.url, workspaceId, 'workspace', key);
      define(client.doc);
      const late = await ana.call('POST', `${path}/fields`, { noun: 'company', type: 'text', label: role });
      await until(() => JSON.stringify(client.doc.getMap(fieldsRoot).toJSON()).includes(String(late.body['id'])));
      if (isIn) await until(async () => (await keys()).includes('sneaked'));
      expect((await keys()).includes('sneaked')).toBe(isIn);
      client.close();
    }
  });

  test('who is an admin no longer writes no more on a connection that is open', async () => {
    const once = await joinAs(server, ana, path, 'Once', 'admin');
    const line = openSync(server.url, `${workspaceId}/workspace?x=1`, { cookie: once.cookie, origin: server.url });
    expect(await line.tryEdit()).toBe('write');
    await ana.call('PATCH', `${path}/members/${once.memberId}`, { role: 'member' });
    await until(() => line.notices.some(({ type, access }) => type === 'access' && access === 'read'));
    expect(await line.tryEdit()).toBe('read');
    expect(line.notices.at(-1)).toMatchObject({ type: 'rejected', code: 'read-only' });
    line.socket.terminate();
  });
});

test('views that older versions kept in the workspace’s own document are where everybody writes them', async () => {
  const other = await makeWorkspace(ana, 'Older');
  const { hub } = await server.services.host.open(other.id);
  await hub.transact('workspace', { actor: 'server', via: 'server' }, (doc) => {
    const view = { board: 'table/contacts', name: 'Ours', query: 'q=1' };
    doc.getMap('views').set('v1', new Y.Map(Object.entries(view)));
  });
  const { key } = await makeKey(ana, other.path, 'member');
  const client = await stockClient(server.url, other.id, 'views', key);
  expect(client.doc.getMap('views').toJSON()).toEqual({ v1: { board: 'table/contacts', name: 'Ours', query: 'q=1' } });
  client.close();
});
