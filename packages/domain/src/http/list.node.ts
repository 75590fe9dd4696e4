import { HTTPException } from 'hono/http-exception';
import * as v from 'valibot';

const wholeNumber = v.pipe(v.string(), v.regex(/^\d+$/, 'must be a whole number'), v.transform(Number));

/** The query every list takes. Spread it into a `v.strictObject` with the noun's own filters. */
export const listQuery = {
  limit: v.optional(v.pipe(wholeNumber, v.minValue(1), v.maxValue(500)), '100'),
  cursor: v.optional(v.string()),
  q: v.optional(v.string()),
  sort: v.optional(v.string()),
} as const;

/** The query of a list that comes in one order only. */
export const unsortedQuery = { limit: listQuery.limit, cursor: listQuery.cursor, q: listQuery.q } as const;

/** The reply of every list. `nextCursor` is null on the last page; `total` counts all pages. */
export const listOf = <S extends v.GenericSchema>(item: S) =>
  v.object({ items: v.array(item), nextCursor: v.nullable(v.string()), total: v.number() });

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
  readonly total: number;
}

/** One page of rows that are already in order and carry an id; the cursor is the id of the last row sent. */
export function pageById<T extends { readonly id: string }>(
  rows: readonly T[],
  limit: number,
  cursor: string | undefined,
): Page<T> {
  const start = cursor === undefined ? 0 : rows.findIndex((row) => row.id === cursor) + 1;
  if (cursor !== undefined && start === 0)
    throw new HTTPException(400, { message: 'The cursor leads nowhere (any more): start again without it' });
  const items = rows.slice(start, start + limit);
  const last = items.at(-1);
  return { items, nextCursor: last !== undefined && start + limit < rows.length ? last.id : null, total: rows.length };
}
