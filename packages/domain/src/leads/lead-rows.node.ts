import type { PageAsked } from '../boards/card-routes.ts';
import { makeCardRows, type CardPage } from '../boards/card-rows.node.ts';
import { readCursor } from '../http/keyset.node.ts';
import type { ReadJob } from '../http/workspace-context.node.ts';
import { leadType } from './lead-type.ts';
import { scoreMetSql, scoreSql } from './score-sql.ts';
import { scoreOfMet } from './score.ts';
import type { Weight } from './weights.ts';

const noCase = (column: string) => `coalesce(d.${column}, '') COLLATE NOCASE`;

/** Leads as the API lists and shows them. */
export const leadRows = makeCardRows(leadType, {
  columns: { score: scoreSql('d'), score_met: scoreMetSql('d') },
  filters: {
    source: 'd.source = ?',
    form: 'd.form = ?',
    email: 'd.email = ? COLLATE NOCASE',
    scoreFrom: `${scoreSql('d')} >= CAST(? AS REAL)`,
    scoreTo: `${scoreSql('d')} <= CAST(? AS REAL)`,
  },
  searched: ['d.name', 'd.company_name', 'd.email'],
  sorts: { name: noCase('name'), companyName: noCase('company_name'), source: noCase('source'), score: scoreSql('d') },
  reply: (row) => {
    const { converted_company: company = null, converted_contact: contact = null, converted_deal: deal = null } = row;
    const { score, reasons } = scoreOfMet(JSON.parse(String(row['score_met'] ?? '[]')) as Weight[]);
    return {
      score,
      scoreReasons: reasons,
      consent: typeof row['consent'] === 'string' ? JSON.parse(row['consent']) : {},
      converted: company === null && contact === null && deal === null ? null : { company, contact, deal },
    };
  },
});

/** A page of a list that every lead's score is made for. */
export const readLeadPage: ReadJob<PageAsked, CardPage> = {
  name: 'leads-by-score',
  run(query, { filter, sort, limit, cursor }) {
    const order = leadRows.readSort(sort);
    // The route has checked both.
    const steps = 'unknown' in order ? [] : order.steps;
    const after = cursor === undefined ? null : readCursor(cursor, steps.length);
    return leadRows.page(query, filter, steps, limit, after);
  },
};

/** Whether what is asked takes the score of every lead, not of one page of them. */
export const asksScores = ({ filter, sort }: PageAsked): boolean =>
  filter.scoreFrom !== undefined ||
  filter.scoreTo !== undefined ||
  (sort ?? '').split(',').some((step) => step.replace(/^-/, '') === 'score');
