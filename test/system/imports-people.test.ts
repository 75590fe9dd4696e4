import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeXlsx } from '../../packages/domain/src/imports/xlsx-fixture.node.ts';
import { importsOf } from './imports-fixture.ts';
import { joinAs, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

/** As the public Maven file has them: an agent, whom they report to, and where they sit. */
const file = [
  'sales_agent,manager,regional_office',
  'Mia Voss,Dustin Br,Central',
  'Jan Opel,Dustin Br,Central',
  'Lea Ahn,Melvin M,West',
  'Noa Berg,Melvin M,West',
].join('\n');

let server: TestServer;
let ana: Person;
let path: string;
let imports: ReturnType<typeof importsOf>;
beforeAll(async () => {
  server = await openServer();
  ana = await signUp(server, 'Ana');
});
beforeEach(async () => {
  ({ path } = await makeWorkspace(ana));
  imports = importsOf(server, ana, path);
});
afterAll(() => server.stop());

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: string;
  readonly status: string;
}
const members = async () => (await ana.call('GET', `${path}/members?limit=500`)).body.items as unknown as Listed[];
const teams = async () =>
  (await ana.call('GET', `${path}/teams`)).body.items as unknown as { id: string; name: string; members: string[] }[];
const actions = async () =>
  ((await ana.call('GET', `${path}/audit?limit=50`)).body.items ?? []).map(({ action }) => action);

describe('people from a file', () => {
  test('a dry run says what would happen and writes nothing', async () => {
    const preview = await imports.preview(`${file}\nMia Voss,Dustin Br,Central`, { noun: 'people' });
    expect(preview).toMatchObject({
      status: 'dry-run',
      created: 4,
      skipped: 1,
      also: { teams: ['Dustin Br', 'Melvin M'] },
    });
    expect(preview.errors).toEqual([{ row: 6, field: 'sales_agent', message: '“Mia Voss” is in row 2 already' }]);
    expect(preview.columns.map(({ column, target }) => [column, target])).toEqual([
      ['sales_agent', 'name'],
      ['manager', 'team'],
      ['regional_office', null],
    ]);
    expect(await members()).toHaveLength(1);
    expect(await teams()).toHaveLength(0);
  });

  test('people and teams come in, owners of deals are the same people, and it is taken back as a whole', async () => {
    await imports.run('Deal name,Owner\nFridges,MIA VOSS\n');
    const done = await imports.run(file, { noun: 'people', mapping: { sales_agent: 'name', regional_office: 'team' } });
    expect(done).toMatchObject({ status: 'done', created: 3, updated: 1 });
    await imports.run('Deal name,Owner\nOvens,lea ahn\n');
    const people = await members();
    expect(people.map(({ name, status }) => [name, status])).toEqual([
      ['Ana', 'active'],
      ['MIA VOSS', 'pending'],
      ['Jan Opel', 'pending'],
      ['Lea Ahn', 'pending'],
      ['Noa Berg', 'pending'],
    ]);
    const named = (ids: readonly string[]) => ids.map((id) => people.find((each) => each.id === id)?.name).sort();
    expect((await teams()).map((team) => [team.name, named(team.members)])).toEqual([
      ['Central', ['Jan Opel', 'MIA VOSS']],
      ['West', ['Lea Ahn', 'Noa Berg']],
    ]);
    expect(await actions()).toEqual(expect.arrayContaining(['import-run', 'team-made']));

    const undone = await imports.undo(done.id);
    expect(undone).toMatchObject({ status: 'undone', keptCount: 2 });
    expect(undone.kept).toMatchObject([
      { title: 'Lea Ahn', why: 'owns records' },
      { title: 'West', why: 'has people in it' },
    ]);
    expect((await members()).map(({ name }) => name)).toEqual(['Ana', 'MIA VOSS', 'Lea Ahn']);
    expect((await teams()).map(({ name }) => name)).toEqual(['West']);
    expect(await actions()).toContain('import-undone');
  });

  test('who has joined meanwhile stays, and it says so', async () => {
    const done = await imports.run('Name,E-mail,Team\nKim Sol,kim.sol@team.example,West\n', { noun: 'people' });
    const kim = await joinAs(server, ana, path, 'Kim Sol', 'member');
    expect((await members()).find(({ name }) => name === 'Kim Sol')).toMatchObject({
      id: kim.memberId,
      status: 'active',
    });
    const undone = await imports.undo(done.id);
    expect(undone.kept).toMatchObject([
      { title: 'Kim Sol', why: 'has joined' },
      { title: 'West', why: 'has people in it' },
    ]);
    expect((await teams())[0]?.members).toEqual([kim.memberId]);
  });

  test('an e-mail is filled in for somebody without one, and taken back', async () => {
    await imports.run('Deal name,Owner\nFridges,Mia Voss\n');
    const done = await imports.run('Name,E-mail\nmia voss,mia@team.example\n', { noun: 'people' });
    expect(done).toMatchObject({ created: 0, updated: 1 });
    expect((await members())[1]).toMatchObject({ name: 'Mia Voss', email: 'mia@team.example' });
    await imports.undo(done.id);
    expect((await members())[1]).toMatchObject({ name: 'Mia Voss', email: null });
  });

  test('a role above member is the admin’s to choose', async () => {
    const rows = 'Name,Role\nMia Voss,Admin\nJan Opel,viewer\nLea Ahn,owner\n';
    const mapping = { Name: 'name', Role: 'role' };
    const preview = await imports.preview(rows, { noun: 'people', mapping });
    expect(preview.also).toMatchObject({ roles: { asked: { admin: 1 }, isGranted: false } });
    expect(preview.errors).toMatchObject([{ row: 4, field: 'Role' }]);
    await imports.run(rows, { noun: 'people', mapping });
    expect((await members()).map(({ name, role }) => [name, role])).toEqual([
      ['Ana', 'admin'],
      ['Mia Voss', 'member'],
      ['Jan Opel', 'viewer'],
    ]);
    await imports.run('Name,Role\nKay,manager\n', { noun: 'people', roles: 'file' });
    expect((await members()).at(-1)).toMatchObject({ name: 'Kay', role: 'manager' });
  });

  test('a spreadsheet does as well', async () => {
    const sheet = await makeXlsx({
      Team: [
        ['Name', 'E-mail', 'Regional office'],
        ['Mia Voss', 'mia@team.example', 'West'],
      ],
    });
    expect(await imports.run(sheet, { noun: 'person' })).toMatchObject({ status: 'done', created: 1 });
    expect((await members()).at(-1)).toMatchObject({ name: 'Mia Voss', email: 'mia@team.example', status: 'pending' });
    expect((await teams()).map(({ name }) => name)).toEqual(['West']);
  });

  test('only an admin brings people in or takes that back', async () => {
    const done = await imports.run(file, { noun: 'people' });
    const boss = await joinAs(server, ana, path, `Manager ${path.slice(-6)}`, 'manager');
    const theirs = importsOf(server, boss, path);
    expect((await theirs.send(file, { noun: 'people', dryRun: true })).status).toBe(403);
    expect((await theirs.send(file, { noun: 'people' })).status).toBe(403);
    expect((await boss.call('POST', `${path}/imports/${done.id}/undo`, {})).status).toBe(403);
    expect(await members()).toHaveLength(6);
  });

  test('the leaderboard is read per team, and so are the deals behind it', async () => {
    await imports.run(
      'Deal name,Stage,Owner,Amount,Currency\nA,Won,Mia Voss,100,EUR\nB,Won,lea ahn,900,EUR\nC,Won,Lea Ahn,50,EUR\nD,Won,,7,EUR\n',
    );
    await imports.run(file, { noun: 'people', mapping: { sales_agent: 'name', regional_office: 'team' } });
    const west = (await teams()).find(({ name }) => name === 'West');
    const { body } = await ana.call('GET', `${path}/reports/leaderboard?team=${west?.id}`);
    const rows = body['rows'] as { won: { count: number; sum: { minor: number } }; drill: { query: object } }[];
    expect(rows.map(({ won }) => [won.count, won.sum.minor])).toEqual([[2, 95_000]]);
    expect(body['formula']).toContain('whose owner is in the team West now');
    const behind = await ana.call('GET', `${path}/reports/deals?${new URLSearchParams({ ...rows[0]?.drill.query })}`);
    expect(behind.body.items?.map(({ title }) => title)).toEqual(['B', 'C']);
    expect((await ana.call('GET', `${path}/reports/leaderboard?team=gone`)).status).toBe(404);
    // Who comes into the team brings their deals along.
    const mia = (await members()).find(({ name }) => name === 'Mia Voss');
    await ana.call('PATCH', `${path}/teams/${west?.id}`, { members: [...(west?.members ?? []), mia?.id] });
    const later = await ana.call('GET', `${path}/reports/leaderboard?team=${west?.id}`);
    expect((later.body['rows'] as unknown[]).length).toBe(2);
  });

  test('a column cannot become a new field', async () => {
    const { status, body } = await imports.send(file, { noun: 'people', mapping: { manager: { make: 'text' } } });
    expect([status, body.error?.fields]).toEqual([400, { 'mapping.manager': 'cannot become a new field here' }]);
  });
});
