import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const main = join(import.meta.dirname, '../../apps/server/src/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'rapport-process-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

function run(env: Record<string, string>, args: readonly string[] = []): Ran {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', DATA_DIR: join(folder, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

async function untilReady(ran: Ran): Promise<string> {
  for (;;) {
    const url = /Rapport is ready at (\S+)/.exec(ran.output())?.[1];
    if (url !== undefined) return url;
    if (ran.child.exitCode !== null) throw new Error(`ended: ${ran.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('settings', () => {
  test.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['HOST', 'not a host'],
    ['PUBLIC_URL', 'crm.example'],
    ['PUBLIC_URL', 'https://crm.example/path'],
    ['LOG_LEVEL', 'loud'],
    ['TRUST_PROXY', 'yes'],
    ['REFUSE_COMMON_PASSWORDS', 'no'],
    ['LIMIT_BODY_BYTES', '1MB'],
    ['LIMIT_FRAME_BYTES', '-1'],
  ])('%s=%s is one line that names it, and exit 2', async (name, value) => {
    const ran = run({ [name]: value });
    expect(await ran.ended).toBe(2);
    expect(ran.output().trimEnd().split('\n')).toHaveLength(1);
    expect(ran.output()).toContain(name);
  });

  test('an unknown argument, a port in use and a folder that is a file are said plainly', async () => {
    const unknown = run({}, ['--demmo']);
    expect([await unknown.ended, unknown.output()]).toEqual([2, expect.stringContaining("'--demmo'")]);

    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const address = holder.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const taken = run({ PORT: port });
    expect([await taken.ended, taken.output()]).toEqual([2, expect.stringContaining(`PORT ${port}`)]);
    holder.close();

    for (const folder of [join(main, 'data'), '/proc/rapport/data']) {
      const file = run({ DATA_DIR: folder });
      expect([await file.ended, file.output()]).toEqual([2, expect.stringContaining('DATA_DIR')]);
    }
  });
});

describe('--demo', () => {
  test('a workspace with sample data, and the same sign-in at the next start', async () => {
    const printed: string[] = [];
    for (let start = 0; start < 2; start++) {
      const ran = run({ DATA_DIR: join(folder, 'demo') }, ['--demo']);
      const url = await untilReady(ran);
      const [, email, password] = /sign in as (\S+) with the password (\S+)/.exec(ran.output()) ?? [];
      printed.push(`${email} ${password}`);
      const body = JSON.stringify({ email, password });
      const headers = { origin: url, 'content-type': 'application/json' };
      const signedIn = await fetch(`${url}/api/auth/sign-in/email`, { method: 'POST', headers, body });
      const cookie = signedIn.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ');
      const mine = (await (await fetch(`${url}/api/v1/workspaces`, { headers: { cookie } })).json()) as {
        items: { id: string }[];
      };
      expect(mine.items).toHaveLength(1);
      const deals = await fetch(`${url}/api/v1/w/${mine.items[0]?.id}/deals`, { headers: { cookie } });
      expect(((await deals.json()) as { total: number }).total).toBeGreaterThan(20);
      ran.child.kill('SIGTERM');
      expect(await ran.ended).toBe(0);
    }
    expect(printed[0]).toBe(printed[1]);
    expect(statSync(join(folder, 'demo', 'demo-sign-in.json')).mode & 0o777).toBe(0o600);
  });
});

describe('stopping', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s: sockets closed 1012, exit 0 within 5 s, and accounts are kept',
    async (signal) => {
      const ran = run({});
      const url = await untilReady(ran);
      const origin = { origin: url, 'content-type': 'application/json' };
      const account = { name: 'Ana', email: `${signal.toLowerCase()}@team.example`, password: 'correct horse' };
      const up = await fetch(`${url}/api/auth/sign-up/email`, {
        method: 'POST',
        headers: origin,
        body: JSON.stringify(account),
      });
      const cookie = up.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ');
      const made = await fetch(`${url}/api/v1/workspaces`, {
        method: 'POST',
        headers: { ...origin, cookie },
        body: '{"name":"W"}',
      });
      const { id } = (await made.json()) as { id: string };
      const { WebSocket } = await import('ws');
      const socket = new WebSocket(`${url.replace('http', 'ws')}/live/${id}`, { headers: { cookie, origin: url } });
      await new Promise((resolve) => socket.once('open', resolve));
      const closed = new Promise<number>((resolve) => socket.once('close', resolve));
      // Let the server admit it: the live channel answers nothing until something changes.
      await fetch(`${url}/api/v1/w/${id}/me`, {
        method: 'PATCH',
        headers: { ...origin, cookie },
        body: '{"colour":3}',
      });

      const startMs = performance.now();
      ran.child.kill(signal);
      expect(await ran.ended).toBe(0);
      expect(performance.now() - startMs).toBeLessThan(5000);
      expect(await closed).toBe(1012);

      const again = run({});
      const newUrl = await untilReady(again);
      const back = await fetch(`${newUrl}/api/v1/w/${id}/me`, { headers: { cookie } });
      expect([back.status, ((await back.json()) as { colour: number }).colour]).toEqual([200, 3]);
      again.child.kill('SIGTERM');
      expect(await again.ended).toBe(0);
    },
  );

  test('what is secret is readable by its owner only', () => {
    const data = join(folder, 'data');
    expect(existsSync(join(data, 'control.sqlite'))).toBe(true);
    for (const name of ['secret', 'control.sqlite']) expect(statSync(join(data, name)).mode & 0o777).toBe(0o600);
    for (const name of ['.', 'workspaces']) expect(statSync(join(data, name)).mode & 0o777).toBe(0o700);
  });
});
