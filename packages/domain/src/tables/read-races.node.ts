import type { FieldValue } from '@rapport/schema/fields';
import { readValue } from '@rapport/schema/read-value';
import type { Query } from '../http/workspace-context.node.ts';
import { columnOf, type TableDef } from './table-def.ts';
import type { CellRace } from './table-reply.ts';

interface RaceRow {
  readonly record: string;
  readonly id: string;
  readonly field: string;
  readonly kept: string | null;
  readonly kept_by: string;
  readonly other: string | null;
  readonly other_by: string;
  /** What the field is a way to reach somebody by: e-mail or phone, where it is the primary one. */
  readonly kind: string | null;
}

const hasPoints = ({ columns }: TableDef): boolean => columns.some(({ sql }) => sql === 't.email');

/** Open races of these rows, by row and by the key of the cell that shows one of the two values. */
export function racesOf(query: Query, def: TableDef, ids: readonly string[]): Map<string, Record<string, CellRace>> {
  const found = new Map<string, Record<string, CellRace>>();
  const kind = hasPoints(def)
    ? `CASE r.root WHEN 'points' THEN
        (SELECT p.kind FROM contact_points p WHERE p.record = r.record AND p.id = r.field AND p.is_primary = 1) END`
    : 'NULL';
  const rows = query.all<RaceRow>(
    `SELECT r.record, r.id, r.field, r.kept, r.kept_by, r.other, r.other_by, ${kind} AS kind
     FROM json_each(?) j JOIN races r ON r.record = j.value JOIN ${def.table} t ON t.id = r.record AND t.doc = r.doc`,
    [JSON.stringify(ids)],
  );
  for (const row of rows) {
    const keys = [row.kind, def.raceColumns?.[row.field], row.field].filter(
      (key, at, all) => key != null && all.indexOf(key) === at,
    );
    for (const key of keys) {
      const column = key == null ? undefined : columnOf(def, key);
      if (key == null || column?.isEditable !== true) continue;
      const valueOf = (json: string | null): FieldValue | null => {
        const text = def.raceTexts?.[row.field];
        if (text !== undefined)
          return (
            query.get<{ text: string | null }>(`SELECT ${text} AS text FROM ${def.table} t WHERE t.id = :id`, {
              id: row.record,
              value: json,
            })?.text ?? null
          );
        const raw: unknown = json === null ? null : JSON.parse(json);
        const isPoint = row.kind !== null && typeof raw === 'object' && raw !== null && 'value' in raw;
        return readValue(column.spec, isPoint ? raw.value : raw).value;
      };
      const race: CellRace = {
        id: row.id,
        kept: valueOf(row.kept),
        keptBy: row.kept_by,
        other: valueOf(row.other),
        otherBy: row.other_by,
      };
      found.set(row.record, { ...found.get(row.record), [key]: race });
    }
  }
  return found;
}
