import { roles } from '@rapport/domain/people/roles';
import * as v from 'valibot';
import { isDay } from '@rapport/domain/tables/period';

export const role = v.picklist(roles);
/** A name that people read: no control characters, trimmed, 1–200 characters. */
export const personName = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'must not be empty'),
  v.maxLength(200, 'must have at most 200 characters'),
  v.regex(/^\P{Cc}*$/u, 'must not have control characters'),
);
export const email = v.pipe(v.string(), v.trim(), v.email('must be an e-mail address'), v.maxLength(320));
export const colour = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(12));

/** A day, or null to be back. */
export const awayUntil = v.nullable(v.pipe(v.string(), v.check(isDay, 'must be a day YYYY-MM-DD')));
export const memberShape = v.object({
  id: v.string(),
  name: v.string(),
  email: v.nullable(v.string()),
  colour,
  role,
  awayUntil: v.pipe(
    v.nullable(v.string()),
    v.description('The last day (YYYY-MM-DD, in UTC) on which assignment rules pass them by'),
  ),
  status: v.picklist(['active', 'pending', 'removed']),
});
export const workspaceShape = v.object({
  id: v.string(),
  name: v.string(),
  createdAt: v.number(),
  role,
  memberId: v.string(),
});
/** Who is in a team, by their members' ids. */
export const teamShape = v.object({ id: v.string(), name: v.string(), members: v.array(v.string()) });
export const invitationShape = v.object({
  id: v.string(),
  email: v.nullable(v.string()),
  role,
  singleUse: v.boolean(),
  uses: v.number(),
  createdBy: v.string(),
  createdAt: v.number(),
  expiresAt: v.number(),
  status: v.picklist(['open', 'used', 'expired', 'revoked']),
});
export const apiKeyShape = v.object({
  id: v.string(),
  name: v.string(),
  role,
  memberId: v.string(),
  createdAt: v.number(),
  lastUsedAt: v.nullable(v.number()),
});
