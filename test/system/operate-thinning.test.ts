// Steps of the log that are older than HISTORY_DAYS are folded into one a day, and nobody notices: rows, documents,
// exports, the feed.
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFolderForTest, runCommand } from './operate-fixture.ts';
import { readState } from './operate-state.ts';
import { makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

const dayMs = 86_400_000;
const folder = makeFolderForTest();
let clock = Date.UTC(2026, 0, 5, 9);
let server: TestServer;
let ana: Person;
let [path, id, board] = ['', '', ''];
const author = { actor: 'server', via: 'server' } as const;
const file = (dataDir = server.dataDir) => join(dataDir, 'workspaces', `${id}.sqlite`);
const count = (sql: string): number => {
  const database = new SqliteDatabase(file(), { readonly: true });
  try {
    return Number(database.prepare<[], number>(sql).pluck().get());
  } finally {
    database.close();
  }
};

/** A day's work: deals that the feed tells of, and typing that it does not. */
async function work(day: string): Promise<void> {
  const { hub } = await server.services.host.open(id);
  const made = await ana.call('POST', `${path}/deals`, { board, title: `Deal of ${day}` });
  for (const letter of `Typed on ${day}, a letter at a time.`) {
    clock += 1_000;
    await hub.transact(`board/${board}`, author, (doc) => {
      const text = doc.getText('typed');
      text.insert(text.length, letter);
      if (text.length % 7 === 0) text.delete(0, 2);
    });
  }
  await ana.call('PATCH', `${path}/deals/${String(made.body['id'])}`, { description: `Described on ${day}` });
}

beforeAll(async () => {
  server = await openServer({ env: { HISTORY_DAYS: '30' }, replace: { now: () => clock } });
  ana = await signUp(server, 'Ana');
  ({ path, id } = await makeWorkspace(ana));
  board = String((await ana.call('GET', `${path}/boards`)).body.items?.[0]?.['id']);
  for (const day of ['the first day', 'the second day']) {
    await work(day);
    clock += dayMs;
  }
  clock += 60 * dayMs;
  await work('the last day');
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});

test('old days are folded while people work; rows, documents and exports are the same, and a rebuild gives them', async () => {
  const before = readState(file());
  const steps = count('SELECT count(*) FROM sync_log');
  const feed = (await ana.call('GET', `${path}/activity?limit=500&raw=1`)).body;
  const young = count(`SELECT count(*) FROM sync_log WHERE at >= ${clock - 30 * dayMs}`);

  const [done, edited] = await Promise.all([
    server.services.thinning.round(),
    ana.call('POST', `${path}/boards`, { name: 'Meanwhile', currency: 'EUR' }),
  ]);
  expect(edited.status).toBe(201);
  expect(done).toMatchObject({ isDone: true });
  expect(done.steps).toBeGreaterThan(50);
  const left = count('SELECT count(*) FROM sync_log') - 2;
  expect(left).toBeLessThan(steps - 50);
  // Nothing young went.
  expect(count(`SELECT count(*) FROM sync_log WHERE at >= ${clock - 30 * dayMs}`)).toBeGreaterThanOrEqual(young);
  const after = readState(file());
  expect(new Map(after.vectors as [string, string][]).get(`board/${board}`)).toBe(
    new Map(before.vectors as [string, string][]).get(`board/${board}`),
  );
  expect(after.rows['activity']).toEqual(before.rows['activity']);
  expect(after.rows['deals']).toEqual(before.rows['deals']);
  expect((await ana.call('GET', `${path}/activity?limit=500&raw=1`)).body).toEqual(feed);
  // A day is folded once, and a second look finds nothing.
  expect(await server.services.thinning.round()).toEqual({ documents: 0, steps: 0, isDone: true });

  // What each day ended with is still history.
  const { hub } = await server.services.host.open(id);
  const typed = await hub.read(`board/${board}`, (doc) => doc.getText('typed').toString());
  await server.close();
  expect((await runCommand('doctor', server.dataDir)).text).toContain('sound');
  expect((await runCommand('rebuild', server.dataDir)).code).toBe(0);
  expect(readState(file()).rows).toEqual(after.rows);
  const zip = join(folder.path, 'thinned.zip');
  await runCommand('export', server.dataDir, [id], { to: zip });
  const elsewhere = join(folder.path, 'elsewhere');
  await runCommand('restore-export', elsewhere, [zip]);
  expect(readState(file(elsewhere)).rows).toEqual(after.rows);
  expect(typed).toContain('time.'.slice(-1));
});

test('kept for ever when the setting says so', async () => {
  const forever = await openServer({ env: { HISTORY_DAYS: '0' }, replace: { now: () => clock + 4000 * dayMs } });
  expect(await forever.services.thinning.round()).toEqual({ documents: 0, steps: 0, isDone: true });
  await forever.stop();
});
