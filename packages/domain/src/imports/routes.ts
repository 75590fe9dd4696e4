import { Hono } from 'hono';
import * as v from 'valibot';
import { refuse } from '../http/api-error.node.ts';
import { query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { listOf, listQuery, pageById } from '../http/list.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { mayAct } from '../people/roles.ts';
import { importOptions } from './options.ts';
import { makeDryRuns, receiveImport } from './receive-import.node.ts';
import { importDoc, importOf, type ImportRecord } from './record.ts';
import { isUnderWay } from './run.node.ts';
import type { ImportTarget } from './session.node.ts';
import { undoImport } from './undo.node.ts';

const tag = 'Imports';
const optionsHelp = `JSON object, all of it optional: ${Object.keys(importOptions.entries).join(', ')}`;
const rowError = v.object({ row: v.number(), field: v.string(), message: v.string() });
const counts = {
  rows: v.number(),
  created: v.number(),
  updated: v.number(),
  unchanged: v.number(),
  skipped: v.number(),
};
const importReply = v.object({
  id: v.string(),
  status: v.picklist(['running', 'done', 'interrupted', 'undoing', 'undone', 'dry-run']),
  ...counts,
  errors: v.array(rowError),
  errorCount: v.number(),
  warnings: v.pipe(
    v.array(v.object({ row: v.number(), message: v.string() })),
    v.description('Rows that are in, but not whole: values beyond the last column are passed over'),
  ),
  alike: v.pipe(
    v.array(
      v.object({
        row: v.number(),
        title: v.string(),
        record: v.pipe(v.nullable(v.string()), v.description('The record that it is like; null: an earlier row')),
        other: v.pipe(v.nullable(v.number()), v.description('The earlier row')),
        otherTitle: v.string(),
        score: v.number(),
        reasons: v.array(v.object({ what: v.string(), how: v.string() })),
        isTaken: v.pipe(v.boolean(), v.description('Taken for one; else it comes in and may be a duplicate')),
      }),
    ),
    v.description('Rows that are or may be somebody who is there, or come twice, though no key says so'),
  ),
  alikeCount: v.number(),
  done: v.pipe(v.number(), v.description('Planned rows that are written')),
  planned: v.number(),
});
const listedReply = v.object({
  id: v.string(),
  status: v.string(),
  file: v.string(),
  startedAt: v.number(),
  ...counts,
});

const listed = (row: Record<string, string | number | null>) => ({
  id: String(row.id),
  noun: row.noun,
  board: row.board_id,
  file: row.file,
  status: row.status,
  by: row.by,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  rows: row.rows,
  done: row.done,
  created: row.created,
  updated: row.updated,
  unchanged: row.unchanged,
  skipped: row.skipped,
  errorCount: row.errors,
});

/** Bringing in a file of records: look at it, try it, run it, follow it, take it back as a whole. */
export function importRoutes(deps: NounDeps, targets: readonly ImportTarget[]): Hono<WorkspaceEnv> {
  const dryRuns = makeDryRuns();
  const missing = 'There is no such import.';

  async function recordOf(ws: WorkspaceContext, id: string): Promise<ImportRecord | null> {
    const found = ws.query.get(`SELECT 1 FROM imports WHERE id = ?`, [id]);
    if (found === undefined) return null;
    const record = await ws.hub.read(importDoc(id), importOf);
    return { ...record, kept: keptFor(ws, record), alike: alikeFor(ws, record) };
  }

  /** What an undo kept, without the names of those that this reader may not open (any more). */
  function keptFor(ws: WorkspaceContext, { noun, kept }: ImportRecord): ImportRecord['kept'] {
    const target = targets.find((each) => each.noun === noun);
    if (!target || kept.length === 0) return kept;
    const seen = new Set(
      target
        .whereabouts(
          ws,
          kept.map(({ record }) => record),
        )
        .map(({ id }) => id),
    );
    return kept.map((each) => (seen.has(each.record) ? each : { ...each, title: '' }));
  }

  /** The same of the records that rows are like. */
  function alikeFor(ws: WorkspaceContext, { noun, alike }: ImportRecord): ImportRecord['alike'] {
    const target = targets.find((each) => each.noun === noun);
    const ids = alike.flatMap(({ record }) => record ?? []);
    if (!target || ids.length === 0) return alike;
    const seen = new Set(target.whereabouts(ws, ids).map(({ id }) => id));
    return alike.map((each) =>
      each.record === null || seen.has(each.record) ? each : { ...each, otherTitle: '', reasons: [] },
    );
  }

  return new Hono<WorkspaceEnv>()
    .post(
      '/imports',
      requireRole('member'),
      describe({
        tag,
        summary: 'Import a file',
        description:
          'multipart/form-data: `file` (CSV of any delimiter and encoding, XLSX, or vCards 2.1, 3.0, 4.0) and `options` (JSON). Answers at once; GET ' +
          'shows the progress. 422 `ambiguous` with `questions` when dates or numbers can be read in more than one way: ' +
          'answer them in `options.formats`.',
        status: 202,
        reply: importReply,
        parts: {
          file: { description: 'The file', isFile: true, required: true },
          options: { description: optionsHelp },
        },
      }),
      (c) => receiveImport(c, deps, targets, dryRuns),
    )
    .get(
      '/imports',
      describe({ tag, summary: 'List the imports, newest first', reply: listOf(listedReply) }),
      query(v.strictObject({ limit: listQuery.limit, cursor: listQuery.cursor })),
      (c) => {
        const { limit, cursor } = c.req.valid('query');
        const rows = c.var.workspace.query.all<Record<string, string | number | null>>(
          `SELECT * FROM imports ORDER BY id DESC`,
        );
        return c.json(pageById(rows.map(listed), limit, cursor));
      },
    )
    .get('/imports/:id', describe({ tag, summary: 'An import and its progress', reply: importReply }), async (c) => {
      const id = c.req.param('id');
      const ws = c.var.workspace;
      const dryRun = dryRuns.get(ws.id, id);
      if (dryRun !== undefined && ws.accessTo(dryRun.place) !== 'none') return c.json(dryRun.answer);
      const record = await recordOf(ws, id);
      return record === null ? refuse(c, 'not-found', missing) : c.json({ id, ...record });
    })
    .post(
      '/imports/:id/undo',
      requireRole('member'),
      describe({
        tag,
        summary: 'Take an import back as a whole',
        description:
          'Deletes what it created and gives updated records their old values. What somebody changed since is kept and listed in `kept`. A large one goes on after the answer: its status is `undoing` until it is `undone`.',
        reply: importReply,
      }),
      async (c) => {
        const id = c.req.param('id');
        const ws = c.var.workspace;
        const record = await recordOf(ws, id);
        const target = targets.find(({ noun }) => noun === record?.noun);
        if (record === null || !target) return refuse(c, 'not-found', missing);
        if (target.least !== undefined && !mayAct(ws.actor.role, target.least))
          return refuse(c, 'forbidden', `This takes the role ${target.least} or more; yours is ${ws.actor.role}.`);
        if (ws.accessTo(record.board) !== 'edit')
          return refuse(c, 'forbidden', 'You may look at this board, but not change it.');
        if (record.status === 'undone') return c.json({ id, ...record });
        if (isUnderWay(ws.id, id)) return refuse(c, 'conflict', 'Not undone. The import is still being worked on.');
        await undoImport(ws, deps, id, target);
        ws.audit('import-undone', { target: id, detail: { noun: record.noun } });
        return c.json({ id, ...(await recordOf(ws, id)) });
      },
    );
}
