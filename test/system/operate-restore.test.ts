import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { makeFolderForTest, openTeam, type BusyTeam } from './operate-fixture.ts';
import { joinAs, makeWorkspace, type Person } from './server-fixture.ts';

const folder = makeFolderForTest();
let team: BusyTeam;
beforeAll(async () => {
  team = await openTeam();
});
afterAll(async () => {
  await team.server.stop();
  folder.remove();
});

const ask = (person: Person, path: string, body?: Uint8Array<ArrayBuffer>) =>
  fetch(`${team.server.url}${path}`, {
    method: 'POST',
    headers: { cookie: person.cookie, origin: team.server.url },
    ...(body === undefined ? {} : { body }),
  });
const backUp = async (path: string) => new Uint8Array(await (await ask(team.ana, `${path}/backups`)).arrayBuffer());
const hand = async (bytes: Uint8Array<ArrayBuffer>, path = team.path, person = team.ana) => {
  const reply = await ask(person, `${path}/restorations`, bytes);
  return { status: reply.status, body: (await reply.json()) as Record<string, never> };
};
const titles = async () =>
  ((await team.ana.call('GET', `${team.path}/deals?limit=500&sort=id`)).body.items ?? []).map((deal) => deal['title']);
const wonInReports = async () => (await team.ana.call('GET', `${team.path}/reports/win-rate`)).body['rows'];
const rename = async (title: string) => {
  const [deal] = (await team.ana.call('GET', `${team.path}/deals?limit=1&sort=id`)).body.items ?? [];
  expect((await team.ana.call('PATCH', `${team.path}/deals/${String(deal?.['id'])}`, { title })).status).toBe(200);
};

test('an admin goes back to a backup while the server runs; everybody is sent away for a moment, what was is kept', async () => {
  const [before, reports] = [await titles(), await wonInReports()];
  const backup = await backUp(team.path);
  await rename('Written after the backup');
  const [board] = (await team.ana.call('GET', `${team.path}/boards`)).body.items ?? [];
  const [stage] = (await team.ana.call('GET', `${team.path}/boards/${String(board?.['id'])}`)).body[
    'stages'
  ] as unknown as { id: string; kind: string }[];
  await team.ana.call('POST', `${team.path}/deals`, { board: board?.['id'], stage: stage?.id, title: 'Made after it' });
  expect(await titles()).not.toEqual(before);
  await wonInReports();

  const socket = new WebSocket(`${team.server.url.replace('http', 'ws')}/sync/${team.id}/${String(board?.['doc'])}`, {
    headers: { cookie: team.ana.cookie, origin: team.server.url },
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('open', resolve));

  const { status, body } = await hand(backup);
  expect([status, typeof body['madeAt']]).toEqual([200, 'number']);
  expect(await closed).toBe(1012);
  expect(await titles()).toEqual(before);
  expect(await wonInReports()).toEqual(reports);
  expect(existsSync(join(team.server.dataDir, String(body['keptIn']), 'workspaces', `${team.id}.sqlite`))).toBe(true);
  await rename('Work goes on');
  expect((await team.ana.call('GET', `${team.path}/search?q=Work`)).status).toBe(200);
  const lines = (await team.ana.call('GET', `${team.path}/audit`)).body.items ?? [];
  expect(lines.map((line) => line['action'])).toContain('backup-restored');
});

test('what is no backup of this workspace, or damaged, is refused by name and changes nothing', async () => {
  const before = await titles();
  const backup = await backUp(team.path);
  const other = await makeWorkspace(team.ana, 'Elsewhere');
  const damaged = backup.slice();
  damaged.fill(0xff, 8192, 12_288);
  for (const [bytes, sentence] of [
    [await backUp(other.path), /another workspace/],
    [damaged, /damaged|cannot be read/],
    [new TextEncoder().encode('no database at all'), /cannot be read/],
    [new Uint8Array(), /no backup|cannot be read/],
  ] as const) {
    const { status, body } = await hand(bytes);
    const { message } = body['error'] as unknown as { message: string };
    expect([status, message]).toEqual([400, expect.stringMatching(sentence)]);
    expect(message).not.toContain(team.server.dataDir);
  }
  expect(await titles()).toEqual(before);
});

test('programs in a handed-in file are taken out; only admins may', async () => {
  const path = join(folder.path, 'program.sqlite');
  writeFileSync(path, await backUp(team.path));
  const database = new SqliteDatabase(path);
  database.exec(`CREATE TRIGGER steal AFTER UPDATE ON deals BEGIN DELETE FROM deals; END`);
  const bytes = new Uint8Array(database.serialize());
  database.close();
  const mia = await joinAs(team.server, team.ana, team.path, 'Mia', 'manager');
  expect((await hand(bytes, team.path, mia)).status).toBe(403);
  const before = await titles();
  expect((await hand(bytes)).status).toBe(200);
  await rename('After the trigger');
  expect((await titles()).length).toBe(before.length);
});
