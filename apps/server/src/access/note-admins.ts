import { givenAccess } from '@rapport/domain/access/share';
import { mayAct } from '@rapport/domain/people/roles';
import type { AuditEntry } from '../control/audit.ts';
import type { Standing } from '../http/caller.ts';
import type { AccessBook } from './access-book.ts';

/** An admin who comes back within this (a reload, a lost connection) is not told of again. */
const onceWithinMs = 3_600_000;

/**
 * Writes into the audit log when an admin opens a thing that is not shared with them: they may, so that nothing is lost
 * with the person who locked it, and it is not done unseen.
 */
export function makeAdminNotes(deps: { record: (entry: AuditEntry) => void; now: () => number }) {
  const noted = new Map<string, number>();
  return (workspaceId: string, book: AccessBook, standing: Standing, thing: string): void => {
    const { memberId, role, agent } = standing;
    if (!mayAct(role, 'admin')) return;
    const inTeam = (id: string) => book.team(id)?.members.includes(memberId) === true;
    if (givenAccess(memberId, book.share(thing), inTeam) !== 'none') return;
    const key = `${workspaceId} ${memberId} ${thing}`;
    const now = deps.now();
    for (const [old, at] of noted) if (now - at > onceWithinMs) noted.delete(old);
    if (noted.has(key)) return;
    noted.set(key, now);
    deps.record({ workspaceId, actor: memberId, agent, action: 'opened-by-admin', target: thing });
  };
}
