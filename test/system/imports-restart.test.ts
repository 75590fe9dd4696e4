import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../../apps/server/src/config.ts';
import { startServer } from '../../apps/server/src/server.ts';
import { makeWorkspace, signIn, signUp } from './server-fixture.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'rapport-test-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function start() {
  const config = readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' }, []);
  if (!config.ok) throw new Error(config.error);
  return { ...(await startServer(config.value)), dataDir, config: config.value, stop: () => Promise.resolve() };
}

test('deals without a key, whose import a stop cuts off: it goes on where it was, none comes twice, and it can be taken back', async () => {
  const first = await start();
  const ana = await signUp(first, 'Ana');
  const { path } = await makeWorkspace(ana);
  const rows = Array.from({ length: 4000 }, (_, at) => `Deal ${at},Pilot`);
  const form = new FormData();
  form.set('file', new File([['Deal name,Stage', ...rows].join('\n')], 'deals.csv'));
  const headers = { cookie: ana.cookie, origin: new URL(first.url).origin };
  const sent = await fetch(`${first.url}${path}/imports`, { method: 'POST', body: form, headers });
  expect(sent.status).toBe(202);
  const { id } = (await sent.json()) as { id: string };
  let done = 0;
  while (done === 0) done = Number((await ana.call('GET', `${path}/imports/${id}`)).body.done);
  await first.close();

  const second = await start();
  try {
    const again = await signIn(second, ana.email);
    const look = async () => (await again.call('GET', `${path}/imports/${id}`)).body;
    const total = async () => Number((await again.call('GET', `${path}/deals?limit=1`)).body.total);
    while ((await look()).status === 'running') await new Promise((resolve) => setTimeout(resolve, 20));
    const record = await look();
    expect(done).toBeLessThan(4000);
    expect(record).toMatchObject({ status: 'done', done: 4000, planned: 4000, created: 4000 });
    expect(await total()).toBe(4000);
    expect((await again.call('POST', `${path}/imports/${id}/undo`, {})).body).toMatchObject({ status: 'undone' });
    expect(await total()).toBe(0);
  } finally {
    await second.close();
  }
});
