import type { ImportField, ImportFields } from './target.ts';
import { select, text } from '@rapport/schema/fields';

/** What a record has several of: ways to reach it. */
export const pointKinds = ['email', 'phone', 'address', 'social'] as const;
export type PointKind = (typeof pointKinds)[number];

export const addressParts = ['street', 'street2', 'city', 'region', 'postalCode', 'country'] as const;
export type AddressPart = (typeof addressParts)[number];

/** Types that a file's columns can say; '' when they say none. */
export const pointTypes: Readonly<Record<PointKind, readonly string[]>> = {
  email: ['', 'work', 'home', 'other'],
  phone: ['', 'work', 'mobile', 'home', 'fax', 'other'],
  address: ['', 'work', 'home', 'billing', 'shipping', 'other'],
  social: ['', 'linkedin', 'twitter', 'facebook', 'instagram', 'xing', 'youtube', 'github', 'skype', 'website'],
};

/** One column of a point: its value, a part of its value, or the column beside it that says its type. */
export interface PointColumn {
  readonly kind: PointKind;
  readonly type: string;
  /** `value` for what stands in one cell; `callingCode` goes before the number of its phone. */
  readonly part: 'value' | 'type' | 'callingCode' | AddressPart;
}

/** A point column with what tells it from others of its kind: `Address 2 city` and `Address 2 street` are one address. */
export interface NamedPoint extends PointColumn {
  readonly slot: string;
}

const typeWords: Readonly<Record<string, string>> = {
  work: 'work',
  business: 'work',
  office: 'work',
  company: 'work',
  geschäftlich: 'work',
  geschaeftlich: 'work',
  arbeit: 'work',
  dienstlich: 'work',
  home: 'home',
  personal: 'home',
  private: 'home',
  privat: 'home',
  mobile: 'mobile',
  mobil: 'mobile',
  handy: 'mobile',
  cell: 'mobile',
  cellphone: 'mobile',
  cellular: 'mobile',
  fax: 'fax',
  pager: 'other',
  other: 'other',
  andere: 'other',
  weitere: 'other',
  secondary: 'other',
  alternate: 'other',
  alternative: 'other',
  additional: 'other',
  billing: 'billing',
  rechnung: 'billing',
  rechnungsadresse: 'billing',
  shipping: 'shipping',
  lieferung: 'shipping',
  lieferadresse: 'shipping',
  mailing: '',
  primary: '',
  main: '',
  default: '',
};
const emailWords = new Set(['email', 'emails', 'mail', 'emailadresse', 'mailadresse', 'emailaddress']);
const phoneWords = new Set(
  'phone phones telephone tel telefon telefonnummer telefonnr phonenumber rufnummer festnetz mobile mobil handy cell cellphone fax pager mobilnummer handynummer'.split(
    ' ',
  ),
);
const networks: Readonly<Record<string, string>> = {
  linkedin: 'linkedin',
  twitter: 'twitter',
  x: 'twitter',
  facebook: 'facebook',
  instagram: 'instagram',
  xing: 'xing',
  youtube: 'youtube',
  github: 'github',
  skype: 'skype',
  website: 'website',
  homepage: 'website',
};
/** What stands beside a network's name: `LinkedIn / Link URL`, `Twitter Username`, `Profile (icq)`. */
const profileWords = new Set(
  'url link links profile profil page username user handle company person in id value'.split(' '),
);
const partWords: Readonly<Record<string, AddressPart>> = {
  street: 'street',
  strasse: 'street',
  straße: 'street',
  road: 'street',
  city: 'city',
  town: 'city',
  village: 'city',
  locality: 'city',
  ort: 'city',
  stadt: 'city',
  state: 'region',
  region: 'region',
  province: 'region',
  county: 'region',
  bundesland: 'region',
  kanton: 'region',
  zip: 'postalCode',
  zipcode: 'postalCode',
  postal: 'postalCode',
  post: 'postalCode',
  postcode: 'postalCode',
  postalcode: 'postalCode',
  postleitzahl: 'postalCode',
  plz: 'postalCode',
  box: 'street2',
  postfach: 'street2',
  country: 'country',
  land: 'country',
};
const addressWords = new Set(['address', 'addresses', 'adresse', 'anschrift']);
/** Words that say nothing of which point it is. */
const filler = new Set(
  'value values type label typ number no nr nummer code name of the person contact organization organisation company account people line full combined formatted und and address adresse addresses firma unternehmen kontakt ansprechpartner kunde customer po'.split(
    ' ',
  ),
);

const wordsOf = (column: string): string[] =>
  column
    .replaceAll(/linkedin|youtube|github/gi, (name) => name.toLowerCase())
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/\be[\s_-]?mail/g, 'email')
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((word) => /^([\p{L}]+?)(\d{1,2})$/u.exec(word)?.slice(1) ?? [word])
    .filter((word) => word !== '');

/**
 * What a column's name says of a point, as other programs name them: `Email 1 - Value`, `email_work`, `Mobile Phone
 * Number`, `Mailing Zip/Postal Code`, `PLZ`. Null when it says none, or more than that (`Email opt out`).
 */
export function pointNamed(column: string): NamedPoint | null {
  const words = wordsOf(column);
  const social = socialNamed(column, words);
  if (social) return social;
  const isEmail = words.some((word) => emailWords.has(word));
  const isPhone = words.some((word) => phoneWords.has(word));
  const kind: PointKind = isEmail ? 'email' : isPhone ? 'phone' : 'address';
  const known = (word: string): boolean =>
    filler.has(word) ||
    word in typeWords ||
    /^\d{1,2}$/.test(word) ||
    (isEmail && emailWords.has(word)) ||
    (isPhone && (phoneWords.has(word) || word === 'calling')) ||
    (kind === 'address' && (word in partWords || addressWords.has(word)));
  if (words.length === 0 || !words.every(known)) return null;
  const part = kind === 'address' ? addressPart(words) : plainPart(words, kind);
  if (part === null) return null;
  // “Company main phone”: what is said last is what it is.
  const types = words.flatMap((word) => (word in typeWords ? [typeWords[word] ?? ''] : []));
  const found = types.findLast((type) => type !== '' && pointTypes[kind].includes(type)) ?? '';
  const number = words.find((word) => /^\d{1,2}$/.test(word) && !saysLine(words)) ?? '';
  const stem = words.filter((word) => word in typeWords).join(' ');
  return { kind, type: found, part, slot: `${kind} ${number} ${stem}` };
}

/** `Address line 2`, `Address 2`, `Street 2`: a line of one address and no second address. */
const saysLine = (words: readonly string[]): boolean =>
  words.includes('line') ||
  (/^[123]$/.test(words.at(-1) ?? '') &&
    (addressWords.has(words.at(-2) ?? '') || partWords[words.at(-2) ?? ''] === 'street'));

function socialNamed(column: string, words: readonly string[]): NamedPoint | null {
  const other = /^profile \((.+)\)$/i.exec(column.trim())?.[1]?.toLowerCase();
  const network = words.flatMap((word) => networks[word] ?? [])[0];
  const isOne =
    network !== undefined &&
    words.every((word) => word in networks || profileWords.has(word) || /^\d{1,2}$/.test(word));
  if (!isOne && other === undefined) return null;
  const type = isOne ? network : '';
  return { kind: 'social', type, part: 'value', slot: `social ${network ?? other ?? ''}` };
}

const saysType = (words: readonly string[]): boolean =>
  words.some((word) => word === 'type' || word === 'label' || word === 'typ');

function plainPart(words: readonly string[], kind: PointKind): PointColumn['part'] | null {
  if (saysType(words)) return 'type';
  if (words.includes('code')) return kind === 'phone' && words.includes('calling') ? 'callingCode' : null;
  return 'value';
}

function addressPart(words: readonly string[]): PointColumn['part'] | null {
  if (saysType(words)) return words.some((word) => addressWords.has(word)) ? 'type' : null;
  const parts = words.flatMap((word) => partWords[word] ?? []);
  const [first] = parts;
  if (saysLine(words)) return /^[23]$/.test(words.at(-1) ?? '') ? 'street2' : 'street';
  if (parts.includes('postalCode')) return 'postalCode';
  // “Billing Code” is how one program calls it.
  if (words.length === 2 && words[1] === 'code' && (words[0] ?? '') in typeWords) return 'postalCode';
  // “State/Region”, “Country/Region”: the first is what is meant.
  if (first !== undefined) return words.includes('code') || words.includes('number') ? null : first;
  return words.some((word) => addressWords.has(word)) && !words.includes('number') ? 'street' : null;
}

const kindLabels: Readonly<Record<PointKind, string>> = {
  email: 'E-mail',
  phone: 'Phone',
  address: 'Address',
  social: 'Profile',
};
const partLabels: Readonly<Record<AddressPart, string>> = {
  street: 'street',
  street2: 'second line',
  city: 'city',
  region: 'state or region',
  postalCode: 'postal code',
  country: 'country',
};

/** The key of a point field: `email`, `phone:mobile`, `address:work/city`; `prefix` is that of another noun, `company.`. */
export const pointKey = ({ kind, type, part }: PointColumn, prefix = ''): string =>
  `${prefix}${kind}${type === '' ? '' : `:${type}`}${part === 'value' ? '' : `/${part}`}`;

/** All fields for the ways to reach a record. Several columns may go to one of them. */
export function pointFields(prefix = '', labelPrefix = ''): ImportFields {
  const fields: Record<string, ImportField> = {};
  const add = (point: PointColumn, label: string) => {
    const shown = labelPrefix === '' ? label : `${labelPrefix} ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
    const spec = point.part === 'type' ? select({ label: shown, options: [], open: true }) : text({ label: shown });
    fields[pointKey(point, prefix)] = { spec, synonyms: [], point };
  };
  for (const kind of pointKinds) {
    const parts = kind === 'address' ? addressParts : (['value'] as const);
    for (const type of pointTypes[kind])
      for (const part of parts) {
        const label = type === '' ? kindLabels[kind] : `${kindLabels[kind]}, ${type}`;
        add({ kind, type, part }, part === 'value' ? label : `${label}, ${partLabels[part]}`);
      }
    if (kind !== 'social') add({ kind, type: '', part: 'type' }, `${kindLabels[kind]}: what type it is`);
  }
  add({ kind: 'phone', type: '', part: 'callingCode' }, 'Phone: calling code');
  return fields;
}
