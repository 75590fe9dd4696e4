/**
 * What the audit log tells of. The set is closed and names are final, because lines are kept for ever: add new ones, never
 * rename.
 */
export const auditActions = [
  'signed-in',
  'sign-in-failed',
  'signed-out',
  'session-ended',
  'password-changed',
  'two-factor-on',
  'two-factor-off',
  'recovery-codes-made',
  'workspace-made',
  'workspace-renamed',
  'invitation-made',
  'invitation-used',
  'invitation-revoked',
  'role-changed',
  'member-removed',
  'member-left',
  'deals-reassigned',
  'deals-deleted',
  'key-made',
  'key-revoked',
  'key-used',
  'team-made',
  'team-changed',
  'team-deleted',
  'share-changed',
  'opened-by-admin',
  'import-run',
  'import-undone',
  'export-made',
  'backup-made',
  'backup-restored',
  'file-purged',
  'records-purged',
  'person-erased',
  'person-exported',
] as const;

export type AuditAction = (typeof auditActions)[number];

/**
 * What a line says besides who, when and what. Ids, roles, counts and choices only: no names, e-mails or customers' text,
 * because a line cannot be changed or erased later. Names are looked up when it is read.
 */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;

/** How a workspace's own code adds a line for whoever makes the request. `target` is the id of what it was done to. */
export type Audit = (action: AuditAction, about?: AuditSubject) => void;

export interface AuditSubject {
  readonly target?: string;
  readonly detail?: AuditDetail;
}
