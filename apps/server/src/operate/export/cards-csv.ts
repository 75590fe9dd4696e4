import { isUlid } from '@rapport/doc/ids';
import { customFieldsOf } from '@rapport/domain/custom-fields';
import type { CardRow, CardRows } from '@rapport/domain/boards/card-rows.node';
import type { CardType } from '@rapport/domain/boards/card-type';
import { anySurvivorSql } from '@rapport/domain/records/survivor-sql';
import { minorToDecimal } from '@rapport/schema/currency';
import type { FieldSpec, FieldSpecs, Money, Planned } from '@rapport/schema/fields';
import type { Database } from 'better-sqlite3';
import Papa from 'papaparse';
import * as Y from 'yjs';
import { readSteps } from '../read-log.ts';

/** Spreadsheets take a file without it for one in their own, older encoding. */
const byteOrderMark = '\uFEFF';

/**
 * All cards of one kind that are not deleted, as CSV for spreadsheets: columns under their labels, people, records and stages by name, money
 * as decimal with its currency beside it, days as YYYY-MM-DD, instants in UTC. Text that a spreadsheet would run as a
 * formula is kept from it by a leading apostrophe. In pieces.
 */
export function* cardsCsv(
  database: Database,
  people: ReadonlyMap<string, string>,
  { type, rows, board }: { readonly type: CardType; readonly rows: CardRows; readonly board: string },
): Generator<string> {
  const custom = customFieldsIn(database, type.noun);
  const names = namesOf(database);
  const recordName = recordNames(database);
  const fields: [string, FieldSpec][] = [...Object.entries(type.fields), ...Object.entries(custom)];
  const head = ['Id', board, 'Stage', 'Status', ...fields.flatMap(([, spec]) => labelsOf(spec))];
  yield byteOrderMark + line(head);
  const cards = database
    .prepare<[], CardRow>(
      `${rows.select} ${rows.from} WHERE d.deleted_at IS NULL ORDER BY d.board_id, s.rank, d.rank, d.id`,
    )
    .iterate();
  for (const row of cards) {
    const card = rows.reply(row);
    const own = card['custom'] as Readonly<Record<string, unknown>>;
    const cells = fields.flatMap(([key, spec]) =>
      cellsOf(spec, key in type.fields ? card[key] : own[key], people, recordName),
    );
    const place = [row.id, names.boards.get(row.board_id) ?? '', names.stages.get(stageKey(row)) ?? 'Unassigned'];
    yield line([...place, rows.statuses[row.status], ...cells]);
  }
}

/** The definitions as the workspace's document has them, from its log. */
export function customFieldsIn(database: Database, noun: string): FieldSpecs {
  const doc = new Y.Doc();
  for (const { entry, isSound } of readSteps(database, 'main', 'workspace'))
    if (isSound) Y.applyUpdate(doc, entry.update);
  const fields = customFieldsOf(doc, noun);
  doc.destroy();
  return fields;
}

function namesOf(database: Database) {
  const boards = database.prepare<[], { id: string; name: string }>('SELECT id, name FROM boards').all();
  const stages = database
    .prepare<[], { board_id: string; id: string; name: string }>(
      'SELECT board_id, id, name FROM stages WHERE deleted_at IS NULL',
    )
    .all();
  return {
    boards: new Map(boards.map(({ id, name }) => [id, name])),
    stages: new Map(stages.map(({ board_id, id, name }) => [stageKey({ board_id, stage_id: id }), name])),
  };
}

/** What a record is called that a field names by its id, as long as there is one; else what stands there. */
function recordNames(database: Database): (value: string) => string {
  const find = database
    .prepare<[{ id: string }], string>(
      `WITH found AS (SELECT ${anySurvivorSql(':id')} AS id)
       SELECT name FROM companies JOIN found USING (id) UNION ALL SELECT name FROM contacts JOIN found USING (id)
       UNION ALL SELECT title FROM deals WHERE id = :id`,
    )
    .pluck();
  const known = new Map<string, string>();
  return (value) => {
    if (!isUlid(value)) return value;
    const name = known.get(value) ?? find.get({ id: value }) ?? value;
    known.set(value, name);
    return name;
  };
}

const stageKey = ({ board_id, stage_id }: { board_id: string; stage_id: string }) => `${board_id} ${stage_id}`;

function labelsOf({ type, label }: FieldSpec): string[] {
  if (type === 'money') return [label, `${label} currency`];
  if (type === 'planned') return [label, `${label} due`];
  return [label];
}

type Cell = string | number;

/** A value as its cells. Anybody may have written a custom value: what is not of its type is shown as JSON. */
function cellsOf(
  spec: FieldSpec,
  value: unknown,
  people: ReadonlyMap<string, string>,
  recordName: (id: string) => string,
): Cell[] {
  if (value == null) return labelsOf(spec).map(() => '');
  switch (spec.type) {
    case 'money': {
      const { minor, currency } = value as Partial<Money>;
      return typeof minor === 'number' && typeof currency === 'string'
        ? [asNumber(minorToDecimal(minor, currency)), currency]
        : [JSON.stringify(value), ''];
    }
    case 'planned': {
      const { what, due } = value as Partial<Planned>;
      return [String(what ?? ''), String(due ?? '')];
    }
    case 'instant':
      return [typeof value === 'number' && Number.isFinite(value) ? isoOf(value) : JSON.stringify(value)];
    case 'person':
      return [people.get(String(value)) ?? String(value)];
    case 'reference':
      return [recordName(String(value))];
    case 'select':
      return [optionLabel(spec.options, value)];
    case 'multiSelect':
      return [
        Array.isArray(value) ? value.map((each) => optionLabel(spec.options, each)).join('; ') : JSON.stringify(value),
      ];
    default:
      return [typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)];
  }
}

const optionLabel = (options: readonly { id: string; label: string }[], value: unknown): string =>
  options.find(({ id }) => id === value)?.label ?? String(value);

/** A negative amount is a number, not a formula: only text is kept from being run. */
const asNumber = (decimal: string): number | string =>
  Number.isSafeInteger(Math.trunc(Number(decimal))) ? Number(decimal) : decimal;

const isoOf = (at: number): string => {
  const then = new Date(at);
  return Number.isNaN(then.getTime()) ? String(at) : then.toISOString();
};

const line = (cells: readonly Cell[]): string =>
  `${Papa.unparse([[...cells]], { escapeFormulae: true, newline: '\r\n' })}\r\n`;
