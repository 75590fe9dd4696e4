import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { startServer } from '../../apps/server/src/server.ts';
import { dataFormat, NewerFormat } from '../../apps/server/src/operate/format.ts';
import { copyFolder, makeFolderForTest, openTeam, runCommand } from './operate-fixture.ts';
import { readState } from './operate-state.ts';
import { openServer, signIn } from './server-fixture.ts';

const folder = makeFolderForTest();
const fixtures = join(import.meta.dirname, '../fixtures');
afterAll(() => folder.remove());

const program = (name: string) => join(import.meta.dirname, '../../apps/server/src', name);

async function run(file: string, args: string[], dataDir: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [program(file), ...args], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

const bytesOf = (dataDir: string) =>
  Object.fromEntries(
    readdirSync(dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path).toString('base64')]),
  );

describe('a data folder of a later version', () => {
  test.each(['control.sqlite', 'workspace'])('%s: one line, exit 2, and not a byte is changed', async (which) => {
    const team = await openTeam();
    const dataDir = join(folder.path, `newer ${which}`);
    await team.server.close();
    copyFolder(team.server.dataDir, dataDir);
    await team.server.stop();
    const path = join(dataDir, which === 'workspace' ? `workspaces/${team.id}.sqlite` : which);
    const database = new SqliteDatabase(path);
    expect(database.pragma('user_version', { simple: true })).toBe(dataFormat);
    database.pragma(`user_version = ${dataFormat + 1}`);
    database.close();
    const before = bytesOf(dataDir);
    for (const [file, args] of [
      ['main.ts', []],
      ['operate/rapport.ts', ['doctor', '--repair']],
    ] as const) {
      const { code, output } = await run(file, [...args], dataDir);
      expect([code, output]).toEqual([2, expect.stringContaining(`has format ${dataFormat + 1}`)]);
      expect(output.trimEnd().split('\n')).toHaveLength(1);
    }
    const to = join(folder.path, `copy ${which}`);
    for (const [name, args] of [
      ['backup', []],
      ['rebuild', []],
      ['export', [team.id]],
      ['restore', [dataDir]],
    ] as const)
      await expect(runCommand(name, dataDir, [...args], { to })).rejects.toThrow(NewerFormat);
    expect(bytesOf(dataDir)).toEqual(before);
  });

  test('is seen also where a crash left the number in the write-ahead log', async () => {
    const dataDir = join(folder.path, 'crashed');
    const team = await openTeam();
    await team.server.close();
    const path = join(team.server.dataDir, 'control.sqlite');
    const database = new SqliteDatabase(path);
    database.pragma(`user_version = ${dataFormat + 1}`);
    // As if the process were gone: the log was not folded into the file.
    copyFolder(team.server.dataDir, dataDir);
    database.close();
    await team.server.stop();
    expect(existsSync(join(dataDir, 'control.sqlite-wal'))).toBe(true);
    const before = readFileSync(join(dataDir, 'control.sqlite')).toString('base64');
    const log = readFileSync(join(dataDir, 'control.sqlite-wal')).toString('base64');
    expect((await run('main.ts', [], dataDir)).code).toBe(2);
    expect(readFileSync(join(dataDir, 'control.sqlite')).toString('base64')).toBe(before);
    expect(readFileSync(join(dataDir, 'control.sqlite-wal')).toString('base64')).toBe(log);
  });
});

describe('a data folder of an earlier version', () => {
  const formats = readdirSync(fixtures).filter((name) => name.startsWith('format-'));
  test.each(formats)('%s opens, with the same documents, and its rows are sound', async (name) => {
    const dataDir = join(folder.path, name);
    copyFolder(join(fixtures, name), dataDir);
    const [file = ''] = readdirSync(join(dataDir, 'workspaces'));
    const before = readState(join(dataDir, 'workspaces', file));
    const server = await startServer({ ...(await settings()), dataDir });
    const ana = await signIn(server, 'ana@team.example');
    const path = `/api/v1/w/${file.replace('.sqlite', '')}`;
    const deals = await ana.call('GET', `${path}/deals?limit=500`);
    expect(deals.body['total']).toBeGreaterThan(0);
    expect(
      (await ana.call('PATCH', `${path}/deals/${String(deals.body.items?.[0]?.['id'])}`, { title: 'Now' })).status,
    ).toBe(200);
    await server.close();
    const after = readState(join(dataDir, 'workspaces', file), before.lastSeq);
    expect(after.vectors).toEqual(before.vectors);
    expect((await runCommand('doctor', dataDir)).text).toContain('sound');
  });
});

/** A config with the defaults; its own folder is not used. */
async function settings() {
  const server = await openServer();
  await server.stop();
  return server.config;
}
