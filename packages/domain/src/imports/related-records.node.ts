import { isUlid } from '@rapport/doc/ids';
import { companyImport } from '../companies/import-fields.ts';
import { contactImport } from '../contacts/import-fields.ts';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import { makeCompanyBook, type CompanyBook } from './company-book.ts';
import { nameKey } from './name-key.ts';
import type { ReadRow } from './read-rows.ts';
import { draftOf, mergeDrafts } from './record-draft.ts';
import { prefixedFields } from './record-fields.ts';
import { nameOf } from './record-keys.ts';
import { findByPoint, markOfPoint, type DraftEnv, type RecordDraft } from './record-noun.ts';
import { eachKnown } from './record-plan.node.ts';
import { recordBatches, type RecordWrite } from './record-writes.node.ts';
import type { Batch } from './session.node.ts';
import type { ImportFields } from './target.ts';

/** Columns of a deals file about the company and the person of a deal: `contact.email`, `company.industry`. */
export const relatedFields: ImportFields = {
  ...prefixedFields('company.', 'Company', companyImport.fields, [
    'company',
    'account',
    'organization',
    'organisation',
    'firma',
    'unternehmen',
  ]),
  ...prefixedFields('contact.', 'Contact', contactImport.fields, [
    'contact',
    'person',
    'ansprechpartner',
    'kontakt',
    'primary contact',
  ]),
};

/** A person that rows name. */
interface NamedContact {
  readonly id: string | null;
  readonly draft: RecordDraft;
  /** Mark of the company in the book. */
  readonly company: string | null;
}

const textIn = ({ values }: ReadRow, key: string): string | null => {
  const value = values[key];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
};

/**
 * The companies and people that rows of deals name: those that are there by their site, name or e-mail, the others to be
 * made. What is text in `company` and `contact` becomes their ids when the deals are written.
 */
export async function findRelated(ws: WorkspaceContext, deps: NounDeps, pause: () => Promise<void>) {
  const companies: CompanyBook = makeCompanyBook();
  const contacts = new Map<string, NamedContact>();
  /** Name and company's name, or e-mail → mark. */
  const marks = new Map<string, string>();
  const nameMark = (name: string, company: string | null) => `${name}\n${nameKey(company ?? '')}`;
  await eachKnown(ws, companyImport.type, null, pause, ({ id, name, sites }) => companies.know(id, name, sites));
  await eachKnown(ws, contactImport.type, null, pause, ({ id, name, company }) => {
    const key = nameMark(nameKey(name), company);
    if (!marks.has(key)) marks.set(key, id);
  });
  const ids = new Map<string, string>();
  const idOf = (mark: string, there: string | null): string => {
    const id = there ?? ids.get(mark) ?? deps.newId();
    ids.set(mark, id);
    return id;
  };

  function contactOf(row: ReadRow, company: string | null): string | null {
    const draft = draftOf(row, 'contact.');
    const name = textIn(row, 'contact');
    const refined = contactImport.refine(name === null ? draft : { ...draft, values: { name, ...draft.values } });
    if (refined === null) return null;
    const emails = refined.points.flatMap((point) => (point.kind === 'email' ? [markOfPoint(point)] : []));
    const fullName = nameOf(refined);
    const keys = [...emails, ...(fullName === '' ? [] : [nameMark(fullName, textIn(row, 'company'))])];
    const normals = emails.map((email) => email.slice('email '.length));
    const known = keys.map((key) => marks.get(key)).find((mark) => mark !== undefined);
    const there =
      known === undefined && normals.length > 0
        ? findByPoint(ws.query, contactImport.type, 'email', normals)[0]?.id
        : undefined;
    const mark = known ?? there ?? `new ${keys[0] ?? ''}`;
    for (const key of keys) if (!marks.has(key)) marks.set(key, mark);
    const before = contacts.get(mark);
    contacts.set(
      mark,
      before
        ? { ...before, draft: mergeDrafts(before.draft, refined) }
        : { id: mark.startsWith('new ') ? null : mark, draft: refined, company },
    );
    return mark;
  }

  /** Row → what its texts stand for. */
  const rows = new Map<number, { company: string | null; contact: string | null }>();
  return {
    /** Notes what a row names; answers the row without the columns that are about them. */
    take(row: ReadRow): ReadRow {
      const name = textIn(row, 'company');
      const site = textIn(row, 'company.website') ?? textIn(row, 'company.domain');
      const draft = draftOf(row, 'company.');
      const called = name ?? site;
      const company =
        called === null || isUlid(called)
          ? null
          : companies.name(called, site ?? undefined, { ...draft, values: { ...draft.values, name: called } });
      rows.set(row.row, { company, contact: contactOf(row, company) });
      const own = Object.entries(row.values).filter(([key]) => !key.includes('.'));
      const values = Object.fromEntries(own);
      if (name === null && called !== null) values.company = called;
      return { row: row.row, values };
    },
    counts: () => [...countOf('companies', companies.all().values()), ...countOf('contacts', contacts.values())],
    /** Ids in the place of the texts that a row says. */
    idsFor(row: number, set: Readonly<Record<string, unknown>>): { company?: string; contact?: string } {
      const named = rows.get(row);
      const company = named?.company == null || set.company === undefined ? null : companies.get(named.company);
      const contact = named?.contact == null ? null : contacts.get(named.contact);
      return {
        ...(named?.company != null && company ? { company: idOf(named.company, company.id) } : {}),
        ...(named?.contact != null && contact ? { contact: idOf(named.contact, contact.id) } : {}),
      };
    },
    /** Writes those that are not there yet; companies in batches of their own, so that an undo comes to them last. */
    async *batches(env: DraftEnv, needed: ReadonlySet<string>): AsyncGenerator<Batch> {
      const isNeeded = (mark: string, there: string | null): string | null => {
        const id = ids.get(mark);
        return there === null && id !== undefined && needed.has(id) ? id : null;
      };
      const made = { update: null, row: null } as const;
      function* companyWrites(): Generator<RecordWrite> {
        for (const [mark, { id: there, draft }] of companies.all()) {
          const id = isNeeded(mark, there);
          if (id !== null) yield { type: companyImport.type, id, draft, ...made };
        }
      }
      function* contactWrites(): Generator<RecordWrite> {
        for (const [mark, { id: there, draft, company }] of contacts) {
          const id = isNeeded(mark, there);
          const of = company === null ? undefined : (companies.get(company)?.id ?? ids.get(company));
          const linked = of === undefined ? draft : { ...draft, company: of };
          if (id !== null) yield { type: contactImport.type, id, draft: linked, ...made };
        }
      }
      yield* recordBatches(companyWrites(), env);
      yield* recordBatches(contactWrites(), env);
    },
  };
}

export type RelatedRecords = Awaited<ReturnType<typeof findRelated>>;

function countOf(noun: string, named: Iterable<{ readonly id: string | null }>) {
  const all = [...named];
  const created = all.filter(({ id }) => id === null).length;
  return all.length === 0 ? [] : [{ noun, created, used: all.length - created }];
}
