import { HTTPException } from 'hono/http-exception';
import { behind, likeAnywhere, orderBy, readCursor, readSort, writeCursor } from '../http/keyset.node.ts';
import type { Page } from '../http/list.node.ts';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import { recordReply, type RecordRow } from './record-rows.node.ts';
import { sameRecordSql } from './survivor-sql.ts';
import type { RecordType } from './record-type.ts';

/** API name → SQL that is never null. */
const sortable: Readonly<Record<string, string>> = {
  name: 'r.name COLLATE NOCASE',
  owner: `coalesce(r.owner, '')`,
  createdAt: 'coalesce(r.created_at, -9e15)',
  editedAt: 'r.edited_at',
  touchedAt: 'coalesce(r.touched_at, -9e15)',
  id: 'r.id',
};
export const recordSorts = Object.keys(sortable);

export interface RecordsWanted {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly q?: string | undefined;
  readonly sort?: string | undefined;
  readonly owner?: string | undefined;
  readonly tag?: string | undefined;
  readonly company?: string | undefined;
  readonly email?: string | undefined;
  /** Of companies alone. */
  readonly parent?: string | undefined;
  readonly isDeleted: boolean;
}

/** One page of a noun's records. Throws a 400 for a sort that there is not, or a cursor that is not of this list. */
export function listRecords(
  ws: Pick<WorkspaceContext, 'query' | 'shareOf' | 'accessTo'>,
  type: RecordType,
  wanted: RecordsWanted,
): Page<Record<string, unknown>> {
  const order = readSort(wanted.sort ?? 'name', sortable, 'r.id');
  if ('unknown' in order)
    throw new HTTPException(400, {
      message: `sort: there is no ${order.unknown}; it is one of ${recordSorts.join(', ')}`,
    });
  const { steps } = order;
  const cursor = wanted.cursor === undefined ? null : readCursor(wanted.cursor, steps.length);
  if (wanted.cursor !== undefined && cursor === null)
    throw new HTTPException(400, { message: 'The cursor is not of this list' });
  const clauses = [`r.deleted_at IS ${wanted.isDeleted ? 'NOT ' : ''}NULL`, 'r.merged_into IS NULL'];
  const params: (string | number)[] = [];
  const and = (sql: string, ...values: string[]) => {
    clauses.push(sql);
    params.push(...values);
  };
  if (wanted.owner !== undefined) and('r.owner = ?', wanted.owner);
  if (wanted.tag !== undefined) and('EXISTS (SELECT 1 FROM json_each(r.tags) WHERE value = ?)', wanted.tag);
  if (wanted.parent !== undefined) and(`r.parent IN ${sameRecordSql}`, wanted.parent);
  if (wanted.company !== undefined)
    and(`r.id IN (SELECT from_id FROM record_links WHERE to_id IN ${sameRecordSql})`, wanted.company);
  if (wanted.email !== undefined)
    and(
      `r.id IN (SELECT record FROM contact_points WHERE normal = ? AND kind = 'email')`,
      wanted.email.normalize('NFKC').trim().toLowerCase(),
    );
  if (wanted.q !== undefined && wanted.q !== '') {
    const pattern = likeAnywhere(wanted.q);
    and(
      String.raw`(r.name LIKE ? ESCAPE '\' OR r.id IN (SELECT record FROM contact_points WHERE value LIKE ? ESCAPE '\'))`,
      pattern,
      pattern,
    );
  }
  const where = clauses.join(' AND ');
  const total =
    ws.query.get<{ n: number }>(`SELECT count(*) AS n FROM ${type.plural} r WHERE ${where}`, params)?.n ?? 0;
  const after = cursor === null ? null : behind(steps, cursor);
  const keys = steps.map((step, index) => `${step.sql} AS sort_${index}`).join(', ');
  const rows = ws.query.all<RecordRow>(
    `SELECT r.*, ${keys} FROM ${type.plural} r WHERE ${where}${after === null ? '' : ` AND ${after.sql}`}
     ORDER BY ${orderBy(steps)} LIMIT ?`,
    [...params, ...(after?.params ?? []), wanted.limit + 1],
  );
  const last = rows.length > wanted.limit ? rows[wanted.limit - 1] : undefined;
  return {
    items: rows.slice(0, wanted.limit).map((row) => recordReply(ws, type, row)),
    nextCursor: last === undefined ? null : writeCursor(steps.map((_, index) => last[`sort_${index}`] ?? '')),
    total,
  };
}
