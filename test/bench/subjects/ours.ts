import allocation from '../../../scripts/server-environment.json' with { type: 'json' };
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, startProcess } from '../server-process.ts';
import type { RunningSubject, Subject, SubjectSettings } from '../subject.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const unlimited = '1000000000';

/** Who the loads act as: one member with a key; kept beside the data so that a restart needs no second sign-up. */
export interface Account {
  readonly workspaceId: string;
  readonly key: string;
}

export interface OurServer extends RunningSubject {
  readonly url: string;
  readonly account: Account;
  /** Calls the API as the account, below /api/v1/w/<workspace>. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
}

export const isOurs = (subject: RunningSubject): subject is OurServer => 'account' in subject;

/** The server that `npm start` runs, as it is built, with everything on: accounts, access, projections, activity. */
export const ours: Subject & { start(dataDir: string, settings: SubjectSettings): Promise<OurServer> } = {
  name: 'Rapport',
  async start(dataDir, settings) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const extra = process.env['BENCH_NODE_FLAGS']?.split(' ').filter((flag) => flag !== '') ?? [];
    const server = await startProcess({
      args: ['--enable-source-maps', ...extra, 'apps/server/dist/main.js'],
      cwd: root,
      env: {
        ...allocation,
        PORT: String(port),
        PUBLIC_URL: url,
        DATA_DIR: dataDir,
        LOG_LEVEL: 'warn',
        // One member drives the whole load, so what protects a server from one member is set aside.
        LIMIT_UPDATES_PER_SECOND: unlimited,
        LIMIT_UPDATE_BURST: unlimited,
        LIMIT_CONNECTIONS_PER_MEMBER: '100000',
        LIMIT_REQUESTS_PER_SECOND: '100000',
        LIMIT_REQUEST_BURST: '100000',
        ...(settings.idleUnloadMs === undefined ? {} : { LIMIT_IDLE_UNLOAD_MS: String(settings.idleUnloadMs) }),
      },
      readyText: 'Rapport is ready',
    });
    const account = await accountOf(url, dataDir);
    const base = `${url}/api/v1/w/${account.workspaceId}`;
    const call = <T>(method: string, path: string, body?: unknown) =>
      callJson<T>(method, base + path, { authorization: `Bearer ${account.key}` }, body);
    return {
      process: server,
      url,
      account,
      call,
      wantsToken: false,
      async createBoard() {
        const made = await call<{ doc: string }>('POST', '/boards', { name: 'Bench' });
        return made.doc;
      },
      urlOf: (doc) => `ws://127.0.0.1:${port}/sync/${account.workspaceId}/${doc}?token=${account.key}`,
      prefixOf: () => new Uint8Array(0),
    };
  },
};

async function accountOf(url: string, dataDir: string): Promise<Account> {
  const kept = join(dataDir, 'bench-account.json');
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as Account;
  const signUp = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ name: 'Bench', email: 'bench@team.example', password: 'correct horse' }),
  });
  const cookie = signUp.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const headers = { cookie, origin: url };
  const workspace = await callJson<{ id: string }>('POST', `${url}/api/v1/workspaces`, headers, { name: 'Bench' });
  const keys = `${url}/api/v1/w/${workspace.id}/api-keys`;
  const { key } = await callJson<{ key: string }>('POST', keys, headers, { name: 'Bench', role: 'admin' });
  const account = { workspaceId: workspace.id, key };
  writeFileSync(kept, JSON.stringify(account));
  return account;
}

async function callJson<T>(method: string, url: string, headers: Record<string, string>, body?: unknown): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}
