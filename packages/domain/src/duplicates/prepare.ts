import type { Comparable } from './comparable.ts';
import {
  nameOfCompany,
  namesOfPerson,
  readCode,
  readDate,
  readEmail,
  readPhone,
  readSite,
  wordsOfAddress,
  type Email,
} from './normalize.ts';
import { isPublicDomain } from './public-domains.ts';

export type ComparedNoun = 'contact' | 'company';

export interface CompareOptions {
  readonly noun: ComparedNoun;
  /** ISO 3166 country that telephone numbers without a prefix are from; null: not known. */
  readonly country: string | null;
}

/** A record with everything in the form in which it is compared; made once, compared often. */
export interface Prepared {
  readonly id: string;
  readonly names: readonly string[];
  readonly emails: readonly Email[];
  readonly phones: readonly string[];
  readonly companies: readonly string[];
  readonly sites: readonly string[];
  readonly addresses: readonly (readonly string[])[];
  readonly dates: readonly string[];
  readonly codes: readonly string[];
}

const some = <T>(values: readonly (T | null)[]): T[] => values.filter((value) => value !== null && value !== '') as T[];
const once = <T>(values: readonly T[]): T[] => [...new Set(values)];

export function prepare(record: Comparable, { noun, country }: CompareOptions): Prepared {
  const emails = some((record.emails ?? []).map(readEmail));
  const domains = emails.flatMap(({ domain }) => (domain === '' || isPublicDomain(domain) ? [] : [domain]));
  const sites = some((record.sites ?? []).map(readSite));
  return {
    id: record.id,
    names: noun === 'company' ? record.names.flatMap(nameOfCompany) : namesOfPerson(record.names),
    emails,
    phones: once(some((record.phones ?? []).map((phone) => readPhone(phone, country)))),
    companies: some((record.companies ?? []).map((company) => nameOfCompany(company).join(' '))),
    // A company writes from its own domain; a person's says only where they work.
    sites: once(noun === 'company' ? [...sites, ...domains] : sites),
    addresses: (record.addresses ?? []).map(wordsOfAddress).filter((words) => words.length > 0),
    dates: once(some((record.dates ?? []).map(readDate))),
    codes: once(some((record.codes ?? []).map(readCode))),
  };
}
