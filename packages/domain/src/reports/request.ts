import * as v from 'valibot';
import { isTimeZone, msToDay, dayToMs } from './days.ts';

const day = v.pipe(
  v.string(),
  v.check((text) => {
    const isWritten = /^[1-9]\d{3}-\d\d-\d\d$/.test(text) && text < '9999';
    return isWritten && !Number.isNaN(dayToMs(text)) && msToDay(dayToMs(text)) === text;
  }, 'must be a day YYYY-MM-DD'),
);

const status = v.pipe(
  v.string(),
  v.regex(/^(open|won|lost)(,(open|won|lost))*$/, 'must be open, won or lost, or several with commas'),
);

/** The query of every report. Values arrive as strings. */
export const reportQuery = v.strictObject({
  board: v.optional(v.pipe(v.string(), v.description('Only this board; else all deal boards'))),
  from: v.optional(v.pipe(day, v.description('First day, YYYY-MM-DD; each report says which date it limits'))),
  to: v.optional(v.pipe(day, v.description('Last day, included'))),
  owner: v.optional(v.pipe(v.string(), v.description('A member’s id; empty for deals that nobody owns'))),
  team: v.optional(
    v.pipe(
      v.string(),
      v.nonEmpty('must name a team'),
      v.description('A team’s id: only deals of its members, as they are now'),
    ),
  ),
  status: v.optional(status),
  timeZone: v.optional(
    v.pipe(v.string(), v.check(isTimeZone, 'must be an IANA time zone such as Europe/Lisbon')),
    'UTC',
  ),
  currency: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'))),
  on: v.optional(v.picklist(['created', 'closed'])),
  dimension: v.optional(
    v.pipe(
      v.string(),
      v.nonEmpty('must name a field'),
      v.maxLength(100, 'must have at most 100 characters'),
      v.description('value-by: company, contact, owner, source, lostReason, labels, or the key of a custom field'),
    ),
  ),
  limit: v.optional(
    v.pipe(v.string(), v.regex(/^\d+$/, 'must be a whole number'), v.transform(Number), v.minValue(1), v.maxValue(500)),
    '100',
  ),
});

export type ReportQuery = v.InferOutput<typeof reportQuery>;
