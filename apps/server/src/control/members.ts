import type { Database } from 'better-sqlite3';
import { pickColour } from './colours.ts';
import type { NewPerson } from '@rapport/domain/http/workspace-context.node';
import type { Member } from '@rapport/domain/people/member';
import type { Role } from '@rapport/domain/people/roles';

export interface MemberOfWorkspace extends Member {
  readonly workspaceId: string;
  readonly userId: string | null;
}

export interface MemberChange {
  readonly name?: string;
  readonly colour?: number;
  readonly role?: Role;
  readonly awayUntil?: string | null;
}

interface MemberRow {
  id: string;
  workspace_id: string;
  user_id: string | null;
  name: string;
  email: string | null;
  colour: number;
  role: Role;
  removed_at: number | null;
  away_until: string | null;
}

const toMember = (row: MemberRow): MemberOfWorkspace => ({
  id: row.id,
  workspaceId: row.workspace_id,
  userId: row.user_id,
  name: row.name,
  email: row.email,
  colour: row.colour,
  role: row.role,
  awayUntil: row.away_until,
  status: row.removed_at !== null ? 'removed' : row.user_id === null ? 'pending' : 'active',
});

export type Members = ReturnType<typeof makeMembers>;

/** Reads and writes memberships. `onChange` is told the workspace after every change. */
export function makeMembers(deps: {
  database: Database;
  newId: () => string;
  now: () => number;
  onChange: (workspaceId: string) => void;
}) {
  const { database, newId, now, onChange } = deps;
  const one = database.prepare<[string, string], MemberRow>('SELECT * FROM members WHERE workspace_id = ? AND id = ?');
  const ofUser = database.prepare<[string, string], MemberRow>(
    'SELECT * FROM members WHERE workspace_id = ? AND user_id = ? AND removed_at IS NULL',
  );
  const everOfUser = database.prepare<[string, string], MemberRow>(
    'SELECT * FROM members WHERE workspace_id = ? AND user_id = ?',
  );
  const all = database.prepare<[string], MemberRow>('SELECT * FROM members WHERE workspace_id = ? ORDER BY id');
  const insert = database.prepare(
    `INSERT INTO members (id, workspace_id, user_id, name, email, colour, role, created_at, joined_at)
     VALUES (@id, @workspaceId, @userId, @name, @email, @colour, @role, @at, @joinedAt)`,
  );
  const freeColour = (workspaceId: string) =>
    pickColour(
      all
        .all(workspaceId)
        .filter((row) => row.removed_at === null)
        .map((row) => row.colour),
    );
  const add = (person: {
    workspaceId: string;
    userId: string | null;
    name: string;
    email: string | null;
    role: Role;
    id?: string;
    colour?: number;
  }) => {
    const at = now();
    const row = {
      ...person,
      id: person.id ?? newId(),
      colour: person.colour ?? freeColour(person.workspaceId),
      at,
      joinedAt: person.userId === null ? null : at,
    };
    insert.run(row);
    return row.id;
  };

  const get = (workspaceId: string, id: string): MemberOfWorkspace | null => {
    const row = one.get(workspaceId, id);
    return row === undefined ? null : toMember(row);
  };
  /** Current people, pending ones included; with `removed` also those who left. */
  const list = (workspaceId: string, include?: { removed: boolean }): MemberOfWorkspace[] =>
    all
      .all(workspaceId)
      .map(toMember)
      .filter((member) => include?.removed === true || member.status !== 'removed');

  return {
    get,
    list,
    forUser(workspaceId: string, userId: string): MemberOfWorkspace | null {
      const row = ofUser.get(workspaceId, userId);
      return row === undefined ? null : toMember(row);
    },

    /**
     * Makes the user a member: somebody who returns gets their old place back, a pending person (`adopt`, else the one
     * with the user's e-mail) becomes the user, anybody else is new. Resolves with the member's id.
     */
    join(person: {
      workspaceId: string;
      userId: string;
      name: string;
      email: string;
      role: Role;
      adopt?: string;
    }): string {
      const { workspaceId, userId, name, email, role, adopt } = person;
      const id = database.transaction(() => {
        const before = everOfUser.get(workspaceId, userId);
        if (before !== undefined) {
          if (before.removed_at !== null)
            database
              .prepare('UPDATE members SET removed_at = NULL, role = ?, joined_at = ? WHERE id = ?')
              .run(role, now(), before.id);
          return before.id;
        }
        const pending = list(workspaceId).filter((member) => member.status === 'pending');
        const self =
          adopt === undefined
            ? pending.find((member) => member.email?.toLowerCase() === email.toLowerCase())
            : pending.find((member) => member.id === adopt);
        if (self === undefined) return add({ workspaceId, userId, name, email, role });
        database
          .prepare('UPDATE members SET user_id = ?, name = ?, email = ?, role = ?, joined_at = ? WHERE id = ?')
          .run(userId, name, email, role, now(), self.id);
        return self.id;
      })();
      onChange(workspaceId);
      return id;
    },

    /** Finds or adds people without an account by name (ignoring case), in the order given. */
    ensurePending(workspaceId: string, names: readonly string[]): MemberOfWorkspace[] {
      let added = false;
      const people = database.transaction(() =>
        names.map((name) => {
          const known = list(workspaceId).find((member) => member.name.toLowerCase() === name.trim().toLowerCase());
          if (known !== undefined) return known;
          added = true;
          const id = add({ workspaceId, userId: null, name: name.trim(), email: null, role: 'member' });
          return get(workspaceId, id) ?? unreachable(id);
        }),
      )();
      if (added) onChange(workspaceId);
      return people;
    },

    /** As `People.bring`: people without an account who are not here yet, found by e-mail or name ignoring case. */
    bring(workspaceId: string, people: readonly NewPerson[]): MemberOfWorkspace[] {
      const found = database.transaction(() => {
        const byMail = new Map<string, string>();
        const byName = new Map<string, string>();
        const remember = ({ id, name, email }: Pick<Member, 'id' | 'name' | 'email'>) => {
          if (email !== null && !byMail.has(email.toLowerCase())) byMail.set(email.toLowerCase(), id);
          if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), id);
        };
        // Read once: a file may bring very many.
        const colours = list(workspaceId).map(({ colour }) => colour);
        for (const member of list(workspaceId)) remember(member);
        return people.map((person) => {
          const { name, email, role } = person;
          const known =
            (email === null ? undefined : byMail.get(email.toLowerCase())) ?? byName.get(name.toLowerCase());
          if (known === undefined) {
            const colour = pickColour(colours);
            colours.push(colour);
            add({ workspaceId, userId: null, name, email, role, id: person.id, colour });
            remember(person);
          } else if (email !== null)
            database
              .prepare(
                'UPDATE members SET email = ? WHERE workspace_id = ? AND id = ? AND user_id IS NULL AND email IS NULL',
              )
              .run(email, workspaceId, known);
          const id = known ?? person.id;
          return get(workspaceId, id) ?? unreachable(id);
        });
      })();
      onChange(workspaceId);
      return found;
    },

    dropAddresses(workspaceId: string, given: readonly { readonly member: string; readonly email: string }[]): void {
      const drop = database.prepare(
        'UPDATE members SET email = NULL WHERE workspace_id = ? AND id = ? AND user_id IS NULL AND email = ?',
      );
      database.transaction(() => given.forEach(({ member, email }) => drop.run(workspaceId, member, email)))();
      onChange(workspaceId);
    },

    /** Takes back people whom an import added, as far as they have not joined meanwhile. */
    dropPending(workspaceId: string, ids: readonly string[]): void {
      const drop = database.prepare('DELETE FROM members WHERE workspace_id = ? AND id = ? AND user_id IS NULL');
      database.transaction(() => ids.forEach((id) => drop.run(workspaceId, id)))();
      onChange(workspaceId);
    },

    /** What is left out stays. */
    update(workspaceId: string, id: string, patch: MemberChange): void {
      database
        .prepare(
          `UPDATE members SET name = coalesce(@name, name), colour = coalesce(@colour, colour), role = coalesce(@role, role),
             away_until = CASE WHEN @saysAway THEN @awayUntil ELSE away_until END
           WHERE workspace_id = @workspaceId AND id = @id`,
        )
        .run({
          workspaceId,
          id,
          name: patch.name ?? null,
          colour: patch.colour ?? null,
          role: patch.role ?? null,
          saysAway: patch.awayUntil === undefined ? 0 : 1,
          awayUntil: patch.awayUntil ?? null,
        });
      onChange(workspaceId);
    },

    remove(workspaceId: string, id: string): void {
      database.transaction(() => {
        database
          .prepare('UPDATE members SET removed_at = ? WHERE workspace_id = ? AND id = ?')
          .run(now(), workspaceId, id);
        database
          .prepare('UPDATE api_keys SET revoked_at = ? WHERE member_id = ? AND revoked_at IS NULL')
          .run(now(), id);
      })();
      onChange(workspaceId);
    },

    /** A workspace always keeps somebody who can manage it. */
    isLastAdmin(workspaceId: string, id: string): boolean {
      const admins = list(workspaceId).filter((member) => member.status === 'active' && member.role === 'admin');
      return admins.length === 1 && admins[0]?.id === id;
    },
  };
}

function unreachable(id: string): never {
  throw new Error(`member ${id} vanished inside its own transaction`);
}
