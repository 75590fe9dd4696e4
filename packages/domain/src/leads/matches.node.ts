import type { ComparedRecords } from '../duplicates/compared-records.ts';
import { usualThreshold } from '../duplicates/find-pairs.ts';
import { makeFindLike } from '../duplicates/read-jobs.node.ts';
import type { ComparedNoun } from '../duplicates/prepare.ts';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import { normalPoint } from '../records/point.ts';
import { indexState } from '../search/find-records.ts';
import type { Searchable } from '../search/searchable.ts';
import { sitesOfLead } from './conversion.ts';
import type { Lead } from './lead.ts';
import type { Match, Matches } from './matches.ts';

const mostOfEach = 5;
const isThere = (alias: string) => `${alias}.deleted_at IS NULL AND ${alias}.merged_into IS NULL`;

/** Finds which companies and contacts a lead may be of: the same e-mail or domain first, then who is much alike. */
export function makeMatcher(compared: readonly ComparedRecords[], searchables: readonly Searchable[]) {
  const job = makeFindLike(compared, searchables);
  const alike = async (
    ws: WorkspaceContext,
    noun: ComparedNoun,
    typed: { names: string[]; emails: string[]; phones: string[]; companies: string[]; sites: string[] },
  ): Promise<Match[]> => {
    const threshold = ws.duplicates.threshold(noun) ?? usualThreshold;
    const asked = { typed: { ...typed, addresses: [] }, country: null, threshold, limit: mostOfEach };
    const found = await ws.read(job, { noun, ...asked, state: indexState(ws.query) });
    return found.map(({ id, title, score, reasons }) => ({
      id,
      title,
      score,
      reasons: reasons.map(({ what, how }) => ({ what, how })),
    }));
  };
  /** Each record once, with what says most of it. */
  const best = (found: readonly Match[]): Match[] => {
    const byId = new Map<string, Match>();
    for (const match of found) if (!byId.has(match.id)) byId.set(match.id, match);
    return [...byId.values()].toSorted((a, b) => b.score - a.score).slice(0, mostOfEach);
  };
  const exact = (rows: readonly { id: string; title: string }[], what: string): Match[] =>
    rows.map((row) => ({ ...row, score: 1, reasons: [{ what, how: 'same' }] }));
  const byEmail = (ws: WorkspaceContext, table: 'companies' | 'contacts', email: string | null): Match[] =>
    email === null
      ? []
      : exact(
          ws.query.all<{ id: string; title: string }>(
            `SELECT r.id, r.name AS title FROM contact_points p JOIN ${table} r ON r.id = p.record
              WHERE p.normal = ? AND p.kind = 'email' AND ${isThere('r')} LIMIT ${mostOfEach}`,
            [normalPoint({ kind: 'email', type: '', value: email })],
          ),
          'email',
        );

  /** Only what the caller may open: a private contact of somebody else is never offered. */
  return async function matchesOf(ws: WorkspaceContext, lead: Lead): Promise<Matches> {
    const sites = sitesOfLead(lead);
    const said = (value: string | null) => (value === null || value.trim() === '' ? [] : [value.trim()]);
    const spellings = sites.flatMap((site) =>
      ['https://', 'http://', 'https://www.', 'http://www.'].flatMap((start) => [
        `${start}${site}`,
        `${start}${site}/`,
      ]),
    );
    const ofSite = exact(
      ws.query.all<{ id: string; title: string }>(
        `SELECT c.id, c.name AS title FROM companies c WHERE ${isThere('c')}
          AND (lower(c.domain) IN (SELECT value FROM json_each(?)) OR lower(c.website) IN (SELECT value FROM json_each(?)))
          LIMIT ${mostOfEach}`,
        [JSON.stringify(sites), JSON.stringify(spellings)],
      ),
      'site',
    );
    const contacts = byEmail(ws, 'contacts', lead.email);
    const [person] = contacts;
    const theirs = person
      ? exact(
          ws.query.all<{ id: string; title: string }>(
            `SELECT c.id, c.name AS title FROM contacts p JOIN companies c ON c.id = p.main_company WHERE p.id = ? AND ${isThere('c')}`,
            [person.id],
          ),
          'company',
        )
      : [];
    const phones = said(lead.phone);
    const emails = said(lead.email);
    const [likeContacts, likeCompanies] = await Promise.all([
      lead.name === null && emails.length === 0
        ? []
        : alike(ws, 'contact', {
            names: said(lead.name),
            emails,
            phones,
            companies: said(lead.companyName),
            sites: [],
          }),
      lead.companyName === null && sites.length === 0
        ? []
        : alike(ws, 'company', { names: said(lead.companyName), emails: [], phones: [], companies: [], sites }),
    ]);
    return {
      company: best([...ofSite, ...theirs, ...byEmail(ws, 'companies', lead.email), ...likeCompanies]),
      contact: best([...contacts, ...likeContacts]),
    };
  };
}

export type Matcher = ReturnType<typeof makeMatcher>;
