import { comparePair } from '../duplicates/compare.ts';
import type { Pair } from '../duplicates/comparable.ts';
import { readComparables, type ComparedRecords } from '../duplicates/compared-records.ts';
import { prepare, type Prepared } from '../duplicates/prepare.ts';
import { countRarity } from '../duplicates/rarity.ts';
import type { Query } from '../http/query.ts';
import type { RecordType } from '../records/record-type.ts';
import type { FileReading } from './file-reading.ts';
import { blocksOf, comparableOf, nameBlock, normalsOf } from './likeness.ts';
import { findByPoint, type RecordDraft } from './record-noun.ts';
import { makeRowBlocks } from './row-blocks.ts';
import type { ReadRow } from './read-rows.ts';

/** A row with what it is compared by. */
export interface NotedRow {
  readonly row: number;
  readonly draft: RecordDraft;
  /** Name of its company. */
  readonly company: string | null;
  /** Nothing that is there was found by a key: it is asked for. */
  readonly isNew: boolean;
}

/** What a row is most like: a record, or an earlier row. */
export interface Likeness {
  readonly row: number;
  readonly title: string;
  readonly record: string | null;
  readonly other: number | null;
  readonly otherTitle: string;
  readonly score: number;
  readonly reasons: Pair['reasons'];
}

interface Candidates {
  readonly rows: ReadonlySet<number>;
  readonly records: Set<string>;
}

/** Rows that are compared between two turns of the event loop. */
const comparedAtOnce = 20;
const mostRecords = 20;

/**
 * Finds rows that are like a record or an earlier row although no key says so. Rows are told page by page (`note`); only
 * those with an e-mail, a number or a whole name in common with another are read again and compared (`compare`).
 */
export function makeAlikeFinder(setting: { type: RecordType; compared: ComparedRecords; query: Query }) {
  const { type, compared, query } = setting;
  const { noun } = compared;
  const blocks = makeRowBlocks();
  const asked = new Map<number, Candidates>();
  /** The first row of each page, by page. */
  const pageStarts: number[] = [];
  const isEmpty = query.get(`SELECT 1 FROM ${type.plural} LIMIT 1`) === undefined;
  /** Companies that are there, by site and by name without legal form: few enough to know them all. */
  const known = new Map<string, string[]>();

  const titleOf = ({ values }: RecordDraft): string => type.nameOf(values, null);

  /** Records that share something with some rows: text of the row → ids. */
  function recordsOf(rows: readonly NotedRow[]): (row: NotedRow) => string[] {
    const found = new Map<string, string[]>(known);
    const add = (text: string, id: string) => {
      const ids = found.get(text) ?? [];
      if (ids.length < mostRecords) found.set(text, [...ids, id]);
    };
    for (const kind of ['email', 'phone'] as const) {
      const normals = [...new Set(rows.flatMap(({ draft }) => normalsOf(draft, kind)))];
      if (normals.length > 0)
        for (const { text, id } of findByPoint(query, type, kind, normals)) add(`${kind[0]} ${text}`, id);
    }
    if (noun === 'contact') {
      const names = rows.flatMap(({ draft: { values } }) => {
        const [first, last] = [values.firstName, values.lastName];
        return typeof first === 'string' && typeof last === 'string' ? [`${first} ${last}`, `${last} ${first}`] : [];
      });
      const named = query.all<{ id: string; name: string }>(
        `SELECT id, name FROM ${type.plural} WHERE name COLLATE NOCASE IN (SELECT value FROM json_each(?))`,
        [JSON.stringify([...new Set(names)])],
      );
      for (const { id, name } of named) {
        const block = nameBlock(noun, [name]);
        if (block !== null) add(`n ${block}`, id);
      }
    }
    return ({ draft }) => blocksOf(noun, draft).flatMap((text) => found.get(text) ?? []);
  }

  return {
    /** Companies that are there; told before the first rows. */
    knowCompany(id: string, name: string, sites: readonly string[]): void {
      const draft = { values: { name, website: sites[0] ?? '' }, points: [] };
      for (const text of blocksOf('company', draft))
        known.set(text, [...(known.get(text) ?? []), id].slice(0, mostRecords));
    },
    beginPage(firstRow: number): void {
      pageStarts.push(firstRow);
    },
    note(rows: readonly NotedRow[]): void {
      const fresh = rows.filter(({ isNew }) => isNew);
      const recordsFor = isEmpty || fresh.length === 0 ? () => [] : recordsOf(fresh);
      for (const each of rows) {
        const earlier = blocks.take(each.row, blocksOf(noun, each.draft));
        const records = each.isNew ? new Set(recordsFor(each)) : new Set<string>();
        if (each.isNew && (earlier.size > 0 || records.size > 0)) asked.set(each.row, { rows: earlier, records });
      }
    },
    /** What each row is most like, in the order of the file; rows that are like nothing are not there. */
    async compare(
      file: FileReading,
      read: (row: ReadRow) => { readonly draft: RecordDraft | null; readonly companyName: string | null },
      threshold: number,
      pause: () => Promise<void>,
    ): Promise<Likeness[]> {
      if (asked.size === 0) return [];
      const drafts = new Map<number, RecordDraft>();
      const prepared = new Map<number, Prepared>();
      const options = { noun, country: null };
      const needed = new Set([...asked].flatMap(([row, { rows }]) => [row, ...rows]));
      const pages = new Set([...needed].map((row) => pageStarts.findLastIndex((start) => start <= row)));
      for (const nth of [...pages].sort((a, b) => a - b)) {
        const page = await file.page(nth);
        for (const row of page?.rows ?? []) {
          if (!needed.has(row.row)) continue;
          const { draft, companyName } = read(row);
          if (draft === null) continue;
          drafts.set(row.row, draft);
          prepared.set(row.row, prepare(comparableOf(`row ${row.row}`, draft, companyName), options));
        }
        await pause();
      }
      const ids = [...new Set([...asked.values()].flatMap(({ records }) => [...records]))];
      const there = readComparables(query, { ...compared, columns: { ...compared.columns, codes: [] } }, ids);
      const records = new Map([...there].map(([id, each]) => [id, prepare(each, options)]));
      const rarity = countRarity([...prepared.values(), ...records.values()]);
      const found: Likeness[] = [];
      let soFar = 0;
      for (const [row, candidates] of asked) {
        if (++soFar % comparedAtOnce === 0) await pause();
        const [subject, draft] = [prepared.get(row), drafts.get(row)];
        if (subject === undefined || draft === undefined) continue;
        let best: Likeness | null = null;
        const consider = (other: Prepared | undefined, about: Pick<Likeness, 'record' | 'other' | 'otherTitle'>) => {
          if (other === undefined) return;
          const { score, reasons } = comparePair(subject, other, rarity, noun);
          if (score >= threshold && (best === null || score > best.score))
            best = { row, title: titleOf(draft), ...about, score, reasons };
        };
        // Rows first: of two that are as much alike the one in the file is nearer.
        const texts = new Set(blocksOf(noun, draft));
        for (const other of candidates.rows) {
          const of = drafts.get(other);
          // Two texts may fall together without being the same.
          if (of === undefined || !blocksOf(noun, of).some((text) => texts.has(text))) continue;
          consider(prepared.get(other), { record: null, other, otherTitle: titleOf(of) });
        }
        for (const id of candidates.records)
          consider(records.get(id), { record: id, other: null, otherTitle: there.get(id)?.title ?? '' });
        if (best !== null) found.push(best);
      }
      return found;
    },
  };
}
