import { describe, expect, test } from 'vitest';
import type { ReadRow } from '../imports/read-rows.ts';
import type { Member } from './member.ts';
import { makePeoplePlanner } from './plan-people.ts';

const member = (id: string, name: string, email: string | null = null): Member => ({
  id,
  name,
  email,
  colour: 1,
  role: 'member',
  status: email === null ? 'pending' : 'active',
});
const here = [member('ana', 'Ana Ruiz', 'ana@team.example'), member('bo', 'Bo Li')];
const teams = [{ id: 't1', name: 'Sales DACH', members: ['ana'] }];

function plan(rows: readonly ReadRow['values'][], grantsRoles = false) {
  const planner = makePeoplePlanner({ members: here, teams, grantsRoles, columnOf: (field) => field });
  for (const [index, values] of rows.entries()) planner.take({ row: index + 2, values });
  return planner.finish();
}

describe('people from a file', () => {
  test('who is here is found by e-mail or name, whatever the case, and only gets what they lack', () => {
    const found = plan([
      { name: 'ANA RUIZ', team: 'sales dach' },
      { name: 'bo li', email: 'bo@team.example', team: 'Sales DACH' },
      { name: 'Someone', email: 'ANA@team.example', team: 'West' },
    ]);
    expect(found).toMatchObject({ created: 0, updated: 2, unchanged: 0, newTeams: ['West'] });
    expect(found.people).toEqual([
      { id: 'ana', name: 'Ana Ruiz', email: 'ana@team.example', role: 'member', teams: ['West'] },
      { id: 'bo', name: 'Bo Li', email: 'bo@team.example', role: 'member', teams: ['Sales DACH'] },
    ]);
  });

  test.each([
    ['no name at all', [{ team: 'West' }], 'has neither a name nor an e-mail'],
    ['twice in the file', [{ name: 'Mia' }, { name: 'mia' }], '“mia” is in row 2 already'],
    ['a team of more than one line', [{ name: 'Mia', team: 'We\nst' }], 'has control characters'],
    ['another address', [{ name: 'Ana Ruiz', email: 'other@team.example' }], 'is here with another e-mail'],
  ])('a row is left out with its reason: %s', (_what, rows, message) => {
    const { errors } = plan(rows as ReadRow['values'][]);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toContain(message);
  });

  test('a file of thousands was meant for something else', () => {
    const { created, errors } = plan(Array.from({ length: 2003 }, (_, at) => ({ name: `P${at}` })));
    expect([created, errors.length]).toEqual([2000, 3]);
    expect(errors[0]).toMatchObject({ row: 2002, message: 'is beyond the 2,000 people that one file can bring' });
  });

  test('one person in two teams is one person', () => {
    const { people, created } = plan([
      { name: 'Mia', team: 'West' },
      { name: 'Mia', team: 'East' },
    ]);
    expect(created).toBe(1);
    expect(people).toMatchObject([{ id: null, name: 'Mia', teams: ['West', 'East'] }]);
  });

  test('names are put together from their parts, and an e-mail stands in for none', () => {
    const { people } = plan([{ firstName: 'Mia', lastName: 'Voss' }, { email: 'jan@team.example' }]);
    expect(people.map(({ name }) => name)).toEqual(['Mia Voss', 'jan@team.example']);
  });

  test('a role above member is given only when an admin says so; a lesser one always', () => {
    const rows = [
      { name: 'A', role: 'admin' },
      { name: 'B', role: 'manager' },
      { name: 'C', role: 'viewer' },
      { name: 'D' },
    ];
    const careful = plan(rows);
    expect(careful.people.map(({ role }) => role)).toEqual(['member', 'member', 'viewer', 'member']);
    expect(careful.asked).toEqual({ admin: 1, manager: 1 });
    expect(plan(rows, true).people.map(({ role }) => role)).toEqual(['admin', 'manager', 'viewer', 'member']);
  });
});
