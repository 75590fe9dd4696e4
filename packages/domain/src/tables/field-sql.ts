import { columnsOf } from '@rapport/schema/columns';
import { survivorSql } from '../records/survivor-sql.ts';
import type { TableColumnDef, TableDef } from './table-def.ts';

/** A column of a table as SQL on its row `t`. */
export interface FieldSql {
  /** What is compared and shown: minor units of money, what is planned. */
  readonly value: string;
  /** Of money its currency, of a plan its day. */
  readonly second: string | null;
}

const recordTables = { company: 'companies', contact: 'contacts' } as const;
const isRecordNoun = (noun: string): noun is keyof typeof recordTables => Object.hasOwn(recordTables, noun);

export function fieldSql(column: TableColumnDef): FieldSql {
  const { spec } = column;
  const found = storedSql(column);
  // Of a record that was merged the one that is left, so that it is shown, found, grouped and exported as that.
  if (spec.type !== 'reference' || !isRecordNoun(spec.noun)) return found;
  return { ...found, value: `(${survivorSql(found.value, recordTables[spec.noun])})` };
}

function storedSql({ key, spec, sql }: TableColumnDef): FieldSql {
  if (sql !== undefined && sql.startsWith('json_extract(t.custom')) {
    const part = (name: string) => sql.replace(/'\)$/, `.${name}')`);
    if (spec.type === 'money') return { value: part('minor'), second: part('currency') };
    if (spec.type === 'planned') return { value: part('what'), second: part('due') };
    return { value: sql, second: null };
  }
  if (sql !== undefined) return { value: sql, second: null };
  const [first = '', second] = Object.keys(columnsOf(key, spec));
  return { value: `t.${first}`, second: second === undefined ? null : `t.${second}` };
}

/** What a person reads in a column: of a reference what the record is called, or the text that stands there. */
export function textSql(def: TableDef, column: TableColumnDef): string {
  const { value } = fieldSql(column);
  if (column.spec.type !== 'reference' || !Object.hasOwn(def.names, column.spec.noun)) return value;
  const named = def.names[column.spec.noun];
  return named === undefined
    ? value
    : `coalesce((SELECT n.${named.name} FROM ${named.table} n WHERE n.id = ${value}), ${value})`;
}
