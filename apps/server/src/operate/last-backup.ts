import type { Database } from 'better-sqlite3';

export interface LastBackup {
  /** Epoch ms. */
  readonly at: number;
  readonly bytes: number;
  /** Member id; null when the command made it. */
  readonly madeBy: string | null;
}

/** Notes that a workspace was backed up. */
export function noteBackup(control: Database, workspaceId: string, { at, bytes, madeBy }: LastBackup): void {
  control
    .prepare('INSERT OR REPLACE INTO backups (workspace_id, at, bytes, made_by) VALUES (?, ?, ?, ?)')
    .run(workspaceId, at, bytes, madeBy);
}

export const lastBackup = (control: Database, workspaceId: string): LastBackup | null =>
  control
    .prepare<[string], LastBackup>('SELECT at, bytes, made_by AS madeBy FROM backups WHERE workspace_id = ?')
    .get(workspaceId) ?? null;
