import type { Context } from 'hono';
import * as v from 'valibot';
import { shownFieldsOf } from '../custom-fields.ts';
import { refuse } from '../http/api-error.node.ts';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import { dayOf, isTimeZone } from '../reports/days.ts';
import type { Answer } from './read-jobs.node.ts';
import type { TableAsked } from './read-table.node.ts';
import type { TableDef } from './table-def.ts';
import { everything, readSort, readWhere } from './table-query.ts';

/** The key of a column. */
export const columnKey = v.pipe(v.string(), v.regex(/^[a-z][a-zA-Z0-9_]{0,62}$/, 'must be the key of a column'));
export const whole = (most: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'must be a whole number'), v.transform(Number), v.maxValue(most));
/** Keys of columns, with commas. */
export const columnKeys = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').filter((each) => each !== '')),
  v.array(columnKey),
  v.maxLength(100),
);

/** What every question to a table takes. */
export const asked = {
  where: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(20_000),
      v.description('JSON: {match: all | any, of: [{field, op, values} or another group]}'),
    ),
  ),
  q: v.optional(v.pipe(v.string(), v.maxLength(200)), ''),
  sort: v.optional(v.pipe(v.string(), v.description('Keys with commas, a minus before those that fall')), ''),
  group: v.optional(columnKey),
  timeZone: v.optional(
    v.pipe(v.string(), v.check(isTimeZone, 'must be an IANA time zone such as Europe/Lisbon')),
    'UTC',
  ),
};
export type Asked = v.InferOutput<v.ObjectSchema<typeof asked, undefined>>;

/** The workspace's own fields of a noun. */
export const customOf = (ws: WorkspaceContext, def: TableDef) =>
  ws.hub.read('workspace', (doc) => shownFieldsOf(doc, def.noun));

/** The question that a request asks; else the field that is wrong, and what about it. */
export async function questionOf(
  deps: Pick<NounDeps, 'now'>,
  ws: WorkspaceContext,
  def: TableDef,
  { where, q, sort, group, timeZone }: Asked,
): Promise<Answer<TableAsked>> {
  let filter: unknown = everything;
  try {
    if (where !== undefined) filter = JSON.parse(where);
  } catch {
    return { ok: false, field: 'where', problem: 'is not JSON' };
  }
  const read = readWhere(filter);
  if (read === undefined) return { ok: false, field: 'where', problem: 'is not a filter' };
  const steps = readSort(sort);
  if (steps === undefined) return { ok: false, field: 'sort', problem: 'is not a list of columns' };
  const people = [...ws.people.list({ removed: true })].sort((a, b) => a.name.localeCompare(b.name));
  const value: TableAsked = {
    table: def.plural,
    query: { where: read, q: q.toWellFormed(), sort: steps, group: group ?? null },
    custom: await customOf(ws, def),
    looker: { memberId: ws.actor.memberId, today: dayOf(deps.now(), timeZone), timeZone },
    ranks: { people: people.map(({ id }) => id) },
  };
  return { ok: true, value };
}

/** Says which part of a question cannot be. */
export const refused = (c: Context, { field, problem }: { field: string; problem: string }) =>
  refuse(c, 'invalid', `${field} ${problem}.`, { [field]: problem });
