import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import type { CustomField } from '../custom-fields.ts';
import { makeCompanyBook, type CompanyBook } from './company-book.ts';
import { pagesOf, type FileReading } from './file-reading.ts';
import { makeReferenceFinder } from './reference-finder.node.ts';
import { makeOptionChooser, type NewOption } from './option-chooser.ts';
import { nameKey } from './name-key.ts';
import type { ImportOptions } from './options.ts';
import { makePeopleFinder, type OwnerRef } from './people-finder.ts';
import type { ReadRow } from './read-rows.ts';
import { draftOf } from './record-draft.ts';
import type { RecordKey } from './record-keys.ts';
import type { RowsDone } from './rows-done.ts';
import { makeMatcher, type Found } from './record-match.ts';
import type { RecordImport } from './record-import.ts';
import {
  changesRecord,
  existingRecords,
  knownRecords,
  problemOf,
  type DraftEnv,
  type KnownRecord,
  type RecordDraft,
} from './record-noun.ts';
import type { RecordType } from '../records/record-type.ts';
import { isCertain } from './likeness.ts';
import { makeAlikeFinder } from './find-alike.node.ts';
import type { AlikeRow } from './alike.ts';
import { reasonText } from '../duplicates/reason-words.ts';
import type { RowError } from './target.ts';

export interface RecordPlanSetting {
  readonly main: RecordImport;
  readonly companies: RecordImport;
  readonly keys: readonly RecordKey[];
  readonly whenThere: ImportOptions['whenThere'];
  /** Custom fields of the main noun, and of companies. */
  readonly custom: readonly CustomField[];
  readonly companyCustom: readonly CustomField[];
  /** For what is made: custom fields that the import makes are among `custom`. */
  readonly env: DraftEnv;
  /** Whether a row that is almost certainly somebody who is there counts as that one. */
  readonly whenAlike: 'match' | 'new';
  /** From which score on a likeness is told. */
  readonly threshold: number;
  /** Rows that were written before a stop of the server. */
  readonly done: RowsDone;
}

/** A row as the second pass needs it: refused and unchanged ones are not asked for. */
export interface RowDraft {
  readonly row: number;
  /** Null: the row names a company and nobody. */
  readonly draft: RecordDraft | null;
  readonly owner: OwnerRef | null;
  /** Mark of the company in the book. */
  readonly company: string | null;
}

export interface RecordPlan {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly errors: readonly RowError[];
  readonly people: readonly string[];
  readonly book: CompanyBook;
  /** Names of companies that are rows themselves, as they are compared: those are not made a second time. */
  readonly ownNames: ReadonlySet<string>;
  readonly options: { readonly main: readonly NewOption[]; readonly companies: readonly NewOption[] };
  /** Rows that are or may be somebody, though no key says so. */
  readonly alike: readonly AlikeRow[];
  /** Rows that are not written: refused, or there already as they are. */
  readonly left: ReadonlySet<number>;
  /** Row → the record that it is. */
  readonly there: ReadonlyMap<number, string>;
  /** Makes of a row what is written; the same each time. */
  readonly read: (row: ReadRow) => RowDraft;
}

const knownAtOnce = 500;
/** Rows that are looked at in one go: a millisecond or two, so that nobody's edit waits for a whole page. */
const rowsAtOnce = 15;

/** Looks at every row: who it is, whether it is there, and what is wrong with it. Writes nothing. */
export async function planRecords(
  ws: WorkspaceContext,
  deps: NounDeps,
  file: FileReading,
  setting: RecordPlanSetting,
  pause: () => Promise<void>,
): Promise<RecordPlan> {
  const { main, companies, whenThere } = setting;
  const columnOf = (key: string) => file.about.columns.find((column) => column.key === key)?.column ?? key;
  const people = makePeopleFinder(ws.people.list());
  const chooser = makeOptionChooser(setting.custom, deps.newId);
  const companyChooser = makeOptionChooser(setting.companyCustom, deps.newId, 'company.');
  const named = makeReferenceFinder(ws.query, setting.custom);
  const companyNamed = makeReferenceFinder(ws.query, setting.companyCustom, 'company.');
  const book = makeCompanyBook();
  const matcher = makeMatcher(main.type, ws.query, setting.keys);
  const companyField = main.noun === 'companies' ? 'parent' : 'company';
  const namesCompanies = file.about.columns.some(
    ({ key }) => key === companyField || key === 'companySite' || key.startsWith('company.'),
  );
  const each = (type: RecordType, field: string | null, visit: (record: KnownRecord) => void) =>
    eachKnown(ws, type, field, pause, visit);
  if (namesCompanies) await each(companies.type, null, ({ id, name, sites }) => book.know(id, name, sites));
  const finder = makeAlikeFinder({ type: main.type, compared: main.compared, query: ws.query });
  if (main.noun === 'companies')
    await each(main.type, null, ({ id, name, sites }) => finder.knowCompany(id, name, sites));
  if (matcher.needsNames) await each(main.type, null, (record) => matcher.know(record, null));
  for (const field of matcher.fields) await each(main.type, field, (record) => matcher.know(record, field));

  function read(row: ReadRow): RowDraft {
    const chosen = companyNamed(named(companyChooser.choose(chooser.choose(row))));
    const refined = main.refine(draftOf(chosen));
    const owner = typeof row.values.owner === 'string' ? people.find(row.values.owner) : null;
    const name = textIn(row, companyField);
    const site = textIn(row, 'companySite') ?? textIn(row, 'company.website');
    const company = name ?? site;
    const companyDraft = main.noun === 'companies' ? emptyDraft : draftOf(chosen, 'company.');
    return {
      row: row.row,
      draft: refined,
      owner,
      company:
        company === null || !namesCompanies
          ? null
          : book.name(company, site ?? undefined, {
              ...companyDraft,
              values: { ...companyDraft.values, name: company },
            }),
    };
  }

  const errors: RowError[] = [];
  const left = new Set<number>();
  const ownNames = new Set<string>();
  const there = new Map<number, string>();
  const count = { created: 0, updated: 0, unchanged: 0 };
  const refuse = (row: number, field: string, message: string) => {
    errors.push({ row, field, message });
    left.add(row);
  };

  /** With what is not known before it is written standing for itself: a new owner differs from every other. */
  const whole = (id: string, draft: RecordDraft, owner: OwnerRef | null, mark: string | null): RecordDraft => {
    const company = mark === null ? undefined : (book.get(mark)?.id ?? mark);
    const values = owner === null ? draft.values : { ...draft.values, owner: 'id' in owner ? owner.id : '?' };
    // Nobody is their own parent.
    if (company === undefined || company === id) return { ...draft, values };
    return main.noun === 'companies'
      ? { ...draft, values: { ...values, parent: company } }
      : { ...draft, values, company };
  };

  function settle({ row, draft, owner, company }: RowDraft, found: Found): void {
    if (draft === null) {
      if (company !== null && main.noun === 'contacts') return;
      return refuse(row, '', 'has no name and no way to reach anybody');
    }
    switch (found.kind) {
      case 'taken':
        return refuse(row, columnOf(found.key.id), `is the same as in row ${found.by}; that row is taken`);
      case 'several':
        return refuse(row, columnOf(found.key.id), `is that of several ${main.noun}; nobody can say which is meant`);
      case 'new': {
        const problem = problemOf(main.type, draft, setting.env);
        if (problem !== null) return refuse(row, '', problem);
        count.created += 1;
        return;
      }
      case 'there': {
        if (ws.accessTo(found.record.id) !== 'edit')
          return refuse(row, '', `is a ${main.type.noun} that you may look at, but not change`);
        there.set(row, found.record.id);
        const isSettled =
          whenThere === 'skip' ||
          !changesRecord(main.type, found.record, whole(found.record.id, draft, owner, company), whenThere);
        if (isSettled) left.add(row);
        count[isSettled ? 'unchanged' : 'updated'] += 1;
      }
    }
  }

  /** Takes rows that are almost certainly somebody for that one, and tells of all likenesses. */
  async function settleAlike(): Promise<AlikeRow[]> {
    const drafts = new Map<number, RowDraft>();
    const compared = (row: ReadRow) => {
      const of = read(row);
      drafts.set(row.row, of);
      return { draft: of.draft, companyName: of.company === null ? null : nameIn(book, of.company) };
    };
    const found = await finder.compare(file, compared, setting.threshold, pause);
    const rowOf = new Map([...there].map(([row, id]) => [id, row]));
    return found.flatMap((each): AlikeRow[] => {
      const { row, record, other } = each;
      // Refused for another reason.
      if (left.has(row)) return [];
      const reasons = each.reasons.filter(({ weight }) => weight > 0).map(({ what, how }) => ({ what, how }));
      const isSure = isCertain(each) && setting.whenAlike === 'match' && setting.keys.length > 0;
      const draft = drafts.get(row);
      const [known] = isSure && record !== null ? existingRecords(ws.query, main.type, [record]) : [];
      const isTaken = isSure && draft !== undefined && (record === null || known !== undefined);
      if (isTaken) {
        count.created -= 1;
        const taken = record === null ? other : rowOf.get(record);
        const why = reasons.map((reason) => reasonText(reason).toLowerCase()).join(', ');
        if (taken != null)
          refuse(row, '', `is almost certainly the same as in row ${taken} (${why}); that row is taken`);
        else if (known) {
          rowOf.set(known.id, row);
          settle(draft, { kind: 'there', record: known });
        }
      }
      return [{ ...each, reasons, isTaken }];
    });
  }

  function look(rows: readonly ReadRow[]): void {
    const drafts = rows.map(read);
    if (main.noun === 'companies')
      for (const { draft } of drafts) ownNames.add(nameKey(String(draft?.values.name ?? '')));
    const asked = drafts.filter(({ draft }) => draft !== null);
    const found = matcher.take(
      asked.map(({ row, draft, company }) => ({
        row,
        draft: draft ?? emptyDraft,
        company: company === null ? null : nameIn(book, company),
      })),
    );
    const byRow = new Map(asked.map(({ row }, at) => [row, found[at] ?? { kind: 'new' as const }]));
    finder.note(
      asked.flatMap(({ row, draft, company }) => {
        const isNew = byRow.get(row)?.kind === 'new' && !setting.done.has(row);
        const name = company === null ? null : nameIn(book, company);
        return draft === null ? [] : [{ row, draft, company: name, isNew }];
      }),
    );
    for (const each of drafts)
      // Those that are written are asked for all the same, so that who comes again further down is found.
      if (setting.done.has(each.row)) left.add(each.row);
      else settle(each, byRow.get(each.row) ?? { kind: 'new' });
  }

  for await (const page of pagesOf(file)) {
    finder.beginPage(Math.min(page.rows[0]?.row ?? Infinity, page.errors[0]?.row ?? Infinity));
    errors.push(...page.errors);
    for (const { row } of page.errors) left.add(row);
    for (let at = 0; at < page.rows.length; at += rowsAtOnce) {
      await pause();
      look(page.rows.slice(at, at + rowsAtOnce));
    }
  }
  const alike = await settleAlike();
  return {
    ...count,
    alike,
    ownNames,
    errors,
    people: people.added,
    book,
    options: { main: chooser.added(), companies: companyChooser.added() },
    left,
    there,
    read,
  };
}

const emptyDraft: RecordDraft = { values: {}, points: [] };
const nameIn = (book: CompanyBook, mark: string): string => String(book.get(mark)?.draft.values.name ?? '');

function textIn({ values }: ReadRow, key: string): string | null {
  const value = values[key];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** Tells of every record of a noun by its name and one field, some at a time. */
export async function eachKnown(
  ws: WorkspaceContext,
  type: RecordType,
  field: string | null,
  pause: () => Promise<void>,
  visit: (record: KnownRecord) => void,
): Promise<void> {
  for (let after = ''; ;) {
    const some = knownRecords(ws.query, type, field, after, knownAtOnce);
    for (const each of some) visit(each);
    const last = some.at(-1);
    if (!last || some.length < knownAtOnce) return;
    after = last.id;
    await pause();
  }
}
