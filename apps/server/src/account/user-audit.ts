import type { AuditAction, AuditDetail } from '@rapport/domain/audit/actions';
import type { Services } from '../services.ts';

type Deps = Pick<Services, 'audit' | 'workspaces' | 'control'>;

/** Tells every workspace of a person what happened to their account. `byThem`: they did it, else somebody tried to. */
export function auditUser(
  { audit, workspaces }: Deps,
  userId: string,
  action: AuditAction,
  { byThem = true, detail = {} }: { byThem?: boolean; detail?: AuditDetail } = {},
): void {
  for (const { id, memberId } of workspaces.ofUser(userId))
    audit.record({ workspaceId: id, actor: byThem ? memberId : null, action, target: memberId, detail });
}

/** The person who has this address, if any. */
export function userIdOf({ control }: Deps, email: string): string | null {
  return (
    control.handle.prepare<[string], string>('SELECT id FROM user WHERE email = ?').pluck().get(email.toLowerCase()) ??
    null
  );
}
