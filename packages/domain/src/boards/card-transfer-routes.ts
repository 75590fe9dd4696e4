import { applyPatch } from '@rapport/doc/patch';
import { err, ok, type Result } from '@rapport/doc/result';
import { Hono } from 'hono';
import * as v from 'valibot';
import type * as Y from 'yjs';
import { refuse } from '../http/api-error.node.ts';
import { body } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { requireRole, type WorkspaceContext, type WorkspaceEnv } from '../http/workspace-context.node.ts';
import { transferPatches } from './archive.ts';
import { cardOf, stageOf } from './board.ts';
import type { CardRows } from './card-rows.node.ts';
import type { Card, CardType } from './card-type.ts';
import type { CardOps, OpEnv, OpError } from './ops.ts';
import { refuseOp } from './perform.node.ts';
import type { StageKind } from './schema.ts';

/** Moving cards to another board of their kind. */
export function cardTransferRoutes<C extends Card>(parts: {
  readonly type: CardType<C>;
  readonly ops: CardOps<C>;
  readonly rows: CardRows;
  readonly tag: string;
  readonly envOf: (ws: WorkspaceContext) => Promise<OpEnv>;
  /** The document of a board of this kind that the caller may open. */
  readonly boardDoc: (ws: WorkspaceContext, id: string) => string | undefined;
}): Hono<WorkspaceEnv> {
  const { type, ops, rows, tag, envOf, boardDoc } = parts;
  const { words } = type;
  return new Hono<WorkspaceEnv>().post(
    `/${type.kind}/transfer`,
    requireRole('member'),
    describe({
      tag,
      summary: `Move ${words.many} to another ${words.board}`,
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
      const found = ids.map((id) => rows.row(ws.query, id));
      if (found.some((row) => row === undefined)) return refuse(c, 'not-found', `There is no such ${words.one}.`);
      const env = await envOf(ws);
      // Where each stands. Another document may have a card with its id, which is not it.
      const home = new Map(found.flatMap((row) => (row === undefined ? [] : [[row.id, row.doc]])));
      const docs = [...new Set(home.values())].filter((doc) => doc !== target);
      // Transactions end from the inside out, so in the log a row is given up before it is claimed.
      const done = await ws.hub.transactAll(
        [target, ...docs],
        ws.author(),
        ([to, ...sources]): Result<null, OpError> => {
          if (!to) return ok(null);
          const sourceOf = (id: string): Y.Doc => sources[docs.indexOf(home.get(id) ?? '')] ?? to;
          const cards = ids.flatMap((id) => cardOf(type, sourceOf(id), id, env.custom) ?? []);
          if (cards.length < ids.length)
            return err({
              code: 'no-such-card',
              message: `Not moved. ${words.article.charAt(0).toUpperCase()}${words.article.slice(1)} is not there any more.`,
            });
          const kindBefore = (card: Card): StageKind =>
            [to, ...sources].flatMap((doc) => stageOf(doc, card.stageId) ?? [])[0]?.kind ?? 'open';
          const values = { values: { ...given, ...(lostReason === undefined ? {} : { lostReason }) } };
          const place = { stageId: stage, before: before ?? null, after: after ?? null, ...values };
          const planned = ops.place(to, cards, place, kindBefore, env);
          if (!planned.ok) return planned;
          for (const [index, source] of sources.entries()) {
            const ofSource = ids.filter((id) => home.get(id) === docs[index]);
            const { here, there } = transferPatches(docs[index] ?? '', source, ofSource, target, to);
            applyPatch(to, there);
            applyPatch(source, here);
          }
          applyPatch(to, planned.value);
          return ok(null);
        },
      );
      return done.ok ? c.json({ moved: ids.length }) : refuseOp(c, done.error);
    },
  );
}
