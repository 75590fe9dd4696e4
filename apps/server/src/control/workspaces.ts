import type { Database } from 'better-sqlite3';
import type { Members } from './members.ts';
import type { Role } from '@rapport/domain/people/roles';

export interface WorkspaceSummary {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly role: Role;
  readonly memberId: string;
}

export type Workspaces = ReturnType<typeof makeWorkspaces>;

export function makeWorkspaces(deps: { database: Database; members: Members; newId: () => string; now: () => number }) {
  const { database, members, newId, now } = deps;
  const insert = database.prepare('INSERT INTO workspaces (id, name, created_at) VALUES (?, ?, ?)');
  const mine = database.prepare<[string], WorkspaceSummary>(
    `SELECT w.id, w.name, w.created_at AS createdAt, m.role, m.id AS memberId FROM workspaces w
     JOIN members m ON m.workspace_id = w.id WHERE m.user_id = ? AND m.removed_at IS NULL ORDER BY w.id`,
  );
  const one = database.prepare<[string], { id: string; name: string; createdAt: number }>(
    'SELECT id, name, created_at AS createdAt FROM workspaces WHERE id = ?',
  );
  return {
    /** The creator is its admin. */
    create(name: string, creator: { id: string; name: string; email: string }): WorkspaceSummary {
      const id = newId();
      return database.transaction(() => {
        insert.run(id, name, now());
        const memberId = members.join({
          workspaceId: id,
          userId: creator.id,
          name: creator.name,
          email: creator.email,
          role: 'admin',
        });
        return { id, name, createdAt: now(), role: 'admin' as const, memberId };
      })();
    },
    get: (id: string) => one.get(id) ?? null,
    rename(id: string, name: string): void {
      database.prepare('UPDATE workspaces SET name = ? WHERE id = ?').run(name, id);
    },
    ofUser: (userId: string): WorkspaceSummary[] => mine.all(userId),
    allIds: (): string[] => database.prepare<[], string>('SELECT id FROM workspaces ORDER BY id').pluck().all(),
  };
}
