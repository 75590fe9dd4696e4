import { applyPatch } from '@rapport/doc/patch';
import { Hono } from 'hono';
import * as v from 'valibot';
import { covers } from '../access/share.ts';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { listOf, pageById, unsortedQuery } from '../http/list.node.ts';
import { requireRole, type NounDeps, type Query, type WorkspaceEnv } from '../http/workspace-context.node.ts';
import { addComment, editComment, findQuote, readPlace } from './comment-ops.ts';
import { findNote } from './note-rows.node.ts';
import { commentLimit, quoteLimit, type Comment } from './read-comment.ts';
import { noteDocument } from './schema.ts';

const tag = 'Notes';
const missingNote = 'There is no such note.';
const missing = 'There is no such comment.';
const reply = v.object({
  id: v.string(),
  thread: v.nullable(v.string()),
  quote: v.string(),
  text: v.pipe(v.string(), v.description('Mentions stand in it as @{member/<id>}')),
  by: v.nullable(v.string()),
  at: v.number(),
  editedAt: v.nullable(v.number()),
  resolvedAt: v.nullable(v.number()),
  resolvedBy: v.nullable(v.string()),
});

interface Row {
  readonly id: string;
  readonly thread: string | null;
  readonly quote: string;
  readonly text: string;
  readonly by: string | null;
  readonly at: number;
  readonly edited_at: number | null;
  readonly resolved_at: number | null;
  readonly resolved_by: string | null;
}

const commentOf = ({ id, thread, quote, text, by, at, edited_at, resolved_at, resolved_by }: Row) => ({
  id,
  thread,
  quote,
  text,
  by,
  at,
  editedAt: edited_at,
  resolvedAt: resolved_at,
  resolvedBy: resolved_by,
});
const select = `SELECT * FROM note_comments WHERE note_id = ? AND deleted_at IS NULL`;
const find = (rows: Query, note: string, id: string) => {
  const row = rows.get<Row>(`${select} AND id = ?`, [note, id]);
  return row && commentOf(row);
};

/** A relative position of Yjs as an editor makes it: small, and readable. */
const place = v.pipe(
  v.record(v.string(), v.any()),
  v.check((raw) => JSON.stringify(raw).length < 500 && readPlace(raw) !== null, 'must be a relative position of Yjs'),
);
const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(commentLimit));

/**
 * Comments on a note. They are written into its document by the server, so that whoever may comment but not edit can,
 * too; those who may edit write them there themselves, also offline.
 */
export function commentRoutes(deps: NounDeps): Hono<WorkspaceEnv> {
  return new Hono<WorkspaceEnv>()
    .get(
      '/notes/:id/comments',
      describe({ tag, summary: 'Comments on a note', reply: listOf(reply) }),
      query(v.strictObject({ ...unsortedQuery, resolved: v.optional(v.picklist(['true', 'false', 'all']), 'all') })),
      (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        if (findNote(ws, id) === undefined) return refuse(c, 'not-found', missingNote);
        const { limit, cursor, q, resolved } = c.req.valid('query');
        const all = ws.query.all<Row>(`${select} ORDER BY at, id`, [id]).map(commentOf);
        const done = new Set(all.filter(({ resolvedAt }) => resolvedAt !== null).map((each) => each.id));
        const wanted = all.filter(
          (each) =>
            (resolved === 'all' || done.has(each.thread ?? each.id) === (resolved === 'true')) &&
            each.text.toLowerCase().includes((q ?? '').toLowerCase()),
        );
        return c.json(pageById(wanted, limit, cursor));
      },
    )
    .post(
      '/notes/:id/comments',
      requireRole('member'),
      describe({
        tag,
        summary: 'Comment on a note, or answer a comment',
        description:
          'A thread begins at `anchor` (two relative positions of Yjs), or where `quote` first stands in the text, or on the note as a whole. An answer names its `thread`.',
        status: 201,
        reply,
      }),
      body(
        v.strictObject({
          text,
          thread: v.optional(v.string()),
          quote: v.optional(v.pipe(v.string(), v.maxLength(quoteLimit))),
          anchor: v.optional(v.strictObject({ from: place, to: place })),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const note = c.req.param('id');
        if (findNote(ws, note) === undefined) return refuse(c, 'not-found', missingNote);
        const { thread, quote, anchor, text: said } = c.req.valid('json');
        if (thread !== undefined && find(ws.query, note, thread)?.thread !== null)
          return refuse(c, 'invalid', 'There is no such thread.', { thread: 'must be the first comment of a thread' });
        const id = deps.newId();
        await ws.commentHub.transact(noteDocument(note), ws.author(), (doc) => {
          const at: Comment['anchor'] = thread === undefined ? (anchor ?? findQuote(doc, quote ?? '')) : null;
          const made = { id, thread: thread ?? null, text: said, by: ws.actor.memberId, at: deps.now() };
          applyPatch(doc, addComment({ ...made, anchor: at, ...(quote === undefined ? {} : { quote }) }));
        });
        return c.json(find(ws.query, note, id) ?? null, 201);
      },
    )
    .patch(
      '/notes/:id/comments/:comment',
      requireRole('member'),
      describe({
        tag,
        summary: 'Change the text of your comment, or resolve a thread',
        reply,
      }),
      body(v.strictObject({ text: v.optional(text), resolved: v.optional(v.boolean()) })),
      async (c) => {
        const ws = c.var.workspace;
        const [note, id] = [c.req.param('id'), c.req.param('comment')];
        if (findNote(ws, note) === undefined) return refuse(c, 'not-found', missingNote);
        const is = find(ws.query, note, id);
        if (is === undefined) return refuse(c, 'not-found', missing);
        const { text: said, resolved } = c.req.valid('json');
        if (said !== undefined && is.by !== ws.actor.memberId)
          return refuse(c, 'forbidden', 'Only who wrote a comment may change its text.');
        if (resolved !== undefined && is.thread !== null)
          return refuse(c, 'invalid', 'Only a whole thread can be resolved: name its first comment.');
        const change = {
          ...(said === undefined ? {} : { text: said }),
          ...(resolved === undefined ? {} : { resolved }),
        };
        await ws.commentHub.transact(noteDocument(note), ws.author(), (doc) =>
          applyPatch(doc, editComment(id, change, ws.actor.memberId, deps.now())),
        );
        return c.json(find(ws.query, note, id) ?? null);
      },
    )
    .delete(
      '/notes/:id/comments/:comment',
      requireRole('member'),
      describe({
        tag,
        summary: 'Delete a comment',
        description: 'Your own, or any in a note that you may edit.',
        status: 204,
      }),
      async (c) => {
        const ws = c.var.workspace;
        const [note, id] = [c.req.param('id'), c.req.param('comment')];
        if (findNote(ws, note) === undefined) return refuse(c, 'not-found', missingNote);
        const is = find(ws.query, note, id);
        if (is === undefined) return refuse(c, 'not-found', missing);
        if (is.by !== ws.actor.memberId && !covers(ws.accessTo(note), 'edit'))
          return refuse(c, 'forbidden', 'Only who wrote a comment may delete it, and who may edit the note.');
        await ws.commentHub.transact(noteDocument(note), ws.author(), (doc) =>
          applyPatch(doc, editComment(id, { deleted: true }, ws.actor.memberId, deps.now())),
        );
        return c.body(null, 204);
      },
    );
}
