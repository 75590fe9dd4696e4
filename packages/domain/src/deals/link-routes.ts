import { Hono } from 'hono';
import * as v from 'valibot';
import { perform, refuseOp } from '../boards/perform.node.ts';
import { refuse } from '../http/api-error.node.ts';
import { body } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { requireRole, type WorkspaceContext, type WorkspaceEnv } from '../http/workspace-context.node.ts';
import { linksOf } from '../records/record-rows.node.ts';
import { namesOf } from '../records/names-of.ts';
import { removeDealLink, setDealLink } from './link-ops.ts';

const tag = 'Deals';
const missing = 'There is no such deal.';
const link = v.object({
  noun: v.string(),
  id: v.string(),
  name: v.string(),
  role: v.string(),
  primary: v.pipe(v.boolean(), v.description('The one that `company` or `contact` of the deal names')),
});
const reply = v.object({ items: v.array(link) });

const docOf = (ws: WorkspaceContext, id: string): string | undefined =>
  ws.query.get<{ doc: string }>('SELECT doc FROM deals WHERE id = ? AND deleted_at IS NULL', [id])?.doc;
const linkedTo = (ws: WorkspaceContext, id: string) => ({
  items: linksOf(ws.query, id).filter(({ noun }) => noun === 'company' || noun === 'contact'),
});

/** The companies and contacts of a deal: any number, each with a role, one of each noun the primary one. */
export const linkRoutes = (): Hono<WorkspaceEnv> =>
  new Hono<WorkspaceEnv>()
    .get('/deals/:id/links', describe({ tag, summary: 'The companies and contacts of a deal', reply }), (c) => {
      const ws = c.var.workspace;
      const id = c.req.param('id');
      return docOf(ws, id) === undefined ? refuse(c, 'not-found', missing) : c.json(linkedTo(ws, id));
    })
    .put(
      '/deals/:id/links/:other',
      requireRole('member'),
      describe({
        tag,
        summary: 'Link a deal to a company or contact',
        description:
          'With a role in your words. The first of each is the primary one until another is told to be; who was that ' +
          'before stays linked.',
        reply,
      }),
      body(v.strictObject({ role: v.optional(v.string()), primary: v.optional(v.boolean()) })),
      async (c) => {
        const ws = c.var.workspace;
        const [id, other] = [c.req.param('id'), c.req.param('other')];
        const doc = docOf(ws, id);
        if (doc === undefined) return refuse(c, 'not-found', missing);
        const noun = namesOf(ws.query, [other]).get(other)?.noun;
        if (noun !== 'company' && noun !== 'contact')
          return refuse(c, 'not-found', 'There is no such company or contact.');
        const done = await perform(ws, doc, (live) => setDealLink(live, id, other, { noun, ...c.req.valid('json') }));
        return done.ok ? c.json(linkedTo(ws, id)) : refuseOp(c, done.error);
      },
    )
    .delete(
      '/deals/:id/links/:other',
      requireRole('member'),
      describe({ tag, summary: 'Take a company or contact off a deal', status: 204 }),
      async (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        const doc = docOf(ws, id);
        if (doc === undefined) return refuse(c, 'not-found', missing);
        const done = await perform(ws, doc, (live) => removeDealLink(live, id, c.req.param('other')));
        return done.ok ? c.body(null, 204) : refuseOp(c, done.error);
      },
    );
