import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../../apps/server/src/config.ts';
import { startServer } from '../../apps/server/src/server.ts';
import { importsOf } from './imports-fixture.ts';
import { runCommand } from './operate-fixture.ts';
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
  'contacts that a kill cuts off, whose file is lost: what is in is whole and counted, and undo takes it back',
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
    rmSync(join(dataDir, 'importing'), { recursive: true });

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

test(
  'an import that is killed again and again goes on each time: nobody twice, nobody missing, counted, and undone as a whole',
  { timeout: 240_000 },
  async () => {
    let process = await startProcess();
    let ana = await signUp(process as TestServer & typeof process, 'Bea');
    const { path } = await makeWorkspace(ana);
    const seen = () => importsOf(process as TestServer & typeof process, ana, path);
    await seen().run('Email,First name\np7@x.example,Old\n', { noun: 'contacts' });
    // By nothing but its place in the file can a row be told from others here: no e-mail is a key, and names repeat.
    const rows = Array.from({ length: 1500 }, (_, at) => `p${at}@x.example,Ann ${at % 3},Company ${at % 40},${at % 9}`);
    const file = ['Email,First name,Company,Shoe size', ...rows].join('\n');
    const mapping = { Email: 'email', 'First name': 'firstName', Company: 'company', 'Shoe size': { make: 'number' } };
    const sent = await seen().send(file, { noun: 'contacts', key: null, mapping });
    expect(sent.status).toBe(202);
    const { id } = sent.body;
    const random = (most: number) => Math.floor(Math.random() * most);
    const points = Array.from({ length: 3 }, () => random(1400)).sort((a, b) => a - b);
    for (const point of points) {
      const look = async () =>
        (await ana.call('GET', `${path}/imports/${id}`)).body as { done: number; status: string };
      for (let now = await look(); now.status === 'running' && now.done < point; now = await look())
        await new Promise((resolve) => setTimeout(resolve, random(8)));
      await process.kill();
      process = await startProcess();
      ana = await signIn(process as TestServer & typeof process, ana.email);
    }
    const record = await seen().finished(id);
    const at = `killed at ${points.join(', ')}`;
    expect([at, record]).toMatchObject([at, { status: 'done', done: 1500, planned: 1500, created: 1500, updated: 0 }]);
    const contacts = await seen().list('contacts');
    const emails = contacts.map(({ email }) => String(email)).sort();
    expect([at, emails]).toEqual([at, [...rows.map((row) => row.split(',')[0] ?? ''), 'p7@x.example'].sort()]);
    expect(await seen().list('companies')).toHaveLength(40);
    const fields = (await ana.call('GET', `${path}/fields?noun=contact`)).body.items ?? [];
    expect(fields.map(({ label }) => label)).toEqual(['Shoe size']);
    expect(
      readdirSync(join(dataDir, 'importing')).flatMap((each) => readdirSync(join(dataDir, 'importing', each))),
    ).toEqual([]);

    expect(await seen().undo(id)).toMatchObject({ status: 'undone', keptCount: 0 });
    expect((await seen().list('contacts')).map(({ name }) => name)).toEqual(['Old']);
    expect(await seen().list('companies')).toEqual([]);
    await process.kill();
    // The rows are what the log says, of all that came and went.
    expect(await runCommand('doctor', dataDir)).toMatchObject({ code: 0 });
  },
);
