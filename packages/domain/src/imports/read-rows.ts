import type { FieldSpec, FieldValue, SelectField } from '@rapport/schema/fields';
import { readValue } from '@rapport/schema/read-value';
import { chooseFormat, type Choice } from './choose-format.ts';
import { isNoValue } from './column-kind.ts';
import { dateFormats, readDate, type DateFormat } from './date-format.ts';
import { decimalToMinor, numberFormats, readNumber, type NumberFormat } from './number-format.ts';
import { nameKey } from './name-key.ts';
import type { NamedPoint } from './points.ts';
import type { ColumnProfile } from './profile-columns.ts';
import { readPoints, type PointCell, type ReadPoint } from './read-points.ts';
import type { FormatQuestion, RowError } from './target.ts';

/** A column with the field that it fills and the format in which it is read. */
export interface ReadColumn {
  readonly profile: ColumnProfile;
  /** Key under which the values are found in the read rows. */
  readonly key: string;
  readonly spec: FieldSpec;
  readonly format: DateFormat | NumberFormat | null;
  /** Values to be read as others: `{"GTXPro": "GTX Pro"}`. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly isFixed?: true;
  /** Of a way to reach the record: what of it the column holds. */
  readonly point?: NamedPoint;
}

const formatLabels: Readonly<Record<DateFormat | NumberFormat, string>> = {
  ymd: 'Year, month, day',
  dmy: 'Day, month, year',
  mdy: 'Month, day, year',
  serial: 'Day number of a spreadsheet',
  epochMs: 'Milliseconds since 1970',
  epochSeconds: 'Seconds since 1970',
  decimalPoint: '1,234.50: point before the decimals',
  decimalComma: '1.234,50: comma before the decimals',
};

const isTemporal = (spec: FieldSpec): boolean => spec.type === 'date' || spec.type === 'instant';
const isNumeric = (spec: FieldSpec): boolean => spec.type === 'number' || spec.type === 'money';

const isDateFormat = (format: unknown): format is DateFormat => (dateFormats as readonly unknown[]).includes(format);
const isNumberFormat = (format: unknown): format is NumberFormat =>
  (numberFormats as readonly unknown[]).includes(format);

/** The format of a column from all of its values, or the question that only a person can answer. Null: it needs none. */
export function formatOf(
  profile: ColumnProfile,
  spec: FieldSpec,
  given: string | undefined,
  field: string,
): { format: DateFormat | NumberFormat | null; question?: FormatQuestion } {
  const values = [...profile.counts.keys()].filter((text) => !isNoValue(text));
  if (isTemporal(spec)) {
    if (isDateFormat(given)) return { format: given };
    const textual = dateFormats.slice(0, 3);
    const choice = chooseFormat(values, textual, (text, format) => readDate(text, format)?.ms ?? null);
    if (choice.kind !== 'none')
      return asked(choice, profile.column, field, (text, format) => readDate(text, format)?.day ?? null);
    return asked(
      chooseFormat(values, dateFormats.slice(3), (text, format) => readDate(text, format)?.ms ?? null),
      profile.column,
      field,
      (text, format) => readDate(text, format)?.day ?? null,
    );
  }
  if (isNumeric(spec)) {
    if (isNumberFormat(given)) return { format: given };
    const read = (text: string, format: NumberFormat) => {
      const decimal = readNumber(text, format)?.decimal;
      return decimal === undefined ? null : Number(decimal);
    };
    return asked(chooseFormat(values, numberFormats, read), profile.column, field, read);
  }
  return { format: null };
}

function asked<F extends DateFormat | NumberFormat>(
  choice: Choice<F>,
  column: string,
  field: string,
  read: (text: string, format: F) => number | string | null,
): { format: F | null; question?: FormatQuestion } {
  if (choice.kind !== 'ask') return { format: choice.kind === 'known' ? choice.format : null };
  const { formats, example } = choice;
  const options = formats.map((format) => {
    const value = read(example, format);
    return {
      format,
      label: value === null ? formatLabels[format] : `${formatLabels[format]} (${example} is ${value})`,
    };
  });
  return { format: null, question: { column, field, example, options } };
}

/** A row's values by field key, in the form in which a record holds them; empty cells are absent. */
export interface ReadRow {
  readonly row: number;
  readonly values: Readonly<Record<string, FieldValue>>;
  /** Ways to reach the record, and (under its prefix, `company.`) those of another one that the row names. */
  readonly points?: Readonly<Record<string, readonly ReadPoint[]>>;
}

/** The option that a text names. */
export const optionOf = (spec: SelectField, text: string): string | null =>
  spec.options.find(({ id, label }) => nameKey(id) === nameKey(text) || nameKey(label) === nameKey(text))?.id ?? null;

const yes = /^(?:1|x|y|yes|true|on|j|ja|wahr|✓|✔)$/i;
const no = /^(?:0|n|no|false|off|nein|falsch)$/i;
export const isYesOrNo = (text: string): boolean => yes.test(text) || no.test(text);
const quoted = (text: string): string => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;

/** A cell as a field's value; `problem` says what is wrong with it. */
export function readCell(
  text: string,
  { spec, format, isFixed }: Pick<ReadColumn, 'spec' | 'format' | 'isFixed'>,
  currency: string,
): { value: FieldValue | null; problem?: string } {
  const bad = (problem: string) => ({ value: null, problem: `${quoted(text)} ${problem}` });
  switch (spec.type) {
    case 'date':
    case 'instant': {
      if (isNoValue(text)) return { value: null };
      const date = text.length <= 60 && isDateFormat(format) ? readDate(text, format) : null;
      if (!date)
        return bad(isDateFormat(format) ? `is not a date (${formatLabels[format].toLowerCase()})` : 'is not a date');
      return { value: spec.type === 'date' ? date.day : date.ms };
    }
    case 'money': {
      if (isNoValue(text)) return { value: null };
      const number = readNumber(text, isNumberFormat(format) ? format : 'decimalPoint');
      if (!number) return bad('is not an amount');
      const unit = number.currency === null || number.currency === '$' ? currency : number.currency;
      const minor = decimalToMinor(number.decimal, unit);
      return minor === null ? bad('is more than an amount can be') : { value: { minor, currency: unit } };
    }
    case 'number': {
      if (isNoValue(text)) return { value: null };
      const number = readNumber(text, isNumberFormat(format) ? format : 'decimalPoint');
      if (!number) return bad('is not a number');
      return checked(spec, Number(number.decimal), text);
    }
    case 'checkbox':
      return yes.test(text) ? { value: true } : no.test(text) ? { value: false } : bad('is neither yes nor no');
    case 'multiSelect':
      return checked(
        spec,
        text
          .split(/[;,|]/)
          .map((part) => part.trim())
          .filter((part) => part !== ''),
        text,
      );
    case 'select': {
      const option = optionOf(spec, text);
      if (option !== null) return { value: option };
      return isFixed === true
        ? bad(`is none of ${spec.options.map(({ label }) => label).join(', ')}`)
        : checked(spec, text, text);
    }
    case 'url':
      // People leave out what every address begins with.
      return checked(
        spec,
        /^[a-z][a-z\d+.-]*:/i.test(text) || !/^[^\s/@]+\.[^\s@]+$/.test(text) ? text : `https://${text}`,
        text,
      );
    case 'planned':
      return checked(spec, { what: text, due: null }, text);
    default:
      return checked(spec, text, text);
  }
}

/** Options and people are looked up by the noun; here a select's text is any text. */
const lenient = (spec: FieldSpec): FieldSpec =>
  spec.type === 'select' || spec.type === 'multiSelect' ? { ...spec, open: true } : spec;

function checked(spec: FieldSpec, raw: unknown, text: string): { value: FieldValue | null; problem?: string } {
  const { value, problem } = readValue(lenient(spec), raw);
  return problem === undefined ? { value } : { value: null, problem: `${quoted(text)} ${problem}` };
}

/** Reads one row; an error per cell that is not what its field holds. `currency` holds where the row names none. */
export function readRow(
  row: { row: number; cells: readonly string[] },
  columns: readonly ReadColumn[],
  currency: string,
): { read: ReadRow; errors: RowError[] } {
  const values = Object.create(null) as Record<string, FieldValue>;
  const errors: RowError[] = [];
  const pointCells: Record<string, PointCell[]> = {};
  for (const column of columns) {
    const { key, profile, aliases } = column;
    const found = row.cells[profile.index] ?? '';
    const cell = Object.hasOwn(aliases, found) ? (aliases[found] ?? '').trim() : found;
    if (cell === '') continue;
    if (column.point) {
      const prefix = prefixOf(key);
      (pointCells[prefix] ??= []).push({ point: column.point, text: cell, column: profile.column });
      continue;
    }
    const { value, problem } = readCell(cell, column, currency);
    if (problem !== undefined) errors.push({ row: row.row, field: profile.column, message: problem });
    else if (value !== null) values[key] = value;
  }
  const points: Record<string, ReadPoint[]> = {};
  for (const [prefix, cells] of Object.entries(pointCells)) {
    const read = readPoints(cells);
    points[prefix] = read.points;
    for (const { column, message } of read.problems) errors.push({ row: row.row, field: column, message });
  }
  return { read: { row: row.row, values, ...(Object.keys(points).length > 0 ? { points } : {}) }, errors };
}

/** What stands before the field of another noun's record: `company.` of `company.email:work`, '' of the row's own. */
export const prefixOf = (key: string): string => /^[a-z]+\.(?=[a-z])/.exec(key)?.[0] ?? '';
