import { makeIds } from '@rapport/doc/ids';
import type { AuditAction } from '@rapport/domain/audit/actions';
import { makeAuditLog } from '../control/audit.ts';
import { openControl } from '../control/database.ts';
import { noteBackup } from './last-backup.ts';

/** Writes into the control database what a command did, as done by nobody who is signed in; a running server reads on. */
export function writeDown(
  { dataDir, now }: { dataDir: string; now: () => number },
  action: AuditAction,
  workspaces: readonly { readonly id: string; readonly bytes: number }[],
): void {
  const control = openControl(dataDir, now);
  try {
    const database = control.handle;
    const audit = makeAuditLog({ database, newId: makeIds({ now, random: Math.random }), now });
    for (const { id, bytes } of workspaces) {
      audit.record({ workspaceId: id, actor: null, action, detail: { bytes } });
      if (action === 'backup-made') noteBackup(database, id, { at: now(), bytes, madeBy: null });
    }
  } finally {
    control.close();
  }
}
