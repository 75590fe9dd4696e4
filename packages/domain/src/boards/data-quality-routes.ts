import { Hono } from 'hono';
import * as v from 'valibot';
import { refuse } from '../http/api-error.node.ts';
import { query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { listOf, listQuery } from '../http/list.node.ts';
import type { WorkspaceEnv } from '../http/workspace-context.node.ts';
import { readCursor, writeCursor } from '../http/keyset.node.ts';
import type { CardType } from './card-type.ts';

interface Oddity {
  readonly doc: string;
  readonly record: string;
  readonly field: string;
  readonly problem: string;
  /** JSON, cut when it is long. */
  readonly raw: string | null;
}

const oddity = v.object({
  noun: v.pipe(v.string(), v.description('What it is a value of: `deal`, `lead`, `contact`, `company`, `note` …')),
  doc: v.pipe(v.string(), v.description("The document's name on sync")),
  record: v.pipe(v.string(), v.description("The card's, contact's or company's id")),
  field: v.pipe(v.string(), v.description('Empty when the whole record cannot be read')),
  problem: v.string(),
  raw: v.pipe(v.nullable(v.string()), v.description('What stands there, as JSON, cut at 2,000 characters')),
});

/** Cards whose stage was deleted long after they were written: their own rows could not tell. */
const strandedSql = ({
  kind,
}: CardType): string => `SELECT d.doc, d.id, 'place', 'names a stage that does not exist', json_quote(d.stage_id)
  FROM ${kind} d LEFT JOIN stages s ON s.board_id = d.board_id AND s.id = d.stage_id AND s.deleted_at IS NULL
  WHERE s.id IS NULL AND d.deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM data_quality q WHERE q.doc = d.doc AND q.record = d.id AND q.field = 'place')`;

const odditiesSql = (types: readonly CardType[]): string => `(SELECT doc, record, field, problem, raw FROM data_quality
  UNION ALL
  ${types.map(strandedSql).join(' UNION ALL ')}
  UNION ALL
  SELECT c.doc, c.id, 'parent', 'makes it a part of itself, through the companies above it', json_quote(c.parent)
  FROM companies c WHERE c.parent IS NOT NULL AND c.deleted_at IS NULL AND c.id IN (
    WITH RECURSIVE up (id, steps) AS (
      SELECT c.parent, 1 UNION ALL
      SELECT p.parent, steps + 1 FROM up JOIN companies p ON p.id = up.id WHERE p.parent IS NOT NULL AND steps < 50
    ) SELECT id FROM up))`;

/** `GET /data-quality`: what stands in documents and could not be read as it is. Nothing of it is lost. */
export function dataQualityRoutes(types: readonly CardType[]): Hono<WorkspaceEnv> {
  const oddities = odditiesSql(types);
  const { limit, cursor } = listQuery;
  return new Hono<WorkspaceEnv>().get(
    '/data-quality',
    describe({
      tag: 'Boards',
      summary: 'List odd values',
      description: 'Values that other programs wrote and that are shown as empty, cut or in no stage. They are kept.',
      reply: listOf(oddity),
    }),
    query(v.strictObject({ limit, cursor, board: v.optional(v.string()) })),
    (c) => {
      const { limit: count, cursor: after, board } = c.req.valid('query');
      const from = after === undefined ? null : readCursor(after, 3);
      if (after !== undefined && from === null)
        return refuse(c, 'invalid', 'The cursor is not of this list.', { cursor: 'is not of this list' });
      const { query: tables } = c.var.workspace;
      const ofBoard = board === undefined ? '1' : `(doc = 'board/' || ? OR instr(doc, 'board/' || ? || '~') = 1)`;
      const boardParams = board === undefined ? [] : [board, board];
      const total = tables.get<{ n: number }>(`SELECT count(*) AS n FROM ${oddities} WHERE ${ofBoard}`, boardParams);
      const rows = tables.all<Oddity>(
        `SELECT * FROM ${oddities} WHERE ${ofBoard}${from === null ? '' : ' AND (doc, record, field) > (?, ?, ?)'}
         ORDER BY doc, record, field LIMIT ?`,
        [...boardParams, ...(from ?? []), count + 1],
      );
      const nounOf = (doc: string): string => {
        const [noun = '', id = ''] = doc.split('~')[0]?.split('/') ?? [];
        if (noun !== 'board') return noun;
        const kind = tables.get<{ kind: string }>('SELECT kind FROM boards WHERE id = ?', [id])?.kind;
        return types.find((type) => type.kind === kind)?.noun ?? noun;
      };
      const items = rows.slice(0, count).map((row) => ({ noun: nounOf(row.doc), ...row }));
      const last = rows.length > count ? items.at(-1) : undefined;
      return c.json({
        items,
        nextCursor: last === undefined ? null : writeCursor([last.doc, last.record, last.field]),
        total: total?.n ?? 0,
      });
    },
  );
}
