import { isDateText, isNumberText } from './column-kind.ts';
import { areCountries } from './countries.ts';
import { columnLabel, isIdName } from './column-label.ts';
import type { ColumnProfile } from './profile-columns.ts';
import { nameKey } from './name-key.ts';
import { pointKey, pointNamed, type NamedPoint } from './points.ts';
import { isYesOrNo, optionOf } from './read-rows.ts';
import type { ColumnTarget, ImportField, ImportFields } from './target.ts';

export interface Suggestion {
  readonly column: string;
  readonly target: ColumnTarget;
  /** 0–1: how sure it is. 0 for a field to be made and for columns that are left out. */
  readonly confidence: number;
}

/** What programs put before the name of a field. */
const prefix = /^(?:deal|opportunity|opp|potential|crm|verkaufschance|geschaeft)(?=.)/;

function nameScore(column: string, { spec, synonyms }: ImportField): number {
  const key = nameKey(column);
  const names = [spec.label, ...synonyms].map(nameKey);
  if (names.includes(key)) return 1;
  const bare = key.replace(prefix, '');
  if (bare !== key && names.includes(bare)) return 0.9;
  // “Opportunity id” is not the opportunity's name.
  if (isIdName(column)) return 0;
  const inside = names.filter((name) => name.length >= 5 && key.includes(name)).map((name) => name.length / key.length);
  return inside.length === 0 ? 0 : 0.4 + 0.4 * Math.max(...inside);
}

/** How well a column's values can be what the field holds, 0–1. */
function valueScore({ counts }: ColumnProfile, { spec, isFixed }: ImportField): number {
  const values = [...counts.keys()].slice(0, 200);
  if (values.length === 0) return 1;
  const share = (fits: (text: string) => boolean) => values.filter(fits).length / values.length;
  switch (spec.type) {
    case 'date':
    case 'instant':
      return share((text) => isDateText(text) || /^\d{5}(\.\d+)?$|^\d{9,13}$/.test(text)) >= 0.5 ? 1 : 0;
    case 'money':
    case 'number':
      return share(isNumberText) >= 0.5 ? 1 : 0;
    case 'checkbox':
      return share((text) => isYesOrNo(text)) >= 0.9 ? 1 : 0;
    case 'url':
      return share((text) => /^\S+\.\S+$/.test(text)) >= 0.5 ? 1 : 0;
    case 'person':
    case 'select':
      if (spec.type === 'select' && isFixed === true && share((text) => optionOf(spec, text) !== null) < 0.9) return 0;
      // A column of bare numbers holds ids of another program, not names.
      return share((text) => /^\d+$/.test(text)) >= 0.9 ? 0.3 : 1;
    default:
      return share((text) => /^\d+$/.test(text)) >= 0.9 ? 0.5 : 1;
  }
}

/** `labels`: of the fields that are there, in small letters; two fields of one name could not be told apart. */
function leftover({ kind, column, filled }: ColumnProfile, labels: ReadonlySet<string>): ColumnTarget {
  if (filled === 0) return null;
  const plain = columnLabel(column);
  const label = labels.has(plain.toLowerCase()) ? `${plain} (imported)` : plain;
  switch (kind) {
    case 'empty':
      return null;
    case 'date':
      return { make: 'date', label };
    case 'number':
    case 'money':
      return { make: 'number', label };
    case 'choice':
      return { make: 'select', label };
    case 'text':
      return { make: 'text', label };
  }
}

const surest = 0.5;

const ofCompany = /company|organi[sz]ation|account|firma|unternehmen|kunde/i;

/** How well values can be a point's: addresses have no form, types and codes none that is known. */
function pointScore({ counts }: ColumnProfile, { kind, part }: NamedPoint): number {
  const values = [...counts.keys()].slice(0, 200);
  if (values.length === 0 || part !== 'value' || kind === 'social') return 1;
  const fits = kind === 'email' ? /\S@\S/ : /\d.*\d/;
  return values.filter((text) => fits.test(text)).length / values.length >= 0.3 ? 1 : 0;
}

const countryColumn: NamedPoint = { kind: 'address', type: '', part: 'country', slot: '' };
const emailColumn: NamedPoint = { kind: 'email', type: '', part: 'value', slot: '' };

/** Columns that say by their name (or, for e-mail, by their values) that they are a way to reach the record. */
function suggestPoints(
  columns: readonly ColumnProfile[],
  fields: ImportFields,
): Map<string, { field: string; score: number }> {
  const found = new Map<string, { field: string; score: number }>();
  for (const profile of columns) {
    const named = pointNamed(profile.column);
    const values = [...profile.counts.keys()].slice(0, 200);
    const looksLikeEmail =
      values.length > 0 && values.filter((text) => /^\S+@\S+\.\S+$/.test(text)).length / values.length > 0.9;
    const isPlace =
      named === null &&
      /(?:^|[^\p{L}])(?:location|hq|headquarters?|standort|nation)(?:[^\p{L}]|$)/iu.test(profile.column);
    const point =
      named ??
      (isPlace && areCountries(values)
        ? countryColumn
        : looksLikeEmail && nobodyIn(profile.column, fields)
          ? emailColumn
          : null);
    if (point === null || pointScore(profile, point) === 0) continue;
    // A company's own site is a field of it.
    if (point.kind === 'social' && !nobodyIn(profile.column, fields, 0.9)) continue;
    const prefixes = ofCompany.test(profile.column) ? ['company.', '', 'contact.'] : ['', 'contact.', 'company.'];
    const field = prefixes.map((prefix) => pointKey(point, prefix)).find((key) => Object.hasOwn(fields, key));
    const score = (named ? 0.95 : 0.6) * (profile.filled === 0 ? 0.6 : 1);
    if (field !== undefined) found.set(profile.column, { field, score });
  }
  return found;
}

/** No field has the column's name: “Owner” may hold e-mail addresses and still means the owner. */
const nobodyIn = (column: string, fields: ImportFields, least = surest): boolean =>
  !Object.values(fields).some((field) => field.point === undefined && nameScore(column, field) >= least);

/**
 * Suggests where each column goes, from its name and its values. No two columns go to one field: the better match has
 * it. A column that fits no field becomes one of its own, or is left out when it is empty.
 */
export function suggestMapping(columns: readonly ColumnProfile[], fields: ImportFields): Suggestion[] {
  const points = suggestPoints(columns, fields);
  const pairs = columns.flatMap((column) => {
    if (points.has(column.column)) return [];
    return Object.entries(fields).flatMap(([field, spec]) => {
      if (spec.point) return [];
      const score = nameScore(column.column, spec) * valueScore(column, spec);
      return score >= surest ? [{ column, field, score: column.filled === 0 ? score * 0.6 : score }] : [];
    });
  });
  // Ties go to the column that stands first, so that the same file always gives the same answer.
  pairs.sort((a, b) => b.score - a.score || a.column.index - b.column.index);
  const byColumn = new Map<string, { field: string; score: number }>();
  const taken = new Set<string>();
  for (const { column, field, score } of pairs) {
    if (byColumn.has(column.column) || taken.has(field)) continue;
    byColumn.set(column.column, { field, score });
    taken.add(field);
  }
  const labels = new Set(Object.values(fields).map(({ spec }) => spec.label.toLowerCase()));
  return columns.map((column): Suggestion => {
    const match = points.get(column.column) ?? byColumn.get(column.column);
    if (match) return { column: column.column, target: match.field, confidence: Math.round(match.score * 100) / 100 };
    return { column: column.column, target: leftover(column, labels), confidence: 0 };
  });
}
