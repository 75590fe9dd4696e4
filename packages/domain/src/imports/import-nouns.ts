import { mayAct, type Role } from '../people/roles.ts';

/** What an import can bring in. */
const importNouns = ['deals', 'contacts', 'companies', 'people'] as const;
export type ImportNoun = (typeof importNouns)[number];

interface NounWords {
  readonly one: string;
  readonly many: string;
  /** As a choice of the wizard. */
  readonly label: string;
}

export const nounWords: Readonly<Record<ImportNoun, NounWords>> = {
  deals: { one: 'deal', many: 'deals', label: 'Deals' },
  contacts: { one: 'contact', many: 'contacts', label: 'Contacts' },
  companies: { one: 'company', many: 'companies', label: 'Companies' },
  people: { one: 'person', many: 'people', label: 'Members' },
};

/** Those that somebody may import: members of the workspace are an admin's to bring in. */
export const importNounsFor = (role: Role): readonly ImportNoun[] =>
  mayAct(role, 'admin') ? importNouns : importNouns.filter((noun) => noun !== 'people');

export const isImportNoun = (raw: unknown): raw is ImportNoun => (importNouns as readonly unknown[]).includes(raw);

/** What a file's name says about its rows: `contacts-2026.csv`, `all-companies.xlsx`, `ada.vcf`, `sales_teams.csv`. Null when nothing. */
export function nounOfFile(name: string): ImportNoun | null {
  if (/\.vcf$|\.vcard$|contact|people|person|kontakt|ansprechpartner/i.test(name)) return 'contacts';
  if (/(?:^|[^a-z])(?:(?:sales)?teams?|staff|employees|members|users|agents|mitarbeiter)(?=[^a-z]|$)/i.test(name))
    return 'people';
  if (/compan|account|organi[sz]ation|firmen|unternehmen/i.test(name)) return 'companies';
  return /deal|opportunit|pipeline|potential/i.test(name) ? 'deals' : null;
}

/** Columns that only the rows of one noun have, whatever tool wrote the file. */
const columnsOf: readonly (readonly [ImportNoun, RegExp])[] = [
  ['deals', /deal|opportunit|pipeline|probability|close date|won|lost|^(?:amount|betrag|abschlussdatum)$/],
  ['contacts', /^(?:first|last|given|family|full) ?name$|^(?:surname|forename|vorname|nachname)$|^job ?title$/],
  ['companies', /^(?:industry|branche|employees|number of employees|annual revenue)$/],
];

/** What the names of a file’s columns say about its rows: of deals first, which name people and companies, too. Null when nothing. */
export function nounOfColumns(columns: readonly string[]): ImportNoun | null {
  const plain = columns.map((column) =>
    column
      .toLowerCase()
      .replaceAll(/[_\s-]+/g, ' ')
      .trim(),
  );
  return columnsOf.find(([, sign]) => plain.some((column) => sign.test(column)))?.[0] ?? null;
}

/** A way to tell that a row and a record are the same: fields, tried in their order. `id`: for a list of choices. */
export interface KeyChoice {
  readonly id: string;
  readonly label: string;
  readonly key: readonly string[];
}
