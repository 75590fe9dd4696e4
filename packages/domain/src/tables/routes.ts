import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { shownFieldsOf } from '../custom-fields.ts';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { dayOf, isTimeZone } from '../reports/days.ts';
import { editRows, type RowEdit } from './edit-rows.node.ts';
import { exportCells, exportHeads, type ExportCell } from './export-text.ts';
import { makeTableJobs, type Answer } from './read-jobs.node.ts';
import type { TableAsked } from './read-table.node.ts';
import { columnOf, withCustom, type TableDef } from './table-def.ts';
import type { TableEdits } from './table-edits.ts';
import { everything, readSort, readWhere } from './table-query.ts';
import { byteOrderMark, csvLine } from './write-csv.node.ts';
import { xlsxOf } from './write-xlsx.node.ts';

const tag = 'Tables';
const key = v.pipe(v.string(), v.regex(/^[a-z][a-zA-Z0-9_]{0,62}$/, 'must be the key of a column'));
const whole = (most: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'must be a whole number'), v.transform(Number), v.maxValue(most));
const keys = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').filter((each) => each !== '')),
  v.array(key),
  v.maxLength(100),
);

/** What every question to a table takes. */
const asked = {
  where: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(20_000),
      v.description('JSON: {match: all | any, of: [{field, op, values} or another group]}'),
    ),
  ),
  q: v.optional(v.pipe(v.string(), v.maxLength(200)), ''),
  sort: v.optional(v.pipe(v.string(), v.description('Keys with commas, a minus before those that fall')), ''),
  group: v.optional(key),
  timeZone: v.optional(
    v.pipe(v.string(), v.check(isTimeZone, 'must be an IANA time zone such as Europe/Lisbon')),
    'UTC',
  ),
};
type Asked = v.InferOutput<v.ObjectSchema<typeof asked, undefined>>;

const columnReply = v.object({ key: v.string(), spec: v.any(), isEditable: v.boolean() });
const rowReply = v.object({ id: v.string(), doc: v.string(), values: v.record(v.string(), v.any()) });
const names = v.pipe(v.record(v.string(), v.string()), v.description('Names of records that values refer to, by id'));
const sums = v.record(v.string(), v.object({ sum: v.number(), count: v.number() }));
const summaryReply = v.object({
  total: v.number(),
  columns: v.record(v.string(), v.object({ filled: v.number(), sums })),
  groups: v.nullable(
    v.array(
      v.object({
        value: v.nullable(v.union([v.string(), v.number()])),
        count: v.number(),
        sums: v.record(v.string(), sums),
      }),
    ),
  ),
  names,
});
const values = v.record(v.string(), v.any());
const editsBody = v.strictObject({
  edits: v.pipe(
    v.array(v.strictObject({ id: v.string(), values, was: v.optional(values) })),
    v.minLength(1),
    v.maxLength(5000, 'are more than 5,000'),
  ),
});
const editsReply = v.object({
  done: v.array(v.object({ id: v.string(), before: values, after: values })),
  refused: v.array(v.object({ id: v.string(), message: v.string(), fields: v.record(v.string(), v.string()) })),
  kept: v.array(v.object({ id: v.string(), fields: v.array(v.string()) })),
});

const exportBatch = 500;

/** Tables of all nouns: what to show, the rows of a window, sums and groups, edits, and files for spreadsheets. */
export function tableRoutes(
  tables: readonly TableDef[],
  edits: readonly TableEdits[],
  deps: NounDeps,
): Hono<WorkspaceEnv> {
  const jobs = makeTableJobs(tables);
  const missing = 'There is no such table.';
  const defOf = (c: Context) => tables.find(({ plural }) => plural === c.req.param('noun'));
  const customOf = (ws: WorkspaceContext, def: TableDef) =>
    ws.hub.read('workspace', (doc) => shownFieldsOf(doc, def.noun));

  /** The question that a request asks; else the field that is wrong, and what about it. */
  async function questionOf(
    ws: WorkspaceContext,
    def: TableDef,
    { where, q, sort, group, timeZone }: Asked,
  ): Promise<Answer<TableAsked>> {
    let filter: unknown = everything;
    try {
      if (where !== undefined) filter = JSON.parse(where);
    } catch {
      return { ok: false, field: 'where', problem: 'is not JSON' };
    }
    const read = readWhere(filter);
    if (read === undefined) return { ok: false, field: 'where', problem: 'is not a filter' };
    const steps = readSort(sort);
    if (steps === undefined) return { ok: false, field: 'sort', problem: 'is not a list of columns' };
    const people = [...ws.people.list({ removed: true })].sort((a, b) => a.name.localeCompare(b.name));
    const value: TableAsked = {
      table: def.plural,
      query: { where: read, q: q.toWellFormed(), sort: steps, group: group ?? null },
      custom: await customOf(ws, def),
      looker: { memberId: ws.actor.memberId, today: dayOf(deps.now(), timeZone), timeZone },
      ranks: { people: people.map(({ id }) => id) },
    };
    return { ok: true, value };
  }
  const refused = (c: Context, { field, problem }: { field: string; problem: string }) =>
    refuse(c, 'invalid', `${field} ${problem}.`, { [field]: problem });

  return new Hono<WorkspaceEnv>()
    .get(
      '/tables/:noun',
      describe({
        tag,
        summary: 'The columns of a table',
        description: `Tables: ${tables.map(({ plural }) => plural).join(', ')}.`,
        reply: v.object({
          noun: v.string(),
          title: v.string(),
          columns: v.array(columnReply),
          shown: v.array(v.string()),
          follows: v.array(v.string()),
        }),
      }),
      async (c) => {
        const def = defOf(c);
        if (def === undefined) return refuse(c, 'not-found', missing);
        const { noun, title, shown, follows, columns } = withCustom(def, await customOf(c.var.workspace, def));
        return c.json({
          noun,
          title,
          shown,
          follows,
          columns: columns.map(({ key: name, spec, isEditable }) => ({ key: name, spec, isEditable })),
        });
      },
    )
    .get(
      '/tables/:noun/rows',
      describe({
        tag,
        summary: 'Rows of a window',
        description: 'Any window of the rows in order, 500 at most.',
        reply: v.object({ items: v.array(rowReply), names }),
      }),
      query(
        v.strictObject({ ...asked, offset: v.optional(whole(100_000_000), '0'), limit: v.optional(whole(500), '100') }),
      ),
      async (c) => {
        const def = defOf(c);
        if (def === undefined) return refuse(c, 'not-found', missing);
        const { offset, limit, ...rest } = c.req.valid('query');
        const question = await questionOf(c.var.workspace, def, rest);
        if (!question.ok) return refused(c, question);
        const answer = await c.var.workspace.read(jobs.rows, { ...question.value, offset, limit });
        return answer.ok ? c.json(answer.value) : refused(c, answer);
      },
    )
    .get(
      '/tables/:noun/summary',
      describe({ tag, summary: 'How many rows, sums of columns, and groups', reply: summaryReply }),
      query(v.strictObject({ ...asked, columns: v.optional(keys, '') })),
      async (c) => {
        const def = defOf(c);
        if (def === undefined) return refuse(c, 'not-found', missing);
        const { columns, ...rest } = c.req.valid('query');
        const question = await questionOf(c.var.workspace, def, rest);
        if (!question.ok) return refused(c, question);
        const answer = await c.var.workspace.read(jobs.summary, { ...question.value, columns });
        return answer.ok ? c.json(answer.value) : refused(c, answer);
      },
    )
    .get(
      '/tables/:noun/ids',
      describe({
        tag,
        summary: 'Ids of all rows in order',
        description: 'For choosing all of what a filter finds.',
        reply: v.object({ ids: v.array(v.string()) }),
      }),
      query(v.strictObject(asked)),
      async (c) => {
        const def = defOf(c);
        if (def === undefined) return refuse(c, 'not-found', missing);
        const question = await questionOf(c.var.workspace, def, c.req.valid('query'));
        if (!question.ok) return refused(c, question);
        const answer = await c.var.workspace.read(jobs.ids, question.value);
        return answer.ok ? c.json({ ids: answer.value }) : refused(c, answer);
      },
    )
    .post(
      '/tables/:noun/edits',
      requireRole('member'),
      describe({
        tag,
        summary: 'Edit many rows',
        description:
          'Each row is edited by its own operation. Rows that cannot be are told with the reason; the others are done. ' +
          'With `was`, a field that has another value by now is kept.',
        reply: editsReply,
      }),
      body(editsBody),
      async (c) => {
        const def = defOf(c);
        const own = edits.find(({ plural }) => plural === def?.plural);
        if (def === undefined || own === undefined) return refuse(c, 'not-found', missing);
        const ws = c.var.workspace;
        const custom = await customOf(ws, def);
        const env = { now: deps.now(), random: Math.random, newId: deps.newId, custom };
        const given = c.req.valid('json').edits as readonly RowEdit[];
        return c.json(await editRows(ws, withCustom(def, custom), own, given, env));
      },
    )
    .get(
      '/tables/:noun/export',
      requireRole('member'),
      describe({
        tag,
        summary: 'What is seen as CSV or XLSX',
        description: 'All rows of the filter in their order, with the columns that are asked for.',
      }),
      query(
        v.strictObject({
          ...asked,
          columns: v.optional(keys, ''),
          format: v.optional(v.picklist(['csv', 'xlsx']), 'csv'),
        }),
      ),
      async (c) => {
        const base = defOf(c);
        if (base === undefined) return refuse(c, 'not-found', missing);
        const ws = c.var.workspace;
        const { columns, format, ...rest } = c.req.valid('query');
        const question = await questionOf(ws, base, rest);
        if (!question.ok) return refused(c, question);
        const def = withCustom(base, question.value.custom);
        const unknown = columns.find((each) => columnOf(def, each) === undefined);
        if (unknown !== undefined) return refused(c, { field: unknown, problem: 'is not a column' });
        const shown = (columns.length === 0 ? def.shown : columns).flatMap((each) => columnOf(def, each) ?? []);
        const ids = await ws.read(jobs.ids, question.value);
        if (!ids.ok) return refused(c, ids);
        const all = ids.value;
        ws.audit('export-made', { detail: { what: def.plural, rows: all.length, format } });
        const { custom } = question.value;
        async function* lines(): AsyncGenerator<readonly ExportCell[]> {
          yield shown.flatMap(({ spec }) => exportHeads(spec));
          for (let from = 0; from < all.length; from += exportBatch) {
            const some = { table: def.plural, custom, ids: all.slice(from, from + exportBatch) };
            const page = await ws.read(jobs.some, some);
            const nameOf = (id: string) => page.names[id] ?? ws.people.get(id)?.name;
            for (const row of page.items)
              yield shown.flatMap(({ key: name, spec }) => exportCells(spec, row.values[name] ?? null, nameOf));
          }
        }
        const headers = {
          'content-type':
            format === 'csv'
              ? 'text/csv; charset=utf-8'
              : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          'content-disposition': `attachment; filename="${def.plural}.${format}"`,
          'cache-control': 'no-store',
        };
        return c.body(format === 'csv' ? csvOf(lines()) : xlsxOf(lines()), 200, headers);
      },
    );
}

function csvOf(rows: AsyncGenerator<readonly ExportCell[]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isBegun = false;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await rows.next();
      if (done === true) return controller.close();
      controller.enqueue(encoder.encode(`${isBegun ? '' : byteOrderMark}${csvLine(value)}`));
      isBegun = true;
    },
    async cancel() {
      await rows.return(undefined);
    },
  });
}
