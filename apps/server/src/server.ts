import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { makeIds } from '@rapport/doc/ids';
import type { Noun } from '@rapport/domain/http/workspace-context.node';
import { makeKeptUploads } from '@rapport/domain/imports/kept-upload.node';
import { lesserRole, type Role } from '@rapport/domain/people/roles';
import { makeStoreThread } from '@rapport/sync/server/sqlite/store-thread';
import type { Logger } from 'pino';
import { gatherRowOwners } from './access/gather-row-owners.ts';
import { makeSessionList } from './account/session-list.ts';
import { makeSpentCodes } from './account/spent-codes.ts';
import { makeTwoFactorState } from './account/two-factor-state.ts';
import { watchDeletions } from './account/watch-deletions.ts';
import type { Config } from './config.ts';
import { openAccounts } from './control/accounts.ts';
import { makeApiKeys } from './control/api-keys.ts';
import type { AuditAction, AuditSubject } from '@rapport/domain/audit/actions';
import { makeAuditLog } from './control/audit.ts';
import { openControl } from './control/database.ts';
import { makeIdempotency } from './control/idempotency.ts';
import { makeInvitations } from './control/invitations.ts';
import { makeMembers } from './control/members.ts';
import { hashToken, loadSecret } from './control/secret.ts';
import { makeSessions } from './control/sessions.ts';
import { makeWorkspaces } from './control/workspaces.ts';
import { makeCollector } from './files/collect.ts';
import { makeFormAddresses } from './forms/form-addresses.ts';
import { attendForms } from './forms/attend-forms.ts';
import { makePageTokens } from './forms/page-token.ts';
import { makeMailing } from './mail/mailing.ts';
import { makeTransport } from './mail/transport.ts';
import { makeFileStores } from './files/workspace-files.ts';
import { workspaceContext } from './http/api-context.ts';
import { makeApp } from './http/app.ts';
import { makeDrain } from './http/drain.ts';
import { makeLog } from './log.ts';
import { nouns as allNouns } from './registry.ts';
import { makeBackups } from './operate/backup-thread.ts';
import { makeErasures } from './operate/erase/erasure-thread.ts';
import { makeRestores } from './operate/restore/restore-thread.ts';
import { makeThinning } from './operate/thin/thinning.ts';
import { makeCommitTimes } from './operate/commit-times.ts';
import { refuseNewerFolder } from './operate/format.ts';
import { makeMetrics } from './operate/metrics.ts';
import type { Services } from './services.ts';
import { endSession } from './sockets/access-changes.ts';
import { liveEndpoint } from './sockets/live-endpoint.ts';
import { makeOpenSockets } from './sockets/open-sockets.ts';
import { watchSessions } from './sockets/session-watch.ts';
import { writeSeen } from './account/write-seen.ts';
import { syncEndpoint } from './sockets/sync-endpoint.ts';
import { acceptUpgrades } from './sockets/upgrade.ts';
import { version } from './version.ts';
import { makeOpenHub } from './workspaces/open-hub.ts';
import { makeReadThread, slowly } from './workspaces/read-thread.ts';
import { makeReader } from './workspaces/reader.ts';
import { makeWorkspaceHost } from './workspaces/workspace-host.ts';

export interface RunningServer {
  /** PUBLIC_URL: where people open it. */
  readonly url: string;
  /** The bound port. */
  readonly port: number;
  readonly services: Services;
  /** Everything received is durable, sockets are closed with 1012, files are closed. */
  close(): Promise<void>;
}

/** What a test may replace. */
export interface Replacements {
  readonly nouns?: readonly Noun[];
  readonly now?: () => number;
  readonly log?: Logger;
  /** The built web app's folder. */
  readonly webFolder?: string;
  /** What the read thread runs; see read-worker.ts. */
  readonly readWorker?: URL;
}

/** Starts everything on one port and resolves when it is ready to use. Rejects when the port or DATA_DIR cannot be used. */
export async function startServer(config: Config, replacements: Replacements = {}): Promise<RunningServer> {
  const {
    nouns = allNouns,
    now = Date.now,
    log = makeLog(config.logLevel),
    webFolder = builtWeb,
    readWorker = ownReadWorker,
  } = replacements;
  // Before anything is opened: files of a later version stay as they are, to the byte.
  refuseNewerFolder(config.dataDir);
  const server = createServer((_request, response) => {
    response.writeHead(503, { 'retry-after': '1' }).end('Rapport is starting.');
  });
  const port = await listen(server, config);
  const publicUrl = config.publicUrl ?? `http://localhost:${port}`;
  const stopping: (() => void | Promise<void>)[] = [() => closeServer(server)];
  const close = async () => {
    for (const stop of stopping.splice(0).reverse()) await stop();
  };

  try {
    const newId = makeIds({ now, random: Math.random });
    const control = openControl(config.dataDir, now);
    stopping.push(() => control.close());
    const secret = loadSecret(config.dataDir);
    const sockets = makeOpenSockets();
    const accounts = await openAccounts({
      database: control.handle,
      secret,
      publicUrl,
      onSessionEnd(token) {
        const sessionId = hashToken(token);
        sessions.drop(sessionId);
        if (!sessions.isReplaced(sessionId)) endSession({ sockets }, sessionId);
      },
      onProblem: (message) => log.warn({ from: 'accounts' }, message),
    });
    const sessionList = makeSessionList({ database: control.handle, now });
    const sessions = makeSessions(accounts, now, (token) => sessionList.seen(token));

    const sendsMail = config.mail !== null;
    const keptUploads = makeKeptUploads(join(config.dataDir, 'importing'));
    const deps = { now, newId, publicUrl, sendsMail, warn: log.warn.bind(log), fileWorker: ownFileWorker, keptUploads };
    const metrics = makeMetrics(
      config.metricsToken,
      () => host,
      () => mailing,
    );
    stopping.push(() => metrics.close());
    const commitTimes = makeCommitTimes((ms) => metrics.commitTook(ms));
    const backups = makeBackups(ownBackupWorker);
    const erasures = makeErasures(ownErasureWorker);
    const restores = makeRestores(ownRestoreWorker);
    const { dataDir, historyDays } = config;
    const thinning = makeThinning({ entry: ownThinWorker, dataDir, historyDays, now, log });
    const rowOwners = gatherRowOwners(nouns);
    const files = makeFileStores(config.dataDir);
    const formAddresses = makeFormAddresses({ control: control.handle, dataDir });
    const mailing = makeMailing({ transport: config.mail === null ? null : makeTransport(config.mail), now, log });
    stopping.push(() => mailing.close());
    const storeThread = makeStoreThread(ownStoreWorker);
    stopping.push(() => storeThread.close());
    const host = makeWorkspaceHost({
      dataDir: config.dataDir,
      rowOwners,
      openHub: makeOpenHub({ nouns, limits: config.syncLimits, now, log, onCommitTime: commitTimes.add, storeThread }),
      reader: makeReader({ thread: makeReadThread(readWorker, { rowOwners }), now }),
      slowReader: makeReader({ thread: makeReadThread(readWorker, { rowOwners }, slowly), now }),
      attend: (workspace) => [
        ...nouns.flatMap(
          (noun) =>
            noun.onWorkspaceOpened?.(
              { ...workspace, audit: auditOf(workspace.id), as: asMember(workspace.id) },
              deps,
            ) ?? [],
        ),
        makeCollector({
          workspace,
          files: files(workspace.id),
          now,
          onProblem: (error) => log.error({ error }, 'contents of files could not be looked after'),
        }).close,
        formAddresses.attend(workspace),
        mailing.attend(workspace.id, workspace.mail),
        attendForms({
          workspace,
          now,
          onProblem: (error) => log.error({ error }, 'old submissions could not be deleted'),
        }),
        watchDeletions({
          workspaceId: workspace.id,
          hub: workspace.hub,
          audit,
          onProblem: (error) => log.error({ error }, 'a deletion of many could not be written to the audit log'),
        }),
      ],
      roleOf(workspaceId, memberId) {
        const member = members.get(workspaceId, memberId);
        return member?.status === 'active' ? member.role : null;
      },
      membersOf: (workspaceId) => members.list(workspaceId),
    });
    const asMember = (workspaceId: string) => async (memberId: string, least: Role) => {
      const member = members.get(workspaceId, memberId);
      if (member?.status !== 'active') return null;
      const { name, email, colour } = member;
      const role = lesserRole(member.role, least);
      return workspaceContext(services, await host.open(workspaceId), { memberId, name, email, colour, role });
    };
    const database = control.handle;
    const audit = makeAuditLog({ database, newId, now });
    const auditOf =
      (workspaceId: string) =>
      (action: AuditAction, { target, detail }: AuditSubject = {}) =>
        audit.record({ workspaceId, actor: null, action, target, detail });
    const members = makeMembers({ database, newId, now, onChange: (id) => host.peek(id)?.live.membersChanged() });
    const services: Services = {
      config,
      publicUrl,
      version,
      nouns,
      nounDeps: deps,
      control,
      accounts,
      sessions,
      sessionList,
      twoFactor: makeTwoFactorState(database),
      spentCodes: makeSpentCodes(now),
      members,
      workspaces: makeWorkspaces({ database, members, newId, now }),
      invitations: makeInvitations({ database, members, newId, now }),
      apiKeys: makeApiKeys({ database, audit, newId, now }),
      idempotency: makeIdempotency(database, secret, now),
      audit,
      host,
      files,
      formAddresses,
      pageTokens: makePageTokens(secret, now),
      mailing,
      sockets,
      now,
      newId,
      log,
      metrics,
      commitTimes,
      backups,
      erasures,
      restores,
      thinning,
    };

    stopping.push(() => sockets.close(() => true, 1012, 'the server restarts'));
    stopping.push(() => host.close());
    stopping.push(() => backups.close());
    stopping.push(() => erasures.close());
    stopping.push(() => restores.close());
    stopping.push(() => thinning.close());
    const upgrades = acceptUpgrades(
      server,
      { sync: syncEndpoint(services), live: liveEndpoint(services) },
      {
        maxPayload: config.syncLimits.firstSyncBytes + 1024,
        onProblem: (error) => log.error({ error }, 'a connection failed'),
      },
    );
    stopping.push(() => upgrades.close());
    stopping.push(watchSessions(services));
    stopping.push(writeSeen(services));
    const listener = getRequestListener(makeApp(services, webFolder).fetch);
    const requests = makeDrain(server, (request, response) => void listener(request, response));
    stopping.push(() => requests.drain());
    // Nobody may come by to open these: their mail is sent all the same.
    if (mailing.isOn)
      for (const id of formAddresses.withMail())
        host
          .open(id)
          .catch((error: unknown) => log.error({ error, workspace: id }, 'a workspace with mail could not be opened'));
    // Nor these: their imports go on.
    for (const id of keptUploads.workspaces())
      if (existsSync(join(config.dataDir, 'workspaces', `${id}.sqlite`)))
        host
          .open(id)
          .catch((error: unknown) =>
            log.error({ error, workspace: id }, 'a workspace with an import could not be opened'),
          );
    return { url: publicUrl, port, services, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** apps/web/dist, from the sources and from the bundle alike: both lie one folder below apps/server. */
const builtWeb = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'web', 'dist');

/** Beside this file, in the sources and in the bundle: a second program, for a thread of its own. */
const ownReadWorker = new URL(`./read-worker${extname(import.meta.url)}`, import.meta.url);
const ownFileWorker = new URL(`./file-worker${extname(import.meta.url)}`, import.meta.url);
const ownStoreWorker = new URL(`./store-worker${extname(import.meta.url)}`, import.meta.url);
const ownThinWorker = new URL(`./thin-worker${extname(import.meta.url)}`, import.meta.url);
const ownRestoreWorker = new URL(`./restore-worker${extname(import.meta.url)}`, import.meta.url);
const ownErasureWorker = new URL(`./erase-worker${extname(import.meta.url)}`, import.meta.url);
const ownBackupWorker = new URL(`./backup-worker${extname(import.meta.url)}`, import.meta.url);

function listen(server: Server, { port, host }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Whoever wanted an answer has it by now, and an open connection would keep us waiting.
    server.closeAllConnections();
  });
}
