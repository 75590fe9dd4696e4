import type { Grant, Level, Share, Team } from '@rapport/domain/access/share';
import type { Database } from 'better-sqlite3';

export function readTeams(database: Database): Map<string, Team> {
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
  readonly thing: string;
  readonly kind: Share['kind'];
  readonly level: Level;
  readonly owner: string | null;
}

/** By the thing's id. */
export function readShares(database: Database): Map<string, Share> {
  const grants = database
    .prepare<[], Grant & { thing: string }>(
      'SELECT thing_id AS thing, kind AS "to", grantee AS id, level FROM access_grants ORDER BY kind, grantee',
    )
    .all();
  const ofThing = Map.groupBy(grants, ({ thing }) => thing);
  const rows = database.prepare<[], ShareRow>('SELECT thing_id AS thing, kind, level, owner FROM access_shares').all();
  return new Map(
    rows.map(({ thing, kind, level, owner }): [string, Share] => [
      thing,
      kind === 'everyone'
        ? { kind, level, owner }
        : {
            kind,
            owner,
            grants: (ofThing.get(thing) ?? []).map(({ to, id, level: each }) => ({ to, id, level: each })),
          },
    ]),
  );
}

/** From a thing to what it lies in. */
export const readPlaces = (database: Database): Map<string, string> =>
  new Map(
    database
      .prepare<[], { thing: string; parent: string }>(
        'SELECT thing_id AS thing, parent_id AS parent FROM access_places',
      )
      .all()
      .map(({ thing, parent }) => [thing, parent]),
  );
