import { applyPatch } from '@rapport/doc/patch';
import { Hono } from 'hono';
import * as v from 'valibot';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { listOf, listQuery, pageById } from '../http/list.node.ts';
import type { NounDeps, WorkspaceEnv } from '../http/workspace-context.node.ts';
import { memberDocument } from '../workspace/workspace-kind.ts';
import { ensureDocument } from '../workspace/ensure-document.node.ts';
import { inboxEntry, inboxReasons } from './inbox-entry.ts';
import { listInbox } from './list-inbox.node.ts';
import { inboxRoot, isEntryId, marksPatch, noMark, readMark } from './marks.ts';

const tag = 'Inbox';

/** What colleagues said to the caller, and what the caller did with it. */
export function inboxRoutes(deps: NounDeps): Hono<WorkspaceEnv> {
  return new Hono<WorkspaceEnv>()
    .get(
      '/inbox',
      describe({
        tag,
        summary: 'What colleagues said to you, the newest first',
        description:
          'Mentions of you, answers in your threads, comments on your notes; of 90 days. `open`: unread and read.',
        reply: v.object({ ...listOf(inboxEntry).entries, unread: v.number() }),
      }),
      query(
        v.strictObject({
          limit: listQuery.limit,
          cursor: listQuery.cursor,
          state: v.optional(v.picklist(['open', 'unread', 'snoozed', 'done', 'all']), 'open'),
          reason: v.optional(v.picklist(inboxReasons)),
        }),
      ),
      (c) => {
        const { limit, cursor, state, reason } = c.req.valid('query');
        const all = listInbox(c.var.workspace, deps.now());
        const wanted = all.filter(
          (entry) =>
            (reason === undefined || entry.reason === reason) &&
            (state === 'all' ||
              (state === 'open' ? entry.state === 'unread' || entry.state === 'read' : entry.state === state)),
        );
        const unread = all.filter((entry) => entry.state === 'unread').length;
        return c.json({ ...pageById(wanted, limit, cursor), unread });
      },
    )
    .get(
      '/inbox/count',
      describe({ tag, summary: 'How much of it is unread', reply: v.object({ unread: v.number() }) }),
      (c) => {
        const unread = listInbox(c.var.workspace, deps.now()).filter(({ state }) => state === 'unread').length;
        return c.json({ unread });
      },
    )
    .post(
      '/inbox/marks',
      describe({
        tag,
        summary: 'Mark entries read, done, or put them off',
        description: 'What is left out stays as it is. The same is in your own document, `member/<id>`.',
        status: 204,
      }),
      body(
        v.strictObject({
          entries: v.pipe(
            v.array(v.pipe(v.string(), v.check(isEntryId, 'must be the id of an entry'))),
            v.minLength(1),
            v.maxLength(500),
          ),
          read: v.optional(v.boolean()),
          done: v.optional(v.boolean()),
          until: v.optional(v.nullable(v.pipe(v.number(), v.integer()))),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const { entries, read, done, until } = c.req.valid('json');
        const now = deps.now();
        const name = memberDocument(ws.actor.memberId);
        await ensureDocument(ws.hub, name);
        await ws.hub.transact(name, ws.author(), (doc) => {
          const known = doc.getMap<unknown>(inboxRoot);
          const marks = entries.map((id) => {
            const mark = readMark(known.get(id)) ?? noMark;
            const next = {
              readAt: read === undefined ? mark.readAt : read ? (mark.readAt ?? now) : null,
              doneAt: done === undefined ? mark.doneAt : done ? (mark.doneAt ?? now) : null,
              until: until === undefined ? mark.until : until,
            };
            return [id, next] as const;
          });
          applyPatch(doc, marksPatch(new Map(marks)));
        });
        return c.body(null, 204);
      },
    );
}
