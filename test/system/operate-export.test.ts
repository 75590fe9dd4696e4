import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reports } from '@rapport/domain/reports/definitions';
import { startServer } from '../../apps/server/src/server.ts';
import { makeFolderForTest, openTeam, runCommand, type BusyTeam } from './operate-fixture.ts';
import { readState } from './operate-state.ts';
import { joinAs, makeKey, signUp, type Person } from './server-fixture.ts';

const folder = makeFolderForTest();
const zipPath = join(folder.path, 'export.zip');
let team: BusyTeam;

const reportsOf = async (person: Person, path: string) => {
  const replies = [];
  for (const { name } of reports)
    replies.push({ ...(await person.call('GET', `${path}/reports/${name}`)).body, asOf: null });
  return replies;
};
const filesIn = async (bytes: Uint8Array<ArrayBuffer>) => {
  const zip = new ZipReader(new BlobReader(new Blob([bytes])));
  const files = new Map<string, string>();
  for (const entry of await zip.getEntries())
    if (!entry.directory) {
      const bytes = await entry.getData(new Uint8ArrayWriter(), { checkSignature: true });
      files.set(entry.filename, Buffer.from(bytes).toString('utf8'));
    }
  await zip.close();
  return files;
};

beforeAll(async () => {
  team = await openTeam();
});
afterAll(async () => {
  await team.server.stop();
  folder.remove();
});

test('only an administrator may export, and it is in the audit log', async () => {
  const { server, ana, path } = team;
  const manager = await joinAs(server, ana, path, 'Mo', 'manager');
  expect((await manager.call('GET', `${path}/export`)).body.error?.code).toBe('forbidden');
  expect((await manager.call('POST', `${path}/backups`, {})).body.error?.code).toBe('forbidden');
  expect((await manager.call('GET', `${path}/health`)).body.error?.code).toBe('forbidden');
  const key = await makeKey(ana, path, 'member');
  const byKey = await fetch(`${server.url}${path}/export`, { headers: { authorization: `Bearer ${key.key}` } });
  expect(byKey.status).toBe(403);
});

test('everything comes as a ZIP, and another installation takes it in with equal reports', async () => {
  const { server, ana, id, path } = team;
  const nasty = [`=HYPERLINK("http://x.example","y")`, '+1', '-2', '@SUM(A1)', '\tx', 'Überraschung; "quoted", größer'];
  const [board] = (await ana.call('GET', `${path}/boards`)).body.items ?? [];
  for (const title of nasty)
    await ana.call('POST', `${path}/deals`, {
      board: board?.['id'],
      title,
      value: { minor: -12_345, currency: 'EUR' },
    });

  const share = { kind: 'restricted', grants: [], owner: (await ana.call('GET', `${path}/me`)).body['id'] };
  const shared = await ana.call('PUT', `${path}/boards/${String(board?.['id'])}/share`, share);
  expect(shared.status, JSON.stringify(shared.body)).toBe(200);

  const { key } = await makeKey(ana, path, 'viewer');
  const reply = await fetch(`${server.url}${path}/export`, { headers: { cookie: ana.cookie } });
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/zip']);
  expect(reply.headers.get('content-disposition')).toMatch(/^attachment; filename="Northwind-\d{4}-\d\d-\d\d\.zip"$/);
  const bytes = new Uint8Array(await reply.arrayBuffer());
  writeFileSync(zipPath, bytes);

  const files = await filesIn(bytes);
  expect([...files.keys()]).toEqual(
    expect.arrayContaining([
      'README.txt',
      'about.json',
      'deals.csv',
      'members.json',
      'custom-fields.json',
      'api-keys.json',
      'audit.ndjson',
      'tables/boards.json',
      'tables/stages.json',
      'tables/deals.json',
      'tables/activity.json',
      'history/log.ndjson',
    ]),
  );
  const csv = files.get('deals.csv') ?? '';
  expect(csv.charCodeAt(0)).toBe(0xfeff);
  const table = Papa.parse<Record<string, string>>(csv.slice(1), { header: true, skipEmptyLines: true });
  expect(table.errors).toEqual([]);
  expect(table.data).toHaveLength(Number((await ana.call('GET', `${path}/deals?limit=1`)).body['total']));
  expect(table.meta.fields?.slice(0, 8)).toEqual([
    'Id',
    'Pipeline',
    'Stage',
    'Status',
    'Title',
    'Value',
    'Value currency',
    'Company',
  ]);
  const titles = table.data.map((row) => row['Title'] ?? '');
  for (const title of titles) expect(title).not.toMatch(/^[=+\-@\t\r]/);
  expect(titles).toEqual(expect.arrayContaining([`'${nasty[0]}`, `'@SUM(A1)`, nasty[5]]));
  expect(table.data.filter((row) => row['Value'] === '-123.45')).toHaveLength(nasty.length);
  expect(table.data.some((row) => row['Owner'] === 'Ana')).toBe(true);
  const dealRows: unknown = JSON.parse(files.get('tables/deals.json') ?? '');
  expect(dealRows).toEqual(readState(join(server.dataDir, 'workspaces', `${id}.sqlite`)).rows['deals']);
  for (const text of files.values()) {
    expect(text).not.toContain('correct horse');
    expect(text).not.toContain(key);
    expect(text).not.toContain('key_hash');
  }

  const dataDir = join(folder.path, 'elsewhere');
  const { text } = await runCommand('restore-export', dataDir, [zipPath]);
  expect(readdirSync(dataDir).some((name) => name.startsWith('scratch-'))).toBe(false);
  expect(readState(join(dataDir, 'workspaces', `${id}.sqlite`))).toEqual(
    readState(join(server.dataDir, 'workspaces', `${id}.sqlite`)),
  );
  expect((await runCommand('doctor', dataDir)).code).toBe(0);
  const other = await startServer({ ...server.config, dataDir });
  const anaThere = await signUp(other, 'Ana');
  const link = /\/join\/(\S+)/.exec(text)?.[1];
  expect((await anaThere.call('POST', `/api/v1/invitations/${link}/accept`, {})).status).toBe(200);
  expect(await reportsOf(anaThere, path)).toEqual(await reportsOf(ana, path));
  // The audit log came along, with the names of keys that work no more.
  const auditOf = async (person: Person, query = '') =>
    (await person.call('GET', `${path}/audit?limit=500${query}`)).body.items ?? [];
  const made = (await auditOf(anaThere, '&action=key-made')).map(({ id, at, actor, target, detail }) => [
    id,
    at,
    (actor as { id: string }).id,
    target,
    detail,
  ]);
  expect(made.length).toBeGreaterThan(1);
  expect(made).toEqual(
    (await auditOf(ana, '&action=key-made')).map(({ id, at, actor, target, detail }) => [
      id,
      at,
      (actor as { id: string }).id,
      target,
      detail,
    ]),
  );
  expect((await anaThere.call('GET', `${path}/api-keys`)).body.items).toEqual([]);
  const byOldKey = await fetch(`${other.url}${path}/boards`, { headers: { authorization: `Bearer ${key}` } });
  expect(byOldKey.status).toBe(401);
  // What was private here is private there.
  const mia = await joinAs(other, anaThere, path, 'Mia', 'member');
  expect((await mia.call('GET', `${path}/deals?limit=1`)).body['total']).toBe(0);
  expect((await mia.call('GET', `${path}/boards/${String(board?.['id'])}/share`)).status).toBe(404);
  await other.close();
  await expect(runCommand('restore-export', dataDir, [zipPath])).rejects.toThrow('already');
});

test('the command writes the same, and what is no export is refused with nothing left behind', async () => {
  const to = join(folder.path, 'command.zip');
  expect((await runCommand('export', team.server.dataDir, [team.id], { to })).code).toBe(0);
  const dataDir = join(folder.path, 'refused');
  for (const [name, content] of [
    ['text.zip', 'no zip'],
    ['cut.zip', await import('node:fs').then(({ readFileSync }) => readFileSync(to).subarray(0, 5000))],
  ] as const) {
    writeFileSync(join(folder.path, name), content);
    await expect(runCommand('restore-export', dataDir, [join(folder.path, name)])).rejects.toThrow(/no ZIP/);
  }
  expect(existsSync(join(dataDir, 'workspaces'))).toBe(false);
});

test('a reader who goes away in the middle leaves nothing open', async () => {
  const { server, ana, path } = team;
  const leaving = new AbortController();
  const reply = await fetch(`${server.url}${path}/export`, { headers: { cookie: ana.cookie }, signal: leaving.signal });
  await reply.body?.getReader().read();
  leaving.abort();
  expect((await ana.call('GET', `${path}/health`)).status).toBe(200);
});
