import { mayAct, type Role } from '../people/roles.ts';

/** What an import can bring in. */
export const importNouns = ['deals', 'contacts', 'companies', 'people'] as const;
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

/** A way to tell that a row and a record are the same: fields, tried in their order. `id`: for a list of choices. */
export interface KeyChoice {
  readonly id: string;
  readonly label: string;
  readonly key: readonly string[];
}
