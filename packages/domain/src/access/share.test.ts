import { describe, expect, test } from 'vitest';
import { roles } from '../people/roles.ts';
import { thingAccess, covers, mayShare, openShare, sharedWith, type Share } from './share.ts';

const inTeams =
  (...mine: string[]) =>
  (id: string) =>
    mine.includes(id);
const nobody = inTeams();
const some = (...grants: [to: 'team' | 'member', id: string, level: 'view' | 'edit'][]): Share => ({
  kind: 'restricted',
  owner: 'olga',
  grants: grants.map(([to, id, level]) => ({ to, id, level })),
});
const member = { memberId: 'mo', role: 'member' } as const;

describe('who may open a board', () => {
  test('everyone, unless something else was said; viewers look', () => {
    expect(roles.map((role) => thingAccess({ memberId: 'x', role }, openShare, nobody))).toEqual([
      'edit',
      'edit',
      'edit',
      'view',
    ]);
    expect(thingAccess(member, { ...openShare, level: 'view' } as Share, nobody)).toBe('view');
  });

  test('the most of what one was given by name and by teams', () => {
    const share = some(['team', 'a', 'view'], ['team', 'b', 'edit'], ['member', 'mo', 'view']);
    expect(thingAccess(member, share, nobody)).toBe('view');
    expect(thingAccess(member, share, inTeams('a'))).toBe('view');
    expect(thingAccess(member, share, inTeams('a', 'b'))).toBe('edit');
    expect(thingAccess({ memberId: 'vi', role: 'viewer' }, share, inTeams('b'))).toBe('view');
    expect(thingAccess({ memberId: 'no', role: 'manager' }, share, inTeams('c'))).toBe('none');
  });

  test('private is its owner’s, and admins’; a viewer who owns it looks', () => {
    expect(thingAccess({ memberId: 'olga', role: 'member' }, some(), nobody)).toBe('edit');
    expect(thingAccess({ memberId: 'olga', role: 'viewer' }, some(), nobody)).toBe('view');
    expect(thingAccess({ memberId: 'x', role: 'admin' }, some(), nobody)).toBe('edit');
    expect(thingAccess({ memberId: 'x', role: 'manager' }, some(), nobody)).toBe('none');
  });
});

test('who may share it', () => {
  expect(mayShare(member, openShare, 'edit')).toBe(false);
  expect(mayShare({ memberId: 'm', role: 'manager' }, openShare, 'edit')).toBe(true);
  expect(mayShare({ memberId: 'm', role: 'manager' }, openShare, 'view')).toBe(false);
  expect(mayShare({ memberId: 'olga', role: 'member' }, some(), 'edit')).toBe(true);
  expect(mayShare({ memberId: 'olga', role: 'viewer' }, some(), 'view')).toBe(false);
});

test('words and order', () => {
  expect([openShare, some(), some(['team', 'a', 'view'])].map(sharedWith)).toEqual(['everyone', 'private', 'some']);
  expect(covers('edit', 'view') && covers('view', 'view') && covers('none', 'none')).toBe(true);
  expect(covers('view', 'edit') || covers('none', 'view')).toBe(false);
});
