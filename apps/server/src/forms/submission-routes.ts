import { refuse } from '@rapport/domain/http/api-error.node';
import { query } from '@rapport/domain/http/body.node';
import { describe } from '@rapport/domain/http/describe.node';
import { listOf, unsortedQuery } from '@rapport/domain/http/list.node';
import { requireRole } from '@rapport/domain/http/workspace-context.node';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { ApiEnv } from '../http/api-context.ts';
import type { Services } from '../services.ts';
import { submissionStates } from './form-book.ts';

const tag = 'Forms';
const missing = 'There is no such form.';
const count = v.number();

const submissionReply = v.object({
  id: v.string(),
  at: v.number(),
  state: v.pipe(
    v.picklist(submissionStates),
    v.description('pending: waits for the e-mail to be confirmed; expired: it never was; spam: the trap was filled in'),
  ),
  lead: v.pipe(v.nullable(v.string()), v.description('Id of the lead; null also where you may not open it')),
  board: v.pipe(v.nullable(v.string()), v.description('The board that the lead is on now')),
  title: v.pipe(v.nullable(v.string()), v.description('What the lead is called now')),
  confirmedAt: v.nullable(v.number()),
});

/** What became of the answers to a form. Mounted at `/w/:ws/forms`. */
export function submissionRoutes({ host, pageTokens, publicUrl }: Services): Hono<ApiEnv> {
  return new Hono<ApiEnv>()
    .get(
      '/:id/submissions',
      describe({
        tag,
        summary: 'List what was sent with a form, newest first',
        description: 'Answers themselves are on the lead. What waits to be confirmed is counted and not shown.',
        reply: v.object({
          ...listOf(submissionReply).entries,
          counts: v.object({ lead: count, pending: count, expired: count, spam: count, test: count }),
        }),
      }),
      query(v.strictObject({ limit: unsortedQuery.limit, cursor: unsortedQuery.cursor })),
      (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        if (ws.query.get('SELECT 1 FROM forms WHERE id = ?', [id]) === undefined)
          return refuse(c, 'not-found', missing);
        const { limit, cursor } = c.req.valid('query');
        const book = host.peek(ws.id)?.forms;
        if (book === undefined) throw new Error(`workspace ${ws.id} is not open`);
        const rows = book.list(id, cursor ?? null, limit + 1);
        const items = rows.slice(0, limit).map((row) => {
          const lead =
            row.lead === null
              ? undefined
              : ws.query.get<{ title: string | null; board: string }>(
                  'SELECT title, board_id AS board FROM leads WHERE id = ?',
                  [row.lead],
                );
          return {
            id: row.id,
            at: row.at,
            state: row.state,
            lead: lead === undefined ? null : row.lead,
            board: lead?.board ?? null,
            title: lead?.title ?? null,
            confirmedAt: row.confirmedAt,
          };
        });
        const counts = book.counts(id);
        const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
        return c.json({ items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null, total, counts });
      },
    )
    .post(
      '/:id/test-link',
      requireRole('member'),
      describe({
        tag,
        summary: 'A link that tries the form',
        description: 'For half an hour, also while it is switched off. What is sent there makes no lead.',
        status: 201,
        reply: v.object({ url: v.string() }),
      }),
      (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        if (ws.query.get('SELECT 1 FROM forms WHERE id = ?', [id]) === undefined)
          return refuse(c, 'not-found', missing);
        if (ws.accessTo(id) !== 'edit') return refuse(c, 'forbidden', 'You may look at this form, but not change it.');
        return c.json({ url: `${publicUrl}/f/${id}?test=${pageTokens.test(id)}` }, 201);
      },
    );
}
