import * as v from 'valibot';

/** The shapes of the reports' API, for its documentation. Rows differ by report; each carries its drill. */
export const reportListSchema = v.object({
  items: v.array(
    v.object({
      name: v.string(),
      title: v.string(),
      formula: v.string(),
      on: v.pipe(v.picklist(['created', 'closed']), v.description('The date that from and to limit')),
      params: v.array(v.string()),
    }),
  ),
  nextCursor: v.nullable(v.string()),
  total: v.number(),
});

export const reportSchema = v.object({
  name: v.string(),
  title: v.string(),
  asOf: v.pipe(v.number(), v.description('Epoch ms')),
  formula: v.string(),
  currency: v.pipe(v.string(), v.description('Sums are in it; other currencies are listed under `foreign`')),
  period: v.object({
    on: v.string(),
    from: v.nullable(v.string()),
    to: v.nullable(v.string()),
    timeZone: v.string(),
  }),
  n: v.pipe(v.number(), v.description('How many deals were counted')),
  omitted: v.pipe(v.number(), v.description('Rows beyond the limit')),
  rows: v.array(
    v.looseObject({
      drill: v.pipe(
        v.object({ path: v.string(), query: v.record(v.string(), v.string()) }),
        v.description('The deals behind the row'),
      ),
    }),
  ),
});
