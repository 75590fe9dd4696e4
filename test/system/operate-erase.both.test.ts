// Erasing what is written about a person: from documents, histories, snapshots, rows, search, proved by searching the
// files; and what becomes of those who have an old copy.
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openOfflineStore } from '@rapport/sync/client/offline-store';
import { openDocument, type SharedDocument } from '@rapport/sync/client/shared-document';
import { makeTestIndexedDb } from '@rapport/sync/client/test-indexed-db';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { reports } from '@rapport/domain/reports/definitions';
import { placesWith } from '../../apps/server/src/operate/erase/places-with.ts';
import { makeTerms } from '../../apps/server/src/operate/erase/terms.ts';
import { makeFolderForTest, openTeam, runCommand, type BusyTeam } from './operate-fixture.ts';
import { joinAs, makeKey } from './server-fixture.ts';
import { openSync } from './access-line.ts';
import { until } from '../faults/socket-bench.ts';

const name = 'Zora Quillfeather';
const address = 'zora.q@lumen-optics.example';
const author = { actor: 'server', via: 'server' } as const;

let team: BusyTeam;
let board: string;
let deal: string;
let zora: string;
let namesake: string;
let key: string;
const devices = makeTestIndexedDb();
const opened: SharedDocument[] = [];
const folder = makeFolderForTest();

const api = (method: string, path: string, body?: unknown) => team.ana.call(method, team.path + path, body);
const hubOf = async () => (await team.server.services.host.open(team.id)).hub;
const url = (port: number) => `ws://127.0.0.1:${port}/sync/${team.id}/board/${board}?token=${key}`;

/** A page: with its own memory, on this device's store; `port` 1 is a network that is not there. */
async function openPage(port = team.server.port, device = 'ana'): Promise<SharedDocument> {
  const offline = await openOfflineStore({ name: device, indexedDB: devices });
  const page = openDocument({ url: url(port), workspaceId: team.id, name: `board/${board}`, offline });
  opened.push(page);
  await page.loaded;
  if (port !== 1) await until(() => page.status.get().connection === 'online');
  return page;
}
const textOf = (page: SharedDocument) => Buffer.from(Y.encodeStateAsUpdate(page.doc())).toString();
const edit = (page: SharedDocument, field: string) =>
  page.doc().transact(() => void page.doc().getMap('extra').set(field, `typed ${field}`), { change: { text: field } });

async function type(text: string): Promise<void> {
  const hub = await hubOf();
  for (const letter of text)
    await hub.transact(`board/${board}`, author, (doc) => {
      const typed = doc.getText('typed');
      typed.insert(typed.length, letter);
    });
}

const numbers = async () => {
  const told = [];
  for (const { name: report } of reports) {
    const more = report === 'value-by' ? '&dimension=company' : '';
    told.push({ ...(await api('GET', `/reports/${report}?timeZone=UTC${more}`)).body, asOf: null });
  }
  return told;
};

beforeAll(async () => {
  team = await openTeam();
  board = String((await api('GET', '/boards')).body.items?.[0]?.['id']);
  ({ key } = await makeKey(team.ana, team.path, 'admin'));
  const made = await api('POST', '/deals', { board, title: `Lenses for ${name}`, contact: name });
  deal = String(made.body['id']);
  // What was overwritten is history, and what was repeated is kept for a day.
  await api('PATCH', `/deals/${deal}`, {
    title: 'Lenses',
    description: `Write to <${address.toUpperCase()}> or zora   quillfeather`,
  });
  await team.ana.call('PATCH', `${team.path}/deals/${deal}`, { contact: `${name} jr.` }, { 'idempotency-key': 'once' });
  await type(`met ${name} today`);
  zora = String((await api('POST', '/contacts', { name, phones: [{ value: '+45 20 30 40 51' }] })).body['id']);
  namesake = String((await api('POST', '/contacts', { name: 'Zora Nielsen' })).body['id']);
  const hub = await hubOf();
  await hub.transact(`board/${board}`, author, (doc) => {
    doc.getMap('extra').set(`said of ${name}`, { deep: [`${name}, 40`] });
    doc.getText('typed').format(0, 3, { link: `mailto:${address}` });
    doc.getText('typed').insertEmbed(0, { mention: name });
    const line = new Y.XmlElement('p');
    line.setAttribute('title', name);
    doc.getXmlFragment('lines').insert(0, [line]);
    // A word that is taken apart again was there all the same.
    doc.getText('apart').insert(0, name.slice(5));
  });
  await hub.transact(`board/${board}`, author, (doc) => doc.getText('apart').insert(0, `${name.slice(0, 5)}`));
  await hub.transact(`board/${board}`, author, (doc) => doc.getText('apart').delete(2, 9));
});
afterAll(async () => {
  for (const page of opened) await page.close();
  await team.server.stop();
  folder.remove();
});

describe('while the server runs', () => {
  test('a person is gone from everything, reports stay, and pages that knew them take a fresh copy', async () => {
    const { dataDir } = team.server;
    // A device that has a copy and is switched off, one with unsaved work, and a page that stays open.
    const off = await openPage(undefined, 'off');
    expect(textOf(off)).toContain(name);
    await off.close();
    const before = await openPage();
    await before.close();
    const away = await openPage(1);
    edit(away, 'away');
    await away.close();
    const open = await openPage(undefined, 'open');
    const stale = new Y.Doc();
    Y.applyUpdate(stale, Y.encodeStateAsUpdate(open.doc()));
    const was = await numbers();
    const activity = (await api('GET', '/activity?limit=500&raw=1')).body['total'];
    expect(placesWith(dataDir, [name]).length).toBeGreaterThan(0);

    const lesser = await joinAs(team.server, team.ana, team.path, 'Mo', 'manager');
    const wanted = { texts: [name, address] };
    expect((await lesser.call('POST', `${team.path}/erasures`, wanted)).status).toBe(403);
    expect((await api('POST', '/erasures', {})).status).toBe(400);
    expect((await api('POST', '/erasures', { texts: ['ab'] })).status).toBe(400);
    const done = await api('POST', '/erasures', wanted);
    expect([done.status, done.body['remainingIn']], JSON.stringify(done.body)).toEqual([200, []]);
    expect(done.body['documents']).toBeGreaterThan(0);
    expect(placesWith(dataDir, [name, address])).toEqual([]);
    expect(readFileSync(join(dataDir, 'workspaces', `${team.id}.sqlite`)).includes('Quillfeather')).toBe(false);

    // Rows were derived anew and say the same but for the text.
    expect(await numbers()).toEqual(was);
    expect((await api('GET', '/activity?limit=500&raw=1')).body['total']).toBe(activity);
    expect((await api('GET', `/deals/${deal}`)).body).toMatchObject({
      title: 'Lenses',
      contact: '[erased] jr.',
      description: 'Write to <[erased]> or [erased]',
    });
    const said = (await api('GET', '/audit?action=person-erased')).body.items;
    expect(said).toMatchObject([{ detail: { documents: done.body['documents'] } }]);
    expect(JSON.stringify(said)).not.toContain('Zora');

    // A first and a last name in fields of their own are the name, too, and of another person they are not.
    const { body: contact } = await api('GET', `/contacts/${zora}`);
    expect(contact['name']).not.toContain('Zora');
    expect((await api('GET', `/contacts/${namesake}`)).body['name']).toBe('Zora Nielsen');

    // The open page was sent away, came back and has another text; it goes on.
    await until(() => open.status.get().connection === 'online' && !textOf(open).includes(name));
    expect(open.doc().getText('typed').toString()).toBe(`met ${'•'.repeat(name.length)} today`);
    edit(open, 'open');
    expect(await open.flush()).toBe('saved');
    // The one with unsaved work saves it, and keeps nothing of the old text on the device.
    const back = await openPage();
    await until(() => !textOf(back).includes(name));
    await until(() => back.status.get().unsaved === 0 && back.status.get().connection === 'online');
    expect(back.status.get().refused).toEqual([]);
    expect(back.doc().getMap('extra').toJSON()).toMatchObject({ away: 'typed away', open: 'typed open' });
    await until(() => open.doc().getMap('extra').has('away'));
    const last = await openPage(undefined, 'off');
    await until(() => !textOf(last).includes(name));
    for (const page of opened.splice(0)) await page.close();
    for (const device of ['ana', 'open', 'off']) {
      const kept = await (
        await openOfflineStore({ name: device, indexedDB: devices })
      ).open(team.id, `board/${board}`, () => new Uint8Array());
      const bytes = Buffer.concat(kept.state.updates).toString();
      expect(bytes.length, device).toBeGreaterThan(100);
      expect(bytes, device).not.toContain('Quillfeather');
    }

    // A device asks at its first contact which of its copies must go, also of documents that nobody opens on it.
    const hidden = await lesser.call('POST', `${team.path}/boards`, { name: 'Hidden', currency: 'EUR', private: true });
    const mine = (doc: string, erased: string | null = null) => ({ name: doc, erased });
    const documents = [
      mine(`board/${board}`),
      mine('workspace'),
      mine(`board/${String(hidden.body['id'])}`),
      mine('board/01HZZZZZZZZZZZZZZZZZZZZZZZ'),
      mine(`member/${lesser.memberId}`),
    ];
    const asked = await api('POST', '/kept', { documents });
    const [erasedOne, , hiddenOne, missingOne, ofOther] = documents.map((each) => each.name);
    expect(asked.body).toEqual({ stale: [erasedOne, missingOne, ofOther] });
    const other = await joinAs(team.server, team.ana, team.path, 'Ned', 'member');
    const told = await other.call('POST', `${team.path}/kept`, { documents });
    expect(told.body).toEqual({ stale: [erasedOne, hiddenOne, missingOne, ofOther] });

    // What is written about somebody else can be had, and what was erased cannot.
    const to = join(folder.path, 'mentions.json');
    const written = await runCommand('export-mentions', dataDir, ['lenses', name], { to });
    expect(written.code).toBe(0);
    const mentions = JSON.parse(readFileSync(to, 'utf8')) as { workspaces: { tables: Record<string, object[]> }[] };
    expect(mentions.workspaces[0]?.tables['deals']).toMatchObject([{ id: deal, title: 'Lenses' }]);
    expect(mentions.workspaces[0]?.tables['activity']?.length).toBeGreaterThan(1);
    expect(JSON.stringify(mentions.workspaces[0]?.tables)).not.toContain('Zora');

    // A program with an old copy can offer all it has: nothing of it comes back.
    const line = openSync(team.server.url, `${team.id}/board/${board}?token=${key}`);
    await new Promise((resolve) => line.socket.once('open', resolve));
    const state = Y.encodeStateAsUpdate(stale);
    const length = [
      ...(function* () {
        let rest = state.length;
        for (; rest > 127; rest = Math.floor(rest / 128)) yield (rest % 128) + 128;
        yield rest;
      })(),
    ];
    line.socket.send(Uint8Array.of(0, 1, ...length, ...state));
    await line.tryEdit();
    line.socket.terminate();
    const now = await (
      await hubOf()
    ).read(`board/${board}`, (doc) => Buffer.from(Y.encodeStateAsUpdate(doc)).toString());
    expect(now).not.toContain('Quillfeather');
    expect(placesWith(dataDir, [name, address])).toEqual([]);
  });
});

describe('by command', () => {
  test('on a stopped folder, with a record and what else it is known by; what it cannot reach is named', async () => {
    const hub = await hubOf();
    const { newId } = team.server.services;
    const [contact, other] = [newId(), newId()];
    const write = (id: string, fields: object, bio: string) =>
      hub.create(`board/${id}`, author, (doc) => {
        for (const [field, value] of Object.entries(fields)) doc.getMap('fields').set(field, value);
        doc.getText('bio').insert(0, bio);
      });
    await write(
      contact,
      {
        firstName: 'Ib',
        lastName: 'Vandersloot',
        phone: '+45 20 30 40 50',
        born: '1970-01-02',
        company: other,
        kind: 'lead',
      },
      'Likes chess',
    );
    await write(other, { name: 'Acme', about: 'Ask Ib Vandersloot or +45 20 30 40 50', note: 'chess club' }, 'x');
    await expect(runCommand('erase-person', team.server.dataDir, [name])).rejects.toThrow('--key');
    await expect(runCommand('erase-person', team.server.dataDir, ['ab'])).rejects.toThrow('too short');
    await expect(runCommand('erase-person', team.server.dataDir, [])).rejects.toThrow('takes the texts');
    await team.server.close();
    const { dataDir } = team.server;
    const copy = join(dataDir, 'backups', 'monday');
    mkdirSync(copy, { recursive: true });
    cpSync(join(dataDir, 'workspaces'), join(copy, 'workspaces'), { recursive: true });
    const erased = await runCommand('erase-person', dataDir, [], { record: [contact] });
    expect(erased.code).toBe(1);
    expect(erased.text).toContain('“Ib Vandersloot”');
    expect(erased.text).toContain(join('backups', 'monday', 'workspaces', `${team.id}.sqlite`));
    expect(erased.text).not.toContain(`  ${join('workspaces', team.id)}`);
    expect((await runCommand('doctor', dataDir)).text).toContain('sound');
    expect(
      placesWith(dataDir, ['1970-01-02', 'Likes chess', 'Ib Vandersloot', '+45 20 30 40 50'], 'workspaces'),
    ).toEqual([]);
    // Nothing else went: references, what the record is, other people's words.
    expect(placesWith(dataDir, ['chess club'], 'workspaces').length).toBeGreaterThan(0);
    // An export takes the marks of erased documents along.
    const zip = join(folder.path, 'erased.zip');
    await runCommand('export', dataDir, [team.id], { to: zip });
    const elsewhere = join(folder.path, 'elsewhere');
    await runCommand('restore-export', elsewhere, [zip]);
    const marks = (at: string) => {
      const database = new SqliteDatabase(join(at, 'workspaces', `${team.id}.sqlite`), { readonly: true });
      const rows = database.prepare('SELECT * FROM sync_erasures ORDER BY doc').all();
      database.close();
      return rows;
    };
    expect(marks(elsewhere)).toEqual(marks(dataDir));
    expect(marks(dataDir).length).toBeGreaterThan(2);
    const again = await runCommand('erase-person', dataDir, ['Ib Vandersloot'], { workspace: team.id });
    expect([again.code, again.text]).toEqual([1, expect.stringContaining('0 documents')]);
  });
});

test('what only looks like the text is left', () => {
  const terms = makeTerms(['Jürgen (Ürg) a.b', 'José']);
  expect(terms.inValue('JÜRGEN  (ürg) A.B, jose, Jose\u0301s, jürgen urg axb')).toBe(
    '[erased], jose, [erased]s, jürgen urg axb',
  );
  expect(terms.inTyped('xJoséy')).toBe('x••••y');
  expect(() => makeTerms(['a'])).toThrow('too short');
  expect(makeTerms([]).inValue('x')).toBe('x');
  const number = makeTerms(['+45 20 30 40 50']);
  expect(number.inValue('call +4520304050 or (45) 20-30-40-50, not 145203040509')).toBe(
    'call [erased] or ([erased], not 145203040509',
  );
});
