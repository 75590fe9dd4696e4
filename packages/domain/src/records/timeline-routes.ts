import { Hono } from 'hono';
import * as v from 'valibot';
import { entryOf, activityEntry, type ActivityRow } from '../activity/entry.ts';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { editEntry, logEntry } from './ops.ts';
import { perform, refuseOp } from './perform.node.ts';
import { recordRow, type RecordRow } from './record-rows.node.ts';
import type { RecordType } from './record-type.ts';
import { entryKinds, entryTextLimit } from './timeline.ts';

const logged = v.object({
  id: v.string(),
  kind: v.picklist(entryKinds),
  at: v.pipe(v.number(), v.description('When it happened, epoch ms')),
  by: v.nullable(v.string()),
  text: v.string(),
  pinned: v.boolean(),
});
const timelineReply = v.object({
  pinned: v.array(logged),
  logged: v.pipe(v.array(logged), v.description('Calls, meetings, e-mails and notes that people logged, newest first')),
  changes: v.pipe(v.array(activityEntry), v.description('What was changed, newest first')),
});
const fields = {
  kind: v.picklist(entryKinds),
  text: v.pipe(v.string(), v.maxLength(entryTextLimit)),
  at: v.pipe(v.number(), v.safeInteger()),
};

interface EntryRow {
  readonly id: string;
  readonly kind: (typeof entryKinds)[number];
  readonly at: number;
  readonly by: string | null;
  readonly text: string;
  readonly is_pinned: number;
}

const loggedOf = ({ is_pinned, ...row }: EntryRow): v.InferOutput<typeof logged> => ({
  ...row,
  pinned: is_pinned === 1,
});

/** What happened with a record: what people logged, and every change. */
export function timelineRoutes(type: RecordType, deps: NounDeps): Hono<WorkspaceEnv> {
  const path = `/${type.plural}/:id/timeline` as const;
  const tag = `${type.plural.charAt(0).toUpperCase()}${type.plural.slice(1)}`;
  const missing = `There is no such ${type.noun}.`;
  const rowOf = (ws: WorkspaceContext, id: string | undefined): RecordRow | undefined =>
    recordRow(ws.query, type, id ?? '');
  const entry = (ws: WorkspaceContext, record: string, id: string) => {
    const row = ws.query.get<EntryRow>(
      'SELECT id, kind, at, by, text, is_pinned FROM timeline WHERE record = ? AND id = ? AND deleted_at IS NULL',
      [record, id],
    );
    return row === undefined ? null : loggedOf(row);
  };

  return new Hono<WorkspaceEnv>()
    .get(
      path,
      describe({ tag, summary: 'What happened with it', reply: timelineReply }),
      query(
        v.strictObject({
          limit: v.optional(
            v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number), v.minValue(1), v.maxValue(500)),
            '100',
          ),
        }),
      ),
      (c) => {
        const ws = c.var.workspace;
        const row = rowOf(ws, c.req.param('id'));
        if (row === undefined) return refuse(c, 'not-found', missing);
        const { limit } = c.req.valid('query');
        const rows = ws.query
          .all<EntryRow>(
            `SELECT id, kind, at, by, text, is_pinned FROM timeline
             WHERE record = ? AND deleted_at IS NULL ORDER BY at DESC, id DESC LIMIT ?`,
            [row.id, limit],
          )
          .map(loggedOf);
        const changes = ws.query.all<ActivityRow>('SELECT * FROM activity WHERE record = ? ORDER BY id DESC LIMIT ?', [
          row.id,
          limit,
        ]);
        return c.json({
          pinned: rows.filter(({ pinned }) => pinned),
          logged: rows,
          changes: changes.map(entryOf),
        });
      },
    )
    .post(
      path,
      requireRole('member'),
      describe({ tag, summary: 'Log a call, a meeting, an e-mail or a note', status: 201, reply: logged }),
      body(v.strictObject({ kind: fields.kind, text: fields.text, at: v.optional(fields.at) })),
      async (c) => {
        const ws = c.var.workspace;
        const row = rowOf(ws, c.req.param('id'));
        if (row === undefined) return refuse(c, 'not-found', missing);
        const { kind, text, at } = c.req.valid('json');
        const id = deps.newId();
        const given = { kind, text, ...(at === undefined ? {} : { at }) };
        const done = await perform(ws, row.doc, () => logEntry(id, given, ws.actor.memberId, deps.now()));
        return done.ok ? c.json(entry(ws, row.id, id), 201) : refuseOp(c, done.error);
      },
    )
    .patch(
      `${path}/:entry`,
      requireRole('member'),
      describe({ tag, summary: 'Change or pin what was logged', reply: logged }),
      body(
        v.strictObject({
          kind: v.optional(fields.kind),
          text: v.optional(fields.text),
          at: v.optional(fields.at),
          pinned: v.optional(v.boolean()),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const row = rowOf(ws, c.req.param('id'));
        if (row === undefined) return refuse(c, 'not-found', missing);
        const id = c.req.param('entry') ?? '';
        const { kind, text, at, pinned } = c.req.valid('json');
        const change = {
          ...(kind === undefined ? {} : { kind }),
          ...(text === undefined ? {} : { text }),
          ...(at === undefined ? {} : { at }),
          ...(pinned === undefined ? {} : { pinned }),
        };
        const done = await perform(ws, row.doc, (doc) => editEntry(doc, id, change));
        return done.ok ? c.json(entry(ws, row.id, id)) : refuseOp(c, done.error);
      },
    )
    .delete(
      `${path}/:entry`,
      requireRole('member'),
      describe({
        tag,
        summary: 'Delete what was logged',
        description: 'Softly: it can be restored by undo.',
        status: 204,
      }),
      async (c) => {
        const ws = c.var.workspace;
        const row = rowOf(ws, c.req.param('id'));
        if (row === undefined) return refuse(c, 'not-found', missing);
        const id = c.req.param('entry') ?? '';
        const done = await perform(ws, row.doc, (doc) => editEntry(doc, id, { deletedAt: deps.now() }));
        return done.ok ? c.body(null, 204) : refuseOp(c, done.error);
      },
    );
}
