import type { Money } from '@rapport/schema/fields';
import type { Clock, DealQuery, SqlValue } from './deal-query.ts';

/** What reports read: the read model, opened read-only. */
export interface Tables {
  all<Row>(sql: string, params?: readonly SqlValue[]): Row[];
}

/** Deals in another currency than the report's: counted with the others, never added up. */
export interface Foreign {
  readonly sum: Money;
  readonly count: number;
}

/** How many deals, and what they are worth together in the report's currency. */
export interface Amount {
  readonly count: number;
  readonly sum: Money;
  readonly foreign: readonly Foreign[];
}

/** Where the deals behind a number are: the path below the workspace's API, and its query. */
export interface Drill {
  readonly path: '/reports/deals';
  readonly query: DealQuery;
}

export interface ReportInput {
  /** What all numbers are limited to; reports add their own conditions to it. */
  readonly filter: DealQuery;
  readonly clock: Clock;
  /** Sums are in it. */
  readonly currency: string;
  /** Only of `value-by`. */
  readonly dimension: string;
  /** At most so many rows, for reports whose rows have no natural end. */
  readonly limit: number;
}

export interface ReportRows<Row> {
  readonly rows: readonly Row[];
  /** How many deals were counted. */
  readonly n: number;
  /** Rows beyond the limit. */
  readonly omitted?: number;
}

/** One report: its name in the API, what it counts in a sentence, and how. */
export interface Report<Row = unknown> {
  readonly name: string;
  readonly title: string;
  readonly formula: string;
  /** The date that `from` and `to` limit. */
  readonly on: 'created' | 'closed';
  /** Parameters beyond board, from, to, owner, status, timeZone and currency. */
  readonly params: readonly ('dimension' | 'limit' | 'on')[];
  readonly rows: (tables: Tables, input: ReportInput) => ReportRows<Row>;
}

/** A report's answer. */
export interface ReportReply<Row> {
  readonly name: string;
  readonly title: string;
  readonly asOf: number;
  readonly formula: string;
  readonly currency: string;
  readonly period: {
    readonly on: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly timeZone: string;
  };
  readonly n: number;
  readonly omitted: number;
  readonly rows: readonly Row[];
}

/** A drill to the filter's deals that also meet `more`. */
export const drillTo = (filter: DealQuery, more: DealQuery = {}): Drill => ({
  path: '/reports/deals',
  query: { ...filter, ...more },
});

/** Lets only `status` through of what the filter already asks for; null when nothing is left. */
export function withStatus(filter: DealQuery, status: readonly string[]): DealQuery | null {
  const asked = filter.status?.split(',');
  const left = asked === undefined ? status : status.filter((each) => asked.includes(each));
  return left.length === 0 ? null : { ...filter, status: left.join(',') };
}

/** A drill to the filter's deals of one status; to none at all when the filter asks for another. */
export const drillToStatus = (filter: DealQuery, status: 'open' | 'won' | 'lost', more: DealQuery = {}): Drill =>
  drillTo(withStatus(filter, [status]) ?? { ...filter, status: '' }, more);
