import { minorDigits, oddCurrencies } from '@rapport/schema/currency';
import type { SqlValue } from '@rapport/sync/server/ports';
import { addDays, dayMs, dayToMs, startOfDay } from '../reports/days.ts';
import { fieldSql, textSql } from './field-sql.ts';
import { opsOf } from './ops-of.ts';
import { daysOf, isDay, type Days } from './period.ts';
import { columnOf, type TableColumnDef, type TableDef } from './table-def.ts';
import { type Condition, type ConditionGroup, isGroup } from './table-query.ts';

/** Who looks, and when: what relative conditions are relative to. */
export interface Looker {
  readonly memberId: string;
  /** Their own day, `YYYY-MM-DD`. */
  readonly today: string;
  readonly timeZone: string;
}

/** SQL with its bound parameters. */
export interface Sql {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** A condition that cannot be: which field, and what is wrong, worded to follow its name. */
export class BadCondition extends Error {
  readonly field: string;
  constructor(field: string, problem: string) {
    super(problem);
    this.field = field;
  }
}

const join = (parts: readonly Sql[], by: 'AND' | 'OR'): Sql => ({
  sql: `(${parts.map(({ sql }) => sql).join(` ${by} `)})`,
  params: parts.flatMap(({ params }) => params),
});

/** SQLite knows the two cases of ASCII letters only: of other letters the text is looked for in both. */
function spellings(text: string): string[] {
  const lower = text.toLowerCase();
  const ascii = text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  const upper = lower.replaceAll(/[^\0-\x7f]/g, (letter) => letter.toUpperCase());
  const capital = lower.replace(/^[^\0-\x7f]|(?<=\s)[^\0-\x7f]/g, (letter) => letter.toUpperCase());
  return [...new Set([lower, ascii, upper, capital])];
}

export const contains = (value: string, text: string): Sql => ({
  sql: `(${spellings(text)
    .map(() => `instr(lower(${value}), ?) > 0`)
    .join(' OR ')})`,
  params: spellings(text),
});

const list = (values: readonly unknown[]): string => JSON.stringify(values);

function numberOf({ key }: TableColumnDef, text: string | undefined): number {
  const value = Number(text);
  if (text === undefined || text.trim() === '' || !Number.isFinite(value))
    throw new BadCondition(key, 'needs a number');
  return value;
}

function dayText({ key }: TableColumnDef, text: string | undefined): string {
  if (text === undefined || !isDay(text)) throw new BadCondition(key, 'needs a day YYYY-MM-DD');
  return text;
}

/** An instant at midnight UTC is that calendar day everywhere; any other belongs to the day it has where one looks. */
function instantIn(value: string, { from, to }: Partial<Days>, timeZone: string): Sql {
  const whole: string[] = [];
  const moment: string[] = [];
  const [wholeParams, momentParams]: [number[], number[]] = [[], []];
  if (from !== undefined) {
    whole.push(`${value} >= ?`);
    wholeParams.push(dayToMs(from));
    moment.push(`${value} >= ?`);
    momentParams.push(startOfDay(dayToMs(from), timeZone));
  }
  if (to !== undefined) {
    const after = dayToMs(addDays(to, 1));
    whole.push(`${value} < ?`);
    wholeParams.push(after);
    moment.push(`${value} < ?`);
    momentParams.push(startOfDay(after, timeZone));
  }
  return {
    sql: `((${value} % ${dayMs} = 0 AND ${whole.join(' AND ')}) OR (${value} % ${dayMs} <> 0 AND ${moment.join(' AND ')}))`,
    params: [...wholeParams, ...momentParams],
  };
}

function inDays(column: TableColumnDef, days: Partial<Days>, looker: Looker): Sql {
  const { value, second } = fieldSql(column);
  if (column.spec.type === 'instant') return instantIn(value, days, looker.timeZone);
  const day = column.spec.type === 'planned' ? (second ?? value) : value;
  const parts = [
    ...(days.from === undefined ? [] : [{ sql: `${day} >= ?`, params: [days.from] }]),
    ...(days.to === undefined ? [] : [{ sql: `${day} <= ?`, params: [days.to] }]),
  ];
  return join(parts, 'AND');
}

function datesSql(column: TableColumnDef, { op, values }: Condition, looker: Looker): Sql {
  const [first, last] = values;
  if (op === 'overdue') return inDays(column, { to: addDays(looker.today, -1) }, looker);
  if (op === 'in') {
    const days = daysOf(first ?? '', looker.today);
    if (days === null) throw new BadCondition(column.key, 'needs a period such as thisMonth or last:30');
    return inDays(column, days, looker);
  }
  if (op === 'before') return inDays(column, { to: addDays(dayText(column, first), -1) }, looker);
  if (op === 'after') return inDays(column, { from: addDays(dayText(column, first), 1) }, looker);
  const from = dayText(column, first);
  return inDays(column, { from, to: op === 'between' ? dayText(column, last) : from }, looker);
}

/** Money is compared in whole units of each amount's own currency. */
function numbersSql(column: TableColumnDef, { op, values }: Condition): Sql {
  const { value, second } = fieldSql(column);
  const isMoney = column.spec.type === 'money';
  const amount = isMoney
    ? `(${value} / CASE WHEN ${second} IN (SELECT value FROM json_each('${list(unitsOf(0))}')) THEN 1.0 WHEN ${second} IN (SELECT value FROM json_each('${list(unitsOf(3))}')) THEN 1000.0 ELSE 100.0 END)`
    : value;
  const sign = { gte: '>=', lte: '<=', eq: '=' }[op as 'gte' | 'lte' | 'eq'];
  if (sign !== undefined) return { sql: `${amount} ${sign} ?`, params: [numberOf(column, values[0])] };
  return { sql: `${amount} BETWEEN ? AND ?`, params: [numberOf(column, values[0]), numberOf(column, values[1])] };
}

const unitsOf = (digits: number): string[] => oddCurrencies.filter((code) => minorDigits(code) === digits);

function choicesSql(column: TableColumnDef, { op, values }: Condition, looker: Looker): Sql {
  const { value } = fieldSql(column);
  const wanted =
    column.spec.type === 'person' ? values.map((each) => (each === 'me' ? looker.memberId : each)) : values;
  if (wanted.length === 0) throw new BadCondition(column.key, 'needs at least one value');
  if (column.spec.type !== 'multiSelect') {
    const one = `${value} IN (SELECT value FROM json_each(?))`;
    return { sql: op === 'any' ? one : `(${value} IS NULL OR NOT ${one})`, params: [list(wanted)] };
  }
  const found = `(SELECT count(DISTINCT m.value) FROM json_each(coalesce(${value}, '[]')) m WHERE m.value IN (SELECT value FROM json_each(?)))`;
  if (op === 'all') return { sql: `${found} = ?`, params: [list(wanted), new Set(wanted).size] };
  return { sql: `${found} ${op === 'any' ? '>' : '='} 0`, params: [list(wanted)] };
}

function textsSql(def: TableDef, column: TableColumnDef, { op, values }: Condition): Sql {
  const value = textSql(def, column);
  const [text = ''] = values;
  if (text === '') throw new BadCondition(column.key, 'needs a text');
  const found = contains(value, text);
  switch (op) {
    case 'has':
      return found;
    case 'hasNot':
      return { sql: `(${value} IS NULL OR NOT ${found.sql})`, params: found.params };
    case 'starts':
      return {
        sql: `(${spellings(text)
          .map(() => `instr(lower(${value}), ?) = 1`)
          .join(' OR ')})`,
        params: spellings(text),
      };
    case 'not':
      return { sql: `(${value} IS NULL OR ${value} <> ? COLLATE NOCASE)`, params: [text] };
    default:
      return { sql: `${value} = ? COLLATE NOCASE`, params: [text] };
  }
}

function conditionSql(def: TableDef, condition: Condition, looker: Looker): Sql {
  const column = columnOf(def, condition.field);
  if (column === undefined) throw new BadCondition(condition.field, 'is not a column');
  if (!opsOf(column.spec).includes(condition.op))
    throw new BadCondition(column.key, `cannot be compared by ${condition.op}`);
  const { value, second } = fieldSql(column);
  const isThere = column.spec.type === 'planned' ? `coalesce(${value}, ${second})` : value;
  switch (condition.op) {
    case 'empty':
      return { sql: `${isThere} IS NULL`, params: [] };
    case 'set':
      return { sql: `${isThere} IS NOT NULL`, params: [] };
    case 'yes':
      return { sql: `${value} = 1`, params: [] };
    case 'no':
      return { sql: `coalesce(${value}, 0) = 0`, params: [] };
    default:
  }
  switch (column.spec.type) {
    case 'number':
    case 'money':
      return numbersSql(column, condition);
    case 'date':
    case 'instant':
    case 'planned':
      return datesSql(column, condition, looker);
    case 'person':
    case 'select':
    case 'multiSelect':
      return choicesSql(column, condition, looker);
    default:
      return textsSql(def, column, condition);
  }
}

/** A filter as SQL; parameters are bound, names are the product's own. Throws {@link BadCondition}. */
export function whereSql(def: TableDef, group: ConditionGroup, looker: Looker): Sql {
  const parts = group.of.map((node) => (isGroup(node) ? whereSql(def, node, looker) : conditionSql(def, node, looker)));
  return parts.length === 0 ? { sql: 'TRUE', params: [] } : join(parts, group.match === 'all' ? 'AND' : 'OR');
}
