import type { Database } from 'better-sqlite3';
import type { Role } from '@rapport/domain/people/roles';
import type { AuditLog } from './audit.ts';
import { hashToken, makeToken } from './secret.ts';

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly memberId: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

const columns = 'id, name, role, member_id AS memberId, created_at AS createdAt, last_used_at AS lastUsedAt';
const lastUsedStepMs = 60_000;
const dayOf = (at: number) => Math.floor(at / 86_400_000);

export type ApiKeys = ReturnType<typeof makeApiKeys>;

/** Keys act as the member who made them, at most with the key's role. Only hashes are stored. */
export function makeApiKeys(deps: { database: Database; audit: AuditLog; newId: () => string; now: () => number }) {
  const { database, audit, newId, now } = deps;
  const byHash = database.prepare<[string], ApiKey & { workspaceId: string }>(
    `SELECT ${columns}, workspace_id AS workspaceId FROM api_keys WHERE key_hash = ? AND revoked_at IS NULL`,
  );
  const touch = database.prepare('UPDATE api_keys SET last_used_at = ? WHERE id = ?');
  /** The first use of each day (UTC) is told in the audit log. */
  const noteUse = ({ id, workspaceId, memberId, lastUsedAt }: ApiKey & { workspaceId: string }) =>
    audit.together(
      () => touch.run(now(), id),
      () =>
        lastUsedAt !== null && dayOf(lastUsedAt) === dayOf(now())
          ? null
          : { workspaceId, actor: memberId, agent: id, action: 'key-used', target: id },
    );
  return {
    create(input: { workspaceId: string; name: string; role: Role; memberId: string }): {
      apiKey: ApiKey;
      key: string;
    } {
      const key = makeToken('rk_');
      const apiKey: ApiKey = {
        id: newId(),
        name: input.name,
        role: input.role,
        memberId: input.memberId,
        createdAt: now(),
        lastUsedAt: null,
      };
      database
        .prepare(
          `INSERT INTO api_keys (id, workspace_id, key_hash, name, role, member_id, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(apiKey.id, input.workspaceId, hashToken(key), apiKey.name, apiKey.role, apiKey.memberId, apiKey.createdAt);
      return { apiKey, key };
    },
    list(workspaceId: string): ApiKey[] {
      return database
        .prepare<[string], ApiKey>(
          `SELECT ${columns} FROM api_keys WHERE workspace_id = ? AND revoked_at IS NULL ORDER BY id`,
        )
        .all(workspaceId);
    },
    revoke(id: string): void {
      database.prepare('UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL').run(now(), id);
    },
    /** The live key with this text, noted as used (at most one write a minute). */
    find(key: string): (ApiKey & { workspaceId: string }) | null {
      const found = byHash.get(hashToken(key)) ?? null;
      if (found !== null && now() - (found.lastUsedAt ?? 0) > lastUsedStepMs) noteUse(found);
      return found;
    },
  };
}
