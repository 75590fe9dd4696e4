import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importsOf, type ImportAnswer } from './imports-fixture.ts';
import { joinAs, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

interface Deal {
  readonly id: string;
  readonly title: string;
  readonly value: { minor: number } | null;
  readonly status: string;
  readonly custom: Record<string, unknown>;
}

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

const deals = async (query = ''): Promise<Deal[]> =>
  ((await ana.call('GET', `${path}/deals?limit=500${query}`)).body.items ?? []) as unknown as Deal[];

describe('an import over the API', () => {
  const file =
    'Ref,Deal name,Stage,Amount,Owner,Created\nA1,Fridges,Pilot,"1,200.50",Bo Li,2026-01-05\nA2,Freezers,Closed won,90.00,,2026-01-06\n';

  test('a dry run says what would happen, and writes nothing', async () => {
    const { status, body } = await imports.send(`${file}A3,Ovens,Pilot,lots,,\n`, { dryRun: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'dry-run', rows: 3, created: 2, updated: 0, skipped: 1 });
    expect(body.errors).toEqual([{ row: 4, field: 'Amount', message: '“lots” is not an amount' }]);
    expect(body.also).toMatchObject({ stages: [{ name: 'Pilot' }], people: ['Bo Li'], fields: [{ label: 'Ref' }] });
    expect(await deals()).toHaveLength(0);
    expect((await ana.call('GET', `${path}/imports/${body.id}`)).body).toMatchObject({ created: 2 });
  });

  test('import, import again by key, and undo both', async () => {
    const first = await imports.run(file, { key: 'Ref' });
    expect(first).toMatchObject({ status: 'done', created: 2, updated: 0, skipped: 0 });
    expect((await deals()).map(({ title, status }) => [title, status]).sort()).toEqual([
      ['Freezers', 'won'],
      ['Fridges', 'open'],
    ]);
    const people = (await ana.call('GET', `${path}/members`)).body.items ?? [];
    expect(people.find(({ name }) => name === 'Bo Li')).toMatchObject({ status: 'pending' });

    const second = await imports.run('Ref,Deal name,Amount\nA1,,1500.00\nA2,Freezers,\nA9,New one,3.00\n', {
      key: 'Ref',
    });
    expect(second).toMatchObject({ created: 1, updated: 1, unchanged: 1 });
    const fridges = (await deals()).find(({ title }) => title === 'Fridges');
    expect(fridges?.value?.minor).toBe(150_000);

    // A colleague changes one of the values that the second import wrote, and works on a deal that it made.
    const fresh = (await deals()).find(({ title }) => title === 'New one');
    await ana.call('PATCH', `${path}/deals/${fridges?.id}`, { value: { minor: 7, currency: 'EUR' } });
    await ana.call('PATCH', `${path}/deals/${fresh?.id}`, { description: 'mine' });
    const undone = (await ana.call('POST', `${path}/imports/${second.id}/undo`)).body as unknown as ImportAnswer;
    expect(undone.status).toBe('undone');
    expect(undone.kept.map(({ record, field }) => [record, field]).sort()).toEqual(
      [
        [fridges?.id, 'value'],
        [fresh?.id, ''],
      ].sort(),
    );
    expect((await deals()).find(({ id }) => id === fridges?.id)?.value?.minor).toBe(7);

    const again = (await ana.call('POST', `${path}/imports/${first.id}/undo`)).body as unknown as ImportAnswer;
    expect(again.kept).toHaveLength(1);
    expect((await deals()).map(({ title }) => title).sort()).toEqual(['Fridges', 'New one']);
    const list = (await ana.call('GET', `${path}/imports`)).body.items ?? [];
    expect(list.map(({ id, status }) => [id, status])).toEqual([
      [second.id, 'undone'],
      [first.id, 'undone'],
    ]);
  });

  test('undo gives updated deals their old values, stage included', async () => {
    await imports.run('Deal name,Stage,Amount\nRoundtrip,Proposal,10.00\n');
    const update = await imports.run('Deal name,Stage,Amount\nRoundtrip,Won,99.00\n', { key: 'title' });
    expect(update).toMatchObject({ created: 0, updated: 1 });
    const find = async () => (await deals()).find(({ title }) => title === 'Roundtrip');
    expect(await find()).toMatchObject({ status: 'won', value: { minor: 9900 } });
    await ana.call('POST', `${path}/imports/${update.id}/undo`);
    expect(await find()).toMatchObject({ status: 'open', value: { minor: 1000 } });
  });

  test('what can be read in two ways is asked, and the answer is taken', async () => {
    const text = 'Deal name,Close date,Amount\nTwo ways,03/04/2026,"1,234"\n';
    const asked = await imports.send(text, {});
    expect(asked.status).toBe(422);
    expect(asked.body.error?.code).toBe('ambiguous');
    expect(asked.body.questions.map(({ column }) => column)).toEqual(['Close date', 'Amount']);
    const told = await imports.run(text, { formats: { 'Close date': 'mdy', Amount: 'decimalPoint' } });
    expect(told.created).toBe(1);
    expect((await deals()).find(({ title }) => title === 'Two ways')).toMatchObject({
      value: { minor: 123_400 },
      expectedClose: '2026-03-04',
    });
  });

  test('a preview describes the columns, the file and other spellings', async () => {
    await imports.run('Deal name,Product\na,GTX Pro\nb,GTX Pro\n', {
      mapping: { 'Deal name': 'title', Product: { make: 'select' } },
    });
    const bytes = Uint8Array.from('Titel;Firma;Product\nKühlung;Müller;GTXPro\n', (char) => char.charCodeAt(0));
    const { body } = await imports.send(bytes, { preview: true });
    expect(body.file).toMatchObject({ encoding: 'windows-1252', delimiter: ';' });
    expect(body.columns.map(({ column, target }) => [column, target])).toEqual([
      ['Titel', 'title'],
      ['Firma', 'company'],
      ['Product', 'product'],
    ]);
    expect(body.spellings).toMatchObject([{ suggested: 'GTX Pro' }]);
    const merged = await imports.send(bytes, { aliases: { Product: { GTXPro: 'GTX Pro' } } });
    await imports.finished(merged.body.id);
    expect((await deals()).find(({ title }) => title === 'Kühlung')?.custom).toEqual({ product: 'GTX Pro' });
  });

  test('a ragged row is in, and what did not fit is told to programs, too', async () => {
    const done = await imports.run('Title,Value\nShort\nLong,5,surplus\n');
    expect([done.created, done.errors]).toEqual([2, []]);
    expect(done.warnings).toEqual([{ row: 3, message: expect.stringContaining('“surplus”') }]);
  });

  test('corrections and rows to skip', async () => {
    const text = 'Deal name,Amount\nOne,bad\nTwo,worse\n';
    const done = await imports.run(text, { edits: { '2': { Amount: '5.00' } }, skip: [3] });
    expect(done).toMatchObject({ created: 1, skipped: 1, errors: [] });
  });

  test.each<[string, string, object | string, number, string]>([
    ['an empty file', '', {}, 400, 'invalid'],
    ['options that are no JSON', 'a\nb', '{', 400, 'invalid'],
    ['an unknown option', 'a\nb', { colour: 1 }, 400, 'invalid'],
    ['a column that is not there', 'a\nb', { mapping: { x: 'title' } }, 400, 'invalid'],
    ['a field that is not there', 'a\nb', { mapping: { a: 'price' } }, 400, 'invalid'],
    ['two columns for one field', 'a,b\n1,2', { mapping: { a: 'title', b: 'title' } }, 400, 'invalid'],
    ['a key that is not imported', 'Deal name\nb', { key: 'Ref' }, 400, 'invalid'],
    ['a board that is not there', 'a\nb', { board: 'nope' }, 404, 'not-found'],
    ['too many rows', `a\n${'x\n'.repeat(200_001)}`, {}, 413, 'too-large'],
  ])('%s is refused', async (_name, text, options, status, code) => {
    const reply = await imports.send(text, options);
    expect([reply.status, reply.body.error?.code]).toEqual([status, code]);
  });

  test('viewers may look and not import', async () => {
    const viewer = await joinAs(server, ana, path, 'Vera', 'viewer');
    expect((await importsOf(server, viewer, path).send(file)).status).toBe(403);
    expect((await viewer.call('GET', `${path}/imports`)).status).toBe(200);
  });
});

const shared = new URL('../../../shared/data/', import.meta.url).pathname;
// Extras on files of others; they need a folder beside the repository that a clone does not have.
describe.skipIf(!existsSync(shared))('real files (skipped without ../shared)', () => {
  test('the sales pipeline of Maven: 8,800 deals', async () => {
    const { path: at, id } = await makeWorkspace(ana, 'Maven');
    const pipeline = readFileSync(`${shared}maven-crm/sales_pipeline.csv`);
    const maven = importsOf(server, ana, at);
    const first = await maven.run(pipeline, { key: 'opportunity_id' });
    expect(first).toMatchObject({ status: 'done', rows: 8800, created: 8800, skipped: 0 });
    const count = async (status: string) => (await ana.call('GET', `${at}/deals?status=${status}&limit=1`)).body.total;
    expect([await count('won'), await count('lost'), await count('open')]).toEqual([4238, 2473, 2089]);
    const again = await maven.run(pipeline, { key: 'opportunity_id' });
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 8800 });
    const undone = await ana.call('POST', `${at}/imports/${first.id}/undo`);
    expect(undone.body).toMatchObject({ status: 'undone', keptCount: 0 });
    expect(await count('won')).toBe(0);
    expect(id).not.toBe('');
  });

  test('naughty strings and formulas come back as they were', async () => {
    const naughty = (JSON.parse(readFileSync(`${shared}blns/blns.json`, 'utf8')) as string[])
      .map((text) => text.trim().toWellFormed())
      .filter((text) => text !== '' && text.length <= 300);
    const formulas = readFileSync(`${shared}csv-injection/csv-payload.txt`, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
    const { path: at } = await makeWorkspace(ana, 'Naughty');
    const titles = [...naughty, ...formulas.map((line) => line.trim())];
    const text = ['Deal name', ...titles.map((title) => `"${title.replaceAll('"', '""')}"`)].join('\r\n');
    const done = await importsOf(server, ana, at).run(text, { hasHeader: true, delimiter: ',' });
    expect(done).toMatchObject({ created: titles.length, skipped: 0 });
    const found = new Set<string>();
    let cursor: string | null = '';
    do {
      const page: { items?: unknown[]; nextCursor?: unknown } = (
        await ana.call('GET', `${at}/deals?limit=500${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
      ).body;
      for (const deal of (page.items ?? []) as Deal[]) found.add(deal.title);
      cursor = (page.nextCursor as string | null) ?? null;
    } while (cursor !== null);
    expect(titles.filter((title) => !found.has(title))).toEqual([]);
  });
});

test('new stages stand in the order of a sale, whichever the file has first', async () => {
  const made = (await ana.call('POST', `${path}/boards`, { name: 'From a file', stages: [{ name: 'Qualified' }] }))
    .body;
  const board = String(made['id']);
  const rows = 'Deal name,Stage\nA,Negotiation\nB,Closed won\nC,Engaging\nD,Prospecting\n';
  expect(await imports.run(rows, { board })).toMatchObject({ status: 'done', created: 4 });
  const stages = (await ana.call('GET', `${path}/boards/${board}/stages`)).body.items ?? [];
  const open = stages.filter(({ kind }) => kind === 'open');
  expect(open.map(({ name, probability }) => [name, probability]).slice(1)).toEqual([
    ['Prospecting', 25],
    ['Engaging', 50],
    ['Negotiation', 75],
  ]);
});
