import { makeIds } from '@rapport/doc/ids';
import type { Database } from 'better-sqlite3';
import { openControl } from '../control/database.ts';
import { makeInvitations } from '../control/invitations.ts';
import { makeMembers } from '../control/members.ts';
import type { AboutCopy } from './about-copy.ts';

export interface Admitted {
  readonly name: string;
  /** Addresses whose accounts here are members from now on. */
  readonly joined: readonly string[];
  /** Invitation tokens for administrators who have no account here, by e-mail. */
  readonly invitations: readonly { readonly email: string | null; readonly token: string }[];
}

const invitationValidMs = 7 * 86_400_000;

/**
 * Makes a workspace that came from elsewhere known here, with its people under their old ids, so that activity and
 * owners keep their names. Whoever has an account with the same address is a member at once; the others are pending
 * until they are invited. Null when it is known already: then its people here stay as they are.
 */
export function admitWorkspace(dataDir: string, { workspace, members }: AboutCopy, now: () => number): Admitted | null {
  const control = openControl(dataDir, now);
  try {
    const database = control.handle;
    if (database.prepare('SELECT 1 FROM workspaces WHERE id = ?').get(workspace.id) !== undefined) return null;
    const newId = makeIds({ now, random: Math.random });
    const userOf = accountsByEmail(database);
    return database.transaction((): Admitted => {
      database
        .prepare('INSERT INTO workspaces (id, name, created_at) VALUES (?, ?, ?)')
        .run(workspace.id, workspace.name, workspace.createdAt);
      const insert = database.prepare(
        `INSERT INTO members (id, workspace_id, user_id, name, email, colour, role, created_at, joined_at, removed_at, away_until)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      );
      const linked = new Set<string>();
      const joined: string[] = [];
      const withoutAccount: AboutCopy['members'] = [];
      for (const member of members) {
        const { id, name, email, colour, role, createdAt, removedAt, awayUntil } = member;
        const found = removedAt === null ? userOf(email) : null;
        const userId = found === null || linked.has(found) ? null : found;
        if (userId !== null) {
          linked.add(userId);
          joined.push(email ?? '');
        }
        insert.run(
          id,
          workspace.id,
          userId,
          name,
          email,
          colour,
          role,
          createdAt,
          userId === null ? null : now(),
          removedAt,
          awayUntil,
        );
        if (userId === null && role === 'admin' && removedAt === null) withoutAccount.push(member);
      }
      const people = makeMembers({ database, newId, now, onChange: () => undefined });
      const invitations = makeInvitations({ database, members: people, newId, now });
      return {
        name: workspace.name,
        joined,
        invitations: withoutAccount.map(({ id, email }) => ({
          email,
          token: invitations.create({
            workspaceId: workspace.id,
            email,
            role: 'admin',
            singleUse: true,
            createdBy: id,
            validMs: invitationValidMs,
          }).token,
        })),
      };
    })();
  } finally {
    control.close();
  }
}

/** A folder that no server has used yet has no accounts. */
function accountsByEmail(database: Database): (email: string | null) => string | null {
  const hasAccounts = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'user'`).get() !== undefined;
  if (!hasAccounts) return () => null;
  const find = database.prepare<[string], string>('SELECT id FROM user WHERE lower(email) = lower(?)').pluck();
  return (email) => (email === null ? null : (find.get(email) ?? null));
}
