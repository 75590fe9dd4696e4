import type { FieldSpec } from '@rapport/schema/fields';
import { date, number, select, text } from '@rapport/schema/fields';
import { customFieldKey } from '../custom-fields.ts';
import { columnLabel } from './column-label.ts';
import type { FieldToMake } from './file-reading.ts';
import { nameKey } from './name-key.ts';
import type { ImportOptions } from './options.ts';
import { pointNamed } from './points.ts';
import { profileColumns, type ColumnProfile } from './profile-columns.ts';
import { formatOf, type ReadColumn } from './read-rows.ts';
import type { Sheet } from './sheet.ts';
import { suggestMapping, type Suggestion } from './suggest-mapping.ts';
import type { ColumnTarget, FormatQuestion, ImportFields, MakeableType } from './target.ts';

/** A file whose columns are understood: what is left is to read its rows. */
export interface Prepared {
  readonly sheet: Sheet;
  readonly profiles: readonly ColumnProfile[];
  readonly suggestions: readonly Suggestion[];
  /** Column → where it goes, as it was given or suggested. */
  readonly targets: ReadonlyMap<string, ColumnTarget>;
  readonly columns: readonly ReadColumn[];
  /** Fields that the import makes of columns; the choices of a select are those of its column. */
  readonly makes: readonly Omit<FieldToMake, 'options'>[];
  readonly questions: readonly FormatQuestion[];
  /** What is wrong with the options, by option and name. */
  readonly wrong: Readonly<Record<string, string>>;
}

const specOfMade = (type: MakeableType, label: string): FieldSpec => {
  switch (type) {
    case 'text':
      return text({ label });
    case 'select':
      return select({ label, options: [], open: true });
    case 'number':
      return number({ label });
    case 'date':
      return date({ label });
  }
};

/** A field by its key or, as people write it, by its label. */
function fieldKeyOf(name: string, fields: ImportFields): string | null {
  if (Object.hasOwn(fields, name)) return name;
  const wanted = nameKey(name);
  return Object.entries(fields).find(([, { spec }]) => nameKey(spec.label) === wanted)?.[0] ?? null;
}

/** Decides for each column where it goes and how it is read. `taken`: keys that a new field must not have. */
export function prepare(
  sheet: Sheet,
  fields: ImportFields,
  taken: readonly string[],
  options: Pick<ImportOptions, 'mapping' | 'formats' | 'aliases'>,
  makesNone?: true,
): Prepared {
  const profiles = profileColumns(sheet);
  const suggestions = suggestMapping(profiles, fields).map((each) =>
    makesNone && typeof each.target === 'object' ? { ...each, target: null } : each,
  );
  const wrong = Object.create(null) as Record<string, string>;
  const targets = new Map<string, ColumnTarget>(
    options.mapping === undefined
      ? suggestions.map(({ column, target }) => [column, target])
      : Object.entries(options.mapping),
  );
  for (const option of ['mapping', 'formats', 'aliases'] as const)
    for (const column of Object.keys(options[option] ?? {}))
      if (!sheet.columns.includes(column)) wrong[`${option}.${column}`] = 'is not a column of the file';
  const keys = new Set([...taken, ...Object.keys(fields)]);
  const used = new Map<string, string>();
  const columns: ReadColumn[] = [];
  const makes: Omit<FieldToMake, 'options'>[] = [];
  const questions: FormatQuestion[] = [];
  for (const profile of profiles) {
    const { column } = profile;
    const target = targets.get(column) ?? null;
    if (target === null) continue;
    let key: string | null;
    let spec: FieldSpec | undefined;
    if (typeof target === 'string') {
      key = fieldKeyOf(target, fields);
      spec = key === null ? undefined : fields[key]?.spec;
      if (key === null || !spec) {
        wrong[`mapping.${column}`] = `“${target}” is not a field`;
        continue;
      }
      const point = fields[key]?.point;
      if (point) {
        const slot = pointNamed(column)?.slot ?? `${point.kind} ${column}`;
        columns.push({
          profile,
          key,
          spec,
          format: null,
          aliases: options.aliases[column] ?? {},
          point: { ...point, slot },
        });
        continue;
      }
      const other = used.get(key);
      if (other !== undefined) {
        wrong[`mapping.${column}`] = `goes to ${spec.label}, as “${other}” does; one column a field`;
        continue;
      }
      used.set(key, column);
    } else if (makesNone) {
      wrong[`mapping.${column}`] = 'cannot become a new field here';
      continue;
    } else {
      const label = target.label?.trim() || columnLabel(column);
      key = customFieldKey(label, keys);
      keys.add(key);
      spec = specOfMade(target.make, label);
      makes.push({ column, key, type: target.make, label });
    }
    const { format, question } = formatOf(profile, spec, options.formats[column], spec.label);
    // Nothing can be said of its cells before somebody answers.
    if (question) {
      questions.push(question);
      continue;
    }
    const aliases = options.aliases[column] ?? {};
    const isFixed = fields[key]?.isFixed;
    columns.push({ profile, key, spec, format, aliases, ...(isFixed ? { isFixed } : {}) });
  }
  return { sheet, profiles, suggestions, targets, columns, makes, questions, wrong };
}
