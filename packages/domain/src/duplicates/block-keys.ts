import type { Prepared } from './prepare.ts';
import { soundOf } from './similarity.ts';

/** What two records must have in common to be compared at all: any one of these. */
export function blockKeys(record: Prepared): Set<string> {
  const keys = new Set<string>();
  const add = (kind: string, value: string) => void (value !== '' && keys.add(`${kind} ${value}`));
  for (const { whole, local, domain } of record.emails) {
    add('email', whole);
    if (local.length > 3) add('local', local);
    // A slip in it leaves its beginning or its end as it was.
    if (whole.length > 9) {
      add('begin', whole.slice(0, 7));
      add('end', `${local.slice(-2)}@${domain.slice(0, 6)}`);
    }
  }
  for (const phone of record.phones) add('phone', phone.slice(-8));
  for (const code of record.codes) add('code', code);
  for (const site of record.sites) add('site', site);
  for (const date of record.dates) {
    add('date', date);
    for (const name of record.names) add('date name', `${date.slice(0, 4)} ${soundOf(name)}`);
  }
  const sounds = [...new Set(record.names.map(soundOf))].sort();
  for (const [at, sound] of sounds.entries())
    for (const other of sounds.slice(at + 1)) add('sound', `${sound} ${other}`);
  if (record.names.length === 1) add('name', record.names[0] ?? '');
  add('joined', record.names.join(''));
  for (const company of record.companies)
    for (const name of record.names) add('company', `${company} ${soundOf(name)}`);
  for (const words of record.addresses) {
    for (const name of record.names) for (const word of words) add('address name', `${word} ${soundOf(name)}`);
    const rare = words.filter((word) => word.length > 4).sort();
    for (const [at, word] of rare.entries()) for (const other of rare.slice(at + 1)) add('address', `${word} ${other}`);
  }
  return keys;
}
