import type { Database } from 'better-sqlite3';
import { err, ok, type Result } from '@rapport/doc/result';
import type { Members } from './members.ts';
import type { Role } from '@rapport/domain/people/roles';
import { hashToken, makeToken } from './secret.ts';

export interface Invitation {
  readonly id: string;
  readonly email: string | null;
  readonly role: Role;
  readonly singleUse: boolean;
  readonly uses: number;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly status: 'open' | 'used' | 'expired' | 'revoked';
}

interface InvitationRow {
  id: string;
  workspace_id: string;
  email: string | null;
  role: Role;
  single_use: number;
  uses: number;
  created_by: string;
  created_at: number;
  expires_at: number;
  revoked_at: number | null;
}

export type InvitationRefusal =
  | 'no-such-invitation'
  | 'no-longer-valid'
  | 'for-somebody-else'
  | 'no-such-pending-person';

interface Joined {
  readonly workspaceId: string;
  readonly memberId: string;
  /** Null: they were a member before. */
  readonly used: { readonly id: string; readonly role: Role } | null;
}

export type Invitations = ReturnType<typeof makeInvitations>;

/** Invitations by link. Only the token's hash is stored: the link is shown once. */
export function makeInvitations(deps: {
  database: Database;
  members: Members;
  newId: () => string;
  now: () => number;
}) {
  const { database, members, newId, now } = deps;
  const byHash = database.prepare<[string], InvitationRow>('SELECT * FROM invitations WHERE token_hash = ?');
  const statusOf = (row: InvitationRow): Invitation['status'] => {
    if (row.revoked_at !== null) return 'revoked';
    if (row.single_use === 1 && row.uses > 0) return 'used';
    return row.expires_at <= now() ? 'expired' : 'open';
  };
  const toInvitation = (row: InvitationRow): Invitation => ({
    id: row.id,
    email: row.email,
    role: row.role,
    singleUse: row.single_use === 1,
    uses: row.uses,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    status: statusOf(row),
  });

  return {
    create(input: {
      workspaceId: string;
      email: string | null;
      role: Role;
      singleUse: boolean;
      createdBy: string;
      validMs: number;
    }): { invitation: Invitation; token: string } {
      const token = makeToken('inv_');
      const row: InvitationRow = {
        id: newId(),
        workspace_id: input.workspaceId,
        email: input.email,
        role: input.role,
        single_use: input.singleUse ? 1 : 0,
        uses: 0,
        created_by: input.createdBy,
        created_at: now(),
        expires_at: now() + input.validMs,
        revoked_at: null,
      };
      database
        .prepare(
          `INSERT INTO invitations (id, workspace_id, token_hash, email, role, single_use, created_by, created_at, expires_at)
           VALUES (@id, @workspace_id, @tokenHash, @email, @role, @single_use, @created_by, @created_at, @expires_at)`,
        )
        .run({ ...row, tokenHash: hashToken(token) });
      return { invitation: toInvitation(row), token };
    },

    list(workspaceId: string): Invitation[] {
      return database
        .prepare<[string], InvitationRow>('SELECT * FROM invitations WHERE workspace_id = ? ORDER BY id DESC')
        .all(workspaceId)
        .map(toInvitation);
    },

    /** False when the workspace has no such invitation. */
    revoke(workspaceId: string, id: string): boolean {
      const { changes } = database
        .prepare('UPDATE invitations SET revoked_at = coalesce(revoked_at, ?) WHERE workspace_id = ? AND id = ?')
        .run(now(), workspaceId, id);
      return changes > 0;
    },

    /** What the holder of a link may know. */
    look(token: string): Result<Invitation & { workspaceId: string }, InvitationRefusal> {
      const row = byHash.get(hashToken(token));
      if (row === undefined) return err('no-such-invitation');
      return ok({ ...toInvitation(row), workspaceId: row.workspace_id });
    },

    /** Joins the user; a member who follows a link again just comes in, without using it up or changing their role. */
    accept(
      token: string,
      user: { id: string; name: string; email: string },
      adopt?: string,
    ): Result<Joined, InvitationRefusal> {
      return database.transaction((): Result<Joined, InvitationRefusal> => {
        const row = byHash.get(hashToken(token));
        if (row === undefined) return err('no-such-invitation');
        const workspaceId = row.workspace_id;
        const already = members.forUser(workspaceId, user.id);
        if (already !== null) return ok({ workspaceId, memberId: already.id, used: null });
        if (statusOf(row) !== 'open') return err('no-longer-valid');
        if (row.email !== null && row.email.toLowerCase() !== user.email.toLowerCase()) return err('for-somebody-else');
        if (adopt !== undefined && members.get(workspaceId, adopt)?.status !== 'pending')
          return err('no-such-pending-person');
        const memberId = members.join({
          workspaceId,
          userId: user.id,
          name: user.name,
          email: user.email,
          role: row.role,
          ...(adopt === undefined ? {} : { adopt }),
        });
        database.prepare('UPDATE invitations SET uses = uses + 1 WHERE id = ?').run(row.id);
        return ok({ workspaceId, memberId, used: { id: row.id, role: row.role } });
      })();
    },
  };
}
