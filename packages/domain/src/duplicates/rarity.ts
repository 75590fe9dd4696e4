import { isNickname } from './nicknames.ts';
import type { Prepared } from './prepare.ts';
import { similarity } from './similarity.ts';

/**
 * How rare a value is among all records: two people called Smith are less likely one than two called Featherstonehaugh,
 * and a number that ten people share is a switchboard.
 */
export interface Rarity {
  /** Bits of evidence in a name, at most `mostBits`. */
  name(name: string): number;
  email(whole: string): number;
  phone(number: string): number;
  company(name: string): number;
  site(host: string): number;
  addressWord(word: string): number;
  /** Whether people with nothing in common are at this address. */
  isSharedAddress(words: readonly string[]): boolean;
}

const mostBits = 10;
/** Of fewer records nothing can be said about how rare something is. */
const leastRecords = 1000;
/** What is known of names before any are counted: as of this many records in which one in 250 has the name. */
const knownNames = { records: 500, having: 2 } as const;

class Counts {
  private readonly counts = new Map<string, number>();
  add(values: Iterable<string>): void {
    for (const value of new Set(values)) this.counts.set(value, (this.counts.get(value) ?? 0) + 1);
  }
  of(value: string): number {
    return this.counts.get(value) ?? 0;
  }
}

/** What more people than these share belongs to none of them: a switchboard, a mailbox for all, an office. */
const mostPeople = 2;
const bitsOfShared = 1;

/** Whose a value is, by names that have nothing in common; a name and its misspelling are one person's. */
class Owners {
  private readonly names = new Map<string, (readonly string[])[]>();
  add(values: Iterable<string>, names: readonly string[]): void {
    if (names.length === 0) return;
    for (const value of new Set(values)) {
      const known = this.names.get(value);
      if (known === undefined) this.names.set(value, [names]);
      else if (known.length <= mostPeople && known.every((each) => haveNothingInCommon(each, names))) known.push(names);
    }
  }
  isShared(value: string): boolean {
    return (this.names.get(value)?.length ?? 0) > mostPeople;
  }
}

const haveNothingInCommon = (as: readonly string[], bs: readonly string[]): boolean =>
  !as.some((a) => bs.some((b) => isNickname(a, b) || similarity(a, b) >= 0.6));

const addressKey = (words: readonly string[]): string => words.join(' ');

/** Counts over all records; those that are compared are among them. */
export function countRarity(records: Iterable<Prepared>): Rarity {
  const names = new Counts();
  const emails = new Counts();
  const phones = new Counts();
  const companies = new Counts();
  const sites = new Counts();
  const addressWords = new Counts();
  const owners = new Owners();
  let total = 0;
  for (const record of records) {
    total += 1;
    const whole = record.emails.map((email) => email.whole);
    names.add(record.names);
    emails.add(whole);
    phones.add(record.phones);
    companies.add(record.companies);
    sites.add(record.sites);
    addressWords.add(record.addresses.flat());
    // Addresses of one word are towns, which nobody takes for their own.
    const addresses = record.addresses.filter((words) => words.length > 1).map(addressKey);
    owners.add([...whole, ...record.phones, ...addresses], record.names);
  }
  const among = Math.max(total, leastRecords);
  const bits = (counts: Counts, value: string): number =>
    Math.min(mostBits, Math.max(0, Math.log2(among / Math.max(1, counts.of(value)))));
  const ofOne = (counts: Counts, value: string): number =>
    owners.isShared(value) ? bitsOfShared : bits(counts, value);
  return {
    name: (name) => Math.min(mostBits, Math.log2((total + knownNames.records) / (names.of(name) + knownNames.having))),
    email: (whole) => ofOne(emails, whole),
    phone: (number) => ofOne(phones, number),
    company: (name) => bits(companies, name),
    site: (host) => bits(sites, host),
    addressWord: (word) => bits(addressWords, word),
    isSharedAddress: (words) => owners.isShared(addressKey(words)),
  };
}
