import type { AuditAction, AuditDetail } from '@rapport/domain/audit/actions';
import { roleNames } from '../api/shapes.ts';

/** What each line of the audit log says, after the name of who did it. `target` is what it was done to. */
const words: Readonly<Record<AuditAction, (target: string) => string>> = {
  'signed-in': () => 'signed in',
  'sign-in-failed': (target) => `failed to sign in as ${target}`,
  'signed-out': () => 'signed out',
  'session-ended': () => 'signed out other devices',
  'password-changed': () => 'changed their password',
  'two-factor-on': () => 'turned two-factor sign-in on',
  'two-factor-off': () => 'turned two-factor sign-in off',
  'recovery-codes-made': () => 'made new recovery codes',
  'workspace-made': () => 'made the workspace',
  'workspace-renamed': () => 'renamed the workspace',
  'invitation-made': (target) => `invited ${target}`,
  'invitation-used': () => 'joined by an invitation',
  'invitation-revoked': (target) => `revoked the invitation of ${target}`,
  'role-changed': (target) => `changed the role of ${target}`,
  'member-removed': (target) => `removed ${target}`,
  'member-left': () => 'left',
  'deals-reassigned': (target) => `handed over the deals of ${target}`,
  'deals-deleted': () => 'deleted many deals',
  'key-made': (target) => `made the API key ${target}`,
  'key-revoked': (target) => `revoked the API key ${target}`,
  'key-used': (target) => `used the API key ${target}, for the first time that day`,
  'team-made': (target) => `made the team ${target}`,
  'team-changed': (target) => `changed the team ${target}`,
  'team-deleted': (target) => `deleted the team ${target}`,
  'share-changed': (target) => `changed who sees ${target}`,
  'opened-by-admin': (target) => `opened ${target}, which is not shared with them`,
  'import-run': () => 'ran an import',
  'import-undone': () => 'undid an import',
  'export-made': () => 'exported data',
  'backup-made': () => 'made a backup',
  'backup-restored': () => 'restored a backup',
  'file-purged': () => 'deleted a file for good',
  'records-purged': () => 'emptied for good what was deleted 30 days ago',
  'person-erased': (target) => `erased the data of ${target}`,
  'person-exported': (target) => `exported the data of ${target}`,
};

/** Said where the name of what it was done to is gone, or where it never had one. */
const nameless: Partial<Record<AuditAction, string>> = {
  'invitation-made': 'whoever has the link',
  'invitation-revoked': 'whoever has the link',
};

/** “changed the role of Ben”. */
export const saysAction = (action: AuditAction, target: string | null | undefined): string =>
  (words[action] ?? (() => action))(target ?? nameless[action] ?? 'something that is gone');

/** What the action is called in a list of actions. */
export const actionName = (action: AuditAction): string => {
  const text = words[action]('…');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const methods: Readonly<Record<string, string>> = {
  password: 'with the password',
  code: 'with a code',
  'recovery-code': 'with a recovery code',
};
const roleWord = (value: unknown) =>
  typeof value === 'string' && Object.hasOwn(roleNames, value) ? roleNames[value as keyof typeof roleNames] : '–';

/** The rest of a line, in words where they are known. `nameOf` names a member. */
export function saysDetail(detail: AuditDetail, nameOf: (id: string) => string | undefined): string {
  const parts = Object.entries(detail).flatMap(([key, value]): string[] => {
    if (key === 'method') return [methods[String(value)] ?? String(value)];
    if (key === 'device') return [String(value)];
    if (key === 'role') return [`as ${roleWord(value).toLowerCase()}`];
    if (key === 'from') return [`${roleWord(value)} → ${roleWord(detail['to'])}`];
    if (key === 'to')
      return 'from' in detail ? [] : [value === null ? 'to nobody' : `to ${nameOf(String(value)) ?? value}`];
    if (key === 'deals') return [value === 1 ? '1 deal' : `${value} deals`];
    if (key === 'days') return [value === 1 ? 'for 1 day' : `for ${value} days`];
    if (key === 'forOneAddress') return [];
    if (key === 'sessions' || key === 'sessionsEnded') return [value === 1 ? '1 device' : `${value} devices`];
    return [`${key}: ${value ?? '–'}`];
  });
  return parts.join(', ');
}
