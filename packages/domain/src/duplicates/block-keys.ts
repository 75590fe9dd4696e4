import type { Prepared } from './prepare.ts';
import { soundOf } from './similarity.ts';

const pairsIn = (values: readonly string[]): string[] =>
  values.flatMap((one, at) => values.slice(at + 1).map((other) => `${one} ${other}`));
const sounds = ({ names }: Prepared): string[] => [...new Set(names.map(soundOf))].sort();

/**
 * What two records must have in common to be compared at all: any one of these, a function for each kind of key. Kinds
 * are gone through one after another, so that only one's keys are in memory.
 */
export const blockings: readonly ((record: Prepared) => readonly string[])[] = [
  ({ emails }) => emails.map(({ whole }) => whole),
  ({ emails }) => emails.flatMap(({ local }) => (local.length > 3 ? [local] : [])),
  // A slip in an address leaves its beginning or its end as it was.
  ({ emails }) => emails.flatMap(({ whole }) => (whole.length > 9 ? [whole.slice(0, 7)] : [])),
  ({ emails }) =>
    emails.flatMap(({ local, domain }) => (domain === '' ? [] : [`${local.slice(-2)}@${domain.slice(0, 6)}`])),
  ({ phones }) => phones.map((phone) => phone.slice(-8)),
  ({ codes }) => codes,
  ({ sites }) => sites,
  ({ dates }) => dates,
  ({ dates, names }) => dates.flatMap((date) => names.map((name) => `${date.slice(0, 4)} ${soundOf(name)}`)),
  (record) => pairsIn(sounds(record)),
  ({ names }) => (names.length === 1 ? names : []),
  ({ names }) => [names.join('')],
  (record) => record.companies.flatMap((company) => sounds(record).map((sound) => `${company} ${sound}`)),
  (record) =>
    record.addresses.flatMap((words) => words.flatMap((word) => sounds(record).map((sound) => `${word} ${sound}`))),
  ({ addresses }) => addresses.flatMap((words) => pairsIn(words.filter((word) => word.length > 4).sort())),
];
