import {
  behind,
  likeAnywhere,
  orderBy,
  readSort,
  writeCursor,
  type CursorValues,
  type SortStep,
} from '../http/keyset.node.ts';
import type { Query } from '../http/workspace-context.node.ts';
import type { CardType } from './card-type.ts';
import type { StageKind } from './schema.ts';

/** A row of a table of cards with what its stage and its log say. */
export interface CardRow {
  readonly id: string;
  readonly doc: string;
  readonly board_id: string;
  readonly stage_id: string;
  readonly status: StageKind;
  readonly stage_since: number | null;
  readonly custom: string | null;
  readonly [column: string]: string | number | null;
}

export interface CardPage {
  readonly items: readonly CardRow[];
  readonly nextCursor: string | null;
  readonly total: number;
}

/** What lists of one kind of card know besides what all have. Rows are `d` in all SQL, their stages `s`. */
export interface CardRowsOptions {
  /** Further columns: name → SQL. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Filters by name: SQL with `?` for the value, once or more often. */
  readonly filters: Readonly<Record<string, string>>;
  /** SQL of the texts that `q` looks in. */
  readonly searched: readonly string[];
  /** Further names to sort by → SQL that is never null, so that keyset paging has a total order. */
  readonly sorts: Readonly<Record<string, string>>;
  /** What the API shows of a card besides its fields. */
  readonly reply?: (row: CardRow) => Readonly<Record<string, unknown>>;
}

const parsed = (text: string | number | null): unknown => (typeof text === 'string' ? JSON.parse(text) : null);
const snake = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Names to sort any cards by → SQL. */
const commonSorts: Readonly<Record<string, string>> = {
  title: `coalesce(d.title, '') COLLATE NOCASE`,
  value: 'coalesce(d.value_minor, -9e15)',
  owner: `coalesce(d.owner, '')`,
  createdAt: 'coalesce(d.created_at, -9e15)',
  closedAt: 'coalesce(d.closed_at, -9e15)',
  rank: 'd.rank',
  id: 'd.id',
};

/** Reads cards of one kind for the API. */
export function makeCardRows(type: CardType, options: CardRowsOptions) {
  const { tables, words } = type;
  const columns = Object.entries(options.columns ?? {}).map(([name, sql]) => `${sql} AS ${name}, `);
  const select = `SELECT d.*, ${columns.join('')}coalesce(s.kind, 'open') AS status,
  (SELECT e.entered_at FROM ${tables.entries} e WHERE e.${tables.id} = d.id ORDER BY e.seq DESC LIMIT 1) AS stage_since`;
  const from = `FROM ${type.kind} d LEFT JOIN stages s ON s.board_id = d.board_id AND s.id = d.stage_id AND s.deleted_at IS NULL`;
  const statuses: Readonly<Record<StageKind, string>> = { open: 'open', won: words.won, lost: words.lost };
  const sorts = { ...commonSorts, ...options.sorts };
  const clauses: Readonly<Record<string, string>> = {
    board: 'd.board_id = ?',
    stage: 'd.stage_id = ?',
    owner: 'd.owner = ?',
    ...options.filters,
  };

  /** WHERE of a filter, deleted cards left out, as SQL with `?` and its values. */
  function where(filter: Readonly<Record<string, string | undefined>>): { sql: string; params: string[] } {
    const all = ['d.deleted_at IS NULL'];
    const params: string[] = [];
    const add = (clause: string, value: string) => {
      all.push(clause);
      params.push(...Array.from({ length: clause.split('?').length - 1 }, () => value));
    };
    for (const [name, clause] of Object.entries(clauses)) {
      const value = filter[name];
      if (value !== undefined) add(clause, value);
    }
    if (filter.status !== undefined) {
      const kind = Object.entries(statuses).find(([, status]) => status === filter.status)?.[0];
      add("coalesce(s.kind, 'open') = ?", kind ?? filter.status);
    }
    if (filter.q !== undefined && filter.q !== '')
      add(
        `(${['d.title', ...options.searched].map((sql) => `${sql} LIKE ? ESCAPE '\\'`).join(' OR ')})`,
        likeAnywhere(filter.q),
      );
    return { sql: `WHERE ${all.join(' AND ')}`, params };
  }

  return {
    select,
    from,
    statuses,
    filterNames: Object.keys(clauses),
    sortNames: Object.keys(sorts),
    /** Reads `value,-createdAt`; names the field that cannot be sorted by. The id always comes last. */
    readSort: (sort: string | undefined) => readSort(sort, sorts, 'd.id'),
    row: (query: Query, id: string): CardRow | undefined =>
      query.get<CardRow>(`${select} ${from} WHERE d.id = ?`, [id]),
    /** A card as the API shows it. */
    reply(row: CardRow): Record<string, unknown> {
      const column = (name: string) => row[name] ?? null;
      const fields = Object.entries(type.fields).map(([key, spec]) => {
        const name = snake(key);
        if (spec.type === 'money') {
          const minor = column(`${name}_minor`);
          return [key, minor === null ? null : { minor, currency: column(`${name}_currency`) }];
        }
        if (spec.type === 'planned') {
          const what = column(`${name}_what`);
          return [key, what === null ? null : { what, due: column(`${name}_due`) }];
        }
        return [key, spec.type === 'multiSelect' ? (parsed(column(name)) ?? []) : column(name)];
      });
      return {
        id: row.id,
        board: row.board_id,
        doc: row.doc,
        stage: row.stage_id,
        status: statuses[row.status],
        ...Object.fromEntries(fields),
        ...options.reply?.(row),
        custom: parsed(row.custom) ?? {},
        stageSince: row.stage_since,
        deletedAt: column('deleted_at'),
      };
    },
    /** One page of cards in order. */
    page(
      query: Query,
      filter: Readonly<Record<string, string | undefined>>,
      steps: readonly SortStep[],
      limit: number,
      cursor: CursorValues | null,
    ): CardPage {
      const wanted = where(filter);
      const total = query.get<{ n: number }>(`SELECT count(*) AS n ${from} ${wanted.sql}`, wanted.params)?.n ?? 0;
      const after = cursor === null ? null : behind(steps, cursor);
      const keys = steps.map((step, index) => `${step.sql} AS sort_${index}`).join(', ');
      const rows = query.all<CardRow>(
        `${select}, ${keys} ${from} ${wanted.sql}${after === null ? '' : ` AND ${after.sql}`} ORDER BY ${orderBy(steps)} LIMIT ?`,
        [...wanted.params, ...(after?.params ?? []), limit + 1],
      );
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return {
        items,
        nextCursor: last === undefined ? null : writeCursor(steps.map((_, index) => last[`sort_${index}`] ?? '')),
        total,
      };
    },
  };
}

export type CardRows = ReturnType<typeof makeCardRows>;
