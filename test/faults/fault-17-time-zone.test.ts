// The host's time zone changes between two starts on one folder: a container that is moved, a machine set up anew.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { reports } from '@rapport/domain/reports/definitions';
import { afterAll, expect, test } from 'vitest';
import { copyFolder, makeFolderForTest, openTeam } from '../system/operate-fixture.ts';
import { readState } from '../system/operate-state.ts';

const folder = makeFolderForTest();
afterAll(() => folder.remove());
const program = (name: string) => join(import.meta.dirname, '../../apps/server/src', name);
const zones = ['Pacific/Kiritimati', 'America/St_Johns', 'UTC'];

function start(name: string, args: readonly string[], dataDir: string, zone: string) {
  const child = spawn(process.execPath, [program(name), ...args], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', DATA_DIR: dataDir, TZ: zone },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

/** What somebody who asks for days in their own zone is told, by a server that runs in `zone`. */
async function numbersIn(zone: string, dataDir: string, key: string, path: string): Promise<unknown> {
  const { child, output, ended } = start('main.ts', [], dataDir, zone);
  try {
    await expect.poll(() => /ready at (\S+)/.exec(output())?.[1], { timeout: 60_000 }).toBeDefined();
    const url = /ready at (\S+)/.exec(output())?.[1] ?? '';
    const get = async (what: string) =>
      (await (await fetch(`${url}${path}${what}`, { headers: { authorization: `Bearer ${key}` } })).json()) as object;
    const told = [];
    for (const { name } of reports)
      for (const timeZone of ['UTC', 'Europe/Oslo']) {
        const more = name === 'value-by' ? '&dimension=company' : '';
        // `asOf` and what counts from now differ by the moment of asking.
        told.push({ ...(await get(`/reports/${name}?timeZone=${timeZone}${more}`)), asOf: null });
      }
    told.push(await get('/deals?limit=500&sort=id'), await get('/activity?limit=500&raw=1'));
    return told;
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

test('fault 17: in another time zone the same rows are derived, and reports say the same', async () => {
  const team = await openTeam();
  const made = await team.ana.call('POST', `${team.path}/api-keys`, { name: 'Zone', role: 'viewer' });
  await team.server.close();
  const file = join('workspaces', `${team.id}.sqlite`);
  const before = readState(join(team.server.dataDir, file)).rows;
  const told: unknown[] = [];
  for (const zone of zones) {
    const dataDir = join(folder.path, zone.replace('/', '-'));
    copyFolder(team.server.dataDir, dataDir);
    const rebuilt = start('operate/rapport.ts', ['rebuild'], dataDir, zone);
    expect(await rebuilt.ended, rebuilt.output()).toBe(0);
    expect(readState(join(dataDir, file)).rows, zone).toEqual(before);
    told.push(await numbersIn(zone, dataDir, String(made.body['key']), team.path));
  }
  await team.server.stop();
  expect(told[1]).toEqual(told[0]);
  expect(told[2]).toEqual(told[0]);
});
