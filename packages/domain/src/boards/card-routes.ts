import { applyPatch } from '@rapport/doc/patch';
import type { Result } from '@rapport/doc/result';
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
import { transferPatches } from './archive.ts';
import { cardOf, stageOf, stagesOf } from './board.ts';
import type { CardPage, CardRows } from './card-rows.node.ts';
import { cardTransferRoutes } from './card-transfer-routes.ts';
import type { Card, CardType } from './card-type.ts';
import { customFieldsIn } from './custom-fields.node.ts';
import type { CardOps, Move, OpEnv, OpError } from './ops.ts';
import { perform, refuseOp } from './perform.node.ts';
import type { StageKind } from './schema.ts';

/** Where a new card is to stand; without a stage in the first open one. */
export interface NewPlace {
  readonly stage?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** A page of a list as it is asked for; plain data. */
export interface PageAsked {
  readonly filter: Readonly<Record<string, string | undefined>>;
  readonly sort: string | undefined;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** What one kind of card says of its API. */
export interface CardApi<C extends Card> {
  readonly type: CardType<C>;
  readonly ops: CardOps<C>;
  readonly rows: CardRows;
  /** What replies have besides the fields. */
  readonly beside: v.ObjectEntries;
  /** What a new card may be given besides fields and place. */
  readonly createBeside?: v.ObjectEntries;
  /** Further filters of the list. */
  readonly filters: v.ObjectEntries;
  /** Reads a page off the main thread, where what is asked takes long; null where it does not. */
  readonly readPage?: (ws: WorkspaceContext, asked: PageAsked) => Promise<CardPage> | null;
  /**
   * Adds a card in another way than to a board that must be named; answers its id. Fields that no caller may write are
   * its own matter.
   */
  readonly create?: (
    ws: WorkspaceContext,
    board: string | undefined,
    values: Readonly<Record<string, unknown>>,
    place: NewPlace,
  ) => Promise<Result<string, OpError>>;
}

/** Field values of a body as an operation takes them: custom ones beside the others. */
const valuesOf = (given: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const { custom: customValues, ...rest } = given;
  return { ...rest, ...(customValues as Record<string, unknown> | undefined) };
};

/** Why these values cannot be: a card is owned by a person of the workspace, who may have left it. */
export const ownerProblem = (ws: WorkspaceContext, { owner }: Readonly<Record<string, unknown>>): string | null =>
  typeof owner === 'string' && owner !== '' && ws.people.get(owner) === null ? 'is not a member' : null;

/** The document of a board of this kind that the caller may open. */
export const boardDocOf = (ws: WorkspaceContext, { kind }: CardType, id: string): string | undefined =>
  ws.query.get<{ doc: string }>('SELECT doc FROM boards WHERE id = ? AND kind = ?', [id, kind])?.doc;

/** The API of one kind of card. Every write is an operation on the board's document and live for everyone. */
export function cardRoutes<C extends Card>(api: CardApi<C>, deps: NounDeps): Hono<WorkspaceEnv> {
  const { type, ops, rows } = api;
  const { words } = type;
  const path = `/${type.kind}` as const;
  const tag = `${words.many.charAt(0).toUpperCase()}${words.many.slice(1)}`;
  const missing = `There is no such ${words.one}.`;
  const custom = v.optional(v.pipe(v.record(v.string(), v.any()), v.description('Values of custom fields by key')));
  const fields = { ...fieldsSchema(type.fields), custom };
  const status = v.picklist(Object.values(rows.statuses) as [string, ...string[]]);
  const derived = new Set(type.derived);
  const written = Object.fromEntries(Object.entries(fields).filter(([key]) => !derived.has(key)));
  const schema = v.object({
    id: v.string(),
    board: v.string(),
    doc: v.string(),
    stage: v.string(),
    status,
    ...fields,
    ...api.beside,
    stageSince: v.nullable(v.number()),
    deletedAt: v.nullable(v.number()),
  });
  const envOf = async (ws: WorkspaceContext): Promise<OpEnv> => ({
    now: deps.now(),
    random: Math.random,
    custom: await customFieldsIn(ws.hub, type.noun),
  });
  const boardDoc = (ws: WorkspaceContext, id: string) => boardDocOf(ws, type, id);
  const reply = (ws: WorkspaceContext, id: string) => {
    const row = rows.row(ws.query, id);
    return row === undefined ? null : rows.reply(row);
  };

  /** A card leaves its archive before it moves; where that leaves it closed, it goes back there when its time comes. */
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
      const card = await ws.hub.read(doc, (live) => cardOf(type, live, id, env.custom));
      const kindBefore = (live: Y.Doc) => (each: Card) => stageOf(live, each.stageId)?.kind ?? ('open' as StageKind);
      // Planned before anything is touched: a refused move leaves the card where it was.
      const planned = await ws.hub.read(home, (live) =>
        ops.place(live, card ? [card] : [], plan, kindBefore(live), env),
      );
      if (!planned.ok) return planned;
      await transferCards(ws, doc, home, [id]);
    }
    return perform(ws, home, (live) => ops.move(live, plan, env));
  }

  async function add(
    ws: WorkspaceContext,
    board: string | undefined,
    values: Readonly<Record<string, unknown>>,
    { stage, before, after }: NewPlace,
  ): Promise<Result<string, OpError>> {
    const doc = board === undefined ? undefined : boardDoc(ws, board);
    if (doc === undefined)
      return {
        ok: false,
        error: { code: 'invalid-value', message: 'There is no such board.', fields: { board: 'does not exist' } },
      };
    const env = await envOf(ws);
    const id = deps.newId();
    const done = await perform(ws, doc, (live) => {
      const stageId = stage ?? stagesOf(live).find(({ kind }) => kind === 'open')?.id ?? '';
      return ops.add(live, { id, stageId, values, before: before ?? null, after: after ?? null }, env);
    });
    return done.ok ? { ok: true, value: id } : done;
  }

  return new Hono<WorkspaceEnv>()
    .get(
      path,
      describe({
        tag,
        summary: `List ${words.many}`,
        description: `Sort by ${rows.sortNames.join(', ')}.`,
        reply: listOf(schema),
      }),
      query(
        v.strictObject({
          ...listQuery,
          board: v.optional(v.string()),
          stage: v.optional(v.string()),
          owner: v.optional(v.string()),
          ...api.filters,
          status: v.optional(status),
        }),
      ),
      async (c) => {
        const { limit, cursor, sort, ...filter } = c.req.valid('query') as {
          limit: number;
          cursor?: string;
          sort?: string;
        } & Record<string, string | undefined>;
        const order = rows.readSort(sort);
        if ('unknown' in order)
          return refuse(c, 'invalid', `${tag} cannot be sorted by ${order.unknown}.`, {
            sort: `must be of ${rows.sortNames.join(', ')}`,
          });
        const after = cursor === undefined ? null : readCursor(cursor, order.steps.length);
        if (cursor !== undefined && after === null)
          return refuse(c, 'invalid', 'The cursor is not of this list.', { cursor: 'is not of this list' });
        const ws = c.var.workspace;
        const page =
          (await api.readPage?.(ws, { filter, sort, limit, cursor })) ??
          rows.page(ws.query, filter, order.steps, limit, after);
        return c.json({ ...page, items: page.items.map(rows.reply) });
      },
    )
    .post(
      path,
      requireRole('member'),
      describe({
        tag,
        summary: `Create ${words.article}`,
        description:
          api.create === undefined
            ? 'In the first open stage when none is given, behind the others.'
            : `Without a board on the first ${words.board}, which is made when there is none; without a stage at the top of the first open one.`,
        status: 201,
        reply: schema,
      }),
      body(
        v.strictObject({
          ...written,
          ...api.createBeside,
          board: api.create === undefined ? v.string() : v.optional(v.string()),
          stage: v.optional(v.string()),
          before: v.optional(v.string()),
          after: v.optional(v.string()),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const { board, stage, before, after, ...given } = c.req.valid('json') as Record<string, unknown> &
          NewPlace & { board?: string };
        const stranger = ownerProblem(ws, given);
        if (stranger !== null) return refuse(c, 'invalid', `owner ${stranger}.`, { owner: stranger });
        const done = await (api.create ?? add)(ws, board, valuesOf(given), { stage, before, after });
        return done.ok ? c.json(reply(ws, done.value), 201) : refuseOp(c, done.error);
      },
    )
    .route('/', cardTransferRoutes({ type, ops, rows, tag, envOf, boardDoc }))
    .get(`${path}/:id`, describe({ tag, summary: `One of the ${words.many}`, reply: schema }), (c) => {
      const found = reply(c.var.workspace, c.req.param('id') ?? '');
      return found === null || found['deletedAt'] !== null ? refuse(c, 'not-found', missing) : c.json(found);
    })
    .patch(
      `${path}/:id`,
      requireRole('member'),
      describe({
        tag,
        summary: `Change fields of ${words.article}`,
        description: 'Null empties a field.',
        reply: schema,
      }),
      body(v.strictObject(written)),
      async (c) => {
        const ws = c.var.workspace;
        const row = rows.row(ws.query, c.req.param('id') ?? '');
        if (row === undefined || row['deleted_at'] !== null) return refuse(c, 'not-found', missing);
        const given = c.req.valid('json') as Record<string, unknown>;
        const stranger = ownerProblem(ws, given);
        if (stranger !== null) return refuse(c, 'invalid', `owner ${stranger}.`, { owner: stranger });
        const env = await envOf(ws);
        const done = await perform(ws, row.doc, (live) => ops.edit(live, [row.id], valuesOf(given), env));
        return done.ok ? c.json(reply(ws, row.id)) : refuseOp(c, done.error);
      },
    )
    .delete(
      `${path}/:id`,
      requireRole('member'),
      describe({
        tag,
        summary: `Delete ${words.article}`,
        description: 'It can be restored for 30 days.',
        status: 204,
      }),
      async (c) => {
        const ws = c.var.workspace;
        const row = rows.row(ws.query, c.req.param('id') ?? '');
        if (row === undefined || row['deleted_at'] !== null) return refuse(c, 'not-found', missing);
        const done = await perform(ws, row.doc, (live) =>
          ops.remove(live, [row.id], { now: deps.now(), random: Math.random }),
        );
        return done.ok ? c.body(null, 204) : refuseOp(c, done.error);
      },
    )
    .post(
      `${path}/:id/move`,
      requireRole('member'),
      describe({
        tag,
        summary: `Move ${words.article}`,
        description: `The same operation as a drag: in front of the ${words.one} \`before\`, or right behind \`after\`, else to the end of the stage.`,
        reply: schema,
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
        const row = rows.row(ws.query, c.req.param('id') ?? '');
        if (row === undefined || row['deleted_at'] !== null) return refuse(c, 'not-found', missing);
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
    );
}

/** Moves whole cards between documents of one board in one commit. */
async function transferCards(ws: WorkspaceContext, from: string, to: string, ids: readonly string[]): Promise<void> {
  // Transactions end from the inside out, so in the log the row is given up before it is claimed.
  await ws.hub.transactAll([to, from], { actor: 'server', via: 'server' }, ([target, source]) => {
    if (!source || !target) return;
    const { here, there } = transferPatches(from, source, ids, to, target);
    applyPatch(target, there);
    applyPatch(source, here);
  });
}
