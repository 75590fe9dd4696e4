import { guardFormula } from '@rapport/domain/fields/formula-guard';
import { auditActions } from '@rapport/domain/audit/actions';
import { query } from '@rapport/domain/http/body.node';
import { describe } from '@rapport/domain/http/describe.node';
import { listOf, listQuery } from '@rapport/domain/http/list.node';
import { requireRole } from '@rapport/domain/http/workspace-context.node';
import { Hono, type Context } from 'hono';
import Papa from 'papaparse';
import * as v from 'valibot';
import { makeAuditNames } from '../control/audit-names.ts';
import type { ApiEnv } from '../http/api-context.ts';
import type { Services } from '../services.ts';

const tag = 'Audit log';
const detail = v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()])));
const named = v.nullable(v.object({ id: v.string(), name: v.nullable(v.string()) }));
const lineShape = v.object({
  id: v.string(),
  at: v.number(),
  /** Null: nobody was signed in, or the server did it. */
  actor: named,
  key: named,
  action: v.picklist(auditActions),
  target: named,
  detail,
});
const instant = v.pipe(
  v.string(),
  v.check((text) => Number.isFinite(timeOf(text)), 'must be a time: epoch milliseconds or ISO 8601'),
  v.transform((text) => timeOf(text)),
);
const filter = {
  actor: v.optional(v.string()),
  action: v.optional(v.picklist(auditActions)),
  from: v.optional(instant),
  to: v.optional(instant),
};
/** Lines that are read at once for a download. */
const batch = 500;

function timeOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Date.parse(text);
}

/** Who did what to accounts, access and data. For administrators. Mounted at `/w/:ws`. */
export function auditRoutes({ nouns, audit, control }: Services): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const shareable = nouns.flatMap((noun) => noun.shareable ?? []);
  const namesFor = (c: Context<ApiEnv>) =>
    makeAuditNames(control.handle, c.var.workspace.id, c.var.workspace.everyRow, shareable);

  app.get(
    '/audit',
    describe({
      tag,
      summary: 'What happened to accounts, access and data, newest first (admin)',
      description: '`from` is inclusive, `to` is not. `total` counts what the filters leave.',
      reply: listOf(lineShape),
    }),
    requireRole('admin'),
    query(v.strictObject({ limit: listQuery.limit, cursor: listQuery.cursor, ...filter })),
    (c) => {
      const { limit, cursor, ...wanted } = c.req.valid('query');
      const { id: workspaceId } = c.var.workspace;
      const names = namesFor(c);
      const name = (id: string | null) => (id === null ? null : { id, name: names.of(id) });
      const found = audit.list(workspaceId, wanted, { limit: limit + 1, before: cursor });
      const items = found.slice(0, limit).map(({ actor, agent, target, ...line }) => ({
        ...line,
        actor: name(actor),
        key: name(agent),
        target: name(target),
      }));
      c.header('Cache-Control', 'no-store');
      return c.json({
        items,
        nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null,
        total: audit.count(workspaceId, wanted),
      });
    },
  );

  app.get(
    '/audit.csv',
    describe({ tag, summary: 'The audit log as CSV (admin)', description: 'The filters of `/audit`.' }),
    requireRole('admin'),
    query(v.strictObject(filter)),
    (c) => {
      const wanted = c.req.valid('query');
      const { id: workspaceId } = c.var.workspace;
      const names = namesFor(c);
      const label = (id: string | null) => (id === null ? '' : (names.of(id) ?? id));
      function* lines(): Generator<string> {
        // The mark tells spreadsheets that this is UTF-8.
        yield `\uFEFF${csvLine(['Time', 'Who', 'With key', 'What', 'To', 'Detail'])}`;
        for (let before: string | undefined; ;) {
          const page = audit.list(workspaceId, wanted, { limit: batch, before });
          for (const { at, actor, agent, action, target, detail } of page)
            yield csvLine([
              new Date(at).toISOString(),
              label(actor),
              label(agent),
              action,
              label(target),
              Object.entries(detail)
                .map(([key, value]) => `${key}: ${value === null ? '' : String(value)}`)
                .join('; '),
            ]);
          before = page.at(-1)?.id;
          if (page.length < batch) return;
        }
      }
      c.var.workspace.audit('export-made', { detail: { what: 'audit' } });
      const bytes = new TextEncoder();
      const source = lines();
      const stream = new ReadableStream<Uint8Array>({
        pull(controller) {
          const { value, done } = source.next();
          if (done === true) controller.close();
          else controller.enqueue(bytes.encode(value));
        },
      });
      return c.body(stream, 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="audit-log.csv"',
        'cache-control': 'no-store',
      });
    },
  );
  return app;
}

/** No cell is run as a formula by a spreadsheet. */
const csvLine = (cells: readonly string[]): string =>
  `${Papa.unparse([cells.map(guardFormula)], { newline: '\r\n', quotes: true })}\r\n`;
