import type { Query } from '../http/query.ts';
import type { RecordType } from '../records/record-type.ts';
import { nameKey } from './name-key.ts';
import { keyTexts, nameOf, nameText, type RecordKey } from './record-keys.ts';
import {
  existingRecords,
  findByPoint,
  type ExistingRecord,
  type KnownRecord,
  type RecordDraft,
} from './record-noun.ts';

/** A row of which it is asked whether it is there already. */
export interface Asking {
  readonly row: number;
  readonly draft: RecordDraft;
  /** Name of its company, as the row says it. */
  readonly company: string | null;
}

export type Found =
  | { readonly kind: 'new' }
  | { readonly kind: 'there'; readonly record: ExistingRecord }
  | { readonly kind: 'taken'; readonly by: number; readonly key: RecordKey }
  | { readonly kind: 'several'; readonly key: RecordKey };

/** Nobody's name is nobody's: those who have none may be anybody at that number. */
const isSameName = (one: string, other: string): boolean => one !== '' && one === other;
const mark = (key: RecordKey, text: string): string => `${key.id}\n${text}`;

/** Says of rows, a page at a time, which record each is; rows that come twice in the file are found, too. */
export function makeMatcher(type: RecordType, query: Query, keys: readonly RecordKey[]) {
  /** The row of the file that had a text first, with its name. */
  const rows = new Map<string, { readonly row: number; readonly name: string }>();
  /** Names and fields of records that are there: their ids. Ways to reach somebody are looked up as rows need them. */
  const known = new Map<string, string | 'several'>();

  function idsOf(asking: readonly Asking[]): Map<string, readonly string[]> {
    const found = new Map<string, string[]>();
    const add = (key: string, id: string) => {
      const ids = found.get(key) ?? [];
      if (!ids.includes(id)) ids.push(id);
      found.set(key, ids);
    };
    for (const key of keys) {
      const texts = [...new Set(asking.flatMap(({ draft, company }) => keyTexts(key, draft, company)))];
      if (key.by === 'point') {
        for (const { text, id } of findByPoint(query, type, key.kind, texts)) add(mark(key, text), id);
        continue;
      }
      for (const text of texts) {
        const id = known.get(mark(key, text));
        if (id !== undefined) add(mark(key, text), id);
      }
    }
    return found;
  }

  function match(
    { row, draft, company }: Asking,
    found: ReadonlyMap<string, readonly string[]>,
    records: ReadonlyMap<string, ExistingRecord>,
  ): Found {
    const name = nameOf(draft);
    const told = keys.flatMap((key) => keyTexts(key, draft, company).map((text) => ({ key, text })));
    const needsName = (key: RecordKey) => key.by === 'point' && key.kind === 'phone';
    for (const { key, text } of told) {
      const earlier = rows.get(mark(key, text));
      if (earlier && (!needsName(key) || isSameName(earlier.name, name)))
        return { kind: 'taken', by: earlier.row, key };
    }
    let there: ExistingRecord | null = null;
    for (const { key, text } of told) {
      const ids = found.get(mark(key, text)) ?? [];
      if (ids.includes('several')) return { kind: 'several', key };
      const those = ids.flatMap((id) => records.get(id) ?? []);
      const named = needsName(key) ? those.filter((each) => isSameName(nameKey(each.name), name)) : those;
      if (named.length > 1) return { kind: 'several', key };
      there ??= named[0] ?? null;
      if (there !== null) break;
    }
    for (const { key, text } of told) if (!rows.has(mark(key, text))) rows.set(mark(key, text), { row, name });
    return there === null ? { kind: 'new' } : { kind: 'there', record: there };
  }

  return {
    /** Fields by which records are recognised, and whether their names are needed; tell of them with `know` first. */
    fields: keys.flatMap((key) => (key.by === 'field' ? [key.field] : [])),
    needsNames: keys.some(({ by }) => by === 'name'),
    know({ id, name, company, text }: KnownRecord, field: string | null): void {
      for (const key of keys) {
        const said =
          key.by === 'name' && field === null
            ? nameText(nameKey(name), company, key.withCompany)
            : key.by === 'field' && key.field === field
              ? (text?.trim() ?? '')
              : '';
        if (said === '') continue;
        const before = known.get(mark(key, said));
        known.set(mark(key, said), before === undefined || before === id ? id : 'several');
      }
    },
    take(asking: readonly Asking[]): Found[] {
      if (keys.length === 0) return asking.map(() => ({ kind: 'new' }));
      const found = idsOf(asking);
      const ids = new Set([...found.values()].flat());
      const records = new Map(existingRecords(query, type, [...ids]).map((record) => [record.id, record]));
      return asking.map((each) => match(each, found, records));
    },
  };
}
