// Many rows at once, and cells that are more than one field: the stage of a deal, whom somebody works for, teams.
import { afterAll, beforeAll, expect, test } from 'vitest';
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

interface Outcome {
  readonly done: { id: string; before: Record<string, unknown>; after: Record<string, unknown>; gone?: boolean }[];
  readonly refused: { id: string; message: string; fields: Record<string, string> }[];
  readonly kept: { id: string; fields: string[] }[];
}
const make = async (noun: string, values: object): Promise<string> => {
  const { status, body } = await ana.call('POST', `${path}/${noun}`, values);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return String(body['id']);
};
const edit = async (table: string, edits: unknown[], who = ana) => {
  const { status, body } = await who.call('POST', `${path}/tables/${table}/edits`, { edits });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as unknown as Outcome;
};
const takeBack = (table: string, { done }: Outcome) =>
  edit(
    table,
    done.map(({ id, before, after }) => ({ id, values: before, was: after, back: true })),
  );
const rows = async (table: string) => {
  const { body } = await ana.call('GET', `${path}/tables/${table}/rows?limit=500`);
  return new Map(
    (body['items'] as { id: string; values: Record<string, unknown> }[]).map(({ id, values }) => [id, values]),
  );
};

test('many rows go into the bin and come back, each whole', async () => {
  const [board] = (await ana.call('GET', `${path}/boards`)).body.items ?? [];
  const made: Record<string, string[]> = {
    companies: [await make('companies', { name: 'One' }), await make('companies', { name: 'Two', tags: ['a'] })],
    contacts: [await make('contacts', { firstName: 'Mo' })],
    deals: [await make('deals', { board: board?.['id'], title: 'Dredger' })],
  };
  for (const [table, ids] of Object.entries(made)) {
    const before = await rows(table);
    const { done, refused } = await edit(
      table,
      ids.map((id) => ({ id, gone: true })),
    );
    expect([done.map(({ id, gone }) => [id, gone]), refused], table).toEqual([ids.map((id) => [id, true]), []]);
    for (const id of ids) expect((await rows(table)).has(id)).toBe(false);
    // Twice is once: what is gone is told as gone.
    expect((await edit(table, [{ id: ids[0], gone: true }])).refused).toHaveLength(1);
    const back = await edit(
      table,
      ids.map((id) => ({ id, gone: false })),
    );
    expect(back.refused, table).toEqual([]);
    const after = await rows(table);
    for (const id of ids) {
      const { editedAt: _, ...values } = after.get(id) ?? {};
      expect(before.get(id), table).toMatchObject(values);
    }
  }
});

test('tags are put to those that are there and taken from them, and it is taken back', async () => {
  const [a, b] = [await make('companies', { name: 'A', tags: ['north'] }), await make('companies', { name: 'B' })];
  const tags = async () => [(await rows('companies')).get(a)?.['tags'], (await rows('companies')).get(b)?.['tags']];
  const added = await edit(
    'companies',
    [a, b].map((id) => ({ id, add: { tags: ['key', 'north'] } })),
  );
  expect(await tags()).toEqual([
    ['north', 'key'],
    ['key', 'north'],
  ]);
  const { body } = await ana.call('GET', `${path}/tables/companies/values?column=tags`);
  expect(body['items']).toEqual(['key', 'north', 'a']);
  const removed = await edit(
    'companies',
    [a, b].map((id) => ({ id, remove: { tags: ['north'] } })),
  );
  expect(await tags()).toEqual([['key'], ['key']]);
  await takeBack('companies', removed);
  await takeBack('companies', added);
  expect(await tags()).toEqual([['north'], null]);
});

test('another stage is a move with the rules of the board, and goes back to its very place', async () => {
  const [board] = (await ana.call('GET', `${path}/boards`)).body.items ?? [];
  const ids: string[] = [];
  for (const title of ['First', 'Second', 'Third']) ids.push(await make('deals', { board: board?.['id'], title }));
  const order = async () =>
    ((await ana.call('GET', `${path}/deals?board=${String(board?.['id'])}&sort=rank`)).body.items ?? []).length;
  expect(await order()).toBeGreaterThan(2);
  const second = ids[1] ?? '';
  const choices = await ana.call('GET', `${path}/tables/deals/values?column=stage&row=${second}`);
  expect(choices.body['items']).toEqual([
    'Qualified',
    'Meeting',
    'Proposal',
    'Negotiation',
    'Verbal yes',
    'Won',
    'Lost',
  ]);
  const moved = await edit('deals', [{ id: second, values: { stage: 'won' } }]);
  expect((await rows('deals')).get(second)).toMatchObject({ stage: 'Won', status: 'won' });
  expect(Object.keys(moved.done[0]?.before ?? {}).toSorted()).toEqual(['closedAt', 'place', 'stage']);
  await takeBack('deals', moved);
  expect((await rows('deals')).get(second)).toMatchObject({ stage: 'Qualified', status: 'open', closedAt: null });
  const again = await edit('deals', [{ id: second, values: { stage: 'Meeting' } }]);
  expect(again.done[0]?.before['place']).toEqual(moved.done[0]?.before['place']);
  // Somebody moved it on meanwhile: all of the step stays.
  await edit('deals', [{ id: second, values: { stage: 'Proposal' } }]);
  expect((await takeBack('deals', again)).kept[0]?.fields).toContain('place');
  expect((await rows('deals')).get(second)).toMatchObject({ stage: 'Proposal' });

  expect((await edit('deals', [{ id: second, values: { stage: 'Lost' } }])).refused).toMatchObject([
    { message: 'Not moved. A lost deal needs its reason.' },
  ]);
  expect((await edit('deals', [{ id: second, values: { stage: 'Nowhere' } }])).refused).toMatchObject([
    { fields: { stage: 'is no stage of its board' } },
  ]);
  const planned = { what: 'Call the yard', due: '2026-12-01' };
  await edit('deals', [{ id: second, values: { nextActivity: planned, stage: 'Lost', lostReason: 'Price' } }]);
  expect((await rows('deals')).get(second)).toMatchObject({ status: 'lost', nextActivity: planned });
});

test('records are chosen by id or by name; a circle, a stranger and what is hidden are refused', async () => {
  const [top, sub] = [await make('companies', { name: 'Top Ltd' }), await make('companies', { name: 'Sub Ltd' })];
  const mo = await make('contacts', { firstName: 'Mo', companies: [{ id: top, role: 'Cook' }] });
  const company = async () => (await rows('contacts')).get(mo)?.['company'];
  const changed = await edit('contacts', [{ id: mo, values: { company: 'sub ltd' } }]);
  expect(await company()).toBe(sub);
  await takeBack('contacts', changed);
  expect(await company()).toBe(top);
  const emptied = await edit('contacts', [{ id: mo, values: { company: null } }]);
  expect(await company()).toBe(null);
  await takeBack('contacts', emptied);
  const whole = await ana.call('GET', `${path}/contacts/${mo}`);
  expect(JSON.stringify(whole.body)).toContain('"Cook"');
  expect(JSON.stringify(whole.body)).not.toContain(sub);

  await edit('companies', [{ id: sub, values: { parent: top } }]);
  expect((await edit('companies', [{ id: top, values: { parent: sub } }])).refused).toMatchObject([
    { fields: { parent: 'would be a part of itself' } },
  ]);
  expect((await edit('contacts', [{ id: mo, values: { company: 'Nobody Inc' } }])).refused).toHaveLength(1);

  const ben = await joinAs(server, ana, path, 'Ben Brook', 'member');
  const hidden = await make('companies', { name: 'Hidden Ltd', private: true });
  for (const name of [hidden, 'Hidden Ltd'])
    expect((await edit('contacts', [{ id: mo, values: { company: name } }], ben)).refused, name).toHaveLength(1);
  // Nothing of it is among the values of a column either.
  await edit('companies', [{ id: hidden, values: { industry: 'Secrets' } }]);
  const { body } = await ben.call('GET', `${path}/tables/companies/values?column=industry`);
  expect(body['items']).toEqual([]);

  const team = await ana.call('POST', `${path}/teams`, { name: 'North', members: [] });
  await edit('contacts', [{ id: mo, values: { team: String(team.body['id']) } }]);
  const where = JSON.stringify({ match: 'all', of: [{ field: 'team', op: 'is', values: ['north'] }] });
  for (const who of [ana, ben]) {
    const found = await who.call('GET', `${path}/tables/contacts/rows?${new URLSearchParams({ where })}`);
    expect(found.body).toMatchObject({ items: [{ id: mo }], names: { [String(team.body['id'])]: 'North' } });
  }
});
