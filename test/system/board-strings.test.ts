import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { bigListOfNaughtyStrings, ownNaughty } from './naughty-strings.ts';
import { caller, makeKey, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';
import { stockClient, until, type StockClient } from './stock-client.ts';

const bigList = bigListOfNaughtyStrings();
// An empty text is an empty field; what a field is too short for is refused, which ops.test.ts holds.
const strings = [...new Set([...ownNaughty, ...(bigList ?? [])])].filter((text) => text !== '' && text.length <= 300);

let server: TestServer;
let ana: Person;
let path: string;
let board: { id: string; doc: string; stage: string; lost: string };
const clients: StockClient[] = [];
let program: Person['call'];

beforeAll(async () => {
  server = await openServer({ env: { LIMIT_REQUESTS_PER_SECOND: '100000', LIMIT_REQUEST_BURST: '100000' } });
  ana = await signUp(server, 'Ana');
  const workspace = await makeWorkspace(ana);
  ({ path } = workspace);
  const { key } = await makeKey(ana, path, 'member');
  program = caller(server, { authorization: `Bearer ${key}` });
  const { body } = await ana.call('POST', `${path}/boards`, {
    name: 'B',
    stages: [{ name: 'Open' }, { name: 'Lost', kind: 'lost' }],
  });
  const [stage, lost] = body['stages'] as { id: string }[];
  board = { id: String(body['id']), doc: String(body['doc']), stage: stage?.id ?? '', lost: lost?.id ?? '' };
  for (let i = 0; i < 2; i++) clients.push(await stockClient(server.url, workspace.id, board.doc, key));
});
afterAll(async () => {
  for (const client of clients) client.close();
  await server.stop();
});

/** A title has something to see. */
const titleOf = (text: string) => (text.trim() === '' ? `[${text}]` : text);
/** Every text field of a deal that the API takes as text. */
const textsOf = (text: string) => ({
  title: titleOf(text),
  company: text,
  contact: text,
  source: text,
  description: text,
  lostReason: text,
  labels: [text],
  nextActivity: { what: text, due: null },
});

async function allDeals(filter = ''): Promise<Record<string, unknown>[]> {
  const deals: Record<string, unknown>[] = [];
  for (let cursor = ''; ;) {
    const { status, body } = await program('GET', `${path}/deals?board=${board.id}&limit=500${filter}${cursor}`);
    expect(status).toBe(200);
    deals.push(...(body.items ?? []));
    if (body['nextCursor'] === null) return deals;
    cursor = `&cursor=${String(body['nextCursor'])}`;
  }
}
const inTens = async <T>(items: readonly T[], work: (item: T) => Promise<void>) => {
  for (let i = 0; i < items.length; i += 10) await Promise.all(items.slice(i, i + 10).map(work));
};

test.skipIf(bigList === null)('the Big List of Naughty Strings (../shared/data/blns) is among them', () => {
  expect(strings.length).toBeGreaterThan(500);
});

test('every string comes back from every text field as it was given, over the API', async () => {
  const idOf = new Map<string, string>();
  await inTens(strings, async (text) => {
    const made = await program('POST', `${path}/deals`, { board: board.id, ...textsOf(text) });
    expect([text, made.status]).toEqual([text, 201]);
    expect(made.headers.get('content-type')).toMatch(/^application\/json/);
    expect(made.headers.get('x-content-type-options')).toBe('nosniff');
    idOf.set(text, String(made.body['id']));
  });
  const byId = new Map((await allDeals('&sort=title,-company')).map((deal) => [deal['id'], deal]));
  expect(byId.size).toBe(strings.length);
  for (const text of strings) expect(byId.get(idOf.get(text))).toMatchObject(textsOf(text));
  // As search text and as a filter it is text, too.
  await inTens(strings, async (text) => {
    const wanted = encodeURIComponent(text);
    const ofCompany = await program('GET', `${path}/deals?company=${wanted}`);
    expect([text, ofCompany.body.items?.map(({ id }) => id)]).toEqual([text, [idOf.get(text)]]);
    const found = await program('GET', `${path}/deals?board=${board.id}&limit=500&q=${wanted}`);
    expect(found.status).toBe(200);
    if (!text.includes('\u0000')) expect(found.body.items?.map(({ id }) => id)).toContain(idOf.get(text));
  });
  // And the client beside saw the same.
  const [client] = clients;
  await until(() => client?.doc.getMap('cards').size === strings.length);
  for (const text of strings)
    expect(client?.card(idOf.get(text) ?? '').toJSON()).toMatchObject({ title: titleOf(text), description: text });
});

test('every string comes back from every text field as it was written by a program on the wire', async () => {
  const [writer, reader] = clients;
  if (!writer || !reader) throw new Error('no clients');
  for (let from = 0; from < strings.length; from += 50)
    writer.doc.transact(() => {
      for (const [index, text] of strings.slice(from, from + 50).entries())
        writer.doc
          .getMap('cards')
          .set(
            `s${from + index}`,
            new Y.Map(Object.entries({ ...textsOf(text), owner: text, place: [board.lost, `M${index}V`] })),
          );
    });
  await until(() => reader.doc.getMap('cards').has(`s${strings.length - 1}`));
  await until(async () => (await program('GET', `${path}/deals/s${strings.length - 1}`)).status === 200);
  const byId = new Map((await allDeals(`&stage=${board.lost}`)).map((deal) => [deal['id'], deal]));
  for (const [index, text] of strings.entries()) {
    expect(byId.get(`s${index}`)).toMatchObject({ ...textsOf(text), owner: text });
    expect(reader.card(`s${index}`).toJSON()).toMatchObject(textsOf(text));
  }
  expect((await program('GET', `${path}/data-quality`)).body['total']).toBe(0);
  expect((globalThis as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('names of boards and stages, and keys of requests, are text, too', async () => {
  for (const text of ownNaughty.filter((each) => each.length <= 100)) {
    const made = await program('POST', `${path}/boards`, { name: text, stages: [{ name: text }] });
    expect(made.body).toMatchObject({ name: text.trim(), stages: [{ name: text.trim() }] });
    const id = String(made.body['id']);
    expect((await program('GET', `${path}/boards/${id}`)).body['name']).toBe(text.trim());
    const refused = await program(
      'POST',
      `${path}/deals`,
      JSON.stringify({ board: id, title: 'T' }).replace('{', `{${JSON.stringify(text)}:1,`),
    );
    expect([refused.status, Object.keys(refused.body.error?.fields ?? {})]).toEqual([400, [text]]);
    expect((await program('GET', `${path}/deals/${encodeURIComponent(text)}`)).status).toBe(404);
    expect((await program('GET', `${path}/deals?sort=${encodeURIComponent(text)}`)).status).toBe(400);
  }
});

test.each(['a\ud800b', '\udc00', 'x'.repeat(301)])(
  'what cannot be kept as it is, is refused and not changed: %j',
  async (title) => {
    const reply = await program('POST', `${path}/deals`, { board: board.id, title });
    expect([reply.status, Object.keys(reply.body.error?.fields ?? {})]).toEqual([400, ['title']]);
  },
);
