import { applyPatch } from '@rapport/doc/patch';
import { err, ok, type Result } from '@rapport/doc/result';
import { Hono } from 'hono';
import * as v from 'valibot';
import type * as Y from 'yjs';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { fieldsSchema } from '../http/field-schema.node.ts';
import { readCursor } from '../http/keyset.node.ts';
import { listOf, listQuery } from '../http/list.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { customFieldsIn } from '../boards/custom-fields.node.ts';
import { transferPatches } from '../boards/archive.ts';
import { dealOf } from './board.ts';
import { stageOf, stagesOf } from '../boards/board.ts';
import { dealPage, dealReply, dealRow, readSort, sortNames } from './deal-rows.node.ts';
import { addDeal, deleteDeals, editDeals, moveDeals, placeDeals } from './ops.ts';
import type { Move, OpEnv, OpError } from '../boards/ops.ts';
import { perform, refuseOp } from '../boards/perform.node.ts';
import { dealFields, type Deal } from './schema.ts';
import type { StageKind } from '../boards/schema.ts';
import { referenceNames } from './reference-names.node.ts';
import { signalsOf } from './signals.node.ts';

const tag = 'Deals';
const custom = v.optional(v.pipe(v.record(v.string(), v.any()), v.description('Values of custom fields by key')));
const fields = { ...fieldsSchema(dealFields), custom };
const dealSchema = v.object({
  id: v.string(),
  board: v.string(),
  doc: v.string(),
  stage: v.string(),
  status: v.picklist(['open', 'won', 'lost']),
  ...fields,
  companyName: v.pipe(v.nullable(v.string()), v.description('What `company` is called, where it is an id')),
  contactName: v.nullable(v.string()),
  stageSince: v.nullable(v.number()),
  deletedAt: v.nullable(v.number()),
});
const missing = 'There is no such deal.';

/** Field values of a body as an operation takes them: custom ones beside the others. */
const valuesOf = (given: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const { custom: customValues, ...rest } = given;
  return { ...rest, ...(customValues as Record<string, unknown> | undefined) };
};

/** Why these values cannot be: a deal is owned by a person of the workspace, who may have left it. */
const ownerProblem = (ws: WorkspaceContext, { owner }: Readonly<Record<string, unknown>>): string | null =>
  typeof owner === 'string' && owner !== '' && ws.people.get(owner) === null ? 'is not a member' : null;

/** Deals. Every write is an operation on the board's document and live for everyone. */
export function dealRoutes(deps: NounDeps): Hono<WorkspaceEnv> {
  const envOf = async (ws: WorkspaceContext): Promise<OpEnv> => ({
    now: deps.now(),
    random: Math.random,
    custom: await customFieldsIn(ws.hub, 'deal'),
  });
  const reply = (ws: WorkspaceContext, id: string) => {
    const row = dealRow(ws.query, id);
    return row === undefined ? null : dealReply(row);
  };
  const boardDoc = (ws: WorkspaceContext, id: string) =>
    ws.query.get<{ doc: string }>('SELECT doc FROM boards WHERE id = ?', [id])?.doc;

  /** A deal leaves its archive before it moves; where that leaves it closed, it goes back there when its time comes. */
  async function move(
    ws: WorkspaceContext,
    id: string,
    doc: string,
    board: string,
    plan: Move,
  ): Promise<Result<unknown, OpError>> {
    const env = await envOf(ws);
    const home = `board/${board}`;
    if (doc !== home) {
      const deal = await ws.hub.read(doc, (live) => dealOf(live, id, env.custom));
      const kindBefore = (live: Y.Doc) => (each: Deal) => stageOf(live, each.stageId)?.kind ?? 'open';
      // Planned before anything is touched: a refused move leaves the deal where it was.
      const planned = await ws.hub.read(home, (live) =>
        placeDeals(live, deal ? [deal] : [], plan, kindBefore(live), env),
      );
      if (!planned.ok) return planned;
      await transferDeals(ws, doc, home, [id]);
    }
    return perform(ws, home, (live) => moveDeals(live, plan, env));
  }

  return new Hono<WorkspaceEnv>()
    .get(
      '/deals',
      describe({
        tag,
        summary: 'List deals',
        description: `Sort by ${sortNames.join(', ')}.`,
        reply: listOf(dealSchema),
      }),
      query(
        v.strictObject({
          ...listQuery,
          board: v.optional(v.string()),
          stage: v.optional(v.string()),
          owner: v.optional(v.string()),
          company: v.optional(v.pipe(v.string(), v.description('Id or name'))),
          linked: v.optional(
            v.pipe(v.string(), v.description('Id of a company or contact that the deals are linked to')),
          ),
          status: v.optional(v.picklist(['open', 'won', 'lost'])),
        }),
      ),
      (c) => {
        const { limit, cursor, sort, ...filter } = c.req.valid('query');
        const order = readSort(sort);
        if ('unknown' in order)
          return refuse(c, 'invalid', `Deals cannot be sorted by ${order.unknown}.`, {
            sort: `must be of ${sortNames.join(', ')}`,
          });
        const after = cursor === undefined ? null : readCursor(cursor, order.steps.length);
        if (cursor !== undefined && after === null)
          return refuse(c, 'invalid', 'The cursor is not of this list.', { cursor: 'is not of this list' });
        const page = dealPage(c.var.workspace.query, filter, order.steps, limit, after);
        return c.json({ ...page, items: page.items.map(dealReply) });
      },
    )
    .post(
      '/deals',
      requireRole('member'),
      describe({
        tag,
        summary: 'Create a deal',
        description: 'In the first open stage when none is given, behind the others.',
        status: 201,
        reply: dealSchema,
      }),
      body(
        v.strictObject({
          ...fields,
          board: v.string(),
          stage: v.optional(v.string()),
          before: v.optional(v.string()),
          after: v.optional(v.string()),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const { board, stage, before, after, ...given } = c.req.valid('json');
        const doc = boardDoc(ws, board);
        if (doc === undefined) return refuse(c, 'invalid', 'There is no such board.', { board: 'does not exist' });
        const stranger = ownerProblem(ws, given);
        if (stranger !== null) return refuse(c, 'invalid', `owner ${stranger}.`, { owner: stranger });
        const env = await envOf(ws);
        const id = deps.newId();
        const done = await perform(ws, doc, (live) => {
          const stageId = stage ?? stagesOf(live).find(({ kind }) => kind === 'open')?.id ?? '';
          return addDeal(
            live,
            { id, stageId, values: valuesOf(given), before: before ?? null, after: after ?? null },
            env,
          );
        });
        return done.ok ? c.json(reply(ws, id), 201) : refuseOp(c, done.error);
      },
    )
    .post(
      '/deals/transfer',
      requireRole('member'),
      describe({
        tag,
        summary: 'Move deals to another pipeline',
        description: 'All of them or none. They keep their ids and their history.',
        reply: v.object({ moved: v.number() }),
      }),
      body(
        v.strictObject({
          ids: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(500)),
          board: v.string(),
          stage: v.string(),
          before: v.optional(v.string()),
          after: v.optional(v.string()),
          lostReason: v.optional(v.string()),
          values: v.optional(
            v.pipe(v.record(v.string(), v.any()), v.description('Values that the stage requires, by field key')),
          ),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const { ids, board, stage, before, after, lostReason, values: given } = c.req.valid('json');
        const target = boardDoc(ws, board);
        if (target === undefined) return refuse(c, 'invalid', 'There is no such board.', { board: 'does not exist' });
        const rows = ids.map((id) => dealRow(ws.query, id));
        if (rows.some((row) => row === undefined)) return refuse(c, 'not-found', missing);
        const env = await envOf(ws);
        const docs = [...new Set(rows.map((row) => row?.doc ?? ''))].filter((doc) => doc !== target);
        const done = await ws.hub.transactAll(
          [target, ...docs],
          ws.author(),
          ([to, ...sources]): Result<null, OpError> => {
            if (!to) return ok(null);
            const deals = ids.flatMap((id) =>
              [to, ...sources].flatMap((doc) => dealOf(doc, id, env.custom) ?? []).slice(0, 1),
            );
            if (deals.length < ids.length)
              return err({ code: 'no-such-card', message: 'Not moved. A deal is not there any more.' });
            const kindBefore = (deal: Deal): StageKind =>
              [to, ...sources].flatMap((doc) => stageOf(doc, deal.stageId) ?? [])[0]?.kind ?? 'open';
            const values = { values: { ...given, ...(lostReason === undefined ? {} : { lostReason }) } };
            const planned = placeDeals(
              to,
              deals,
              { stageId: stage, before: before ?? null, after: after ?? null, ...values },
              kindBefore,
              env,
            );
            if (!planned.ok) return planned;
            for (const [index, source] of sources.entries()) {
              const { here, there } = transferPatches(docs[index] ?? '', source, ids, target, to);
              applyPatch(to, there);
              applyPatch(source, here);
            }
            applyPatch(to, planned.value);
            return ok(null);
          },
        );
        return done.ok ? c.json({ moved: ids.length }) : refuseOp(c, done.error);
      },
    )
    .get('/deals/:id', describe({ tag, summary: 'A deal', reply: dealSchema }), (c) => {
      const found = reply(c.var.workspace, c.req.param('id'));
      return found === null || found.deletedAt !== null ? refuse(c, 'not-found', missing) : c.json(found);
    })
    .patch(
      '/deals/:id',
      requireRole('member'),
      describe({ tag, summary: 'Change fields of a deal', description: 'Null empties a field.', reply: dealSchema }),
      body(v.strictObject(fields)),
      async (c) => {
        const ws = c.var.workspace;
        const row = dealRow(ws.query, c.req.param('id'));
        if (row === undefined || row.deleted_at !== null) return refuse(c, 'not-found', missing);
        const given = c.req.valid('json');
        const stranger = ownerProblem(ws, given);
        if (stranger !== null) return refuse(c, 'invalid', `owner ${stranger}.`, { owner: stranger });
        const env = await envOf(ws);
        const done = await perform(ws, row.doc, (live) => editDeals(live, [row.id], valuesOf(given), env));
        return done.ok ? c.json(reply(ws, row.id)) : refuseOp(c, done.error);
      },
    )
    .delete(
      '/deals/:id',
      requireRole('member'),
      describe({ tag, summary: 'Delete a deal', description: 'It can be restored for 30 days.', status: 204 }),
      async (c) => {
        const ws = c.var.workspace;
        const row = dealRow(ws.query, c.req.param('id'));
        if (row === undefined || row.deleted_at !== null) return refuse(c, 'not-found', missing);
        const done = await perform(ws, row.doc, (live) =>
          deleteDeals(live, [row.id], { now: deps.now(), random: Math.random }),
        );
        return done.ok ? c.body(null, 204) : refuseOp(c, done.error);
      },
    )
    .post(
      '/deals/:id/move',
      requireRole('member'),
      describe({
        tag,
        summary: 'Move a deal',
        description:
          'The same operation as a drag: in front of the deal `before`, or right behind `after`, else to the end of the stage.',
        reply: dealSchema,
      }),
      body(
        v.strictObject({
          stage: v.string(),
          before: v.optional(v.nullable(v.string())),
          after: v.optional(v.nullable(v.string())),
          lostReason: v.optional(v.string()),
          closedAt: v.optional(v.number()),
          values: v.optional(
            v.pipe(v.record(v.string(), v.any()), v.description('Values that the stage requires, by field key')),
          ),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const { stage, before, after, lostReason, closedAt, values } = c.req.valid('json');
        const row = dealRow(ws.query, c.req.param('id'));
        if (row === undefined || row.deleted_at !== null) return refuse(c, 'not-found', missing);
        const given = {
          ...values,
          ...(lostReason === undefined ? {} : { lostReason }),
          ...(closedAt === undefined ? {} : { closedAt }),
        };
        const done = await move(ws, row.id, row.doc, row.board_id, {
          ids: [row.id],
          stageId: stage,
          before: before ?? null,
          after: after ?? null,
          values: given,
        });
        return done.ok ? c.json(reply(ws, row.id)) : refuseOp(c, done.error);
      },
    )
    .get(
      '/boards/:id/names',
      describe({
        tag,
        summary: "What the companies and contacts of a board's deals are called",
        description: 'By id. Those that you may not open are left out.',
        reply: v.object({ items: v.record(v.string(), v.string()) }),
      }),
      (c) => c.json({ items: referenceNames(c.var.workspace.query, c.req.param('id')) }),
    )
    .get(
      '/boards/:id/signals',
      describe({
        tag,
        summary: "What the log says of a board's deals",
        description: 'Since when each is in its stage, and its last touch by a person.',
        reply: v.object({ items: v.record(v.string(), v.any()) }),
      }),
      (c) => c.json({ items: signalsOf(c.var.workspace.query, c.req.param('id')) }),
    );
}

/** Moves whole deals between documents of one pipeline in one commit. */
async function transferDeals(ws: WorkspaceContext, from: string, to: string, ids: readonly string[]): Promise<void> {
  await ws.hub.transactAll([from, to], { actor: 'server', via: 'server' }, ([source, target]) => {
    if (!source || !target) return;
    const { here, there } = transferPatches(from, source, ids, to, target);
    applyPatch(target, there);
    applyPatch(source, here);
  });
}
