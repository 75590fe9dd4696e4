import type { Json } from '@rapport/doc/json';
import type { Patch, RecordWrite } from '@rapport/doc/patch';
import { rootRecord } from '@rapport/doc/records';
import type * as Y from 'yjs';
import { readEmail, readSite } from '../duplicates/normalize.ts';
import { isPublicDomain } from '../duplicates/public-domains.ts';
import { newRecord, type RecordEnv, type RecordResult } from '../records/ops.ts';
import { normalPoint, type Point } from '../records/point.ts';
import { readRecord, type Consent, type Link, type RecordState } from '../records/read-record.ts';
import { roots, type RecordType } from '../records/record-type.ts';
import type { Lead } from './lead.ts';

/** What a lead says of a company or a contact: what a new one begins with, and what one that exists may lack. */
export interface Said {
  readonly values: Readonly<Record<string, Json>>;
  readonly points: readonly Point[];
  readonly links: Readonly<Record<string, Link>>;
  readonly consent: ReadonlyMap<string, Consent>;
}

/** Where the company of a lead is on the web, as far as its website or the domain of its e-mail tell. */
export function sitesOfLead(lead: Pick<Lead, 'website' | 'email'>): string[] {
  const domain = readEmail(lead.email ?? '')?.domain ?? '';
  const sites = [readSite(lead.website ?? ''), domain === '' || isPublicDomain(domain) ? null : domain];
  return [...new Set(sites.filter((site) => site !== null))];
}

const known = (values: Readonly<Record<string, Json | undefined>>): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === null || value === undefined ? [] : [[key, value]])),
  );
const point = (kind: 'email' | 'phone', value: string | null): Point[] =>
  value === null || (kind === 'phone' && !/\d/.test(value)) || (kind === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value))
    ? []
    : [{ kind, type: 'work', value }];

/** Keyed in the way in which lists of one field are called on records. */
const shared = (lead: Lead): Record<string, Json> => ({
  owner: lead.owner,
  source: lead.source,
  tags: lead.labels === null ? null : [...lead.labels],
});

/** What a lead says of its company; its e-mail and phone are the person's where there is a contact. */
export function saidOfCompany(lead: Lead, hasContact: boolean): Said {
  const [site = null] = sitesOfLead(lead);
  const name = lead.companyName ?? site ?? lead.name ?? lead.title ?? 'Unnamed company';
  const address: Point[] =
    lead.country === null ? [] : [{ kind: 'address', type: '', value: { country: lead.country } }];
  return {
    values: known({ name, website: lead.website, domain: site, ...shared(lead) }),
    points: hasContact ? address : [...point('email', lead.email), ...point('phone', lead.phone), ...address],
    links: {},
    consent: hasContact ? new Map() : lead.consent,
  };
}

/** What a lead says of its person. `company` is the id of the one that they are with. */
export function saidOfContact(lead: Lead, type: RecordType, company: string | null): Said {
  const named = type.namedBy(lead.name ?? lead.email ?? lead.phone ?? lead.title ?? '');
  return {
    values: known({ ...named, jobTitle: lead.jobTitle, ...shared(lead) }),
    points: [...point('email', lead.email), ...point('phone', lead.phone)],
    links: company === null ? {} : { [company]: { noun: 'company', role: lead.jobTitle ?? '' } },
    consent: lead.consent,
  };
}

/** A new record of what was said. */
export const planNew = (type: RecordType, said: Said, newId: () => string, env: RecordEnv): RecordResult =>
  newRecord(
    type,
    {
      values: said.values,
      points: Object.fromEntries(said.points.map((each) => [newId(), each])),
      links: said.links,
      consent: Object.fromEntries(said.consent),
    },
    env,
  );

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Names belong together: a record that has one gets no other part. */
const nameParts = ['firstName', 'lastName', 'name'];

/** What a record that exists lacks of what was said; nothing that it has is overwritten. */
export function planFill(type: RecordType, doc: Y.Doc, said: Said, newId: () => string): Patch {
  const state: RecordState = readRecord(type, doc);
  const isNamed = nameParts.some((key) => !isEmpty(state.values[key]));
  const values = Object.fromEntries(
    Object.entries(said.values).filter(
      ([key]) => isEmpty(state.values[key]) && !(isNamed && nameParts.includes(key)) && Object.hasOwn(type.fields, key),
    ),
  );
  const had = new Set([...state.points.values()].map((each) => `${each.kind} ${normalPoint(each)}`));
  const hasAddress = [...state.points.values()].some(({ kind }) => kind === 'address');
  const points = said.points.filter(
    (each) => !had.has(`${each.kind} ${normalPoint(each)}`) && !(each.kind === 'address' && hasAddress),
  );
  const links = Object.entries(said.links).filter(([id]) => !state.links.has(id));
  const consent = [...said.consent].filter(([purpose]) => !state.consent.has(purpose));
  const write = (root: string, entries: readonly (readonly [string, unknown])[]): RecordWrite[] =>
    entries.length === 0 ? [] : [{ root, id: rootRecord, set: Object.fromEntries(entries) as Record<string, Json> }];
  return [
    ...write(roots.fields, Object.entries(values)),
    ...write(
      roots.points,
      points.map((each) => [newId(), { ...each }]),
    ),
    ...write(
      roots.links,
      links.map(([id, link]) => [id, { ...link }]),
    ),
    ...write(
      roots.consent,
      consent.map(([purpose, each]) => [purpose, { ...each }]),
    ),
  ];
}

/** What the lead wrote, as a note on the timeline of whoever it became. */
export function messageNote(lead: Lead, id: string, by: string, now: number): Patch {
  const text = lead.message?.trim() ?? '';
  if (text === '') return [];
  const set = { kind: 'note', at: lead.createdAt ?? now, by, text };
  return [{ root: roots.timeline, id, create: true, set }];
}
