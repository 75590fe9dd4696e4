import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../../apps/server/src/config.ts';
import { startServer } from '../../apps/server/src/server.ts';
import { importsOf } from './imports-fixture.ts';
import { makeWorkspace, signIn, signUp, type TestServer } from './server-fixture.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'rapport-test-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
const main = join(import.meta.dirname, '../../apps/server/src/main.ts');

/** A server in a process of its own, to be killed. */
async function startProcess() {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let output = '';
  const url = await new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /Rapport is ready at (\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return {
    url,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

test(
  'contacts that a kill cuts off: what is in is whole and counted, and undo takes it back',
  { timeout: 120_000 },
  async () => {
    const killed = await startProcess();
    const ana = await signUp(killed as TestServer & typeof killed, 'Ana');
    const { path } = await makeWorkspace(ana);
    const before = importsOf(killed as TestServer & typeof killed, ana, path);
    // Somebody is there already: the import changes them, and undo must give the old values.
    await before.run('Email,First name,Company\np7@x.example,Old,Old company\n', { noun: 'contacts' });
    const rows = Array.from({ length: 4000 }, (_, at) => `p${at}@x.example,First ${at},+49 ${at},Company ${at % 50}`);
    const sent = await before.send(['Email,First name,Phone,Company', ...rows].join('\n'), { noun: 'contacts' });
    expect(sent.status).toBe(202);
    const { id } = sent.body;
    const progress = async () => Number((await ana.call('GET', `${path}/imports/${id}`)).body['done']);
    while ((await progress()) < 300) await new Promise((resolve) => setTimeout(resolve, 5));
    await killed.kill();

    const config = readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' }, []);
    if (!config.ok) throw new Error(config.error);
    const server = await startServer(config.value);
    try {
      const again = await signIn(server, ana.email);
      const imports = importsOf(server as TestServer, again, path);
      const record = await imports.finished(id);
      expect(record).toMatchObject({ status: 'interrupted', updated: 1 });
      expect(record.created).toBeGreaterThanOrEqual(299);
      expect(record.created).toBeLessThan(3999);
      const contacts = await imports.list('contacts');
      expect(contacts).toHaveLength(record.created + 1);
      // Each is whole: its e-mail and its company came in the same commit.
      expect(contacts.filter(({ email, company }) => email === null || company === null)).toEqual([]);

      expect(await imports.undo(id)).toMatchObject({ status: 'undone', keptCount: 0 });
      expect((await imports.list('contacts')).map(({ name, phone }) => [name, phone])).toEqual([['Old', null]]);
      expect((await imports.list('companies')).map(({ name }) => name)).toEqual(['Old company']);
    } finally {
      await server.close();
    }
  },
);
