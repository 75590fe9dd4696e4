import type { Json } from '@rapport/doc/json';
import type { ReadRow } from './read-rows.ts';
import { markOfPoint, type RecordDraft } from './record-noun.ts';

/** Columns that say something about another record or person, and are no values of this one. */
const apart = new Set(['company', 'companySite', 'owner', 'currency', 'parent']);
const consentKey = /^(consent|optOut):(.+)$/;

/** A row's values and points of one record: its own (`''`), or those under a prefix (`company.`). */
export function draftOf({ values, points }: ReadRow, prefix = ''): RecordDraft {
  const own = Object.create(null) as Record<string, Json>;
  const consent: Record<string, boolean> = {};
  for (const [key, value] of Object.entries(values)) {
    const dot = key.indexOf('.');
    if (prefix === '' ? dot >= 0 || apart.has(key) : !key.startsWith(prefix)) continue;
    const [, kind, purpose] = consentKey.exec(key.slice(prefix.length)) ?? [];
    if (purpose === undefined) own[key.slice(prefix.length)] = value as Json;
    else consent[purpose] = kind === 'consent' ? value === true : value !== true;
  }
  const draft = { values: own, points: points?.[prefix] ?? [] };
  return Object.keys(consent).length === 0 ? draft : { ...draft, consent };
}

/** Two rows about one record: what the first leaves empty, the second fills. */
export function mergeDrafts(first: RecordDraft, second: RecordDraft): RecordDraft {
  const seen = new Set(first.points.map(markOfPoint));
  return {
    ...second,
    ...first,
    values: { ...second.values, ...first.values },
    points: [...first.points, ...second.points.filter((point) => !seen.has(markOfPoint(point)))],
  };
}

export const isEmptyDraft = ({ values, points }: RecordDraft): boolean =>
  Object.keys(values).length === 0 && points.length === 0;
