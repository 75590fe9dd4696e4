import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../apps/server/src/config.ts';
import { makeFolderForTest, openTeam, runCommand, type BusyTeam } from './operate-fixture.ts';
import { openServer } from './server-fixture.ts';

const token = 'metrics-token-of-a-test';
const folder = makeFolderForTest();
let team: BusyTeam;
beforeAll(async () => {
  team = await openTeam({ METRICS_TOKEN: token });
});
afterAll(async () => {
  await team.server.stop();
  folder.remove();
});

describe('health for administrators', () => {
  test('tells documents, sockets, commit times, sizes, odd values and the last backup', async () => {
    const { ana, path } = team;
    const { status, body } = await ana.call('GET', `${path}/health`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ sockets: 0, damaged: [], lastCommitError: null, lastBackup: null, dataQuality: 0 });
    const commits = body['commits'] as { count: number; p50Ms: number; p99Ms: number };
    expect(commits.count).toBeGreaterThan(0);
    expect(commits.p99Ms).toBeGreaterThanOrEqual(commits.p50Ms);
    const sizes = body['sizes'] as Record<string, number>;
    for (const key of ['fileBytes', 'documents', 'logRows', 'logBytes']) expect(sizes[key], key).toBeGreaterThan(0);
  });

  test('a backup by REST is one sound file, noted with who made it', async () => {
    const { server, ana, path, id } = team;
    const reply = await fetch(`${server.url}${path}/backups`, {
      method: 'POST',
      // A repeated key must neither keep the file nor answer with a broken copy of it.
      headers: { cookie: ana.cookie, origin: server.url, 'idempotency-key': 'backup' },
    });
    expect(server.services.control.handle.prepare('SELECT count(*) FROM idempotency').pluck().get()).toBe(0);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/vnd.sqlite3']);
    const file = join(folder.path, 'downloaded.sqlite');
    writeFileSync(file, new Uint8Array(await reply.arrayBuffer()));
    const copy = new SqliteDatabase(file, { readonly: true });
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    copy.close();
    const { body } = await ana.call('GET', `${path}/health`);
    const me = (await ana.call('GET', `${path}/me`)).body;
    expect(body['lastBackup']).toMatchObject({ madeBy: me['id'] });
    const restored = await runCommand('restore', join(folder.path, 'elsewhere'), [file]);
    expect(restored.text).toContain(id);
  });

  test('backups at one time are one; the others are told to try again', async () => {
    const { server, ana, path } = team;
    const ask = async () => {
      const reply = await fetch(`${server.url}${path}/backups`, {
        method: 'POST',
        headers: { cookie: ana.cookie, origin: server.url },
      });
      await reply.arrayBuffer();
      return reply.status;
    };
    expect((await Promise.all([ask(), ask()])).sort()).toEqual([200, 503]);
  });
});

describe('metrics', () => {
  const scrape = (url: string, authorization?: string) =>
    fetch(`${url}/metrics`, authorization === undefined ? {} : { headers: { authorization } });

  test('answer to the token alone, and name nobody', async () => {
    const { server, id } = team;
    expect((await scrape(server.url)).status).toBe(401);
    expect((await scrape(server.url, 'Bearer metrics-token-of-a-tesT')).status).toBe(401);
    const reply = await scrape(server.url, `Bearer ${token}`);
    const text = await reply.text();
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
    for (const name of [
      'commit_seconds_bucket',
      'documents_loaded',
      'sockets',
      'workspaces_open 1',
      'http_requests_total',
    ])
      expect(text).toContain(`rapport_${name}`);
    for (const word of [id, 'Ana', 'Northwind', 'team.example']) expect(text).not.toContain(word);
  });

  test('are off without METRICS_TOKEN, and a poor token is refused without being told', async () => {
    const server = await openServer();
    expect((await scrape(server.url, 'Bearer ')).status).toBe(404);
    await server.stop();
    const config = readConfig({ METRICS_TOKEN: 'too short' }, []);
    expect(config).toMatchObject({ ok: false, error: expect.not.stringContaining('too short') });
  });
});
