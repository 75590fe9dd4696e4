import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Noun } from '@rapport/domain/http/workspace-context.node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../../apps/server/src/server.ts';
import { caller, makeWorkspace, openServer, signUp, type TestServer } from './server-fixture.ts';

/** A noun whose projection can be told to write its rows differently. */
const labelled = (column: string): Noun => ({
  name: 'jots',
  readModel: [`CREATE TABLE jots (id TEXT PRIMARY KEY, ${column} TEXT NOT NULL)`],
  kinds: [
    {
      owns: (name) => name.startsWith('jot/'),
      projector: (name, doc) => ({
        project: () => [
          { table: 'jots', key: { id: name }, row: { [column]: String(doc.getMap('meta').get('text')) } },
        ],
      }),
    },
  ],
});

describe('the app’s files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-web-'));
  let server: TestServer;
  beforeAll(async () => {
    mkdirSync(join(folder, 'dist', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'outside.txt'), 'private');
    writeFileSync(join(folder, 'dist', 'index.html'), '<!doctype html><title>App</title>');
    writeFileSync(join(folder, 'dist', 'sw.js'), '// worker');
    writeFileSync(join(folder, 'dist', 'assets', 'main-abc.js'), 'export {}');
    writeFileSync(join(folder, 'dist', 'assets', 'main-abc.js.br'), brotliCompressSync('export {}'));
    server = await openServer({ replace: { webFolder: join(folder, 'dist') } });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['/', 200, 'no-cache', 'text/html'],
    ['/w/01J/board/01J?view=mine', 200, 'no-cache', 'text/html'],
    ['/join/inv_abc.def', 200, 'no-cache', 'text/html'],
    ['/sw.js', 200, 'no-cache', 'text/javascript'],
    ['/assets/main-abc.js', 200, 'public, max-age=31536000, immutable', 'text/javascript'],
    ['/assets/old-123.js', 404, null, 'text/plain'],
    ['/api/elsewhere', 404, 'no-store', 'application/json'],
  ])('%s', async (path, status, cache, type) => {
    const response = await fetch(server.url + path);
    expect([response.status, response.headers.get('cache-control')]).toEqual([status, cache]);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self';");
  });

  test('what is long goes compressed', async () => {
    const encodingOf = async (path: string) => {
      const response = await fetch(server.url + path, { headers: { 'accept-encoding': 'gzip, br' } });
      expect((await response.text()).length).toBeGreaterThan(0);
      return response.headers.get('content-encoding');
    };
    expect(await encodingOf('/assets/main-abc.js')).toBe('br');
    expect(await encodingOf('/api/v1/openapi.json')).toBe('gzip');
  });

  test.each(['/../outside.txt', '/..%2foutside.txt', '/assets/..%2f..%2foutside.txt', '/%2e%2e/outside.txt'])(
    'nothing beside the folder is served: %s',
    async (path) => {
      // `fetch` would tidy the path up before sending it.
      const text = await new Promise<string>((resolve, reject) => {
        const asking = request({ port: server.port, path }, (response) => {
          let got = '';
          response.on('data', (chunk: Buffer) => (got += chunk.toString()));
          response.once('end', () => resolve(got));
        });
        asking.once('error', reject).end();
      });
      expect(text).not.toContain('private');
    },
  );
});

describe('a workspace’s derived tables', () => {
  test('are made anew from the log when a noun derives them differently', async () => {
    const before = await openServer({ replace: { nouns: [labelled('body')] } });
    const ana = await signUp(before, 'Ana');
    const { id } = await makeWorkspace(ana);
    const open = await before.services.host.open(id);
    await open.hub.create(
      'jot/1',
      { actor: 'server', via: 'server' },
      (doc) => void doc.getMap('meta').set('text', 'Kept'),
    );
    expect(open.query.all('SELECT * FROM jots')).toEqual([{ id: 'jot/1', body: 'Kept' }]);
    await before.close();

    const after = await startServer(before.config, { nouns: [labelled('words')] });
    const again = await after.services.host.open(id);
    expect(again.query.all('SELECT * FROM jots')).toEqual([{ id: 'jot/1', words: 'Kept' }]);
    expect(() => again.query.all('DELETE FROM jots')).toThrow();
    await after.close();
    await before.stop();
  });
});

describe('sign-ups from one address', () => {
  test('are limited, and the limit is a setting', async () => {
    const server = await openServer({
      env: { LIMIT_SIGN_IN_PER_MINUTE: '2', LIMIT_REQUEST_BURST: '3', LIMIT_REQUESTS_PER_SECOND: '1' },
    });
    const up = (n: number) =>
      caller(server)('POST', '/api/auth/sign-up/email', {
        name: 'N',
        email: `n${n}@team.example`,
        password: 'correct horse',
      });
    expect([(await up(1)).status, (await up(2)).status]).toEqual([200, 200]);
    const third = await up(3);
    expect([third.status, third.body.error?.code, third.headers.get('retry-after')]).toEqual([
      429,
      'rate-limited',
      '30',
    ]);
    await server.stop();
  });
});
