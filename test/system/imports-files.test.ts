import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFile } from '../../packages/domain/src/imports/file-thread.node.ts';
import { makeXlsx } from '../../packages/domain/src/imports/xlsx-fixture.node.ts';
import { type ImportAnswer, importsOf } from './imports-fixture.ts';
import { makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

let server: TestServer;
let ana: Person;
let path: string;
let imports: ReturnType<typeof importsOf>;
beforeAll(async () => {
  server = await openServer();
  ana = await signUp(server, 'Ana');
  ({ path } = await makeWorkspace(ana));
  imports = importsOf(server, ana, path);
});
afterAll(() => server.stop());

/** Under a name that does not say what is in it. */
const send = (bytes: string | Uint8Array<ArrayBuffer>, options: object = {}) => imports.send(bytes, options, 'deals');

test('a spreadsheet: its sheets are named, the chosen one is read and imported', async () => {
  const bytes = await makeXlsx({
    Notes: [
      ['Nothing', 'to'],
      ['see', 'here'],
    ],
    Deals: [
      ['Deal name', 'Amount', 'Close date', 'Stage'],
      ['From a sheet', 1234.567, { serial: 46_000 }, 'Proposal'],
      ['Second', 'lots', null, 'Proposal'],
    ],
  });
  const first = await send(bytes, { preview: true });
  expect(first.body.file).toMatchObject({ kind: 'xlsx', sheets: ['Notes', 'Deals'], sheet: 'Notes' });
  const { body } = await send(bytes, { preview: true, sheet: 'Deals' });
  expect(body).toMatchObject({ rows: 2, created: 1, file: { sheet: 'Deals' } });
  expect(body.errors).toEqual([{ row: 3, field: 'Amount', message: '“lots” is not an amount' }]);
  const run = await send(bytes, { sheet: 'Deals' });
  expect(run.status, JSON.stringify(run.body)).toBe(202);
  expect(await imports.finished(run.body.id)).toMatchObject({ status: 'done', created: 1 });
  const deals = (await ana.call('GET', `${path}/deals?q=sheet`)).body.items ?? [];
  expect(deals[0]).toMatchObject({ title: 'From a sheet', value: { minor: 123_457 }, expectedClose: '2025-12-09' });
  expect((await send(bytes, { sheet: 'Third' })).body.error?.fields).toEqual({ file: 'no-such-sheet' });
});

test('a large file is read on a thread of its own, with the same answers', { timeout: 30_000 }, async () => {
  const rows = Array.from({ length: 6000 }, (_, at) => `Deal ${at},${at === 4321 ? 'lots' : `${at}.50`},Proposal`);
  const file = `Deal name,Amount,Stage\n${rows.join('\n')}\n`;
  const { body } = await send(file, { preview: true });
  expect(body).toMatchObject({ rows: 6000, created: 5999, file: { kind: 'csv' } });
  expect(body.looks).toMatchObject([{ row: 4323, cells: { 'Deal name': 'Deal 4321', Amount: 'lots' } }]);
  expect(body.columns.map(({ target }) => target)).toEqual(['title', 'value', 'stage']);
  const fixed = await send(file, { dryRun: true, edits: { 4323: { Amount: '7' } }, skip: [2] });
  expect(fixed.body).toMatchObject({ created: 5999, errors: [] });
});

test.each<[string, () => Promise<Uint8Array<ArrayBuffer>>, number, string]>([
  ['a ZIP that is no spreadsheet', () => Promise.resolve(Uint8Array.from([0x50, 0x4b, 3, 4, 9])), 400, 'not-a-table'],
  [
    'a sheet that has its only cell in the last row and column',
    () => makeXlsx({ A: [[{ raw: '<c r="XFD1048576"><v>1</v></c>' }]] }),
    413,
    'too-many-columns',
  ],
])('%s is refused and the server goes on', { timeout: 60_000 }, async (_name, make, status, code) => {
  const { status: got, body } = await send(await make(), { dryRun: true });
  expect([got, body.error?.fields?.file]).toEqual([status, code]);
  expect((await ana.call('GET', `${path}/deals?limit=1`)).status).toBe(200);
});

test.each(['throw new Error("out of memory")', 'process.exit(1)', 'setTimeout(() => {}, 1)'])(
  'a file thread that ends (%s) is an answer, and the next one is started',
  async (program) => {
    const bytes = () => new TextEncoder().encode('a,b\n'.repeat(50_000));
    const setting = {
      fields: {},
      takenKeys: [],
      currency: 'EUR',
      options: { formats: {}, aliases: {}, edits: {}, skip: [] },
    };
    for (let time = 0; time < 5; time++)
      expect(await openFile(bytes(), setting, new URL(`data:text/javascript,${program}`))).toMatchObject({
        ok: false,
        error: { code: 'too-large' },
      });
  },
);

describe('a body that is not what it should be', () => {
  const post = async (body: string | FormData, type?: string) => {
    const headers = { cookie: ana.cookie, origin: new URL(server.url).origin, ...(type && { 'content-type': type }) };
    const response = await fetch(`${server.url}${path}/imports`, { method: 'POST', body, headers });
    return { status: response.status, error: ((await response.json()) as ImportAnswer).error };
  };
  const isAsked = { status: 400, error: { code: 'invalid', fields: { file: 'is required' } } };

  test('cut off in the middle, without a file, or without an end: the file is asked for, nothing is imported', async () => {
    const cut = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nDeal name\nHalf';
    expect(await post(cut, 'multipart/form-data; boundary=x')).toMatchObject(isAsked);
    expect(await post('nothing', 'multipart/form-data; boundary=x')).toMatchObject(isAsked);
    expect(await post('nothing', 'multipart/form-data')).toMatchObject(isAsked);
    const form = new FormData();
    form.set('options', '{}');
    expect(await post(form)).toMatchObject(isAsked);
  });

  test('options that are not JSON are named', async () => {
    const form = new FormData();
    form.set('file', new File(['Deal name\nA'], 'a.csv'));
    form.set('options', '{');
    expect(await post(form)).toMatchObject({ status: 400, error: { fields: { options: 'is not JSON' } } });
  });
});

test('the name of a file in any script comes back as it was', async () => {
  const form = new FormData();
  form.set('file', new File(['Deal name\nA'], 'Verträge – صفقات.csv'));
  form.set('options', '{"preview":true}');
  const headers = { cookie: ana.cookie, origin: new URL(server.url).origin };
  const response = await fetch(`${server.url}${path}/imports`, { method: 'POST', body: form, headers });
  expect(await response.json()).toMatchObject({ file: { name: 'Verträge – صفقات.csv' } });
});
