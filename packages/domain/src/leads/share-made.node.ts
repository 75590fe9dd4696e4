import { thingOfDocument } from '../access/row-owners.ts';
import { givenAccess, openShare, privateShare, type Share } from '../access/share.ts';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';

/** With whom a conversion shares what it makes. `me`: whoever converts, and who owns the lead. */
export const madeFor = ['everyone', 'me'] as const;
export type MadeFor = (typeof madeFor)[number];

/**
 * The share of a company or contact that a lead becomes. Unless somebody says otherwise it is as open as the inbox was:
 * what only some may see does not come before everybody by being converted. What is private to the converter is the
 * lead's owner's, too, as long as they may open the inbox: it will bear their name.
 */
export function shareOfMade(
  ws: Pick<WorkspaceContext, 'shareOf' | 'teams' | 'actor'>,
  lead: { readonly doc: string; readonly owner: string | null },
  wanted: MadeFor | undefined,
): Share {
  const inbox = ws.shareOf(thingOfDocument(lead.doc) ?? '');
  if ((wanted ?? (inbox.kind === 'everyone' ? 'everyone' : 'me')) === 'everyone') return openShare;
  const { owner } = lead;
  if (owner === null || owner === ws.actor.memberId) return privateShare;
  const isIn = (teamId: string) => ws.teams.list().some(({ id, members }) => id === teamId && members.includes(owner));
  if (givenAccess(owner, inbox, isIn) === 'none') return privateShare;
  return { kind: 'restricted', owner: null, grants: [{ to: 'member', id: owner, level: 'edit' }] };
}
