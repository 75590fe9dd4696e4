import { covers, type Team } from '@rapport/domain/access/share';
import { refuse } from '@rapport/domain/http/api-error.node';
import { body, query } from '@rapport/domain/http/body.node';
import { describe } from '@rapport/domain/http/describe.node';
import { listOf, listQuery, pageById } from '@rapport/domain/http/list.node';
import { requireRole } from '@rapport/domain/http/workspace-context.node';
import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import type { ApiEnv } from '../http/api-context.ts';
import type { Services } from '../services.ts';
import { accessChanged } from '../sockets/access-changes.ts';
import { personName, teamShape } from './shapes.ts';

const tag = 'Teams';
const members = v.pipe(v.array(v.string()), v.maxLength(2000));
const missing = 'There is no such team.';

/** Teams: whom things can be shared with besides single people. Mounted at `/w/:ws/teams`. */
export function teamRoutes(services: Services): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const book = async (c: Context<ApiEnv>) => (await services.host.open(c.var.workspace.id)).access;
  const missingMember = (workspaceId: string, ids: readonly string[]): string | undefined =>
    ids.find((id) => (services.members.get(workspaceId, id)?.status ?? 'removed') === 'removed');

  /** Whoever changes a team gives what is shared with it, and nobody gives what they do not have. */
  async function mayChange(c: Context<ApiEnv>, id: string): Promise<boolean> {
    const given = (await book(c)).sharedWithTeam(id);
    return given.every(({ id: thing, level }) => covers(c.var.workspace.accessTo(thing), level));
  }
  const refuseChange = (c: Context) =>
    refuse(
      c,
      'forbidden',
      'Something is shared with this team that is not shared with you. An admin can change the team.',
    );

  async function save(c: Context<ApiEnv>, team: Team, action: 'team-made' | 'team-changed') {
    const workspace = c.var.workspace;
    (await book(c)).saveTeam(team);
    workspace.audit(action, { target: team.id, detail: { members: team.members.length } });
    accessChanged(services, workspace.id);
  }

  app.get(
    '/',
    describe({ tag, summary: 'The teams of the workspace', reply: listOf(teamShape) }),
    query(v.strictObject({ limit: listQuery.limit, cursor: listQuery.cursor, q: listQuery.q })),
    async (c) => {
      const { limit, cursor, q } = c.req.valid('query');
      const found = (await book(c))
        .teams()
        .filter(({ name }) => q === undefined || name.toLowerCase().includes(q.toLowerCase()));
      return c.json(pageById(found, limit, cursor));
    },
  );
  app.post(
    '/',
    describe({ tag, summary: 'Make a team (manager or admin)', status: 201, reply: teamShape }),
    requireRole('manager'),
    body(v.strictObject({ name: personName, members: v.optional(members, []) })),
    async (c) => {
      const { name, members: people } = c.req.valid('json');
      const stranger = missingMember(c.var.workspace.id, people);
      if (stranger !== undefined)
        return refuse(c, 'invalid', 'members has somebody who is not here.', { members: `${stranger} is not here` });
      const team: Team = { id: services.newId(), name, members: [...new Set(people)].sort() };
      await save(c, team, 'team-made');
      return c.json(team, 201);
    },
  );
  app.get('/:id', describe({ tag, summary: 'A team', reply: teamShape }), async (c) => {
    const team = (await book(c)).team(c.req.param('id'));
    return team === null ? refuse(c, 'not-found', missing) : c.json(team);
  });
  app.patch(
    '/:id',
    describe({
      tag,
      summary: 'Rename a team or say who is in it (manager or admin)',
      description: 'Takes effect at once. A manager cannot change a team that has access to what they have not.',
      reply: teamShape,
    }),
    requireRole('manager'),
    body(v.strictObject({ name: v.optional(personName), members: v.optional(members) })),
    async (c) => {
      const team = (await book(c)).team(c.req.param('id'));
      if (team === null) return refuse(c, 'not-found', missing);
      const { name = team.name, members: people = team.members } = c.req.valid('json');
      // Somebody who left may stay in the list; nobody who is not here comes in.
      const added = people.filter((id) => !team.members.includes(id));
      const stranger = missingMember(c.var.workspace.id, added);
      if (stranger !== undefined)
        return refuse(c, 'invalid', 'members has somebody who is not here.', { members: `${stranger} is not here` });
      if (!(await mayChange(c, team.id))) return refuseChange(c);
      const next: Team = { id: team.id, name, members: [...new Set(people)].sort() };
      await save(c, next, 'team-changed');
      return c.json(next);
    },
  );
  app.delete(
    '/:id',
    describe({
      tag,
      summary: 'Delete a team (manager or admin)',
      description: 'What was shared with it is no longer shared with its members, unless with them by name.',
      status: 204,
    }),
    requireRole('manager'),
    async (c) => {
      const teams = await book(c);
      const team = teams.team(c.req.param('id'));
      if (team === null) return refuse(c, 'not-found', missing);
      if (!(await mayChange(c, team.id))) return refuseChange(c);
      teams.deleteTeam(team.id);
      c.var.workspace.audit('team-deleted', { target: team.id });
      accessChanged(services, c.var.workspace.id);
      return c.body(null, 204);
    },
  );
  return app;
}
