import Papa from 'papaparse';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Comparable } from '@rapport/domain/duplicates/comparable';
import { findPairs, usualThreshold } from '@rapport/domain/duplicates/find-pairs';
import { prepare } from '@rapport/domain/duplicates/prepare';
import { countRarity } from '@rapport/domain/duplicates/rarity';

type Row = Readonly<Record<string, string>>;

interface Truth {
  readonly name: string;
  readonly file: string;
  readonly record: (row: Row) => Comparable;
  /** Records with the same one are the same person. */
  readonly person: (row: Row) => string;
}

const cell = (row: Row, name: string): string => (row[name] ?? '').trim();
const cells = (row: Row, ...names: string[]): string[] =>
  names.map((name) => cell(row, name)).filter((text) => text !== '');

const truths: readonly Truth[] = [
  {
    name: 'Febrl, set 1',
    file: 'febrl/dataset1.csv',
    person: (row) => /^rec-(\d+)/.exec(cell(row, 'rec_id'))?.[1] ?? '',
    record: (row) => ({
      id: cell(row, 'rec_id'),
      names: cells(row, 'given_name', 'surname'),
      addresses: [cells(row, 'street_number', 'address_1', 'address_2', 'suburb', 'postcode', 'state').join(' ')],
      dates: cells(row, 'date_of_birth'),
      codes: cells(row, 'soc_sec_id'),
    }),
  },
  {
    name: 'fake_1000',
    file: 'splink-fake1000/fake_1000.csv',
    person: (row) => cell(row, 'cluster'),
    record: (row) => ({
      id: cell(row, 'unique_id'),
      names: cells(row, 'first_name', 'surname'),
      addresses: cells(row, 'city'),
      dates: cells(row, 'dob'),
      emails: cells(row, 'email'),
    }),
  },
];

/** Pairs that are one person: of groups, each with each. */
function pairsIn(groups: Iterable<readonly string[]>): Set<string> {
  const pairs = new Set<string>();
  for (const group of groups)
    for (const [at, a] of group.entries())
      for (const b of group.slice(at + 1)) pairs.add(a < b ? `${a} ${b}` : `${b} ${a}`);
  return pairs;
}

function judge(found: ReadonlySet<string>, truth: ReadonlySet<string>) {
  const right = [...found].filter((pair) => truth.has(pair)).length;
  const precision = right / found.size;
  const recall = right / truth.size;
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

/** Precision and recall on records of which the truth is known, with the defaults that everybody has. */
export function duplicatesTable(): string {
  const lines = ['| records | pairs | precision | recall | F1 | ms |', '| --- | ---: | ---: | ---: | ---: | ---: |'];
  for (const { name, file, record, person } of truths) {
    const path = fileURLToPath(new URL(`../../../shared/data/${file}`, import.meta.url));
    if (!existsSync(path)) continue;
    const { data } = Papa.parse<Row>(readFileSync(path, 'utf8').trim(), {
      header: true,
      transformHeader: (header) => header.trim(),
    });
    const people = [...Map.groupBy(data, person).values()];
    const truth = pairsIn(people.map((rows) => rows.map((row) => record(row).id)));
    const started = performance.now();
    const prepared = data.map((row) => prepare(record(row), { noun: 'contact', country: null }));
    const pairs = findPairs(prepared, { noun: 'contact', rarity: countRarity(prepared), threshold: usualThreshold });
    const ms = performance.now() - started;
    const { precision, recall, f1 } = judge(
      new Set(pairs.map(({ a, b }) => (a < b ? `${a} ${b}` : `${b} ${a}`))),
      truth,
    );
    const share = (value: number) => value.toFixed(3);
    lines.push(
      `| ${name} | ${truth.size} | ${share(precision)} | ${share(recall)} | ${share(f1)} | ${ms.toFixed(0)} |`,
    );
    if (process.env['DUPLICATES_MISSED'] !== undefined) showMissed(pairs, truth, data.map(record));
  }
  return lines.join('\n');
}

/** What was missed and what was wrong, to look at. */
function showMissed(
  pairs: ReturnType<typeof findPairs>,
  truth: ReadonlySet<string>,
  records: readonly Comparable[],
): void {
  const byId = new Map(records.map((record) => [record.id, record]));
  const show = (key: string) => key.split(' ').map((id) => JSON.stringify(byId.get(id)));
  const found = new Set(pairs.map(({ a, b }) => (a < b ? `${a} ${b}` : `${b} ${a}`)));
  for (const key of [...truth].filter((each) => !found.has(each)).slice(0, 30)) console.error('missed', ...show(key));
  for (const pair of pairs.filter(({ a, b }) => !truth.has(a < b ? `${a} ${b}` : `${b} ${a}`)).slice(0, 30))
    console.error('wrong', pair.score.toFixed(2), JSON.stringify(pair.reasons), ...show(`${pair.a} ${pair.b}`));
}
