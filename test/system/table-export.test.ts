// What is exported comes back by an import as it was, text that looks like a formula included.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importsOf } from './imports-fixture.ts';
import { makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

let server: TestServer;
let ana: Person;
beforeAll(async () => {
  server = await openServer();
  ana = await signUp(server, 'Ana Adams');
}, 60_000);
afterAll(() => server?.stop());

type Row = Record<string, unknown>;
const rowsOf = async (path: string, table: string): Promise<Row[]> => {
  const { body } = await ana.call('GET', `${path}/tables/${table}/rows?sort=name&limit=100`);
  return (body['items'] as { values: Row }[]).map(({ values }) => values);
};
const only = (rows: readonly Row[], keys: readonly string[]) =>
  rows.map((row) => Object.fromEntries(keys.map((key) => [key, row[key] ?? null])));

const tables: readonly [table: string, columns: readonly string[], records: readonly object[]][] = [
  [
    'companies',
    ['name', 'industry', 'employees', 'revenue', 'tags', 'lifecycle', 'phone', 'email', 'description'],
    [
      {
        name: '=cmd|calc',
        industry: '+Ports; "and" docks',
        employees: 12,
        revenue: { minor: -1234_56, currency: 'EUR' },
        tags: ['@key', 'north'],
        lifecycle: 'customer',
        phones: [{ value: '+45 20 30 40 50' }],
        emails: [{ value: 'a@x.example' }],
        description: 'Two lines\n-1+1',
      },
      { name: '@SUM(1,2)', revenue: { minor: 5000, currency: 'JPY' }, tags: ['=1+1'] },
      { name: "'quoted", industry: 'x;=1+1' },
    ],
  ],
  [
    'contacts',
    ['firstName', 'lastName', 'jobTitle', 'email', 'phone', 'tags', 'birthday', 'lifecycle'],
    [
      {
        firstName: '=HYPERLINK("http://x.example","Ada")',
        lastName: '-Lovelace',
        jobTitle: '@cook',
        emails: [{ value: 'ada@x.example' }],
        phones: [{ value: '+442079460000' }],
        tags: ['key', "'=north"],
        birthday: '1815-12-10',
        lifecycle: 'prospect',
      },
      { firstName: 'Bo', lastName: 'Öström', emails: [{ value: 'bo@x.example' }] },
    ],
  ],
];

test.each(['csv', 'xlsx'])('what is exported as %s is imported as it was', async (format) => {
  const { path } = await makeWorkspace(ana, `From ${format}`);
  const { path: other } = await makeWorkspace(ana, `To ${format}`);
  const imports = importsOf(server, ana, other);
  for (const [table, columns, records] of tables) {
    for (const record of records) {
      const { status, body } = await ana.call('POST', `${path}/${table}`, record);
      if (status !== 201) throw new Error(JSON.stringify(body));
    }
    const query = new URLSearchParams({ columns: columns.join(','), format });
    const answer = await fetch(`${server.url}${path}/tables/${table}/export?${query}`, {
      headers: { cookie: ana.cookie },
    });
    const file = new Uint8Array(await answer.arrayBuffer());
    const sent = await imports.send(file, { noun: table }, `file.${format}`);
    if (sent.status !== 202) throw new Error(JSON.stringify(sent.body));
    const done = await imports.finished(sent.body.id);
    expect(done, table).toMatchObject({ status: 'done', created: records.length, errors: [] });
    expect(only(await rowsOf(other, table), columns), table).toEqual(only(await rowsOf(path, table), columns));
  }
});
