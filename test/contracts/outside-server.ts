import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url));

/** The server as a program of its own; nothing of it is imported here. */
export interface OutsideServer {
  readonly url: string;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** Everything it printed. */
  readonly printed: () => string;
  /** Its exit code; null after a signal that it could not handle. */
  readonly exited: Promise<number | null>;
  stop(): Promise<void>;
}

/** Runs the server until it ends: for settings that it refuses. */
export async function runServer(env: Record<string, string>): Promise<{ code: number | null; printed: string }> {
  const { printed, exited } = launch(env);
  return { code: await exited, printed: printed() };
}

function launch(env: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, printed: () => text, exited };
}

/** Starts the server on a free port and waits for the address that it prints. Without `dataDir` it has a new one. */
export async function startOutside(dataDir = mkdtempSync(join(tmpdir(), 'rapport-outside-'))): Promise<OutsideServer> {
  const { child, printed, exited } = launch({ DATA_DIR: dataDir });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const address = /ready at (\S+)/.exec(printed())?.[1];
      if (address !== undefined) resolve(address);
    });
    void exited.then((code) => reject(new Error(`the server ended with ${code}: ${printed()}`)));
  });
  return {
    url,
    dataDir,
    process: child,
    printed,
    exited,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown> & {
    readonly id?: string;
    readonly items?: readonly Record<string, unknown>[];
    readonly error?: { readonly code: string; readonly message: string; readonly fields?: Record<string, string> };
  };
}

export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/** Calls as any HTTP program would; `always` are its credentials. A string goes as it is, a form as multipart. */
export const callerOf =
  (url: string, always: Readonly<Record<string, string>> = {}): Call =>
  async (method, path, body, headers = {}) => {
    const isReady = body === undefined || typeof body === 'string' || body instanceof FormData;
    const json = body instanceof FormData || body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(url + path, {
      method,
      headers: { ...json, ...always, ...headers },
      ...(body === undefined ? {} : { body: isReady ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== '' ? (JSON.parse(text) as Answer['body']) : { text },
    };
  };

export const cookieOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

/** Signs a new person up and calls with their cookie, without an Origin. */
export async function person(url: string, name: string): Promise<{ email: string; cookie: string; call: Call }> {
  const email = `${name.toLowerCase()}@outside.example`;
  const reply = await callerOf(url)('POST', '/api/auth/sign-up/email', { name, email, password: 'correct horse' });
  if (reply.status !== 200) throw new Error(`no sign-up: ${JSON.stringify(reply.body)}`);
  const cookie = cookieOf(reply.headers);
  return { email, cookie, call: callerOf(url, { cookie }) };
}
