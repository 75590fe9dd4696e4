// Who may edit one board, and knows ids of what stands elsewhere, writes cards with these ids: it moves nobody's rows, and
// shows nobody what is hidden from them (ADR 27).
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { fileTools } from './file-fixture.ts';
import { runCommand } from './operate-fixture.ts';
import { joinAs, makeKey, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';
import { stockClient, until, type StockClient } from './stock-client.ts';

type Member = Person & { memberId: string };
let server: TestServer;
let ana: Person;
let ben: Member;
let mal: Member;
let [path, id] = ['', ''];
let theirs: Board;
let own: Board;
let forger: StockClient;
/** What Ben's board and records hide from Mal. */
let [deal, contact, company, note, file] = ['', '', '', '', ''];

interface Board {
  readonly id: string;
  readonly doc: string;
  readonly stages: readonly string[];
}

const get = async (person: Person, what: string) => await person.call('GET', path + what);
async function make(person: Person, where: string, body: object): Promise<Record<string, unknown>> {
  const reply = await person.call('POST', path + where, body);
  expect([reply.status, reply.body.error]).toEqual([201, undefined]);
  return reply.body;
}
async function makeBoard(name: string, owner: Member): Promise<Board> {
  const stages = [{ name: 'Open' }, { name: 'Next' }, { name: 'Won', kind: 'won' }];
  const made = await make(ana, '/boards', { name, currency: 'EUR', stages });
  const board = String(made['id']);
  await only(board, owner);
  return {
    id: board,
    doc: String(made['doc']),
    stages: (made['stages'] as { id: string }[]).map((stage) => stage.id),
  };
}
const only = async (thing: string, member: Member) => {
  const grants = [{ to: 'member', id: member.memberId, level: 'edit' }];
  expect((await ana.call('PUT', `${path}/shares/${thing}`, { kind: 'restricted', grants })).status).toBeLessThan(300);
};

beforeAll(async () => {
  server = await openServer({ env: { LIMIT_REQUESTS_PER_SECOND: '100000', LIMIT_REQUEST_BURST: '100000' } });
  ana = await signUp(server, 'Ana');
  ({ path, id } = await makeWorkspace(ana));
  ben = await joinAs(server, ana, path, 'Ben', 'member');
  mal = await joinAs(server, ana, path, 'Mal', 'member');
  theirs = await makeBoard('Theirs', ben);
  own = await makeBoard('Own', mal);
  company = String((await make(ana, '/companies', { name: 'Hidden quillfeather Ltd' }))['id']);
  contact = String((await make(ana, '/contacts', { name: 'Cleo Hidden', companies: [{ id: company }] }))['id']);
  note = String((await make(ana, '/notes', { title: 'Hidden quillfeather' }))['id']);
  for (const thing of [company, contact, note]) await only(thing, ben);
  const value = { minor: 1_000_00, currency: 'EUR' };
  deal = String((await make(ben, '/deals', { board: theirs.id, title: 'Big quillfeather', value, company }))['id']);
  await ben.call('POST', `${path}/deals/${deal}/move`, { stage: theirs.stages[1] });
  file = await fileTools(server, path).upload(ben, 'the price', { filename: 'price.txt', place: `deal/${deal}` });
  forger = await stockClient(server.url, id, own.doc, (await makeKey(mal, path, 'member')).key);
});
afterAll(async () => {
  forger?.close();
  await server.stop();
});

/** All that a person is shown of what is Ben's; times of asking left out. */
async function shown(person: Person): Promise<unknown> {
  const replies = await Promise.all(
    [
      '/deals',
      `/deals/${deal}`,
      `/deals?board=${theirs.id}`,
      `/deals?board=${own.id}`,
      `/activity?record=${deal}`,
      `/activity?record=${contact}`,
      `/activity?record=${note}`,
      `/contacts/${contact}`,
      `/companies/${company}`,
      `/notes/${note}`,
      `/files/${file}`,
      `/boards/${theirs.id}`,
      '/reports/pipeline-by-stage',
      '/reports/deals',
      '/search?q=quillfeather',
    ].map((what) => get(person, what)),
  );
  return replies.map(({ status, body }) => {
    const { generatedAt: _asked, asOf: _now, tookMs: _took, ...rest } = body as Record<string, unknown>;
    return [status, rest];
  });
}
const isIndexed = () =>
  expect
    .poll(async () => (await get(ana, '/search?q=x')).body['isUpToDate'], { timeout: 15_000, interval: 30 })
    .toBe(true);
const odd = async (person: Person) =>
  ((await get(person, '/data-quality')).body.items ?? []).map(({ noun, doc, record, field }) => [
    noun,
    doc,
    record,
    field,
  ]);
const ids = () => [deal, contact, company, note];
const cards = () => forger.doc.getMap<unknown>('cards');
/** Until the server has what was written before. */
const isSaved = async () => {
  const { hub } = await server.services.host.open(id);
  const clock = Y.getState(forger.doc.store, forger.doc.clientID);
  await until(() => hub.read(own.doc, (live) => Y.getState(live.store, forger.doc.clientID) >= clock));
};

test('cards with the ids of a hidden deal, contact, company and note change nothing that anybody is shown', async () => {
  await isIndexed();
  const [toBen, toMal] = [await shown(ben), await shown(mal)];
  expect(JSON.stringify(toMal)).not.toContain('quillfeather');
  const card = {
    title: 'Forged',
    place: [own.stages[0], 'V'],
    value: { minor: 5, currency: 'EUR' },
    owner: mal.memberId,
    company: contact,
    createdAt: 1,
    movedFrom: theirs.doc,
    [`link:${contact}`]: { noun: 'contact', role: 'forged' },
  };
  forger.doc.transact(() => {
    for (const each of ids()) cards().set(each, new Y.Map(Object.entries(card)));
  });
  await isSaved();
  for (const title of ['Forged once', 'Forged twice']) {
    for (const each of ids()) forger.card(each).set('title', title);
    await isSaved();
  }
  forger.card(deal).set('place', [own.stages[2], 'W']);
  await isSaved();
  await isIndexed();
  expect(await shown(ben)).toEqual(toBen);
  expect(await shown(mal)).toEqual(toMal);
  expect((await fileTools(server, path).content(mal, file)).status).toBe(404);
  const listed = ids()
    .map((each) => ['deal', own.doc, each, 'id'])
    .sort();
  expect(await odd(mal)).toEqual(listed);
  expect(await odd(ben)).toEqual([]);

  // The board goes on.
  const honest = String((await make(mal, '/deals', { board: own.id, title: 'Honest', before: deal }))['id']);
  const drilled = await get(mal, `/reports/deals?board=${own.id}`);
  expect(drilled.body.items).toMatchObject([{ id: honest }]);
  expect((await mal.call('DELETE', `${path}/deals/${honest}`)).status).toBe(204);
  expect((await mal.call('DELETE', `${path}/deals/${deal}`)).status).toBe(404);

  forger.doc.transact(() => {
    for (const each of ids()) cards().delete(each);
  });
  await isSaved();
  await isIndexed();
  expect(await shown(ben)).toEqual(toBen);
  expect(await odd(mal)).toEqual([]);
});

test('the deal moves to that board as itself, while a forged card waits there', async () => {
  cards().set(deal, new Y.Map(Object.entries({ title: 'Forged', place: [own.stages[0], 'V'], source: 'forged' })));
  await isSaved();
  const moved = await ana.call('POST', `${path}/deals/transfer`, { ids: [deal], board: own.id, stage: own.stages[1] });
  expect([moved.status, moved.body]).toEqual([200, { moved: 1 }]);
  expect((await get(mal, `/deals/${deal}`)).body).toMatchObject({ title: 'Big quillfeather', source: null });
  expect((await get(ben, `/deals/${deal}`)).status).toBe(404);
  expect(await odd(ana)).toEqual([]);
});

test('the rows are those that the log gives', async () => {
  await server.close();
  const { code, text } = await runCommand('doctor', server.dataDir);
  expect([code, text]).toEqual([0, expect.stringContaining('sound')]);
});
