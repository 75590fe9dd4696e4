import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../apps/server/src/config.ts';
import { filesWith } from '../../apps/server/src/operate/person/search-bytes.ts';
import { startServer } from '../../apps/server/src/server.ts';
import {
  fieldsOf,
  fillIn,
  freePort,
  get,
  linkIn,
  openFormBench,
  openMailbox,
  post,
  until,
  type FormBench,
  type Mailbox,
} from './forms-fixture.ts';
import { runCommand } from './operate-fixture.ts';
import { makeWorkspace, signUp } from './server-fixture.ts';

let mailbox: Mailbox;
let bench: FormBench;
beforeAll(async () => {
  mailbox = await openMailbox(0, (recipient) => (recipient.startsWith('nobody@') ? 550 : null));
  bench = await openFormBench({
    SMTP_URL: mailbox.url,
    MAIL_FROM: 'Ask Us <ask@rapport.example>',
    LIMIT_FORM_PER_ADDRESS: '1000',
  });
});
afterAll(async () => {
  await bench.server.stop();
  await mailbox.close();
});

const week = 7 * 86_400_000;
const optIn = (input: object = {}) =>
  bench.form({ doubleOptIn: true, consents: [{ purpose: 'news', wording: 'Write to me', required: true }], ...input });
const counts = async (id: string) =>
  (await bench.ana.call('GET', `${bench.path}/forms/${id}/submissions`)).body['counts'];
const leadsOf = async (form: string) => (await bench.leads()).filter((lead) => lead['form'] === form);
/** Fills the form in and answers the link of the mail that came. */
async function send(id: string, email: string, more: Record<string, string> = {}): Promise<string> {
  const page = await get(bench.server, `/f/${id}`);
  const consent = /name="(_consent_[^"]+)"/.exec(page.html)?.[1];
  const reply = await fillIn(bench, id, {
    name: 'Eve',
    email,
    ...(consent === undefined ? {} : { [consent]: 'on' }),
    ...more,
  });
  expect(reply.status).toBe(200);
  const mail = await until(() => mailbox.mails.find(({ to, text }) => to[0] === email && text.includes(id)));
  return linkIn(mail.text);
}
const pathOf = (link: string): string => link.slice(bench.server.url.length);
const press = async (link: string) => {
  const page = await get(bench.server, pathOf(link));
  return post(bench.server, pathOf(link).split('?')[0] ?? '', fieldsOf(page.html));
};

test('a lead is made only when the button behind the link is pressed, with both steps as proof', async () => {
  const id = await optIn({ name: 'News\r\nBcc: all@evil.example', language: 'ar' });
  const link = await send(id, 'eve@adler.example', { message: 'Hello' });
  const mail = mailbox.mails.find(({ text }) => text.includes(id));
  expect(mail?.to).toEqual(['eve@adler.example']);
  expect(mail?.raw).toMatch(/^From: Ask Us <ask@rapport\.example>/m);
  expect(mail?.raw).not.toMatch(/^Bcc:/im);
  expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated/m);

  expect(await leadsOf(id)).toEqual([]);
  // Programs that look into mails open every link, and more than once.
  for (let times = 0; times < 3; times++) {
    const page = await get(bench.server, pathOf(link));
    expect([page.status, page.html.includes('dir="rtl"')]).toEqual([200, true]);
  }
  expect(await leadsOf(id)).toEqual([]);
  expect(await counts(id)).toMatchObject({ pending: 1, lead: 0 });

  bench.later(60_000);
  const both = await Promise.all([press(link), press(link)]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  expect((await press(link)).status).toBe(200);
  expect(await counts(id)).toMatchObject({ pending: 0, lead: 1 });
  const leads = await leadsOf(id);
  expect(leads).toHaveLength(1);
  expect(leads[0]?.['consent']).toMatchObject({
    news: {
      state: 'granted',
      proof: expect.stringMatching(/“Write to me” on 20.*127\.0\.0\.0\/24; confirmed by the link in an e-mail on 20/),
    },
  });
  const file = new Sqlite(join(bench.server.dataDir, 'workspaces', `${bench.workspaceId}.sqlite`), { readonly: true });
  try {
    // What was sent is on the lead, and no longer here; the token never was.
    const rows = JSON.stringify(file.prepare('SELECT * FROM form_submissions WHERE form = ?').all(id));
    expect(rows).not.toContain('eve@adler.example');
    expect(rows).not.toContain(new URL(link).searchParams.get('token'));
    expect(file.prepare('SELECT count(*) AS n FROM mail_queue').get()).toEqual({ n: 0 });
  } finally {
    file.close();
  }
});

test('after a week the link is no longer good, and what was sent is gone', async () => {
  const id = await optIn();
  const link = await send(id, 'late@adler.example');
  bench.later(week + 1000);
  expect((await get(bench.server, pathOf(link))).status).toBe(410);
  const token = new URL(link).searchParams.get('token') ?? '';
  expect((await post(bench.server, `/f/${id}/confirm`, { token })).status).toBe(410);
  expect(await leadsOf(id)).toEqual([]);
  const { forms } = await bench.server.services.host.open(bench.workspaceId);
  forms.purge(bench.server.services.now());
  expect(await counts(id)).toMatchObject({ pending: 0, expired: 1, lead: 0 });
  const other = await optIn();
  expect((await get(bench.server, `/f/${other}/confirm?token=${token}`)).status).toBe(410);
});

test('without an address nothing gets past it', async () => {
  const id = await optIn({ fields: [{ field: 'name', required: true }, { field: 'email' }], consents: [] });
  const without = await fillIn(bench, id, { name: 'Eve', email: '' });
  expect(without.status).toBe(422);
  const none = await optIn({ fields: [{ field: 'name' }] });
  expect((await get(bench.server, `/f/${none}`)).status).toBe(404);
  const form = (await bench.ana.call('GET', `${bench.path}/forms/${none}`)).body;
  expect(form['problems']).toEqual(['Confirming by e-mail takes an e-mail field.']);
});

test('nobody’s mailbox is flooded with it', async () => {
  const id = await optIn({ consents: [] });
  for (let times = 0; times < 5; times++)
    await fillIn(bench, id, { name: `Eve ${times}`, email: 'flood@adler.example' });
  await until(() => mailbox.mails.filter(({ to }) => to[0] === 'flood@adler.example').length >= 3);
  const { mail } = await bench.server.services.host.open(bench.workspaceId);
  await until(() => mail.nextTurn() === null);
  expect(mailbox.mails.filter(({ to }) => to[0] === 'flood@adler.example')).toHaveLength(3);
  expect(await counts(id)).toMatchObject({ pending: 5 });
});

test('a refused recipient is given up at once, and health says so', async () => {
  const id = await optIn({ consents: [] });
  await fillIn(bench, id, { name: 'Eve', email: 'nobody@adler.example' });
  const state = await until(async () => {
    const { mail } = (await bench.ana.call('GET', `${bench.path}/health`)).body as { mail?: Record<string, unknown> };
    return mail?.['dead'] === 1 ? mail : null;
  });
  expect(state).toMatchObject({ isOn: true, waiting: 0, dead: 1, lastProblem: expect.stringContaining('refused') });
  expect(JSON.stringify(state)).not.toContain('nobody@');
});

test('mail that could not be sent waits through a restart, although nobody opens the workspace', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-test-'));
  const port = await freePort();
  const config = readConfig(
    {
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      MAIL_FROM: 'a@b.example',
    },
    [],
  );
  if (!config.ok) throw new Error(config.error);
  let ahead = 0;
  const start = () => startServer(config.value, { now: () => Date.now() + ahead });
  let server = await start();
  let later: Mailbox | undefined;
  try {
    const ana = await signUp(server, 'Ana Nyberg');
    const { path } = await makeWorkspace(ana);
    const board = String((await ana.call('POST', `${path}/boards`, { name: 'Inbox', kind: 'leads' })).body['id']);
    const made = await ana.call('POST', `${path}/forms`, { board, active: true, doubleOptIn: true });
    const id = String(made.body['id']);
    const page = await (await fetch(`${server.url}/f/${id}`)).text();
    ahead += 4000;
    const sent = await fetch(`${server.url}/f/${id}`, {
      method: 'POST',
      body: new URLSearchParams({ ...fieldsOf(page), name: 'Eve', email: 'eve@adler.example' }),
    });
    expect(sent.status).toBe(200);
    const failing = await until(async () => {
      const { mail } = (await ana.call('GET', `${path}/health`)).body as { mail?: Record<string, unknown> };
      return mail?.['failing'] === 1 ? mail : null;
    });
    expect(failing).toMatchObject({ waiting: 1, lastProblem: expect.stringContaining('ECONNREFUSED') });
    await server.close();

    later = await openMailbox(port);
    ahead += 60_000;
    server = await start();
    const { mails } = later;
    expect((await until(() => mails[0])).to).toEqual(['eve@adler.example']);
    const link = linkIn(mails[0]?.text ?? '');
    // The port may be another one now.
    expect((await fetch(`${server.url}${new URL(link).pathname}${new URL(link).search}`)).status).toBe(200);
  } finally {
    await server.close();
    await later?.close();
    if (existsSync(dataDir)) rmSync(dataDir, { recursive: true, force: true });
  }
});

test('who is erased is erased from what waits, too; backup and export have the rest', async () => {
  const id = await optIn({ consents: [] });
  const link = await send(id, 'zora.q@lumen-optics.example', { name: 'Zora "Z" Quillfeather' });
  const kept = await send(id, 'kept@adler.example');
  const file = join(bench.server.dataDir, 'workspaces', `${bench.workspaceId}.sqlite`);
  const exported = await fetch(`${bench.server.url}${bench.path}/export`, { headers: { cookie: bench.ana.cookie } });
  const bytes = new Uint8Array(await exported.arrayBuffer());
  const zip = new ZipReader(new Uint8ArrayReader(bytes));
  const entry = (await zip.getEntries()).find(({ filename }) => filename === 'kept/form_submissions.json');
  if (entry === undefined || entry.directory) throw new Error('submissions are not in the export');
  expect(await entry.getData(new TextWriter())).toContain('zora.q@lumen-optics.example');
  const elsewhere = mkdtempSync(join(tmpdir(), 'rapport-test-'));
  try {
    writeFileSync(join(elsewhere, 'export.zip'), bytes);
    await runCommand('restore-export', join(elsewhere, 'data'), [join(elsewhere, 'export.zip')]);
    const there = new Sqlite(join(elsewhere, 'data', 'workspaces', `${bench.workspaceId}.sqlite`), { readonly: true });
    const waiting = there.prepare(`SELECT count(*) FROM form_submissions WHERE form = ? AND state = 'pending'`).pluck();
    expect(waiting.get(id)).toBe(2);
    expect(there.prepare('SELECT parent_id FROM access_places WHERE thing_id = ?').pluck().get(id)).toBe(bench.board);
    there.close();
  } finally {
    rmSync(elsewhere, { recursive: true });
  }

  const erased = await bench.ana.call('POST', `${bench.path}/erasures`, {
    texts: ['Zora "Z" Quillfeather'],
    records: [],
  });
  expect([erased.status, erased.body['remainingIn']]).toEqual([200, []]);
  expect(filesWith(dirname(file), ['zora.q@lumen-optics.example', 'Quillfeather'])).toEqual([]);
  expect((await get(bench.server, pathOf(link))).status).toBe(410);
  expect((await press(kept)).status).toBe(200);
  expect(await counts(id)).toMatchObject({ expired: 1, lead: 1 });
});
