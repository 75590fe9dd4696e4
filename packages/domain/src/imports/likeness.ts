import type { Comparable, Pair } from '../duplicates/comparable.ts';
import type { ComparedNoun } from '../duplicates/prepare.ts';
import { nameOfCompany, namesOfPerson } from '../duplicates/normalize.ts';
import { normalPoint, pointText } from '../records/point.ts';
import { siteKey } from './company-book.ts';
import { textOf } from './record-keys.ts';
import type { RecordDraft } from './record-noun.ts';

/** From here on a row and a record are taken for one, unless the person says otherwise. */
const certainScore = 0.98;

/** What nobody else has by chance: a namesake in the same company has none of it. */
const strong = new Set(['email same', 'phone same', 'date same', 'site same']);

/** Whether a row is taken for a record without asking: likely enough, and for more than a name. */
export const isCertain = ({ score, reasons }: Pick<Pair, 'score' | 'reasons'>): boolean =>
  score >= certainScore && reasons.some(({ what, how, weight }) => weight > 0 && strong.has(`${what} ${how}`));

const nameFields = ['firstName', 'lastName', 'name'] as const;
const textsOf = ({ values }: RecordDraft, fields: readonly string[]): string[] =>
  fields.flatMap((field) => {
    const text = textOf(values[field]);
    return text === null || text === '' ? [] : [text];
  });

const pointsOf = ({ points }: RecordDraft, kind: string): string[] =>
  points.flatMap((point) => (point.kind === kind ? [pointText(point)] : []));

/** A row as it is compared. Ids of other programs are left out: two of them number their records alike. */
export const comparableOf = (id: string, draft: RecordDraft, company: string | null): Comparable => ({
  id,
  names: textsOf(draft, nameFields),
  emails: pointsOf(draft, 'email'),
  phones: pointsOf(draft, 'phone'),
  addresses: pointsOf(draft, 'address'),
  sites: textsOf(draft, ['website', 'domain']),
  dates: textsOf(draft, ['birthday']),
  companies: company === null || company === '' ? [] : [company],
});

/** Ways to reach a row's record, as the read model compares them. */
export const normalsOf = ({ points }: RecordDraft, kind: 'email' | 'phone'): string[] =>
  points.flatMap((point) => {
    const normal = point.kind === kind ? normalPoint(point) : '';
    return normal === '' ? [] : [normal];
  });

/** A name as it is compared before anything else is: in any order, without titles and legal forms. */
export function nameBlock(noun: ComparedNoun, names: readonly string[]): string | null {
  if (noun === 'company') return names.flatMap(nameOfCompany).join(' ') || null;
  const words = namesOfPerson(names);
  // A first name alone is that of many.
  return words.length < 2 ? null : words.toSorted().join(' ');
}

/** What two records must share one of to be compared during an import; the nightly run looks at more. */
export function blocksOf(noun: ComparedNoun, draft: RecordDraft): string[] {
  const name = nameBlock(noun, textsOf(draft, nameFields));
  const sites = textsOf(draft, ['website', 'domain']).flatMap((text) => siteKey(text) ?? []);
  return [
    ...normalsOf(draft, 'email').map((email) => `e ${email}`),
    ...normalsOf(draft, 'phone').map((phone) => `p ${phone}`),
    ...(name === null ? [] : [`n ${name}`]),
    ...(noun === 'company' ? sites.map((site) => `s ${site}`) : []),
  ];
}
