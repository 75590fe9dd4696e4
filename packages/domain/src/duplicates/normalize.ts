import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import { wordsIn } from '../search/words.ts';

const fold = (text: string): string[] => wordsIn(text).map(({ folded }) => folded);

const honorifics = new Set('mr mrs ms miss dr prof sir herr frau mme mlle sr sra jr dipl ing phd mba'.split(' '));

/** A person's names without titles, in the order given; letters that stray blanks parted stay parted. */
export function namesOfPerson(names: readonly string[]): string[] {
  const all = names.flatMap(fold);
  const without = all.filter((name) => !honorifics.has(name));
  return without.length > 0 ? without : all;
}

const legalForms = new Set(
  `inc incorporated corp corporation co company ltd limited llc llp lp plc gmbh mbh ag kg kgaa ohg ug se sa sas sarl srl spa
   nv bv ab as asa oy oyj aps pty pte kk kft zrt doo sro spol ltda eirl the and und et e y of group holding holdings
   international`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** A company's name without legal form and filler; all of it where nothing else is left. */
export function nameOfCompany(name: string): string[] {
  // Letters with dots are one form: S.A., G.m.b.H.
  const words = fold(name.replaceAll(/\b(\p{L})\.(?=\p{L}\b)/gu, '$1'));
  const without = words.filter((word) => !legalForms.has(word));
  return without.length > 0 ? without : words;
}

export interface Email {
  /** Lower case, without what a provider ignores. */
  readonly whole: string;
  readonly local: string;
  readonly domain: string;
}

const dotless = new Set(['gmail.com', 'googlemail.com']);

/** Null for what holds no letters or digits. An address with a slip in it is kept as it is, to be compared. */
export function readEmail(text: string): Email | null {
  const whole = text.trim().toLowerCase().replaceAll(/\s+/g, '');
  if (!/[\p{L}\p{N}]/u.test(whole)) return null;
  const at = whole.lastIndexOf('@');
  if (at < 1) return { whole, local: whole, domain: '' };
  const domain = whole.slice(at + 1).replace(/^www\./, '');
  const plus = whole.slice(0, at).replace(/\+.*$/, '') || whole.slice(0, at);
  const local = dotless.has(domain) ? plus.replaceAll('.', '') : plus;
  return { whole: `${local}@${domain}`, local, domain };
}

/** E.164 where it is a number that can be; else its digits. `country` is where numbers without a prefix are from. */
export function readPhone(text: string, country: string | null): string | null {
  const parsed = parsePhoneNumberFromString(text, (country ?? undefined) as CountryCode | undefined);
  if (parsed?.isPossible() === true) return parsed.number;
  const digits = fold(text.replace(/(?:ext?|x)\.?\s*\d+\s*$/i, ''))
    .join('')
    .replaceAll(/\D/g, '');
  return digits.length >= 6 ? digits.replace(/^0+/, '') : null;
}

/** The host of a web address, without `www.`; null when it has none. */
export function readSite(text: string): string | null {
  const host = /^(?:[a-z]+:\/\/)?(?:[^@/\s]*@)?([^/:?#\s]+\.[^/:?#\s]+)/i.exec(text.trim())?.[1]?.toLowerCase();
  return host === undefined ? null : host.replace(/^www\./, '').replace(/\.$/, '');
}

const addressWords: Readonly<Record<string, string>> = {
  street: 'st',
  strasse: 'st',
  str: 'st',
  avenue: 'av',
  ave: 'av',
  road: 'rd',
  crescent: 'cr',
  cres: 'cr',
  circuit: 'cct',
  place: 'pl',
  drive: 'dr',
  court: 'ct',
  lane: 'ln',
  boulevard: 'bd',
  blvd: 'bd',
  square: 'sq',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
};

export const wordsOfAddress = (address: string): string[] =>
  fold(address).map((word) => (Object.hasOwn(addressWords, word) ? (addressWords[word] ?? word) : word));

/** Digits and letters of a code, without what parts them. */
export const readCode = (code: string): string => fold(code).join('');

/** Eight digits, year first, where it is a date of that form; else its digits. */
export function readDate(text: string): string | null {
  const digits = text.replaceAll(/\D/g, '');
  return digits.length >= 6 ? digits : null;
}
