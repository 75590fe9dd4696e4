import { createServer, type Server } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Person, TestServer } from './server-fixture.ts';
import { makeWorkspace, openServer, signUp } from './server-fixture.ts';

/** A server whose clock the test moves, with a workspace, an inbox of leads and somebody who builds forms. */
export interface FormBench {
  readonly server: TestServer;
  readonly ana: Person;
  readonly path: string;
  readonly workspaceId: string;
  readonly board: string;
  /** Lets time go by for tokens and terms. */
  later(ms: number): void;
  /** Makes a form that takes answers, and answers its id. */
  form(input?: object): Promise<string>;
  /** The leads that there are. */
  leads(): Promise<readonly Record<string, unknown>[]>;
}

export async function openFormBench(env: Record<string, string> = {}): Promise<FormBench> {
  let ahead = 0;
  const server = await openServer({ env, replace: { now: () => Date.now() + ahead } });
  const ana = await signUp(server, 'Ana Nyberg');
  const { id: workspaceId, path } = await makeWorkspace(ana);
  const made = await ana.call('POST', `${path}/boards`, { name: 'Inbox', kind: 'leads' });
  const board = String(made.body['id']);
  return {
    server,
    ana,
    path,
    workspaceId,
    board,
    later: (ms) => void (ahead += ms),
    async form(input = {}) {
      const reply = await ana.call('POST', `${path}/forms`, { board, active: true, ...input });
      if (reply.status !== 201) throw new Error(`no form: ${JSON.stringify(reply.body)}`);
      return String(reply.body['id']);
    },
    async leads() {
      const reply = await ana.call('GET', `${path}/leads`);
      return reply.body.items ?? [];
    },
  };
}

export interface PageReply {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}

async function pageOf(response: Response): Promise<PageReply> {
  return { status: response.status, headers: response.headers, html: await response.text() };
}

export const get = async (server: TestServer, path: string, headers: Record<string, string> = {}): Promise<PageReply> =>
  pageOf(await fetch(server.url + path, { redirect: 'manual', headers }));

const unescaped = (text: string): string =>
  text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

/** The fields of a page's form with their values, as a browser would send them. */
export function fieldsOf(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [tag] of html.matchAll(/<(?:input|textarea|select)\b[^>]*>/g)) {
    const attribute = (name: string) => unescaped(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
    if (attribute('type') !== 'checkbox') fields[attribute('name')] = attribute('value');
  }
  for (const [, name = '', text = ''] of html.matchAll(/<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)<\/textarea/g))
    fields[name] = unescaped(text);
  return fields;
}

export const post = async (
  server: TestServer,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<PageReply> =>
  pageOf(
    await fetch(server.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields).toString(),
    }),
  );

/** Opens a form, waits as long as a person does, and sends it. */
export async function fillIn(
  bench: FormBench,
  id: string,
  answers: Record<string, string>,
  query = '',
): Promise<PageReply> {
  const page = await get(bench.server, `/f/${id}${query}`);
  bench.later(4000);
  return post(bench.server, `/f/${id}`, { ...fieldsOf(page.html), ...answers });
}

export interface Mailbox {
  readonly url: string;
  readonly port: number;
  /** Mails as they came, whole. */
  readonly mails: { readonly to: readonly string[]; readonly raw: string; readonly text: string }[];
  close(): Promise<void>;
}

/** A real mail server. `refuse` answers why a recipient is refused. */
export async function openMailbox(
  port = 0,
  refuse: (recipient: string) => number | null = () => null,
): Promise<Mailbox> {
  const mails: Mailbox['mails'] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo(address, _session, callback) {
      const code = refuse(address.address);
      if (code === null) callback();
      else callback(Object.assign(new Error('refused by the test'), { responseCode: code }));
    },
    onData(stream, session, callback) {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const raw = Buffer.concat(pieces).toString('utf8');
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw, text: textOf(raw) });
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `smtp://127.0.0.1:${bound}`,
    port: bound,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A port that nothing listens on now. */
export async function freePort(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** What a mail's reader sees. */
function textOf(raw: string): string {
  const body = raw.slice(raw.indexOf('\r\n\r\n'));
  if (/content-transfer-encoding: base64/i.test(raw)) return Buffer.from(body, 'base64').toString('utf8');
  const bytes = body
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** The link in a mail. */
export function linkIn(text: string): string {
  const link = /https?:\/\/\S+\/confirm\?token=[\w-]+/.exec(text)?.[0];
  if (link === undefined) throw new Error(`no link in ${text}`);
  return link;
}

/** Waits until something is so. */
export async function until<T>(
  what: () => T | undefined | null | false | Promise<T | undefined | null | false>,
): Promise<T> {
  for (const end = Date.now() + 15_000; ;) {
    const found = await what();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > end) throw new Error('it did not come to be');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
