import { isDateText, isNumberText } from './column-kind.ts';
import { columnLabel, isIdName } from './column-label.ts';
import type { ColumnProfile } from './profile-columns.ts';
import { nameKey } from './name-key.ts';
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
function valueScore({ counts }: ColumnProfile, { spec }: ImportField): number {
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
    case 'person':
    case 'select':
      // A column of bare numbers holds ids of another program, not names.
      return share((text) => /^\d+$/.test(text)) >= 0.9 ? 0.3 : 1;
    default:
      return share((text) => /^\d+$/.test(text)) >= 0.9 ? 0.5 : 1;
  }
}

function leftover({ kind, column, filled }: ColumnProfile): ColumnTarget {
  if (filled === 0) return null;
  const label = columnLabel(column);
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

/**
 * Suggests where each column goes, from its name and its values. No two columns go to one field: the better match has
 * it. A column that fits no field becomes one of its own, or is left out when it is empty.
 */
export function suggestMapping(columns: readonly ColumnProfile[], fields: ImportFields): Suggestion[] {
  const pairs = columns.flatMap((column) => {
    return Object.entries(fields).flatMap(([field, spec]) => {
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
  return columns.map((column): Suggestion => {
    const match = byColumn.get(column.column);
    if (match) return { column: column.column, target: match.field, confidence: Math.round(match.score * 100) / 100 };
    return { column: column.column, target: leftover(column), confidence: 0 };
  });
}
