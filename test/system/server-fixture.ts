import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, type Config } from '../../apps/server/src/config.ts';
import { startServer, type Replacements, type RunningServer } from '../../apps/server/src/server.ts';

export interface TestServer extends RunningServer {
  readonly dataDir: string;
  readonly config: Config;
  stop(): Promise<void>;
}

/** A real server on a free port with a folder of its own. `env` are settings beside PORT and DATA_DIR. */
export async function openServer(
  options: { env?: Record<string, string>; replace?: Replacements } = {},
): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-test-'));
  const config = readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...options.env }, []);
  if (!config.ok) throw new Error(config.error);
  const running = await startServer(config.value, options.replace);
  return {
    ...running,
    dataDir,
    config: config.value,
    async stop() {
      await running.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // Test code reads replies of many shapes; each assertion says which.
  readonly body: Record<string, unknown> & { items?: Record<string, unknown>[]; error?: ApiError };
}

export interface ApiError {
  readonly code: string;
  readonly message: string;
  readonly fields?: Record<string, string>;
}

type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;

export interface Person {
  readonly email: string;
  readonly cookie: string;
  /** Calls as this person's browser would: cookie and our Origin. */
  readonly call: Call;
}

export function caller(server: RunningServer, always: Record<string, string> = {}): Call {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(server.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...always, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== '' ? JSON.parse(text) : { text },
    };
  };
}

const cookieOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

export async function signUp(server: RunningServer, name: string): Promise<Person> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@team.example`;
  const reply = await caller(server)('POST', '/api/auth/sign-up/email', { name, email, password: 'correct horse' });
  if (reply.status !== 200) throw new Error(`sign-up failed: ${reply.status} ${JSON.stringify(reply.body)}`);
  return asPerson(server, email, cookieOf(reply.headers));
}

export async function signIn(server: RunningServer, email: string): Promise<Person> {
  const reply = await caller(server)('POST', '/api/auth/sign-in/email', { email, password: 'correct horse' });
  if (reply.status !== 200) throw new Error(`sign-in failed: ${reply.status} ${JSON.stringify(reply.body)}`);
  return asPerson(server, email, cookieOf(reply.headers));
}

const asPerson = (server: RunningServer, email: string, cookie: string): Person => ({
  email,
  cookie,
  call: caller(server, { cookie, origin: server.url }),
});

/** A workspace of `admin`; answers its path below /api/v1 and its id. */
export async function makeWorkspace(admin: Person, name = 'Northwind'): Promise<{ id: string; path: string }> {
  const reply = await admin.call('POST', '/api/v1/workspaces', { name });
  if (reply.status !== 201) throw new Error(`no workspace: ${JSON.stringify(reply.body)}`);
  const id = String(reply.body['id']);
  return { id, path: `/api/v1/w/${id}` };
}

/** Signs `name` up and brings them in with a role. Answers their member id, too. */
export async function joinAs(
  server: RunningServer,
  admin: Person,
  path: string,
  name: string,
  role: string,
): Promise<Person & { memberId: string }> {
  const person = await signUp(server, name);
  const invitation = await admin.call('POST', `${path}/invitations`, { email: person.email, role });
  const accepted = await person.call('POST', `/api/v1/invitations/${String(invitation.body['token'])}/accept`, {});
  if (accepted.status !== 200) throw new Error(`not joined: ${JSON.stringify(accepted.body)}`);
  return { ...person, memberId: String(accepted.body['memberId']) };
}

export async function makeKey(person: Person, path: string, role: string): Promise<{ id: string; key: string }> {
  const reply = await person.call('POST', `${path}/api-keys`, { name: 'A program', role });
  if (reply.status !== 201) throw new Error(`no key: ${JSON.stringify(reply.body)}`);
  return { id: String(reply.body['id']), key: String(reply.body['key']) };
}
