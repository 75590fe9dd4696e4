import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../../apps/server/src/server.ts';
import { filesWith } from '../../apps/server/src/operate/person/search-bytes.ts';
import { makeFolderForTest, openTeam, runCommand, type BusyTeam } from './operate-fixture.ts';
import { joinAs, makeKey, signIn } from './server-fixture.ts';

const folder = makeFolderForTest();
let team: BusyTeam;
beforeAll(async () => {
  team = await openTeam();
});
afterAll(() => folder.remove());

test('a person is exported and their account erased, proved by searching the files', async () => {
  const { server, ana, path } = team;
  const { dataDir } = server;
  const zora = await joinAs(server, ana, path, 'Zora Quillfeather', 'member');
  const { key } = await makeKey(zora, path, 'member');
  const [board] = (await ana.call('GET', `${path}/boards`)).body.items ?? [];
  const made = await zora.call('POST', `${path}/deals`, { board: board?.['id'], title: 'Hers', owner: zora.memberId });
  expect(made.status).toBe(201);
  // Somebody keeps a reply that names her, as a client with retries does.
  await ana.call('PATCH', `${path}/members/${zora.memberId}`, { colour: 3 }, { 'idempotency-key': 'once' });

  const to = join(folder.path, 'zora.json');
  expect((await runCommand('export-person', dataDir, [zora.email], { to })).code).toBe(0);
  const text = readFileSync(to, 'utf8');
  const person = JSON.parse(text) as {
    person: object;
    workspaces: { deals: object[]; activity: object[]; keys: object[] }[];
  };
  expect(person.person).toMatchObject({ email: zora.email, name: 'Zora Quillfeather' });
  expect(person.workspaces[0]?.deals).toMatchObject([{ title: 'Hers' }]);
  expect(person.workspaces[0]?.activity.length).toBeGreaterThan(0);
  expect(person.workspaces[0]?.keys).toHaveLength(1);
  for (const secret of [key, zora.cookie.split('=')[1] ?? '?', 'password', 'key_hash'])
    expect(text).not.toContain(secret);

  await expect(runCommand('erase-account', dataDir, [zora.email])).rejects.toThrow('Stop it first');
  await server.close();
  await expect(runCommand('erase-account', dataDir, [ana.email])).rejects.toThrow('only admin');
  expect(filesWith(dataDir, [zora.email])).not.toEqual([]);
  const erased = await runCommand('erase-account', dataDir, [zora.email]);
  expect([erased.code, erased.text]).toEqual([0, expect.stringContaining('No file')]);
  expect(filesWith(dataDir, [zora.email, 'Zora Quillfeather'])).toEqual([]);

  const again = await startServer({ ...server.config, dataDir });
  const anaAgain = await signIn(again, ana.email);
  const deal = await anaAgain.call('GET', `${path}/deals/${String(made.body['id'])}`);
  expect(deal.body).toMatchObject({ title: 'Hers', owner: zora.memberId });
  const people = await anaAgain.call('GET', `${path}/members?include=removed`);
  expect(people.body.items?.find(({ id }) => id === zora.memberId)).toMatchObject({
    name: 'Removed person',
    email: null,
  });
  await expect(signIn(again, zora.email)).rejects.toThrow('401');

  // What somebody wrote is found and said, not silently left.
  const bo = await joinAs(again, anaAgain, path, 'Bo Vandersloot', 'member');
  await anaAgain.call('PATCH', `${path}/deals/${String(made.body['id'])}`, { description: 'Ask bo vandersloot' });
  await again.close();
  const left = await runCommand('erase-account', dataDir, [bo.email]);
  expect([left.code, left.text]).toEqual([1, expect.stringContaining(`${team.id}.sqlite`)]);
  expect(left.text).not.toContain('control.sqlite');
  await server.stop();
});
