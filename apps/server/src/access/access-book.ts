import {
  boardAccess,
  openShare,
  type BoardAccess,
  type Grant,
  type Level,
  type Share,
  type Team,
  type Who,
} from '@rapport/domain/access/board-access';
import type { Role } from '@rapport/domain/people/roles';
import { mayAct } from '@rapport/domain/people/roles';
import type { Database } from 'better-sqlite3';
import { makeAccessTables } from './tables.ts';

/** The teams and shares of one workspace, held in memory and written through to its file. */
export interface AccessBook {
  teams(): readonly Team[];
  team(id: string): Team | null;
  /** Makes or replaces a team. */
  saveTeam(team: Team): void;
  /** What was shared with the team is no longer shared with it. */
  deleteTeam(id: string): void;
  share(boardId: string): Share;
  setShare(boardId: string, share: Share): void;
  /** Boards that are shared with this team, and how far. */
  sharedWithTeam(id: string): readonly { readonly boardId: string; readonly level: Level }[];
  accessOf(who: Who, boardId: string): BoardAccess;
  /** Boards that this person may not even look at. The same object until something changes. */
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
  const shares = readShares(database);
  let hidden = new Map<string, ReadonlySet<string>>();
  let roles = new Map<string, Role | null>();
  const changed = () => void (hidden = new Map());
  const inTeamOf = (memberId: string) => (id: string) => teams.get(id)?.members.includes(memberId) === true;
  const share = (boardId: string): Share => shares.get(boardId) ?? openShare;
  const accessOf = (who: Who, boardId: string): BoardAccess => boardAccess(who, share(boardId), inTeamOf(who.memberId));
  const together = (write: () => void) => database.transaction(write)();

  const hiddenFrom = (who: Who): ReadonlySet<string> => {
    if (mayAct(who.role, 'admin')) return nothing;
    const known = hidden.get(who.memberId);
    if (known !== undefined) return known;
    const boards = [...shares.keys()].filter((boardId) => accessOf(who, boardId) === 'none').sort();
    const found = boards.length === 0 ? nothing : new Set(boards);
    hidden.set(who.memberId, found);
    return found;
  };
  const writeGrants = (boardId: string, grants: readonly Grant[]) => {
    database.prepare('DELETE FROM access_grants WHERE board_id = ?').run(boardId);
    const insert = database.prepare('INSERT INTO access_grants (board_id, kind, grantee, level) VALUES (?, ?, ?, ?)');
    for (const { to, id, level } of grants) insert.run(boardId, to, id, level);
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
      for (const [boardId, each] of shares)
        if (each.kind === 'restricted')
          shares.set(boardId, {
            ...each,
            grants: each.grants.filter((grant) => grant.to !== 'team' || grant.id !== id),
          });
      changed();
    },
    share,
    setShare(boardId, next) {
      together(() => {
        database
          .prepare(
            `INSERT INTO access_shares (board_id, kind, level, owner) VALUES (?, ?, ?, ?)
             ON CONFLICT (board_id) DO UPDATE SET kind = excluded.kind, level = excluded.level, owner = excluded.owner`,
          )
          .run(boardId, next.kind, next.kind === 'everyone' ? next.level : 'view', next.owner);
        writeGrants(boardId, next.kind === 'restricted' ? next.grants : []);
      });
      shares.set(boardId, next);
      changed();
    },
    sharedWithTeam: (id) =>
      [...shares].flatMap(([boardId, each]) =>
        each.kind === 'everyone'
          ? []
          : each.grants.flatMap((grant) =>
              grant.to === 'team' && grant.id === id ? [{ boardId, level: grant.level }] : [],
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

function readTeams(database: Database): Map<string, Team> {
  const members = database
    .prepare<[], { team: string; member: string }>(
      'SELECT team_id AS team, member_id AS member FROM access_team_members ORDER BY member_id',
    )
    .all();
  const ofTeam = Map.groupBy(members, ({ team }) => team);
  const teams = database.prepare<[], { id: string; name: string }>('SELECT id, name FROM access_teams').all();
  return new Map(
    teams.map(({ id, name }) => [id, { id, name, members: (ofTeam.get(id) ?? []).map(({ member }) => member) }]),
  );
}

interface ShareRow {
  readonly boardId: string;
  readonly kind: Share['kind'];
  readonly level: Level;
  readonly owner: string | null;
}

function readShares(database: Database): Map<string, Share> {
  const grants = database
    .prepare<[], Grant & { boardId: string }>(
      'SELECT board_id AS boardId, kind AS "to", grantee AS id, level FROM access_grants ORDER BY kind, grantee',
    )
    .all();
  const ofBoard = Map.groupBy(grants, ({ boardId }) => boardId);
  const rows = database
    .prepare<[], ShareRow>('SELECT board_id AS boardId, kind, level, owner FROM access_shares')
    .all();
  return new Map(
    rows.map(({ boardId, kind, level, owner }): [string, Share] => [
      boardId,
      kind === 'everyone'
        ? { kind, level, owner }
        : {
            kind,
            owner,
            grants: (ofBoard.get(boardId) ?? []).map(({ to, id, level: each }) => ({ to, id, level: each })),
          },
    ]),
  );
}
