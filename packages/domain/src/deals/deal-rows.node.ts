import {
  behind,
  likeAnywhere,
  orderBy,
  readSort as readSteps,
  writeCursor,
  type CursorValues,
  type SortStep,
} from '../http/keyset.node.ts';
import type { Query } from '../http/workspace-context.node.ts';
import { referenceNameSql } from '../records/reference-name.ts';
import { dealFields } from './schema.ts';

/** A row of `deals` with what its stage and its log say. */
export interface DealRow {
  readonly id: string;
  readonly doc: string;
  readonly board_id: string;
  readonly stage_id: string;
  readonly status: 'open' | 'won' | 'lost';
  readonly stage_since: number | null;
  readonly custom: string | null;
  readonly [column: string]: string | number | null;
}

export const dealSelect = `SELECT d.*, ${referenceNameSql('d.company', 'company')} AS company_name,
  ${referenceNameSql('d.contact', 'contact')} AS contact_name, coalesce(s.kind, 'open') AS status,
  (SELECT e.entered_at FROM stage_entries e WHERE e.deal_id = d.id ORDER BY e.seq DESC LIMIT 1) AS stage_since`;
export const dealFrom = `FROM deals d LEFT JOIN stages s ON s.board_id = d.board_id AND s.id = d.stage_id AND s.deleted_at IS NULL`;

export const dealRow = (query: Query, id: string): DealRow | undefined =>
  query.get<DealRow>(`${dealSelect} ${dealFrom} WHERE d.id = ?`, [id]);

const parsed = (text: string | number | null): unknown => (typeof text === 'string' ? JSON.parse(text) : null);

/** A deal as the API shows it. */
export function dealReply(row: DealRow): Record<string, unknown> {
  const column = (name: string) => row[name] ?? null;
  const fields = Object.fromEntries(
    Object.entries(dealFields).map(([key, spec]) => {
      const name = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      if (spec.type === 'money') {
        const minor = column(`${name}_minor`);
        return [key, minor === null ? null : { minor, currency: column(`${name}_currency`) }];
      }
      if (spec.type === 'planned') {
        const what = column(`${name}_what`);
        return [key, what === null ? null : { what, due: column(`${name}_due`) }];
      }
      return [key, spec.type === 'multiSelect' ? (parsed(column(name)) ?? []) : column(name)];
    }),
  );
  return {
    id: row.id,
    board: row.board_id,
    doc: row.doc,
    stage: row.stage_id,
    status: row.status,
    ...fields,
    companyName: column('company_name'),
    contactName: column('contact_name'),
    custom: parsed(row.custom) ?? {},
    stageSince: row.stage_since,
    deletedAt: column('deleted_at'),
  };
}

export interface DealFilter {
  readonly board?: string | undefined;
  readonly stage?: string | undefined;
  readonly owner?: string | undefined;
  readonly company?: string | undefined;
  /** Id of a company or contact that it is linked to. */
  readonly linked?: string | undefined;
  readonly status?: 'open' | 'won' | 'lost' | undefined;
  readonly q?: string | undefined;
}

/** WHERE of a filter, deleted deals left out, as SQL with `?` and its values. */
export function dealWhere(filter: DealFilter): { sql: string; params: (string | number)[] } {
  const clauses = ['d.deleted_at IS NULL'];
  const params: (string | number)[] = [];
  const add = (clause: string, value: string | undefined) => {
    if (value === undefined) return;
    clauses.push(clause);
    params.push(value);
  };
  add('d.board_id = ?', filter.board);
  add('d.stage_id = ?', filter.stage);
  add('d.owner = ?', filter.owner);
  if (filter.company !== undefined) {
    clauses.push(`(d.company = ? OR ${referenceNameSql('d.company', 'company')} = ?)`);
    params.push(filter.company, filter.company);
  }
  add('d.id IN (SELECT from_id FROM record_links WHERE to_id = ?)', filter.linked);
  add("coalesce(s.kind, 'open') = ?", filter.status);
  const pattern = filter.q === undefined || filter.q === '' ? undefined : likeAnywhere(filter.q);
  if (pattern !== undefined) {
    clauses.push(`(d.title LIKE ? ESCAPE '\\' OR ${referenceNameSql('d.company', 'company')} LIKE ? ESCAPE '\\')`);
    params.push(pattern, pattern);
  }
  return { sql: `WHERE ${clauses.join(' AND ')}`, params };
}

/** What a list can be sorted by: API name → SQL that is never null, so that keyset paging has a total order. */
const sortable: Readonly<Record<string, string>> = {
  title: `coalesce(d.title, '') COLLATE NOCASE`,
  value: 'coalesce(d.value_minor, -9e15)',
  company: `coalesce(${referenceNameSql('d.company', 'company')}, '') COLLATE NOCASE`,
  owner: `coalesce(d.owner, '')`,
  expectedClose: `coalesce(d.expected_close, '')`,
  createdAt: 'coalesce(d.created_at, -9e15)',
  closedAt: 'coalesce(d.closed_at, -9e15)',
  rank: 'd.rank',
  id: 'd.id',
};
export const sortNames = Object.keys(sortable);

/** Reads `value,-createdAt`; names the field that cannot be sorted by. The id always comes last. */
export const readSort = (sort: string | undefined) => readSteps(sort, sortable, 'd.id');

export interface DealPage {
  readonly items: readonly DealRow[];
  readonly nextCursor: string | null;
  readonly total: number;
}

/** One page of deals in order. */
export function dealPage(
  query: Query,
  filter: DealFilter,
  steps: readonly SortStep[],
  limit: number,
  cursor: CursorValues | null,
): DealPage {
  const where = dealWhere(filter);
  const total = query.get<{ n: number }>(`SELECT count(*) AS n ${dealFrom} ${where.sql}`, where.params)?.n ?? 0;
  const after = cursor === null ? null : behind(steps, cursor);
  const keys = steps.map((step, index) => `${step.sql} AS sort_${index}`).join(', ');
  const rows = query.all<DealRow>(
    `${dealSelect}, ${keys} ${dealFrom} ${where.sql}${after === null ? '' : ` AND ${after.sql}`} ORDER BY ${orderBy(steps)} LIMIT ?`,
    [...where.params, ...(after?.params ?? []), limit + 1],
  );
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items,
    nextCursor: last === undefined ? null : writeCursor(steps.map((_, index) => last[`sort_${index}`] ?? '')),
    total,
  };
}
