import type { ReadJob } from '../http/workspace-context.node.ts';
import type { DealQuery } from './deal-query.ts';
import { dealsBehind } from './deals-behind.ts';
import { reportNamed } from './definitions.ts';
import type { ReportQuery } from './request.ts';
import { runReport } from './run-report.ts';

type ReportOutcome = ReturnType<typeof runReport> | null;

/** A report as the API is asked for it; null when there is none of that name. */
export const readReport: ReadJob<{ readonly name: string; readonly query: ReportQuery }, ReportOutcome> = {
  name: 'report',
  run(tables, { name, query }, now) {
    const report = reportNamed(name);
    return report === undefined ? null : runReport(tables, report, query, now);
  },
};

interface DealsAsked {
  readonly filter: DealQuery;
  readonly limit: number;
  readonly offset: number;
}

/** The deals behind a number. */
export const readDealsBehind: ReadJob<DealsAsked, ReturnType<typeof dealsBehind>> = {
  name: 'report-deals',
  run: (tables, { filter, limit, offset }, now) => dealsBehind(tables, filter, { limit, offset }, now),
};
