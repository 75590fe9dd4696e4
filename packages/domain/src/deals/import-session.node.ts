import type { FieldSpec, FieldValue } from '@rapport/schema/fields';
import { customFieldList, type CustomField } from '../custom-fields.ts';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import { nameKey } from '../imports/name-key.ts';
import type { ImportOptions } from '../imports/options.ts';
import type { Prepared } from '../imports/prepare.ts';
import { readRow, type ReadRow } from '../imports/read-rows.ts';
import type { ImportPlan, ImportSession } from '../imports/session.node.ts';
import { stagesOf } from './board.ts';
import { dealImportFields } from './import-fields.ts';
import { beginDealImport, type DealImportWork, type NewOption } from './import-writes.node.ts';
import { makeDealPlanner, rowCurrency, titleAndCompany, type DealRow } from './plan-import.ts';
import { readMeta } from './read.ts';
import { dealFields } from './schema.ts';

/** Keys of a card that no custom field may have. */
const ownKeys = [...Object.keys(dealFields), 'place', 'deletedAt', 'movedTo', 'stage', 'status', 'board', 'id'];
const rowsAtOnce = 250;
const productLike = /product|produkt|package|paket|plan|service|leistung|item|artikel/i;

/** Opens an import of deals into a board; null when there is no such board. */
export async function openDealImport(
  ws: WorkspaceContext,
  deps: NounDeps,
  boardId: string | undefined,
): Promise<ImportSession | null> {
  const boards = ws.query.all<{ id: string; doc: string; name: string }>(
    `SELECT id, doc, name FROM boards WHERE ${boardId === undefined ? "kind = 'deals' ORDER BY id" : 'id = ?'}`,
    boardId === undefined ? [] : [boardId],
  );
  // Where none is named: the first that the caller may write to.
  const board = boards.find(({ id }) => ws.accessTo(id) === 'edit') ?? boards[0];
  if (!board) return null;
  const { currency, stages } = await ws.hub.read(board.doc, (doc) => ({
    currency: readMeta(doc).currency,
    stages: stagesOf(doc),
  }));
  const custom = await ws.hub.read('workspace', (doc) => customFieldList(doc, 'deal'));
  const distinct = (column: string) =>
    ws.query
      .all<{ value: string }>(
        `SELECT DISTINCT ${column} AS value FROM deals WHERE board_id = ? AND deleted_at IS NULL AND ${column} IS NOT NULL LIMIT 5000`,
        [board.id],
      )
      .map(({ value }) => value);

  async function plan(prepared: Prepared, options: ImportOptions, pause: () => Promise<void>): Promise<ImportPlan> {
    const columnOf = (key: string) => prepared.columns.find((column) => column.key === key)?.profile.column ?? key;
    const key = keyOf(prepared, options.key);
    const planner = makeDealPlanner({
      boardDoc: board?.doc ?? '',
      stages,
      members: ws.people.list(),
      custom: Object.fromEntries(custom.map((field) => [field.key, field.spec])),
      there:
        key === null
          ? []
          : ws.query.all<DealRow>(`SELECT * FROM deals WHERE board_id = ? AND deleted_at IS NULL`, [board?.id ?? '']),
      key,
      whenThere: options.whenThere,
      titleFrom: titleFrom(prepared, options),
      columnOf,
      now: deps.now(),
    });
    const chooser = makeOptionChooser(custom, deps.newId);
    const skipped = new Set(options.skip);
    const currencyColumn = prepared.columns.find((column) => column.key === 'currency');
    for (const [index, row] of prepared.sheet.rows.entries()) {
      if (index % rowsAtOnce === rowsAtOnce - 1) await pause();
      if (skipped.has(row.row)) continue;
      const cells = edited(prepared, row.cells, options.edits[String(row.row)]);
      const named = currencyColumn && rowCurrency(cells[currencyColumn.profile.index]);
      const { read, errors } = readRow(
        { row: row.row, cells },
        prepared.columns,
        named ?? options.currency ?? currency,
      );
      if (currencyColumn && named === null)
        errors.push({
          row: row.row,
          field: currencyColumn.profile.column,
          message: 'is not an ISO 4217 currency code',
        });
      if (errors.length > 0) planner.refuse(errors);
      else planner.take(chooser.choose(read));
    }
    const planned = planner.finish();
    const made = prepared.makes.map((make) => ({
      ...make,
      options: make.type === 'select' ? choices(prepared, make.column) : [],
    }));
    return {
      created: planned.created,
      updated: planned.updated,
      unchanged: planned.unchanged,
      errors: planned.errors,
      also: { stages: planned.stages, people: planned.people, fields: made },
      begin: beginner(ws, deps, {
        boardDoc: board?.doc ?? '',
        plan: planned,
        fields: made,
        options: chooser.added(),
        onlyEmpty: options.whenThere === 'fill',
      }),
    };
  }

  return {
    noun: 'deals',
    place: board,
    fields: dealImportFields(custom),
    takenKeys: ownKeys,
    currency,
    knownValues(field) {
      if (field === 'company' || field === 'contact' || field === 'source') return distinct(field);
      if (field === 'stage') return stages.map(({ name }) => name);
      if (field === 'owner') return ws.people.list().map(({ name }) => name);
      const spec = custom.find((each) => each.key === field)?.spec;
      return spec && 'options' in spec ? spec.options.map(({ label }) => label) : [];
    },
    isKey: (prepared, key) => keyOf(prepared, key) !== null,
    plan,
  };
}

/** Apart from the planning, so that the whole file is not kept in memory for as long as the import runs. */
const beginner =
  (ws: WorkspaceContext, deps: NounDeps, work: DealImportWork): ImportPlan['begin'] =>
  (author) =>
    beginDealImport(ws, deps, author, work);

/** The field of the chosen key: given as a column, as a field, or as `title+company`. Null: none (or an unknown one). */
function keyOf(prepared: Prepared, key: string | null | undefined): string | null {
  if (key === null || key === undefined) return null;
  if (key === titleAndCompany) return key;
  return (
    prepared.columns.find((column) => column.profile.column === key)?.key ??
    prepared.columns.find((column) => column.key === key)?.key ??
    null
  );
}

/** Where no column is the title: company and product make one, as people would say it. */
function titleFrom(prepared: Prepared, options: ImportOptions): string[] {
  if (options.titleFrom)
    return options.titleFrom.flatMap(
      (name) => prepared.columns.find((column) => column.profile.column === name || column.key === name)?.key ?? [],
    );
  const product = prepared.columns.find(
    ({ profile, spec }) => (spec.type === 'select' || spec.type === 'text') && productLike.test(profile.column),
  );
  return ['company', ...(product ? [product.key] : [])];
}

function edited(prepared: Prepared, cells: readonly string[], edits: Readonly<Record<string, string>> | undefined) {
  if (!edits) return cells;
  return prepared.sheet.columns.map((column, index) =>
    Object.hasOwn(edits, column) ? (edits[column] ?? '').trim() : (cells[index] ?? ''),
  );
}

/** Distinct values of a column, other spellings merged, as options of a new field. */
function choices(prepared: Prepared, column: string): { id: string; label: string }[] {
  const found = prepared.columns.find(({ profile }) => profile.column === column);
  if (!found) return [];
  const values = [...found.profile.counts.keys()].map((value) =>
    Object.hasOwn(found.aliases, value) ? (found.aliases[value] ?? '') : value,
  );
  return [...new Set(values)].filter((value) => value !== '').map((value) => ({ id: value, label: value }));
}

const isClosedList = (spec: FieldSpec): spec is FieldSpec & { type: 'select' | 'multiSelect' } =>
  (spec.type === 'select' || spec.type === 'multiSelect') && spec.open !== true;

/** Values of fields with fixed options: text becomes the option's id; new texts become new options. */
function makeOptionChooser(custom: readonly CustomField[], newId: () => string) {
  const added: NewOption[] = [];
  const byField = new Map(
    custom.flatMap(({ id, key, spec }) =>
      isClosedList(spec)
        ? [
            [
              key,
              {
                id,
                options: new Map(
                  spec.options.flatMap((option) => [
                    [option.id, option.id],
                    [nameKey(option.label), option.id],
                  ]),
                ),
              },
            ] as const,
          ]
        : [],
    ),
  );
  function optionOf(key: string, text: string): string {
    const field = byField.get(key);
    if (!field) return text;
    const known = field.options.get(text) ?? field.options.get(nameKey(text));
    if (known !== undefined) return known;
    const id = newId();
    field.options.set(nameKey(text), id);
    added.push({ fieldId: field.id, option: { id, label: text } });
    return id;
  }
  return {
    added: (): readonly NewOption[] => added,
    choose(read: ReadRow): ReadRow {
      if (byField.size === 0) return read;
      const values: Record<string, FieldValue> = { ...read.values };
      for (const key of byField.keys()) {
        const value = values[key];
        if (typeof value === 'string') values[key] = optionOf(key, value);
        else if (Array.isArray(value)) values[key] = value.map((text: string) => optionOf(key, text));
      }
      return { row: read.row, values };
    },
  };
}
