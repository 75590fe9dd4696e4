import type { Patch } from '@rapport/doc/patch';
import { applyPatch } from '@rapport/doc/patch';
import { Hono } from 'hono';
import * as v from 'valibot';
import { openShare, type Share, sharedWith } from '../access/share.ts';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { listOf, pageById, unsortedQuery } from '../http/list.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { typeOfKind, type CardType } from './card-type.ts';
import { makeCardOps } from './ops.ts';
import { perform, refuseOp } from './perform.node.ts';
import { boardKinds, type BoardKind, type NewStage } from './schema.ts';
import { signalsOf } from './signals.node.ts';
import { addStage, deleteStage, editBoard, editStage, initBoard, moveStage } from './stage-ops.ts';

const tag = 'Boards';
const stageKind = v.picklist(['open', 'won', 'lost']);
const stageProperties = {
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
  kind: v.optional(stageKind),
  probability: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
  rotDays: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650)))),
  colour: v.optional(v.pipe(v.string(), v.regex(/^([1-9]|1[0-2])?$/, 'must be 1 to 12, or empty for grey'))),
  required: v.optional(v.array(v.string())),
};
const newStage = v.strictObject(stageProperties);
const boardReply = v.object({
  id: v.string(),
  name: v.string(),
  kind: v.string(),
  currency: v.string(),
  doc: v.pipe(v.string(), v.description("The document's name on sync")),
  open: v.pipe(v.number(), v.description('Open cards on it')),
  access: v.pipe(v.picklist(['view', 'edit']), v.description('What you may do with it')),
  shared: v.pipe(
    v.picklist(['everyone', 'some', 'private']),
    v.description('With whom; GET /boards/:id/share tells more'),
  ),
});
const stageReply = v.object({
  id: v.string(),
  name: v.string(),
  kind: stageKind,
  probability: v.number(),
  rotDays: v.nullable(v.number()),
  colour: v.string(),
  required: v.array(v.string()),
});

interface BoardRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly currency: string;
  readonly doc: string;
  readonly open: number;
}

const openSql = ({ kind }: CardType): string => `(SELECT count(*) FROM ${kind} d
   LEFT JOIN stages s ON s.board_id = d.board_id AND s.id = d.stage_id AND s.deleted_at IS NULL
   WHERE d.board_id = b.id AND d.deleted_at IS NULL AND coalesce(s.kind, 'open') = 'open')`;

/** Boards as the caller may see them. */
function boardList(types: readonly CardType[]) {
  const select = `SELECT b.id, b.name, b.kind, b.currency, b.doc, ${types.map(openSql).join(' + ')} AS open FROM boards b`;
  /** What the caller may do with it, and with whom it is shared. */
  const withAccess = (ws: WorkspaceContext) => (row: BoardRow) => ({
    ...row,
    access: ws.accessTo(row.id),
    shared: sharedWith(ws.shareOf(row.id)),
  });
  return {
    boards: (ws: WorkspaceContext) => ws.query.all<BoardRow>(`${select} ORDER BY b.id`).map(withAccess(ws)),
    board(ws: WorkspaceContext, id: string) {
      const row = ws.query.get<BoardRow>(`${select} WHERE b.id = ?`, [id]);
      return row && withAccess(ws)(row);
    },
  };
}

interface StageRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly probability: number;
  readonly rot_days: number | null;
  readonly colour: string;
  readonly required: string;
}

const stages = (ws: WorkspaceContext, boardId: string) =>
  ws.query
    .all<StageRow>(`SELECT * FROM stages WHERE board_id = ? AND deleted_at IS NULL ORDER BY rank, id`, [boardId])
    .map(({ id, name, kind, probability, rot_days, colour, required }) => ({
      id,
      name,
      kind,
      probability,
      rotDays: rot_days,
      colour,
      required: JSON.parse(required) as string[],
    }));

/** Makes a board with its document and answers its id. The caller owns it; everybody may edit it unless told otherwise. */
export async function createBoard(
  ws: WorkspaceContext,
  deps: NounDeps,
  options: Parameters<typeof initBoard>[0],
  share: Share = openShare,
): Promise<string> {
  const id = deps.newId();
  // Before there is anything to see.
  ws.shareNew(id, share);
  const patch: Patch = initBoard(options, { now: deps.now(), random: Math.random, id: deps.newId });
  await ws.hub.create(`board/${id}`, ws.author(), (doc) => void applyPatch(doc, patch));
  return id;
}

/** Boards and their stages. Every write is an operation on the board's document. */
export function boardRoutes(deps: NounDeps, types: readonly CardType[]): Hono<WorkspaceEnv> {
  const { boards, board } = boardList(types);
  const opsOf = new Map(types.map((type) => [type.kind, makeCardOps(type)]));
  const env = () => ({ now: deps.now(), random: Math.random });
  const missing = 'There is no such board.';
  return new Hono<WorkspaceEnv>()
    .get(
      '/boards',
      describe({ tag, summary: 'List the boards', reply: listOf(boardReply) }),
      query(v.strictObject({ ...unsortedQuery, kind: v.optional(v.string()) })),
      (c) => {
        const { limit, cursor, q, kind } = c.req.valid('query');
        const wanted = boards(c.var.workspace).filter(
          (row) =>
            (kind === undefined || row.kind === kind) &&
            (q === undefined || row.name.toLowerCase().includes(q.toLowerCase())),
        );
        return c.json(pageById(wanted, limit, cursor));
      },
    )
    .post(
      '/boards',
      requireRole('member'),
      describe({
        tag,
        summary: 'Create a board',
        description: 'Default stages when none are given. `private`: until you share it, you alone may open it.',
        status: 201,
        reply: boardReply,
      }),
      body(
        v.strictObject({
          name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
          kind: v.optional(v.picklist(boardKinds), 'deals'),
          currency: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code')), 'EUR'),
          stages: v.optional(v.pipe(v.array(newStage), v.minLength(1), v.maxLength(50))),
          private: v.optional(v.boolean(), false),
        }),
      ),
      async (c) => {
        const { stages: given, private: isPrivate, ...rest } = c.req.valid('json');
        const id = await createBoard(
          c.var.workspace,
          deps,
          { ...rest, stages: (given as readonly NewStage[] | undefined) ?? typeOfKind(types, rest.kind).defaultStages },
          isPrivate ? { kind: 'restricted', grants: [], owner: null } : openShare,
        );
        return c.json({ ...board(c.var.workspace, id), stages: stages(c.var.workspace, id) }, 201);
      },
    )
    .get(
      '/boards/:id',
      describe({
        tag,
        summary: 'A board with its stages',
        reply: v.object({ ...boardReply.entries, stages: v.array(stageReply) }),
      }),
      (c) => {
        const found = board(c.var.workspace, c.req.param('id'));
        return found === undefined
          ? refuse(c, 'not-found', missing)
          : c.json({ ...found, stages: stages(c.var.workspace, found.id) });
      },
    )
    .patch(
      '/boards/:id',
      requireRole('member'),
      describe({ tag, summary: 'Rename a board or change its currency', reply: boardReply }),
      body(v.strictObject({ name: v.optional(v.string()), currency: v.optional(v.string()) })),
      async (c) => {
        const ws = c.var.workspace;
        const found = board(ws, c.req.param('id'));
        if (found === undefined) return refuse(c, 'not-found', missing);
        const { name, currency } = c.req.valid('json');
        const done = await perform(ws, found.doc, () =>
          editBoard({ ...(name === undefined ? {} : { name }), ...(currency === undefined ? {} : { currency }) }),
        );
        return done.ok ? c.json(board(ws, found.id) ?? null) : refuseOp(c, done.error);
      },
    )
    .get(
      '/boards/:id/stages',
      describe({ tag, summary: 'List the stages of a board', reply: listOf(stageReply) }),
      (c) => {
        const found = board(c.var.workspace, c.req.param('id'));
        if (found === undefined) return refuse(c, 'not-found', missing);
        const items = stages(c.var.workspace, found.id);
        return c.json({ items, nextCursor: null, total: items.length });
      },
    )
    .post(
      '/boards/:id/stages',
      requireRole('member'),
      describe({
        tag,
        summary: 'Add a stage',
        description: 'In front of `before`, else behind the last open stage.',
        status: 201,
        reply: stageReply,
      }),
      body(v.strictObject({ ...stageProperties, before: v.optional(v.string()) })),
      async (c) => {
        const ws = c.var.workspace;
        const found = board(ws, c.req.param('id'));
        if (found === undefined) return refuse(c, 'not-found', missing);
        const id = deps.newId();
        const done = await perform(ws, found.doc, (doc) =>
          addStage(doc, { ...(c.req.valid('json') as never as { name: string }), id }, env()),
        );
        return done.ok
          ? c.json(stages(ws, found.id).find((stage) => stage.id === id) ?? null, 201)
          : refuseOp(c, done.error);
      },
    )
    .patch(
      '/boards/:id/stages/:stage',
      requireRole('member'),
      describe({
        tag,
        summary: 'Change a stage',
        description: '`before` moves it in front of another stage, null to the end.',
        reply: stageReply,
      }),
      body(
        v.strictObject({
          ...stageProperties,
          name: v.optional(stageProperties.name),
          before: v.optional(v.nullable(v.string())),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('stage');
        const found = board(ws, c.req.param('id'));
        if (found === undefined) return refuse(c, 'not-found', missing);
        const { before, ...change } = c.req.valid('json');
        const done = await perform(ws, found.doc, (doc) => {
          const edited = editStage(doc, id, change as never);
          if (!edited.ok || before === undefined) return edited;
          const moved = moveStage(doc, id, before, env());
          return moved.ok ? { ok: true, value: [...edited.value, ...moved.value] } : moved;
        });
        return done.ok
          ? c.json(stages(ws, found.id).find((stage) => stage.id === id) ?? null)
          : refuseOp(c, done.error);
      },
    )
    .delete(
      '/boards/:id/stages/:stage',
      requireRole('member'),
      describe({ tag, summary: 'Delete a stage', description: 'Its cards go to the stage `to`.', status: 204 }),
      query(v.strictObject({ to: v.optional(v.string()), lostReason: v.optional(v.string()) })),
      async (c) => {
        const ws = c.var.workspace;
        const found = board(ws, c.req.param('id'));
        if (found === undefined) return refuse(c, 'not-found', missing);
        const { to, lostReason } = c.req.valid('query');
        const target =
          to === undefined ? null : { stageId: to, ...(lostReason === undefined ? {} : { values: { lostReason } }) };
        const ops = opsOf.get(found.kind as BoardKind) ?? makeCardOps(typeOfKind(types, 'deals'));
        const done = await perform(ws, found.doc, (doc) => deleteStage(doc, c.req.param('stage'), target, env(), ops));
        return done.ok ? c.body(null, 204) : refuseOp(c, done.error);
      },
    )
    .get(
      '/boards/:id/signals',
      describe({
        tag,
        summary: "What the log says of a board's cards",
        description: 'Since when each is in its stage, and its last touch by a person.',
        reply: v.object({ items: v.record(v.string(), v.any()) }),
      }),
      (c) => {
        const { query: rows } = c.var.workspace;
        const id = c.req.param('id');
        const found = rows.get<{ kind: BoardKind }>('SELECT kind FROM boards WHERE id = ?', [id]);
        return c.json({ items: found === undefined ? {} : signalsOf(rows, id, typeOfKind(types, found.kind)) });
      },
    );
}
