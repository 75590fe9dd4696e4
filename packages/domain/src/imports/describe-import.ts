import { commonIndustries } from './industries.ts';
import { isUnique } from './profile-columns.ts';
import type { Prepared } from './prepare.ts';
import { findSpellings, type Spellings } from './spellings.ts';
import type { ColumnTarget, ImportFields, RowError } from './target.ts';

/** A column as the wizard shows it. */
export interface DescribedColumn {
  readonly column: string;
  readonly samples: readonly string[];
  /** Rows that have a value. */
  readonly filled: number;
  readonly distinct: number;
  readonly target: ColumnTarget;
  readonly confidence: number;
  readonly kind: string;
  /** Format that was chosen for it, when it has one. */
  readonly format: string | null;
  readonly errors: number;
  /** Every row has its own value: a key by which the file can be imported again. */
  readonly isUnique: boolean;
}

/** Rows that need a look, with all their cells. */
export interface LookRow {
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
}

const looksShown = 300;
const samplesShown = 3;
const sampleLength = 120;

export function describeColumns(prepared: Prepared, errors: readonly RowError[]): DescribedColumn[] {
  const errorsByColumn = new Map<string, number>();
  for (const { field } of errors) errorsByColumn.set(field, (errorsByColumn.get(field) ?? 0) + 1);
  const confidence = new Map(prepared.suggestions.map((each) => [each.column, each]));
  return prepared.profiles.map((profile) => {
    const { column, counts, filled, kind } = profile;
    const read = prepared.columns.find((each) => each.profile === profile);
    const target = prepared.targets.get(column) ?? null;
    const suggested = confidence.get(column);
    return {
      column,
      samples: [...counts.keys()].slice(0, samplesShown).map((text) => text.slice(0, sampleLength).toWellFormed()),
      filled,
      distinct: counts.size,
      target: typeof target === 'string' ? (read?.key ?? target) : target,
      confidence: suggested?.target === target ? suggested.confidence : 0,
      kind,
      format: read?.format ?? null,
      errors: errorsByColumn.get(column) ?? 0,
      isUnique: isUnique(profile, prepared.sheet.rows.length),
    };
  });
}

/** Values that look like one value written in several ways, in columns whose values are names of things. */
export function describeSpellings(prepared: Prepared, known: (field: string) => readonly string[]): Spellings[] {
  const named = new Set(['select', 'multiSelect', 'reference', 'person']);
  return prepared.columns
    .filter(({ spec }) => named.has(spec.type))
    .flatMap(({ profile, key, aliases }) => {
      const counts = new Map<string, number>();
      for (const [value, count] of profile.counts) {
        const as = Object.hasOwn(aliases, value) ? (aliases[value] ?? '') : value;
        if (as !== '') counts.set(as, (counts.get(as) ?? 0) + count);
      }
      return findSpellings(profile.column, counts, known(key), /(?:^|\.)industry$/.test(key) ? commonIndustries : []);
    });
}

export function describeLooks(prepared: Prepared, errors: readonly RowError[]): LookRow[] {
  const byRow = Map.groupBy(errors, ({ row }) => row);
  const looks: LookRow[] = [];
  for (const { row, cells } of prepared.sheet.rows) {
    const found = byRow.get(row);
    if (!found) continue;
    const named: Record<string, string> = Object.create(null) as Record<string, string>;
    for (const [index, column] of prepared.sheet.columns.entries()) named[column] = (cells[index] ?? '').slice(0, 300);
    looks.push({ row, cells: named, errors: found.map(({ field, message }) => ({ field, message })) });
    if (looks.length === looksShown) break;
  }
  return looks;
}

/** What a person can choose as a column's target. */
export interface DescribedField {
  readonly key: string;
  readonly label: string;
  readonly type: string;
  /** Several columns may go to it. */
  readonly isList: boolean;
}

export const describeFields = (fields: ImportFields): DescribedField[] =>
  Object.entries(fields).map(([key, { spec, point }]) => ({
    key,
    label: spec.label,
    type: spec.type,
    isList: point !== undefined,
  }));
