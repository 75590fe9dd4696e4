import type { ReadJob } from '../http/workspace-context.node.ts';
import type { DealQuery } from './deal-query.ts';
import { dealsBehind } from './deals-behind.ts';
import { reportNamed } from './definitions.ts';
import type { ReportQuery } from './request.ts';
import { runReport, type AskedTeam } from './run-report.ts';

type ReportOutcome = ReturnType<typeof runReport> | null;

/** A report as the API is asked for it; null when there is none of that name. */
export const readReport: ReadJob<
  { readonly name: string; readonly query: ReportQuery; readonly team?: AskedTeam },
  ReportOutcome
> = {
  name: 'report',
  run(tables, { name, query, team }, now) {
    const report = reportNamed(name);
    return report === undefined ? null : runReport(tables, report, query, now, team);
  },
};

interface DealsAsked {
  readonly filter: DealQuery;
  readonly limit: number;
  readonly offset: number;
  /** Members of the team that the filter names. */
  readonly team?: readonly string[];
}

/** The deals behind a number. */
export const readDealsBehind: ReadJob<DealsAsked, ReturnType<typeof dealsBehind>> = {
  name: 'report-deals',
  run: (tables, { filter, limit, offset, team }, now) => dealsBehind(tables, filter, { limit, offset }, now, team),
};
