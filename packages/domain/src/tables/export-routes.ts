import { Hono } from 'hono';
import * as v from 'valibot';
import { refuse } from '../http/api-error.node.ts';
import { query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { requireRole, type NounDeps, type WorkspaceEnv } from '../http/workspace-context.node.ts';
import { asked, columnKeys, questionOf, refused } from './asked.node.ts';
import { exportCells, exportHeads, type ExportCell } from './export-text.ts';
import { makeTableJobs } from './read-jobs.node.ts';
import { columnOf, withCustom, type TableDef } from './table-def.ts';
import { byteOrderMark, csvLine } from './write-csv.node.ts';
import { xlsxOf } from './write-xlsx.node.ts';

const tag = 'Tables';
const exportBatch = 500;

/** What is seen of a table, as a file for spreadsheets. */
export function exportRoutes(tables: readonly TableDef[], deps: NounDeps): Hono<WorkspaceEnv> {
  const jobs = makeTableJobs(tables);
  return new Hono<WorkspaceEnv>().get(
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
        columns: v.optional(columnKeys, ''),
        format: v.optional(v.picklist(['csv', 'xlsx']), 'csv'),
      }),
    ),
    async (c) => {
      const base = tables.find(({ plural }) => plural === c.req.param('noun'));
      if (base === undefined) return refuse(c, 'not-found', 'There is no such table.');
      const ws = c.var.workspace;
      const { columns, format, ...rest } = c.req.valid('query');
      const question = await questionOf(deps, ws, base, rest);
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
