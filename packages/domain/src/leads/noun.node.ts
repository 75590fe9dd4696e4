import type { ComparedRecords } from '../duplicates/compared-records.ts';
import { scoreReadModel } from './score-sql.ts';
import type { Noun } from '../http/workspace-context.node.ts';
import type { Searchable } from '../search/searchable.ts';
import { attendAssignment } from './assigner.node.ts';
import type { ConvertedNouns } from './convert-lead.node.ts';
import { handOverCards } from '../boards/hand-over.node.ts';
import { leadRoutes } from './lead-routes.ts';
import { leadRows } from './lead-rows.node.ts';
import { leadType } from './lead-type.ts';
import { leadOps } from './ops.ts';
import { ruleRoutes } from './rule-routes.ts';
import { makeMatcher } from './matches.node.ts';

/** Leads, as the server knows them; their tables and documents are the boards'. */
export const makeLeads = (parts: {
  /** What a lead becomes. */
  readonly nouns: ConvertedNouns;
  /** How companies and contacts that it may be of are found. */
  readonly compared: readonly ComparedRecords[];
  readonly searchables: readonly Searchable[];
}): Noun => ({
  name: 'leads',
  kinds: [],
  readModel: [
    ...scoreReadModel,
    `CREATE INDEX leads_by_email ON leads (email)`,
    `CREATE INDEX companies_by_domain ON companies (domain)`,
  ],
  rowOwners: { score_weights: 'board_id' },
  onWorkspaceOpened: attendAssignment,
  handOver: (workspace, from, to, { now }) =>
    handOverCards(workspace, { type: leadType, ops: leadOps, rows: leadRows }, from, to, {
      now: now(),
      random: Math.random,
    }),
  routes: (deps) =>
    leadRoutes(deps, parts.nouns, makeMatcher(parts.compared, parts.searchables)).route('/', ruleRoutes(deps)),
});
