// Files in backup, export, doctor; and what is given up after 30 days.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { purgeableNotes } from '@rapport/domain/notes/purge.node';
import { purgeDue } from '@rapport/domain/purge/purger.node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCollector } from '../../apps/server/src/files/collect.ts';
import { contentPath } from '../../apps/server/src/files/contents.ts';
import { startServer } from '../../apps/server/src/server.ts';
import { fileTools, sha256, type FileTools } from './file-fixture.ts';
import { makeFolderForTest, openTeam, runCommand, type BusyTeam } from './operate-fixture.ts';
import { joinAs, signIn, signUp } from './server-fixture.ts';

const folder = makeFolderForTest();
const bytes = randomBytes(300_000);
let team: BusyTeam;
let files: FileTools;
let id: string;
const contentsOf = (dataDir: string) => join(dataDir, 'workspaces', `${team.id}.files`);

beforeAll(async () => {
  team = await openTeam();
  files = fileTools(team.server, team.path);
  await team.ana.call('POST', `${team.path}/folders`, { name: 'Contracts' });
  id = await files.upload(team.ana, bytes, { filename: 'Contract.bin' });
});
afterAll(async () => {
  await team.server.stop();
  folder.remove();
});

test('a backup has the contents, and a restore brings them', async () => {
  const to = join(folder.path, 'backup');
  const made = await runCommand('backup', team.server.dataDir, [], { to });
  expect([made.code, made.text]).toEqual([0, expect.stringContaining('300 kB of files')]);
  const dataDir = join(folder.path, 'restored');
  await runCommand('restore', dataDir, [to]);
  expect((await runCommand('doctor', dataDir)).code).toBe(0);
  const there = await startServer({ ...team.server.config, dataDir });
  const ana = await signIn({ ...there }, team.ana.email);
  const reply = await fetch(`${there.url}${team.path}/files/${id}/content`, { headers: { cookie: ana.cookie } });
  expect(sha256(new Uint8Array(await reply.arrayBuffer()))).toBe(sha256(bytes));
  await there.close();

  const one = join(folder.path, 'one');
  await runCommand('backup', team.server.dataDir, [], { to: one, workspace: team.id });
  const other = join(folder.path, 'other');
  mkdirSync(other);
  await runCommand('restore', other, [join(one, `${team.id}.sqlite`)]);
  expect(existsSync(contentPath(contentsOf(other), sha256(bytes)))).toBe(true);
});

test('an export has them, and another installation takes them in', async () => {
  const zip = join(folder.path, 'export.zip');
  await runCommand('export', team.server.dataDir, [team.id], { to: zip });
  const dataDir = join(folder.path, 'imported');
  await runCommand('restore-export', dataDir, [zip]);
  expect(readdirSync(dataDir).some((name) => name.startsWith('scratch-'))).toBe(false);
  const there = await startServer({ ...team.server.config, dataDir });
  await signUp(there, 'Ana');
  await there.close();
  expect((await runCommand('doctor', dataDir)).code).toBe(0);
  expect(existsSync(contentPath(contentsOf(dataDir), sha256(bytes)))).toBe(true);
});

test('the doctor names what is missing, damaged, or nobody’s', async () => {
  const dataDir = join(folder.path, 'restored');
  const path = contentPath(contentsOf(dataDir), sha256(bytes));
  writeFileSync(path, randomBytes(300_000));
  const damaged = await runCommand('doctor', dataDir);
  expect([damaged.code, damaged.text]).toEqual([1, expect.stringContaining(`content of file ${id} is damaged`)]);
  const backup = await runCommand('backup', dataDir, [], { to: join(folder.path, 'damaged') });
  expect([backup.code, backup.text]).toEqual([1, expect.stringContaining('NOT SOUND')]);
  rmSync(path);
  const nobodys = randomBytes(10);
  mkdirSync(join(contentPath(contentsOf(dataDir), sha256(nobodys)), '..'), { recursive: true });
  writeFileSync(contentPath(contentsOf(dataDir), sha256(nobodys)), nobodys);
  const missing = await runCommand('doctor', dataDir);
  expect([missing.code, missing.text]).toEqual([1, expect.stringContaining(`content of file ${id} is missing`)]);
  expect(missing.text).toContain('1 are named by no file');
});

test('what was in the bin for 30 days goes, its content 30 days later; what another file has stays', async () => {
  const { server, ana, path } = team;
  const shared = await files.upload(ana, bytes, { filename: 'The same.bin' });
  const own = randomBytes(1000);
  const alone = await files.upload(ana, own, { filename: 'Alone.bin' });
  for (const each of [shared, alone]) expect((await ana.call('DELETE', `${path}/files/${each}`)).status).toBe(200);
  expect((await ana.call('GET', `${path}/files?bin=1`)).body['total']).toBe(2);
  expect((await ana.call('POST', `${path}/files/${alone}/restore`, {})).body['deletedAt']).toBeNull();
  await ana.call('DELETE', `${path}/files/${alone}`);

  let days = 0;
  const collector = makeCollector({
    workspace: await server.services.host.open(team.id),
    files: server.services.files(team.id),
    now: () => Date.now() + days * 86_400_000,
    onProblem: (error) => {
      throw error;
    },
  });
  expect(await collector.collect()).toEqual({ binned: 0, purged: 0, removed: 0 });
  days = 31;
  expect(await collector.collect()).toEqual({ binned: 0, purged: 2, removed: 0 });
  expect((await ana.call('GET', `${path}/files/${alone}`)).status).toBe(404);
  days = 60;
  expect(await collector.collect()).toEqual({ binned: 0, purged: 0, removed: 0 });
  days = 62;
  expect(await collector.collect()).toEqual({ binned: 0, purged: 0, removed: 1 });
  expect(existsSync(contentPath(contentsOf(server.dataDir), sha256(own)))).toBe(false);
  expect((await files.content(ana, id)).status).toBe(200);
  collector.close();
});

test('a file of a note that was given up for good comes into the bin, and goes from there', async () => {
  const { server, ana, path } = team;
  const note = String((await ana.call('POST', `${path}/notes`, { title: 'Short-lived' })).body['id']);
  const inNote = await files.upload(ana, randomBytes(100), { filename: 'In it.bin', place: `note/${note}` });
  const workspace = await server.services.host.open(team.id);
  let now = Date.now();
  const options = { workspace, files: server.services.files(team.id), now: () => now };
  const collector = makeCollector({
    ...options,
    onProblem: (error) => {
      throw error;
    },
  });
  await ana.call('DELETE', `${path}/notes/${note}`);
  expect((await collector.collect()).binned).toBe(0);
  const stayMs = 30 * 86_400_000;
  now += stayMs + 60_000;
  // Only what comes back is read slowly.
  const readSlowly = () => Promise.reject(new Error('nothing is read'));
  const attended = { hub: workspace.hub, query: workspace.query, readSlowly };
  const purgeables = [purgeableNotes];
  expect(
    await purgeDue({ workspace: attended, purgeables, now: () => now, stayMs, isClosed: () => false }),
  ).toMatchObject({
    notes: 1,
  });
  const rowOf = () =>
    workspace.query.get<{ deleted_at: number }>('SELECT deleted_at FROM files WHERE id = ?', [inNote]);
  expect((await collector.collect()).binned).toBe(1);
  expect(rowOf()?.deleted_at).toBe(now);
  expect((await collector.collect()).binned).toBe(0);
  now += stayMs + 60_000;
  expect((await collector.collect()).purged).toBe(1);
  expect(rowOf()).toBeUndefined();
  collector.close();
});

test('an admin deletes for good, and the bytes are gone unless another file has them', async () => {
  const { server, ana, path } = team;
  const secret = randomBytes(2000);
  const [one, two] = [
    await files.upload(ana, secret, { filename: 'Passport.bin' }),
    await files.upload(ana, secret, { filename: 'Passport copy.bin' }),
  ];
  const at = contentPath(contentsOf(server.dataDir), sha256(secret));
  const purge = async (id: string) => (await ana.call('POST', `${path}/files/${id}/purge`, {})).status;
  expect(await purge(one)).toBe(409);
  await ana.call('DELETE', `${path}/files/${one}`);
  const mo = await joinAs(server, ana, path, 'Mo', 'manager');
  expect((await mo.call('POST', `${path}/files/${one}/purge`, {})).status).toBe(403);
  expect([await purge(one), existsSync(at)]).toEqual([204, true]);
  await ana.call('DELETE', `${path}/files/${two}`);
  expect([await purge(two), existsSync(at)]).toEqual([204, false]);
  expect((await ana.call('GET', `${path}/files?bin=1`)).body['total']).toBe(0);
  expect(JSON.stringify((await ana.call('GET', `${path}/audit`)).body)).toContain('file-purged');
});
