import { customFieldList, keysOfRemoved } from '../custom-fields.ts';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import { makeReferenceFinder } from '../imports/reference-finder.node.ts';
import { makeOptionChooser } from '../imports/option-chooser.ts';
import { pagesOf, type FileColumn, type FileReading } from '../imports/file-reading.ts';
import { keysOf, type ImportOptions } from '../imports/options.ts';
import type { ImportPlan, ImportSession } from '../imports/session.node.ts';
import type { RowsDone } from '../imports/rows-done.ts';
import { findRelated, relatedFields } from '../imports/related-records.node.ts';
import { referenceNameSql } from '../records/reference-name.ts';
import { stagesOf } from '../boards/board.ts';
import { dealImportFields } from './import-fields.ts';
import { beginDealImport, type DealImportWork } from './import-writes.node.ts';
import { makeDealPlanner, titleAndCompany, type DealRow } from './plan-import.ts';
import { readMeta } from '../boards/read.ts';
import { dealFields } from './schema.ts';

/** Keys of a card that no custom field may have. */
const ownKeys = [...Object.keys(dealFields), 'place', 'deletedAt', 'movedTo', 'stage', 'status', 'board', 'id'];
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
  const [custom, removedKeys] = await ws.hub.read('workspace', (doc) => [
    customFieldList(doc, 'deal'),
    keysOfRemoved(doc, 'deal'),
  ]);
  const distinct = (column: string) =>
    ws.query
      .all<{ value: string }>(
        `SELECT DISTINCT ${column} AS value FROM deals WHERE board_id = ? AND deleted_at IS NULL AND ${column} IS NOT NULL LIMIT 5000`,
        [board.id],
      )
      .map(({ value }) => value);

  async function plan(
    file: FileReading,
    name: string,
    options: ImportOptions,
    pause: () => Promise<void>,
    done?: RowsDone,
  ): Promise<ImportPlan> {
    const { columns } = file.about;
    const columnOf = (key: string) => columns.find((column) => column.key === key)?.column ?? key;
    const keys = keysOf(options).flatMap((key) => keyOf(columns, key) ?? []);
    const planner = makeDealPlanner({
      boardDoc: board?.doc ?? '',
      stages,
      members: ws.people.list(),
      custom: Object.fromEntries(custom.map((field) => [field.key, field.spec])),
      there:
        keys.length === 0
          ? []
          : ws.query.all<DealRow>(
              `SELECT d.*, ${referenceNameSql('d.company', 'company')} AS company, ${referenceNameSql('d.contact', 'contact')} AS contact
                FROM deals d WHERE board_id = ? AND deleted_at IS NULL`,
              [board?.id ?? ''],
            ),
      keys,
      whenThere: options.whenThere,
      titleFrom: titleFrom(columns, options),
      columnOf,
      now: deps.now(),
      ...(done === undefined ? {} : { done }),
    });
    const chooser = makeOptionChooser(custom, deps.newId);
    const named = makeReferenceFinder(ws.query, custom);
    const related = options.records === 'link' ? await findRelated(ws, deps, pause) : null;
    for await (const { rows, errors } of pagesOf(file)) {
      await pause();
      planner.refuse(errors);
      for (const row of rows) planner.take(named(chooser.choose(related ? related.take(row) : row)));
    }
    const planned = planner.finish();
    return {
      created: planned.created,
      updated: planned.updated,
      unchanged: planned.unchanged,
      errors: planned.errors,
      also: {
        stages: planned.stages,
        people: planned.people,
        fields: file.about.makes,
        records: related?.counts() ?? [],
      },
      begin: beginner(ws, deps, {
        boardDoc: board?.doc ?? '',
        plan: planned,
        fields: file.about.makes,
        options: chooser.added(),
        onlyEmpty: options.whenThere === 'fill',
        related,
        source: `Import of ${name}`,
      }),
    };
  }

  return {
    noun: 'deals',
    place: board,
    fields: { ...dealImportFields(custom), ...relatedFields },
    // Of fields that were removed, too: their values still stand in the deals.
    takenKeys: [...ownKeys, ...removedKeys],
    currency,
    knownValues(field) {
      if (field === 'company' || field === 'contact' || field === 'source') return distinct(field);
      if (field === 'stage') return stages.map(({ name }) => name);
      if (field === 'owner') return ws.people.list().map(({ name }) => name);
      const spec = custom.find((each) => each.key === field)?.spec;
      return spec && 'options' in spec ? spec.options.map(({ label }) => label) : [];
    },
    defaultKey: () => [],
    keyChoices: () => [{ id: titleAndCompany, label: 'Title and company are the same', key: [titleAndCompany] }],
    isKey: (columns, key) => keyOf(columns, key) !== null,
    plan,
  };
}

/** Apart from the planning, so that the whole file is not kept in memory for as long as the import runs. */
const beginner =
  (ws: WorkspaceContext, deps: NounDeps, work: DealImportWork): ImportPlan['begin'] =>
  (author) =>
    beginDealImport(ws, deps, author, work);

/** The field of the chosen key: given as a column, as a field, or as `title+company`. Null: none (or an unknown one). */
function keyOf(columns: readonly FileColumn[], key: string): string | null {
  if (key === titleAndCompany) return key;
  return columns.find(({ column }) => column === key)?.key ?? columns.find((column) => column.key === key)?.key ?? null;
}

/** Where no column is the title: company and product make one, as people would say it. */
function titleFrom(columns: readonly FileColumn[], options: ImportOptions): string[] {
  if (options.titleFrom)
    return options.titleFrom.flatMap(
      (name) => columns.find(({ column, key }) => column === name || key === name)?.key ?? [],
    );
  const product = columns.find(
    ({ column, spec }) => (spec.type === 'select' || spec.type === 'text') && productLike.test(column),
  );
  return ['company', ...(product ? [product.key] : [])];
}
