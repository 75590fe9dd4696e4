import type { Noun, NounDeps } from '@rapport/domain/http/workspace-context.node';
import type { Logger } from 'pino';
import type { SessionList } from './account/session-list.ts';
import type { SpentCodes } from './account/spent-codes.ts';
import type { TwoFactorState } from './account/two-factor-state.ts';
import type { Config } from './config.ts';
import type { FormAddresses } from './forms/form-addresses.ts';
import type { PageTokens } from './forms/page-token.ts';
import type { Mailing } from './mail/mailing.ts';
import type { FileStores } from './files/workspace-files.ts';
import type { Accounts } from './control/accounts.ts';
import type { ApiKeys } from './control/api-keys.ts';
import type { AuditLog } from './control/audit.ts';
import type { ControlDatabase } from './control/database.ts';
import type { Idempotency } from './control/idempotency.ts';
import type { Invitations } from './control/invitations.ts';
import type { Members } from './control/members.ts';
import type { Sessions } from './control/sessions.ts';
import type { Workspaces } from './control/workspaces.ts';
import type { Backups } from './operate/backup-thread.ts';
import type { Erasures } from './operate/erase/erasure-thread.ts';
import type { Restores } from './operate/restore/restore-thread.ts';
import type { Thinning } from './operate/thin/thinning.ts';
import type { AllCommitTimes } from './operate/commit-times.ts';
import type { Metrics } from './operate/metrics.ts';
import type { OpenSockets } from './sockets/open-sockets.ts';
import type { WorkspaceHost } from './workspaces/workspace-host.ts';

/** What the composition root made and the HTTP and WebSocket edges use. */
export interface Services {
  readonly config: Config;
  /** Origin, no trailing slash. */
  readonly publicUrl: string;
  readonly version: string;
  readonly nouns: readonly Noun[];
  readonly nounDeps: NounDeps;
  readonly control: ControlDatabase;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly sessionList: SessionList;
  readonly twoFactor: TwoFactorState;
  readonly spentCodes: SpentCodes;
  readonly members: Members;
  readonly workspaces: Workspaces;
  readonly invitations: Invitations;
  readonly apiKeys: ApiKeys;
  readonly idempotency: Idempotency;
  readonly audit: AuditLog;
  readonly host: WorkspaceHost;
  /** The bytes of each workspace's files. */
  readonly files: FileStores;
  /** In which workspace a public form is. */
  readonly formAddresses: FormAddresses;
  readonly pageTokens: PageTokens;
  readonly mailing: Mailing;
  readonly sockets: OpenSockets;
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly commitTimes: AllCommitTimes;
  readonly backups: Backups;
  readonly erasures: Erasures;
  readonly restores: Restores;
  readonly thinning: Thinning;
}
