import { usualThreshold } from '../duplicates/find-pairs.ts';
import { customFieldList, keysOfRemoved, type CustomField } from '../custom-fields.ts';
import { workspaceCurrency } from '../boards/workspace-currency.node.ts';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import type { FileColumn, FileReading } from './file-reading.ts';
import type { KeyChoice } from './import-nouns.ts';
import { keysOf, type ImportOptions } from './options.ts';
import { recordImportFields } from './record-fields.ts';
import { nameAndCompany, recordKeyOf } from './record-keys.ts';
import type { RecordImport } from './record-import.ts';
import { nameKey } from './name-key.ts';
import { noneDone } from './rows-done.ts';
import { structuralKeys } from '../records/record-type.ts';
import { planRecords, type RecordPlan, type RecordPlanSetting } from './record-plan.node.ts';
import { beginRecordImport } from './record-writes.node.ts';
import type { ImportPlan, ImportSession } from './session.node.ts';

const has = (columns: readonly FileColumn[], ...kinds: readonly string[]): boolean =>
  columns.some(({ key }) => kinds.some((kind) => key === kind || key.startsWith(`${kind}:`)));

/** Ways to recognise a record, of those whose columns are there. */
function keyChoices(main: RecordImport, columns: readonly FileColumn[]): KeyChoice[] {
  const choices: KeyChoice[] = [];
  const add = (label: string, ...key: string[]) => choices.push({ id: key.join('|'), label, key });
  const usual = defaultKey(main, columns);
  const words: Readonly<Record<string, string>> = {
    externalId: 'the id',
    email: 'the e-mail',
    phone: 'phone and name',
    name: 'the name',
    website: 'the site',
    [nameAndCompany]: 'name and company',
  };
  const same = (...keys: readonly string[]) => {
    const said = keys.map((key) => words[key] ?? key).join(', or ');
    const isMany = / and [^,]*$/.test(said);
    add(`${said.charAt(0).toUpperCase()}${said.slice(1)} ${isMany ? 'are' : 'is'} the same`, ...keys);
  };
  if (usual.length > 0) same(...usual);
  const hasName = has(columns, 'name', 'firstName', 'lastName');
  const single =
    main.noun === 'contacts'
      ? ['externalId', 'email', 'phone', ...(hasName ? [nameAndCompany] : [])]
      : ['externalId', 'name', 'website'];
  for (const key of single) if ((key === nameAndCompany || has(columns, key)) && usual.join() !== key) same(key);
  if (main.noun === 'contacts' && has(columns, 'email') && hasName) same('email', nameAndCompany);
  return choices;
}

/** What is the same when nobody says: the id where it came from; of people the e-mail, or phone and name; of companies the name. */
const defaultKey = (main: RecordImport, columns: readonly FileColumn[]): readonly string[] => {
  const wanted = main.noun === 'contacts' ? ['externalId', 'email', 'phone'] : ['externalId', 'name'];
  return wanted.filter((key) => has(columns, key));
};

/** Of some thousand records: enough to know how people write a value, and read within a few milliseconds. */
const distinct = (ws: WorkspaceContext, table: string, column: string): string[] =>
  ws.query
    .all<{ value: string }>(
      `SELECT DISTINCT value FROM (SELECT ${column} AS value FROM ${table}
        WHERE deleted_at IS NULL AND ${column} IS NOT NULL LIMIT 5000)`,
    )
    .map(({ value }) => value);

/** Values of a field that the workspace has, most frequent first. */
function knownValues(
  ws: WorkspaceContext,
  main: RecordImport,
  custom: readonly CustomField[],
  field: string,
): string[] {
  if (field === 'owner') return ws.people.list().map(({ name }) => name);
  if (field === 'company' || field === 'parent') return distinct(ws, 'companies', 'name');
  if (field === 'industry' && main.noun === 'companies') return distinct(ws, 'companies', 'industry');
  if (field === 'source') return distinct(ws, main.type.plural, 'source');
  const spec = main.fields[field]?.spec ?? custom.find(({ key }) => key === field)?.spec;
  return spec && 'options' in spec ? spec.options.map(({ label }) => label) : [];
}

/** Opens an import of records that are documents of their own. */
export async function openRecordImport(
  ws: WorkspaceContext,
  deps: NounDeps,
  main: RecordImport,
  companies: RecordImport,
): Promise<ImportSession> {
  const [custom, companyCustom, removedKeys] = await ws.hub.read('workspace', (doc) => [
    customFieldList(doc, main.type.noun),
    customFieldList(doc, companies.type.noun),
    keysOfRemoved(doc, main.type.noun),
  ]);

  async function plan(
    file: FileReading,
    name: string,
    options: ImportOptions,
    pause: () => Promise<void>,
    done = noneDone,
  ): Promise<ImportPlan> {
    const { columns } = file.about;
    const wanted = options.key === undefined ? defaultKey(main, columns) : keysOf(options);
    const setting: RecordPlanSetting = {
      main,
      companies,
      keys: wanted.map((key) => recordKeyOf(key, main, columns)).filter((key) => key !== null),
      whenThere: options.whenThere,
      whenAlike: options.whenAlike,
      threshold: ws.duplicates.threshold(main.type.noun) ?? usualThreshold,
      custom,
      companyCustom,
      done,
      env: {
        newId: deps.newId,
        now: deps.now(),
        custom: Object.fromEntries([
          ...[...custom, ...companyCustom].map(({ key, spec }) => [key, spec] as const),
          ...columns.flatMap(({ key, spec }) =>
            file.about.makes.some((make) => make.key === key) ? [[key, spec] as const] : [],
          ),
        ]),
        source: `Import of ${name}`,
      },
    };
    const planned = await planRecords(ws, deps, file, setting, pause);
    return {
      created: planned.created,
      updated: planned.updated,
      unchanged: planned.unchanged,
      errors: planned.errors,
      alike: planned.alike,
      also: { stages: [], people: planned.people, fields: file.about.makes, records: companyCounts(planned) },
      begin: (author) => beginRecordImport(ws, deps, author, { file, plan: planned, setting }),
    };
  }

  return {
    noun: main.noun,
    place: { id: '', name: '', doc: '' },
    fields: recordImportFields(main, companies, custom, companyCustom),
    takenKeys: [
      ...Object.keys(main.type.fields),
      ...structuralKeys,
      // Of fields that were removed: their values still stand in the records.
      ...removedKeys,
      'id',
      'name',
      'email',
      'phone',
      'company',
      'board',
    ],
    currency: workspaceCurrency(ws.query),
    knownValues: (field) => knownValues(ws, main, custom, field),
    defaultKey: (columns) => defaultKey(main, columns),
    keyChoices: (columns) => keyChoices(main, columns),
    isKey: (columns, key) => recordKeyOf(key, main, columns) !== null,
    plan,
  };
}

/** Companies that the rows name: those that would be made, and those that are there. */
function companyCounts({ book, ownNames }: RecordPlan): { noun: string; created: number; used: number }[] {
  const isRow = (name: unknown) => ownNames.has(nameKey(String(name ?? '')));
  const named = [...book.all().values()].filter(({ id, draft }) => id !== null || !isRow(draft.values.name));
  const created = named.filter(({ id }) => id === null).length;
  return named.length === 0 ? [] : [{ noun: 'companies', created, used: named.length - created }];
}
