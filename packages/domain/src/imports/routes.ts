import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { refuse } from '../http/api-error.node.ts';
import { fieldsOf, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { listOf, listQuery, pageById } from '../http/list.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { decode, isKnownEncoding, notText } from './decode.node.ts';
import { describeColumns, describeFields, describeLooks, describeSpellings } from './describe-import.ts';
import { importOptions, type ImportOptions } from './options.ts';
import { prepare } from './prepare.ts';
import { readCsv } from './read-csv.node.ts';
import { errorsKept, importDoc, importOf, type ImportRecord } from './record.ts';
import { holdImport, isUnderWay, pause, startImport } from './run.node.ts';
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

/** Dry runs are not kept in documents, but for a while they can be asked for like any import. */
const dryRunsKept = 50;

interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly options: ImportOptions;
}

/** The parts `file` and `options` of a multipart body, or the answer that says what is wrong with them. */
async function readUpload(c: Context): Promise<Upload | Response> {
  if (c.req.header('content-type')?.startsWith('multipart/form-data') !== true)
    return refuse(c, 'invalid', 'An import is multipart/form-data with the parts file and options.');
  const parts = await c.req.parseBody().catch(() => null);
  const file = parts?.file;
  if (parts === null || !(file instanceof File))
    return refuse(c, 'invalid', 'file is required.', { file: 'is required' });
  let json: unknown;
  try {
    json = parts.options === undefined ? {} : JSON.parse(String(parts.options));
  } catch {
    return refuse(c, 'invalid', 'options is not JSON.', { options: 'is not JSON' });
  }
  const read = v.safeParse(importOptions, json);
  if (!read.success) {
    const fields = fieldsOf(read.issues as never);
    const [[name, problem] = ['', 'is not valid']] = Object.entries(fields);
    return refuse(c, 'invalid', `${name || 'options'} ${problem}.`, fields);
  }
  if (read.output.encoding !== undefined && !isKnownEncoding(read.output.encoding))
    return refuse(c, 'invalid', 'encoding is not known.', { encoding: 'is not known' });
  const name = file.name.replaceAll(/\p{Cc}/gu, '').slice(0, 200) || 'file.csv';
  return { name, bytes: new Uint8Array(await file.arrayBuffer()), options: read.output };
}

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
  const dryRuns = new Map<string, { readonly board: string; readonly answer: object }>();
  const missing = 'There is no such import.';

  async function recordOf(ws: WorkspaceContext, id: string): Promise<ImportRecord | null> {
    const found = ws.query.get(`SELECT 1 FROM imports WHERE id = ?`, [id]);
    return found === undefined ? null : ws.hub.read(importDoc(id), importOf);
  }

  return new Hono<WorkspaceEnv>()
    .post(
      '/imports',
      requireRole('member'),
      describe({
        tag,
        summary: 'Import a file',
        description:
          'multipart/form-data: `file` (CSV of any delimiter and encoding) and `options` (JSON). Answers at once; GET ' +
          'shows the progress. 422 `ambiguous` with `questions` when dates or numbers can be read in more than one way: ' +
          'answer them in `options.formats`.',
        status: 202,
        reply: importReply,
        parts: {
          file: { description: 'The file', isFile: true, required: true },
          options: { description: optionsHelp },
        },
      }),
      async (c) => {
        const upload = await readUpload(c);
        if (upload instanceof Response) return upload;
        const { name, bytes, options } = upload;
        const ws = c.var.workspace;
        const target = targets.find(({ noun }) => noun === options.noun || noun === `${options.noun}s`);
        const session = target && (await target.open(ws, deps, options.board));
        if (!session) return refuse(c, 'not-found', 'There is no such board.', { board: 'does not exist' });
        if (ws.accessTo(session.place.id) !== 'edit')
          return refuse(c, 'forbidden', 'You may look at this board, but not change it.');
        const other = notText(bytes);
        if (other !== null) return refuse(c, 'invalid', `Not imported. The file ${other}.`, { file: other });
        const { text, encoding } = decode(bytes, options.encoding);
        await pause();
        const sheet = readCsv(text, {
          ...(options.delimiter === undefined ? {} : { delimiter: options.delimiter }),
          ...(options.hasHeader === undefined ? {} : { hasHeader: options.hasHeader }),
        });
        if (!sheet.ok)
          return refuse(c, sheet.error.code.startsWith('too-') ? 'too-large' : 'invalid', sheet.error.message, {
            file: sheet.error.code,
          });
        await pause();
        const prepared = prepare(sheet.value, session.fields, session.takenKeys, options);
        const [[wrongName, wrong] = []] = Object.entries(prepared.wrong);
        if (wrongName !== undefined) return refuse(c, 'invalid', `${wrongName} ${wrong}.`, prepared.wrong);
        if (options.key != null && !session.isKey(prepared, options.key))
          return refuse(c, 'invalid', `key is not a column that is imported.`, {
            key: 'is not a column that is imported',
          });
        const { questions } = prepared;
        if (questions.length > 0 && !options.preview) {
          const columns = questions.map(({ column }) => `“${column}”`).join(', ');
          const message = `Not imported. ${columns} can be read in more than one way; say which in options.formats.`;
          return c.json({ error: { code: 'ambiguous', message }, questions }, 422);
        }
        await pause();
        const plan = await session.plan(prepared, options, pause);
        const skipped = new Set([...plan.errors.map(({ row }) => row), ...options.skip]).size;
        const rows = sheet.value.rows.length;
        if (options.dryRun || options.preview) {
          const id = deps.newId();
          const answer = {
            id,
            status: 'dry-run',
            rows,
            done: 0,
            planned: plan.created + plan.updated,
            created: plan.created,
            updated: plan.updated,
            unchanged: plan.unchanged,
            skipped,
            errors: plan.errors.slice(0, errorsKept),
            errorCount: plan.errors.length,
            warnings: sheet.value.problems,
            also: plan.also,
            questions,
          };
          dryRuns.set(`${ws.id} ${id}`, { board: session.place.id, answer });
          for (const old of dryRuns.keys()) if (dryRuns.size > dryRunsKept) dryRuns.delete(old);
          if (!options.preview) return c.json(answer);
          const { columns: _columns, ...about } = { ...sheet.value, rows };
          return c.json({
            ...answer,
            file: { name, encoding, ...about },
            board: { id: session.place.id, name: session.place.name },
            currency: options.currency ?? session.currency,
            columns: describeColumns(prepared, plan.errors),
            fields: describeFields(session.fields),
            looks: describeLooks(prepared, plan.errors),
            spellings: describeSpellings(prepared, session.knownValues),
          });
        }
        const { id } = await startImport(ws, deps, plan, {
          noun: session.noun,
          board: session.place.id,
          file: name,
          rows,
          warnings: sheet.value.problems,
          skipped,
        });
        return c.json({ id, ...(await recordOf(ws, id)) }, 202);
      },
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
      const dryRun = dryRuns.get(`${ws.id} ${id}`);
      if (dryRun !== undefined && ws.accessTo(dryRun.board) !== 'none') return c.json(dryRun.answer);
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
          'Deletes what it created and gives updated records their old values. What somebody changed since is kept and listed in `kept`.',
        reply: importReply,
      }),
      async (c) => {
        const id = c.req.param('id');
        const ws = c.var.workspace;
        const record = await recordOf(ws, id);
        const target = targets.find(({ noun }) => noun === record?.noun);
        if (record === null || !target) return refuse(c, 'not-found', missing);
        if (ws.accessTo(record.board) !== 'edit')
          return refuse(c, 'forbidden', 'You may look at this board, but not change it.');
        if (record.status === 'undone') return c.json({ id, ...record });
        if (isUnderWay(ws.id, id)) return refuse(c, 'conflict', 'Not undone. The import is still being worked on.');
        await holdImport(ws.id, id, () => undoImport(ws, deps, id, target));
        ws.audit('import-undone', { target: id, detail: { noun: record.noun } });
        return c.json({ id, ...(await recordOf(ws, id)) });
      },
    );
}
