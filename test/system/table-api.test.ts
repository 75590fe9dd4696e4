import { afterAll, beforeAll, expect, test } from 'vitest';
import { readXlsx } from '@rapport/domain/imports/read-xlsx.node';
import { joinAs, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

let server: TestServer;
let ana: Person;
let path: string;
beforeAll(async () => {
  server = await openServer();
  ana = await signUp(server, 'Ana Adams');
  ({ path } = await makeWorkspace(ana));
}, 60_000);
afterAll(() => server?.stop());

const ask = (what: string, query: Record<string, string> = {}, who: Person = ana) =>
  who.call('GET', `${path}/tables/${what}?${new URLSearchParams(query)}`);
const where = (...of: unknown[]) => JSON.stringify({ match: 'all', of });
const named = (body: Record<string, unknown>, key = 'name') =>
  (body['items'] as { values: Record<string, unknown> }[]).map(({ values }) => values[key]);
const make = async (noun: string, values: object): Promise<string> => {
  const { status, body } = await ana.call('POST', `${path}/${noun}`, values);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return String(body['id']);
};

test('rows are filtered in groups, sorted by several, grouped and summed', async () => {
  const acme = await make('companies', {
    name: 'Ærø Acme',
    revenue: { minor: 100_00, currency: 'EUR' },
    tags: ['key', 'north'],
  });
  await make('companies', {
    name: 'Bellweather',
    revenue: { minor: 300_00, currency: 'EUR' },
    tags: ['key'],
    employees: 7,
  });
  await make('companies', {
    name: 'Calder',
    revenue: { minor: 5000, currency: 'JPY' },
    industry: 'Ports',
    employees: 3,
  });
  await make('companies', { name: '100% "Pure"', industry: 'Ports' });

  expect(named((await ask('companies/rows', { sort: '-employees,name' })).body)).toEqual([
    'Bellweather',
    'Calder',
    '100% "Pure"',
    'Ærø Acme',
  ]);
  const found = async (...of: unknown[]) => named((await ask('companies/rows', { where: where(...of) })).body);
  const one = (field: string, op: string, ...values: string[]) => ({ field, op, values });
  expect(await found(one('name', 'has', 'ærø'))).toEqual(['Ærø Acme']);
  expect(await found(one('name', 'has', '%'))).toEqual(['100% "Pure"']);
  expect(await found(one('tags', 'all', 'key', 'north'))).toEqual(['Ærø Acme']);
  expect(await found(one('tags', 'none', 'north'))).toEqual(['100% "Pure"', 'Bellweather', 'Calder']);
  expect(await found(one('industry', 'empty'))).toEqual(['Bellweather', 'Ærø Acme']);
  // Whole units of each currency: ¥5,000 is more than €300.
  expect(await found(one('revenue', 'gte', '300'))).toEqual(['Bellweather', 'Calder']);
  expect(await found(one('createdAt', 'in', 'last:30'), one('employees', 'between', '3', '6'))).toEqual(['Calder']);
  expect(
    await found(
      { match: 'any', of: [one('industry', 'any', 'Ports'), one('name', 'starts', 'bell')] },
      one('employees', 'set'),
    ),
  ).toEqual(['Bellweather', 'Calder']);
  expect(await found(one('createdAt', 'in', 'lastYear'))).toEqual([]);

  const { body } = await ask('companies/summary', { group: 'industry', columns: 'revenue,employees,name' });
  expect(body).toMatchObject({
    total: 4,
    columns: {
      revenue: { filled: 3, sums: { EUR: { sum: 400_00, count: 2 }, JPY: { sum: 5000, count: 1 } } },
      employees: { filled: 2, sums: { '': { sum: 10, count: 2 } } },
      name: { filled: 4 },
    },
    groups: [
      { value: 'Ports', count: 2, sums: { revenue: { JPY: { sum: 5000 } } } },
      { value: null, count: 2, sums: { revenue: { EUR: { sum: 400_00 } } } },
    ],
  });
  expect(named((await ask('companies/rows', { group: 'industry', offset: '1', limit: '2' })).body)).toEqual([
    'Calder',
    'Bellweather',
  ]);

  await make('contacts', { firstName: 'Zoe', companies: [{ id: acme }], emails: [{ value: 'zoe@aero.example' }] });
  await make('contacts', { firstName: 'Bo' });
  const contacts = (await ask('contacts/rows', { sort: 'company' })).body as unknown as {
    items: { values: Record<string, unknown> }[];
    names: Record<string, string>;
  };
  expect(contacts.items.map(({ values }) => values['name'])).toEqual(['Zoe', 'Bo']);
  expect(contacts.names).toEqual({ [acme]: 'Ærø Acme' });
  expect(named((await ask('contacts/rows', { where: where(one('company', 'has', 'acme')) })).body)).toEqual(['Zoe']);
});

test('what cannot be asked is refused by name, and nothing of a question becomes SQL', async () => {
  for (const [what, query, field] of [
    ['companies/rows', { where: '{' }, 'where'],
    ['companies/rows', { where: where({ field: 'name; DROP TABLE x', op: 'has', values: ['a'] }) }, 'where'],
    ['companies/rows', { where: where({ field: 'nothing', op: 'has', values: ['a'] }) }, 'nothing'],
    ['companies/rows', { where: where({ field: 'name', op: 'gte', values: ['1'] }) }, 'name'],
    ['companies/rows', { where: where({ field: 'employees', op: 'gte', values: ['many'] }) }, 'employees'],
    ['companies/rows', { where: where({ field: 'createdAt', op: 'is', values: ['2026-02-30'] }) }, 'createdAt'],
    ['companies/rows', { sort: 'name)--' }, 'sort'],
    ['companies/rows', { sort: 'nothing' }, 'nothing'],
    ['companies/rows', { group: 'tags' }, 'tags'],
    ['companies/rows', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['companies/export', { columns: 'nothing' }, 'nothing'],
  ] as const) {
    const { status, body } = await ask(what, query);
    expect([status, Object.keys(body.error?.fields ?? {})], JSON.stringify(query)).toEqual([400, [field]]);
  }
  expect((await ask('secrets/rows')).status).toBe(404);
  const quote = `'"); DROP TABLE companies; --`;
  expect(
    (await ask('companies/rows', { where: where({ field: 'name', op: 'has', values: [quote] }), q: quote })).body[
      'items'
    ],
  ).toEqual([]);
});

test('many rows are edited at once, told one by one, and taken back unless somebody changed them since', async () => {
  const [mary, jo] = [
    await make('contacts', { firstName: 'Mary Ann', lastName: 'van der Berg' }),
    await make('contacts', { firstName: 'Jo' }),
  ];
  const edit = (edits: unknown[], who = ana) => who.call('POST', `${path}/tables/contacts/edits`, { edits });
  const { body } = await edit([
    { id: mary, values: { name: 'Mary Lee', phone: '+45 20 30 40 50', jobTitle: 'Cook' } },
    { id: jo, values: { lifecycle: 'customer', email: 'nonsense' } },
    { id: 'nobody', values: { jobTitle: 'x' } },
    { id: jo, values: { owner: 'stranger' } },
    { id: jo, values: { editedAt: 1 } },
  ]);
  const { done, refused } = body as unknown as {
    done: { id: string; before: object; after: object }[];
    refused: { id: string; fields: object }[];
  };
  expect(done).toMatchObject([
    { id: mary, before: { firstName: 'Mary Ann', lastName: 'van der Berg', phone: null, jobTitle: null } },
  ]);
  expect(refused.map(({ id, fields }) => [id, Object.keys(fields)])).toEqual([
    ['nobody', []],
    [jo, ['owner']],
    [jo, ['editedAt']],
    [jo, []],
  ]);
  const values = async (id: string) =>
    ((await ask('contacts/rows')).body['items'] as { id: string; values: Record<string, unknown> }[]).find(
      (row) => row.id === id,
    )?.values;
  expect(await values(mary)).toMatchObject({ name: 'Mary Lee', phone: '+45 20 30 40 50' });

  await ana.call('PATCH', `${path}/contacts/${mary}`, { jobTitle: 'Chef' });
  const back = await edit(done.map(({ id, before, after }) => ({ id, values: before, was: after })));
  expect(back.body).toMatchObject({ kept: [{ id: mary, fields: ['jobTitle'] }] });
  expect(await values(mary)).toMatchObject({
    name: 'Mary Ann van der Berg',
    lastName: 'van der Berg',
    phone: null,
    jobTitle: 'Chef',
  });
});

test('files hold all rows of the filter, never run as a formula, and are told in the audit log', async () => {
  for (const name of ['=1+2', '@SUM(A1)', '-cmd|calc', 'Ünï & <b>'])
    await make('companies', { name, industry: 'Formulas', revenue: { minor: -150, currency: 'EUR' } });
  const query = { where: where({ field: 'industry', op: 'any', values: ['Formulas'] }), columns: 'name,revenue' };
  const csv = await ask('companies/export', query);
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="companies.csv"');
  const lines = String(csv.body['text']).replace('\uFEFF', '').trim().split('\r\n');
  expect(lines).toEqual([
    'Name,Annual revenue,Annual revenue currency',
    `"'-cmd|calc",-1.5,EUR`,
    `"'=1+2",-1.5,EUR`,
    `"'@SUM(A1)",-1.5,EUR`,
    'Ünï & <b>,-1.5,EUR',
  ]);
  const response = await fetch(
    `${server.url}${path}/tables/companies/export?${new URLSearchParams({ ...query, format: 'xlsx' })}`,
    { headers: { cookie: ana.cookie } },
  );
  const read = await readXlsx(new Uint8Array(await response.arrayBuffer()));
  if (!read.ok) throw new Error(read.error.message);
  const { columns, rows } = read.value;
  expect(columns).toEqual(['Name', 'Annual revenue', 'Annual revenue currency']);
  expect(rows.map(({ cells }) => cells)).toEqual([
    ['-cmd|calc', '-1.5', 'EUR'],
    ['=1+2', '-1.5', 'EUR'],
    ['@SUM(A1)', '-1.5', 'EUR'],
    ['Ünï & <b>', '-1.5', 'EUR'],
  ]);
  const { body } = await ana.call('GET', `${path}/audit?action=export-made`);
  expect(JSON.stringify(body.items)).toContain('companies');
});

test('rows, counts, groups and files know nothing of what is hidden; a viewer edits and exports nothing', async () => {
  const ben = await joinAs(server, ana, path, 'Ben Brook', 'member');
  const vera = await joinAs(server, ana, path, 'Vera Voss', 'viewer');
  const made = await ana.call('POST', `${path}/contacts`, {
    firstName: 'Secret',
    lastName: 'Agent',
    jobTitle: 'Spy',
    private: true,
  });
  const id = String(made.body['id']);
  const query = { where: where({ field: 'jobTitle', op: 'is', values: ['spy'] }) };
  expect(named((await ask('contacts/rows', query)).body)).toEqual(['Secret Agent']);
  for (const who of [ben, vera]) {
    expect((await ask('contacts/rows', query, who)).body['items']).toEqual([]);
    expect((await ask('contacts/summary', { ...query, group: 'jobTitle' }, who)).body).toMatchObject({
      total: 0,
      groups: [],
    });
    expect((await ask('contacts/ids', query, who)).body['ids']).toEqual([]);
    expect(JSON.stringify((await ask('contacts/summary', { group: 'jobTitle' }, who)).body)).not.toContain('Spy');
  }
  expect(String((await ask('contacts/export', query, ben)).body['text'])).not.toContain('Secret');
  expect((await ask('contacts/export', {}, vera)).status).toBe(403);
  const edits = [{ id, values: { jobTitle: 'Cook' } }];
  expect((await vera.call('POST', `${path}/tables/contacts/edits`, { edits })).status).toBe(403);
  const { body } = await ben.call('POST', `${path}/tables/contacts/edits`, { edits });
  expect(body).toMatchObject({ done: [], refused: [{ id, message: 'Not saved. It is not there any more.' }] });
});

test('deals of all pipelines are a table, with the stage that each is in', async () => {
  const { body } = await ask('deals');
  expect((body['columns'] as { key: string }[]).map(({ key }) => key)).toContain('stage');
  const [board] = (await ana.call('GET', `${path}/boards`)).body.items ?? [];
  const deal = await make('deals', { board: board?.['id'], title: 'Probe', value: { minor: 500, currency: 'EUR' } });
  const { body: edited } = await ana.call('POST', `${path}/tables/deals/edits`, {
    edits: [{ id: deal, values: { company: 'Acme', value: { minor: 700, currency: 'EUR' } } }],
  });
  expect(edited).toMatchObject({ refused: [], done: [{ before: { company: null, value: { minor: 500 } } }] });
  const rows = (
    await ask('deals/rows', { where: where({ field: 'status', op: 'any', values: ['open'] }), sort: 'stage' })
  ).body;
  expect(rows['items']).toMatchObject([
    {
      values: { title: 'Probe', company: 'Acme', stage: 'Qualified', pipeline: 'New business', value: { minor: 700 } },
    },
  ]);
});

test('the order that is kept for windows far down is nobody else’s', async () => {
  const [cleo, dag] = [
    await joinAs(server, ana, path, 'Cleo Cox', 'member'),
    await joinAs(server, ana, path, 'Dag Dahl', 'member'),
  ];
  await dag.call('POST', `${path}/companies`, { name: 'Zz Dag alone', private: true });
  await cleo.call('POST', `${path}/companies`, { name: 'Zz Cleo alone', private: true });
  const numbers = Array.from({ length: 330 }, (_, at) => at);
  for (let from = 0; from < numbers.length; from += 30)
    await Promise.all(
      numbers.slice(from, from + 30).map((at) => make('companies', { name: `Many ${String(at).padStart(3, '0')}` })),
    );
  const query = { where: where({ field: 'name', op: 'has', values: ['a'] }), offset: '325' };
  const last = async (who: Person) =>
    named((await ask('companies/rows', query, who)).body).filter((name) => String(name).startsWith('Zz'));
  // Twice: made, and then kept.
  for (let round = 0; round < 2; round++) {
    expect(await last(dag)).toEqual(['Zz Dag alone']);
    expect(await last(cleo)).toEqual(['Zz Cleo alone']);
    expect((await last(ana)).toSorted()).toEqual(['Zz Cleo alone', 'Zz Dag alone']);
  }
  // What is committed is in the next window.
  await make('companies', { name: 'Zz Later' });
  expect(await last(dag)).toEqual(['Zz Dag alone', 'Zz Later']);
}, 30_000);
