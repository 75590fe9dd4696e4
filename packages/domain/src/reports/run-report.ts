import type { DealQuery } from './deal-query.ts';
import type { Report, ReportReply, Tables } from './report.ts';
import type { ReportQuery } from './request.ts';

/** A parameter that is understood but not allowed here, by name, worded to follow that name. */
export interface Refusal {
  readonly code: 'invalid' | 'not-found';
  readonly field: string;
  readonly problem: string;
}

/** The team that a query names, as it is now. */
export interface AskedTeam {
  readonly name: string;
  readonly members: readonly string[];
}

/** Runs a report as the API is asked for it. `now` in epoch ms. */
export function runReport(
  tables: Tables,
  report: Report,
  query: ReportQuery,
  now: number,
  team?: AskedTeam,
): { ok: true; reply: ReportReply<unknown> } | { ok: false; refusal: Refusal } {
  const refuse = (field: string, problem: string, code: Refusal['code'] = 'invalid') => ({
    ok: false as const,
    refusal: { code, field, problem },
  });
  for (const name of ['on', 'dimension'] as const)
    if (query[name] !== undefined && !report.params.includes(name))
      return refuse(name, `is not a parameter of ${report.name}`);
  if (report.params.includes('dimension') && query.dimension === undefined) return refuse('dimension', 'is required');
  if (query.from !== undefined && query.to !== undefined && query.from > query.to)
    return refuse('to', 'is before from');
  if (query.team !== undefined && team === undefined) return refuse('team', 'is not a team', 'not-found');
  const board =
    query.board === undefined
      ? null
      : tables.all<{ currency: string }>(`SELECT currency FROM boards WHERE id = ?`, [query.board])[0];
  if (board === undefined) return refuse('board', 'is not a board', 'not-found');
  const on = query.on ?? report.on;
  const filter: DealQuery = {
    ...(query.board === undefined ? {} : { board: query.board }),
    ...(query.owner === undefined ? {} : { owner: query.owner }),
    ...(query.team === undefined ? {} : { team: query.team }),
    ...(query.timeZone === 'UTC' ? {} : { timeZone: query.timeZone }),
    ...(query.status === undefined ? {} : { status: query.status }),
    ...(query.from === undefined ? {} : { [`${on}From`]: query.from }),
    ...(query.to === undefined ? {} : { [`${on}To`]: query.to }),
  };
  const currency = query.currency ?? board?.currency ?? mostUsedCurrency(tables);
  const {
    rows,
    n,
    omitted = 0,
  } = report.rows(tables, {
    filter,
    clock: { now, timeZone: query.timeZone, ...(team === undefined ? {} : { team: team.members }) },
    currency,
    dimension: query.dimension ?? '',
    limit: query.limit,
  });
  const { name, title } = report;
  const formula =
    team === undefined ? report.formula : `${report.formula} Only deals whose owner is in the team ${team.name} now.`;
  const period = { on, from: query.from ?? null, to: query.to ?? null, timeZone: query.timeZone };
  return { ok: true, reply: { name, title, asOf: now, formula, currency, period, n, omitted, rows } };
}

/** Of several boards: the currency that most of them have. */
function mostUsedCurrency(tables: Tables): string {
  const [most] = tables.all<{ currency: string }>(
    `SELECT currency FROM boards WHERE kind = 'deals' GROUP BY currency ORDER BY COUNT(*) DESC, currency LIMIT 1`,
  );
  return most?.currency ?? 'EUR';
}
