import type { Grant, Level, Share, Team, ThingAccess, Who } from '@rapport/domain/access/share';
import { privateShare, thingAccess } from '@rapport/domain/access/share';
import type { Role } from '@rapport/domain/people/roles';
import { mayAct } from '@rapport/domain/people/roles';
import { teamOfDocument } from '@rapport/domain/workspace/team-document';
import type { Database } from 'better-sqlite3';
import { readPlaces, readShares, readTeams } from './read-tables.ts';
import { makeShareTree } from './share-tree.ts';
import { makeAccessTables } from './tables.ts';

/** The teams, shares and places of one workspace, held in memory and written through to its file. */
export interface AccessBook {
  teams(): readonly Team[];
  team(id: string): Team | null;
  /** Makes or replaces a team. */
  saveTeam(team: Team): void;
  /** What was shared with the team is no longer shared with it. */
  deleteTeam(id: string): void;
  /** A thing's own share, else that of what it lies in, else open to all. */
  share(id: string): Share;
  /** Whether something was said of the thing itself. */
  hasOwnShare(id: string): boolean;
  setShare(id: string, share: Share): void;
  /** From now on it is shared as what it lies in. */
  dropShare(id: string): void;
  parentOf(id: string): string | null;
  /** Whether `id` is `above`, or lies anywhere in it. */
  isIn(id: string, above: string): boolean;
  /** Throws when it would lie in itself. */
  setParent(id: string, parent: string | null): void;
  /** Things that are shared with this team, and how far. */
  sharedWithTeam(id: string): readonly { readonly id: string; readonly level: Level }[];
  accessOf(who: Who, id: string): ThingAccess;
  /** Things that this person may not even look at. The same object until something changes. */
  hiddenFrom(who: Who): ReadonlySet<string>;
  /** The same by id alone, with the role that the member has now; nobody's is everything that is restricted. */
  hiddenFromMember(memberId: string, mayBeAdmin: boolean): ReadonlySet<string>;
  /** Members came, went or have another role. */
  peopleChanged(): void;
}

const nothing: ReadonlySet<string> = new Set();

/** Reads the book of the workspace whose file this is. `roleOf` is null for somebody who is no active member. */
export function openAccessBook(database: Database, roleOf: (memberId: string) => Role | null): AccessBook {
  makeAccessTables(database);
  const teams = readTeams(database);
  const tree = makeShareTree(readShares(database), readPlaces(database));
  let hidden = new Map<string, ReadonlySet<string>>();
  let roles = new Map<string, Role | null>();
  const changed = () => void (hidden = new Map());
  const inTeamOf = (memberId: string) => (id: string) => teams.get(id)?.members.includes(memberId) === true;
  /** What a team has together is its members'; of one that is gone, nobody's but admins'. */
  const shareOf = (id: string): Share => {
    const team = teamOfDocument(id);
    if (team === null) return tree.share(id);
    return teams.has(team)
      ? { kind: 'restricted', owner: null, grants: [{ to: 'team', id: team, level: 'edit' }] }
      : privateShare;
  };
  const accessOf = (who: Who, id: string): ThingAccess => thingAccess(who, shareOf(id), inTeamOf(who.memberId));
  const together = (write: () => void) => database.transaction(write)();

  const hiddenFrom = (who: Who): ReadonlySet<string> => {
    if (mayAct(who.role, 'admin')) return nothing;
    const known = hidden.get(who.memberId);
    if (known !== undefined) return known;
    const inTeam = inTeamOf(who.memberId);
    const things = tree.hiddenBy((share) => thingAccess(who, share, inTeam) === 'none').sort();
    const found = things.length === 0 ? nothing : new Set(things);
    hidden.set(who.memberId, found);
    return found;
  };
  const writeGrants = (id: string, grants: readonly Grant[]) => {
    database.prepare('DELETE FROM access_grants WHERE thing_id = ?').run(id);
    const insert = database.prepare('INSERT INTO access_grants (thing_id, kind, grantee, level) VALUES (?, ?, ?, ?)');
    for (const { to, id: grantee, level } of grants) insert.run(id, to, grantee, level);
  };

  return {
    teams: () => [...teams.values()].sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)),
    team: (id) => teams.get(id) ?? null,
    saveTeam(team) {
      const { id, name, members } = team;
      together(() => {
        database
          .prepare(
            'INSERT INTO access_teams (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name',
          )
          .run(id, name);
        database.prepare('DELETE FROM access_team_members WHERE team_id = ?').run(id);
        const insert = database.prepare('INSERT INTO access_team_members (team_id, member_id) VALUES (?, ?)');
        for (const member of members) insert.run(id, member);
      });
      teams.set(id, team);
      changed();
    },
    deleteTeam(id) {
      together(() => {
        database.prepare('DELETE FROM access_teams WHERE id = ?').run(id);
        database.prepare('DELETE FROM access_team_members WHERE team_id = ?').run(id);
        database.prepare(`DELETE FROM access_grants WHERE kind = 'team' AND grantee = ?`).run(id);
      });
      teams.delete(id);
      for (const [thing, each] of tree.shared())
        if (each.kind === 'restricted' && each.grants.some((grant) => grant.to === 'team' && grant.id === id))
          tree.setShare(thing, {
            ...each,
            grants: each.grants.filter((grant) => grant.to !== 'team' || grant.id !== id),
          });
      changed();
    },
    share: shareOf,
    hasOwnShare: (id) => tree.own(id) !== undefined,
    setShare(id, next) {
      const before = tree.own(id);
      together(() => {
        database
          .prepare(
            `INSERT INTO access_shares (thing_id, kind, level, owner) VALUES (?, ?, ?, ?)
             ON CONFLICT (thing_id) DO UPDATE SET kind = excluded.kind, level = excluded.level, owner = excluded.owner`,
          )
          .run(id, next.kind, next.kind === 'everyone' ? next.level : 'view', next.owner);
        writeGrants(id, next.kind === 'restricted' ? next.grants : []);
      });
      tree.setShare(id, next);
      // What was everybody's and stays so hides nothing from anybody: making many such things costs nobody a new set.
      if (before !== undefined || next.kind === 'restricted' || tree.parentOf(id) !== null) changed();
    },
    dropShare(id) {
      together(() => {
        database.prepare('DELETE FROM access_shares WHERE thing_id = ?').run(id);
        writeGrants(id, []);
      });
      tree.setShare(id, null);
      changed();
    },
    parentOf: tree.parentOf,
    isIn: tree.isIn,
    setParent(id, parent) {
      if (parent !== null && tree.isIn(parent, id)) throw new Error(`${id} cannot lie in itself`);
      if (parent === null) database.prepare('DELETE FROM access_places WHERE thing_id = ?').run(id);
      else
        database
          .prepare(
            `INSERT INTO access_places (thing_id, parent_id) VALUES (?, ?)
             ON CONFLICT (thing_id) DO UPDATE SET parent_id = excluded.parent_id`,
          )
          .run(id, parent);
      tree.setParent(id, parent);
      changed();
    },
    sharedWithTeam: (id) =>
      [...tree.shared()].flatMap(([thing, each]) =>
        each.kind === 'everyone'
          ? []
          : each.grants.flatMap((grant) =>
              grant.to === 'team' && grant.id === id ? [{ id: thing, level: grant.level }] : [],
            ),
      ),
    accessOf,
    hiddenFrom,
    hiddenFromMember(memberId, mayBeAdmin) {
      if (!roles.has(memberId)) roles.set(memberId, roleOf(memberId));
      const role = roles.get(memberId) ?? 'viewer';
      return hiddenFrom({ memberId, role: role === 'admin' && !mayBeAdmin ? 'manager' : role });
    },
    peopleChanged: () => void (roles = new Map()),
  };
}
