// Two people set one cell, and neither saw the other's value: one shows, the other is kept beside it until somebody answers.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinAs, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

let server: TestServer;
let ana: Person;
let ben: Person & { memberId: string };
let cleo: Person & { memberId: string };
let path: string;
beforeAll(async () => {
  server = await openServer();
  ana = await signUp(server, 'Ana Adams');
  ({ path } = await makeWorkspace(ana));
  ben = await joinAs(server, ana, path, 'Ben Brook', 'member');
  cleo = await joinAs(server, ana, path, 'Cleo Clay', 'viewer');
}, 60_000);
afterAll(() => server?.stop());

interface Race {
  readonly id: string;
  readonly kept: unknown;
  readonly keptBy: string;
  readonly other: unknown;
  readonly otherBy: string;
}
interface Row {
  readonly id: string;
  readonly values: Record<string, unknown>;
  readonly races?: Record<string, Race>;
}
interface Outcome {
  readonly done: { id: string; before: object; after: object; answer?: { race: string; how: string } }[];
  readonly refused: { id: string; message: string }[];
  readonly kept: { id: string; fields: string[]; beside: string[] }[];
}
const make = async (noun: string, values: object): Promise<string> => {
  const { status, body } = await ana.call('POST', `${path}/${noun}`, values);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return String(body['id']);
};
const edit = async (who: Person, table: string, one: object) => {
  const { status, body } = await who.call('POST', `${path}/tables/${table}/edits`, { edits: [one] });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as unknown as Outcome;
};
const rowOf = async (who: Person, table: string, id: string): Promise<Row> => {
  const { body } = await who.call('GET', `${path}/tables/${table}/rows?limit=500`);
  const found = (body['items'] as unknown as Row[]).find((each) => each.id === id);
  if (found === undefined) throw new Error('the row is not there');
  return found;
};
/** What a table's cells of all kinds hold, and what Ben and Ana put there at once. */
const cases = async (): Promise<
  [table: string, id: string, key: string, was: unknown, bens: unknown, anas: unknown][]
> => {
  const [board] = (await ana.call('GET', `${path}/boards`)).body.items ?? [];
  const company = await make('companies', { name: 'Aster', employees: 10 });
  const [first, second] = [await make('companies', { name: 'Birch' }), await make('companies', { name: 'Cedar' })];
  const contact = await make('contacts', {
    firstName: 'Mo',
    lastName: 'Ek',
    emails: [{ value: 'mo@a.example' }],
  });
  const deal = await make('deals', { board: board?.['id'], title: 'Dredger', value: { minor: 100, currency: 'EUR' } });
  const stage = (await rowOf(ana, 'deals', deal)).values['stage'];
  const euros = (minor: number) => ({ minor, currency: 'EUR' });
  return [
    ['companies', company, 'employees', 10, 11, 12],
    ['companies', company, 'tags', null, ['a'], ['b', 'c']],
    ['contacts', contact, 'email', 'mo@a.example', 'mo@b.example', 'mo@c.example'],
    ['contacts', contact, 'company', null, first, second],
    ['contacts', contact, 'name', 'Mo Ek', 'Bo Ek', 'Jo Ek'],
    ['deals', deal, 'value', euros(100), euros(200), euros(300)],
    ['deals', deal, 'stage', stage, 'Proposal', 'Meeting'],
  ];
};

test('a cell of any kind keeps both values, tells who set them, and swaps them, taken back and done again', async () => {
  const me = (await ana.call('GET', `${path}/members`)).body.items?.find((each) => each['name'] === 'Ana Adams')?.[
    'id'
  ];
  for (const [table, id, key, was, bens, anas] of await cases()) {
    const what = `${table} ${key}`;
    await edit(ben, table, { id, values: { [key]: bens }, was: { [key]: was } });
    const late = await edit(ana, table, { id, values: { [key]: anas }, was: { [key]: was } });
    expect(late.done, what).toEqual([]);
    expect(late.kept[0]?.beside.length, what).toBe(1);
    const raced = await rowOf(cleo, table, id);
    const race = raced.races?.[key];
    expect(raced.values[key], what).toEqual(bens);
    // Of a name only the part that differs.
    const [kept, other] = key === 'name' ? ['Bo', 'Jo'] : [bens, anas];
    expect(race, what).toMatchObject({ kept, other, keptBy: ben.memberId, otherBy: me });

    const answer = { race: race?.id ?? '', how: 'swap' };
    const { status } = await cleo.call('POST', `${path}/tables/${table}/edits`, { edits: [{ id, answer }] });
    expect(status).toBe(403);
    const swap = await edit(ben, table, { id, answer });
    expect(swap, what).toMatchObject({ done: [{ id, answer }], refused: [] });
    const after = await rowOf(ana, table, id);
    expect([after.values[key], after.races], what).toEqual([anas, undefined]);
    // It was answered: nobody answers it again.
    expect((await edit(ana, table, { id, answer })).refused[0]?.message).toContain('answered this already');

    const { before, after: stood } = swap.done[0] ?? { before: {}, after: {} };
    const open = { race: answer.race, how: 'open' };
    await edit(ben, table, { id, values: before, was: stood, back: true, answer: open });
    const back = await rowOf(ana, table, id);
    expect([back.values[key], back.races?.[key]?.other], what).toEqual([bens, other]);
    expect((await edit(ana, table, { id, answer: { race: answer.race, how: 'keep' } })).done, what).toHaveLength(1);
    const kepts = await rowOf(ana, table, id);
    expect([kepts.values[key], kepts.races], what).toEqual([bens, undefined]);
  }
});

test('what one sets twice oneself is no race, nor is what a step back leaves; a hidden record’s race is hidden', async () => {
  const id = await make('companies', { name: 'Dahlia', employees: 1 });
  await edit(ana, 'companies', { id, values: { employees: 2 }, was: { employees: 1 } });
  const own = await edit(ana, 'companies', { id, values: { employees: 3 }, was: { employees: 1 } });
  expect(own.kept).toEqual([{ id, fields: ['employees'], beside: [] }]);
  await edit(ben, 'companies', { id, values: { employees: 4 }, was: { employees: 2 } });
  const back = await edit(ana, 'companies', { id, values: { employees: 1 }, was: { employees: 2 }, back: true });
  expect(back.kept).toEqual([{ id, fields: ['employees'], beside: [] }]);
  expect((await rowOf(ana, 'companies', id)).races).toBeUndefined();

  await edit(ana, 'companies', { id, values: { employees: 5 }, was: { employees: 1 } });
  const race = (await rowOf(ben, 'companies', id)).races?.['employees'];
  expect(race).toMatchObject({ kept: 4, other: 5 });
  const shared = await ana.call('PUT', `${path}/shares/${id}`, { kind: 'restricted', grants: [] });
  expect(shared.status, JSON.stringify(shared.body)).toBeLessThan(300);
  const hidden = await ben.call('GET', `${path}/tables/companies/rows?limit=500`);
  expect(JSON.stringify(hidden.body)).not.toContain(id);
  const refused = await edit(ben, 'companies', { id, answer: { race: race?.id ?? '', how: 'swap' } });
  expect(refused.refused[0]?.message).toBe('Not saved. It is not there any more.');
});
