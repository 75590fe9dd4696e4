import { readViewState } from '../deals/view-state.ts';
import { isGroup, type ConditionGroup } from '../tables/table-query.ts';
import { readView } from '../tables/view-state.ts';

/** Keys of fields that a filter asks for, with its inner groups. */
export const fieldsOfWhere = (where: ConditionGroup): string[] =>
  where.of.flatMap((node) => (isGroup(node) ? fieldsOfWhere(node) : [node.field]));

/** Keys of the fields that a saved view of a table shows, sorts and groups by, or asks for. `query`: its address's. */
export function fieldsOfTableView(query: string): ReadonlySet<string> {
  const { columns, sort, group, where } = readView(Object.fromEntries(new URLSearchParams(query)));
  return new Set([
    ...(columns ?? []).map(({ key }) => key),
    ...sort.map(({ field }) => field),
    ...(group === null ? [] : [group]),
    ...fieldsOfWhere(where),
  ]);
}

/** The same of a view of a board: what its cards show, what they are sorted by and filtered with. */
export function fieldsOfBoardView(query: string): ReadonlySet<string> {
  const { show, sort, filters } = readViewState(query);
  return new Set([...show, ...(sort === null ? [] : [sort.field]), ...filters.map(({ field }) => field)]);
}
