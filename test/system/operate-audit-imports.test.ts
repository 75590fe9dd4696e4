import { afterAll, expect, test } from 'vitest';
import { makeWorkspace, openServer, signUp } from './server-fixture.ts';
import { until } from './stock-client.ts';

const server = await openServer();
afterAll(() => server.stop());

test('an import and its undo are in the audit log, a check before it is not; lines name no customer', async () => {
  const ana = await signUp(server, 'Ana');
  const { path } = await makeWorkspace(ana);
  const board = String((await ana.call('GET', `${path}/boards`)).body.items?.[0]?.['id']);
  const send = async (more: object) => {
    const form = new FormData();
    form.set('file', new File(['title\nZora Quillfeather\n'], 'zora.csv'));
    form.set('options', JSON.stringify({ noun: 'deal', board, mapping: { title: 'title' }, ...more }));
    const headers = { cookie: ana.cookie, origin: new URL(server.url).origin };
    const reply = await fetch(`${server.url}${path}/imports`, { method: 'POST', headers, body: form });
    return { status: reply.status, id: String(((await reply.json()) as { id?: string }).id) };
  };
  expect((await send({ dryRun: true })).status).toBe(200);
  const { status, id } = await send({});
  expect(status).toBe(202);
  await until(async () => (await ana.call('GET', `${path}/imports/${id}`)).body['status'] === 'done');
  expect((await ana.call('POST', `${path}/imports/${id}/undo`, {})).status).toBe(200);
  const lines = (await ana.call('GET', `${path}/audit`)).body.items ?? [];
  const told = lines.filter(({ action }) => String(action).startsWith('import-'));
  expect(told.map(({ action, target, detail }) => [action, (target as { id: string }).id, detail])).toEqual([
    ['import-undone', id, { noun: 'deals' }],
    ['import-run', id, { noun: 'deals', rows: 1 }],
  ]);
  expect(JSON.stringify(told)).not.toMatch(/zora/i);
});
