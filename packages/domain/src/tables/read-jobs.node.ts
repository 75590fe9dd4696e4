import type { ReadJob } from '../http/workspace-context.node.ts';
import { idsOf, readRows, readSummary, rowsOfIds, type TableAsked } from './read-table.node.ts';
import type { Rows, Summary } from './table-reply.ts';
import type { TableDef } from './table-def.ts';
import { readValues, type ValuesAsked } from './read-values.node.ts';
import { BadCondition } from './where-sql.ts';

/** What came of a question, or which of its parts cannot be. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly field: string; readonly problem: string };

/** The reads of all tables. The jobs of these names are the same wherever they are made from the same list. */
export function makeTableJobs(tables: readonly TableDef[]) {
  const defOf = (plural: string): TableDef => {
    const def = tables.find((table) => table.plural === plural);
    if (def === undefined) throw new Error(`no such table: ${plural}`);
    return def;
  };
  const answer = <T>(read: () => T): Answer<T> => {
    try {
      return { ok: true, value: read() };
    } catch (error) {
      if (error instanceof BadCondition) return { ok: false, field: error.field, problem: error.message };
      throw error;
    }
  };
  type Window = TableAsked & { readonly offset: number; readonly limit: number };
  const rows: ReadJob<Window, Answer<Rows>> = {
    name: 'table-rows',
    run: (query, asked) => answer(() => readRows(query, defOf(asked.table), asked)),
  };
  const summary: ReadJob<TableAsked & { readonly columns: readonly string[] }, Answer<Summary>> = {
    name: 'table-summary',
    run: (query, asked) => answer(() => readSummary(query, defOf(asked.table), asked)),
  };
  const ids: ReadJob<TableAsked, Answer<string[]>> = {
    name: 'table-ids',
    run: (query, asked) => answer(() => idsOf(query, defOf(asked.table), asked)),
  };
  const some: ReadJob<Pick<TableAsked, 'table' | 'custom'> & { readonly ids: readonly string[] }, Rows> = {
    name: 'table-some',
    run: (query, asked) => rowsOfIds(query, defOf(asked.table), asked.custom, asked.ids),
  };
  const values: ReadJob<ValuesAsked & { readonly table: string }, Answer<string[]>> = {
    name: 'table-values',
    run: (query, asked) => answer(() => readValues(query, defOf(asked.table), asked)),
  };
  return { rows, summary, ids, some, values };
}
