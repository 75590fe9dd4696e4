import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { callerOf, person, startOutside, type Call, type OutsideServer } from './outside-server.ts';

let server: OutsideServer;
let home: string;
let sync: string;
let program: Call;
const keys = { member: '', viewer: '', stranger: '' };
let board: { id: string; doc: string; stages: { id: string; name: string; kind: string }[] };

/** A workspace of a new person, with keys of theirs by role; answers its id. */
async function newWorkspace(name: string, into: (role: string, key: string) => void): Promise<string> {
  const owner = await person(server.url, name);
  const id = String((await owner.call('POST', '/api/v1/workspaces', { name })).body.id);
  for (const role of ['member', 'viewer']) {
    const { body } = await owner.call('POST', `/api/v1/w/${id}/api-keys`, { name: role, role });
    into(role, String(body['key']));
  }
  return id;
}

beforeAll(async () => {
  server = await startOutside();
  const id = await newWorkspace('Ana', (role, key) => (keys[role as 'member' | 'viewer'] = key));
  await newWorkspace('Eve', (_role, key) => (keys.stranger = key));
  home = `/api/v1/w/${id}`;
  sync = `${server.url.replace('http', 'ws')}/sync/${id}`;
  program = callerOf(server.url, { authorization: `Bearer ${keys.member}` });
  const made = await program('POST', `${home}/boards`, { name: 'Live', kind: 'deals', currency: 'USD' });
  board = made.body as unknown as typeof board;
});
afterAll(() => server.stop());

/** A stock client: nothing of ours but the address. */
async function stockClient(token = keys.member) {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(sync, board.doc, doc, { params: { token }, disableBc: true });
  await new Promise((resolve) => provider.once('sync', resolve));
  return { doc, provider, cards: doc.getMap<Y.Map<unknown>>('cards') };
}

/** A bare socket and every frame that it got. */
async function bareSocket(query: string, doc = board.doc) {
  const socket = new WebSocket(`${sync}/${doc}?${query}`);
  socket.binaryType = 'arraybuffer';
  const frames: Uint8Array[] = [];
  socket.addEventListener('message', ({ data }) => {
    if (data instanceof ArrayBuffer) frames.push(new Uint8Array(data));
  });
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  return { socket, frames, closed };
}

/** A frame `[0, 2, update]` (an update as y-protocols sends it) of fewer than 128 bytes. */
function updateFrame(change: (doc: Y.Doc) => void): Uint8Array<ArrayBuffer> {
  const doc = new Y.Doc();
  change(doc);
  const update = Y.encodeStateAsUpdate(doc);
  expect(update.length).toBeLessThan(128);
  return Uint8Array.from([0, 2, update.length, ...update]);
}

// Far longer than it takes (measured: 5 ms): this says that it comes, the bench says how fast.
const within = { timeout: 10_000, interval: 20 };
const read = async (id: string) => (await program('GET', `${home}/deals/${id}`)).body;

describe('a stock y-websocket client', () => {
  test('reads a board as it is documented', async () => {
    const { body } = await program('POST', `${home}/deals`, {
      board: board.id,
      title: 'From REST',
      value: { minor: 500, currency: 'USD' },
    });
    const { doc, provider, cards } = await stockClient();
    expect(doc.getMap('meta').toJSON()).toMatchObject({ name: 'Live', kind: 'deals', currency: 'USD' });
    expect(doc.getMap('meta').get('schema')).toEqual(expect.any(Number));
    const stages = doc.getMap('stages').toJSON();
    for (const { id, name, kind } of board.stages)
      expect(stages[id]).toMatchObject({ name, kind, rank: expect.any(String), probability: expect.any(Number) });
    expect(cards.get(String(body.id))?.toJSON()).toMatchObject({
      title: 'From REST',
      value: { minor: 500, currency: 'USD' },
      place: [board.stages[0]?.id, expect.any(String)],
    });
    provider.destroy();
  });

  test('adds a card of title and place, moves it, and the API and the activity have it', async () => {
    const { doc, provider, cards } = await stockClient();
    const [first, second] = board.stages;
    doc.transact(() => {
      const card = new Y.Map<unknown>();
      card.set('title', 'By hand');
      card.set('place', [first?.id, 'a0']);
      cards.set('stockcard', card);
    });
    await vi.waitFor(async () => expect(await read('stockcard')).toMatchObject({ title: 'By hand' }), within);
    cards.get('stockcard')?.set('place', [second?.id, 'a0']);
    await vi.waitFor(async () => expect(await read('stockcard')).toMatchObject({ stage: second?.id }), within);
    const { items } = (await program('GET', `${home}/activity?record=stockcard&raw=1`)).body;
    expect(items).toMatchObject([{ field: 'stage', from: first?.name, to: second?.name }, { kind: 'created' }]);
    await program('PATCH', `${home}/deals/stockcard`, { title: 'By REST' });
    await vi.waitFor(() => expect(cards.get('stockcard')?.get('title')).toBe('By REST'), within);
    provider.destroy();
  });

  test('odd values in a document break no list, no report and nobody’s connection', async () => {
    const { doc, provider, cards } = await stockClient();
    doc.transact(() => {
      const odd = { title: 5, place: 'x', value: 'lots', labels: { a: 1 }, closedAt: 'y', expectedClose: 'soon' };
      cards.set('oddcard', new Y.Map(Object.entries(odd)));
      cards.set('__proto__', new Y.Map(Object.entries({ title: 'proto', place: ['ghost', 'a'] })));
      doc.getMap('cards').set('plain', 'text');
      doc.getMap('stages').set('junk', 7);
    });
    await vi.waitFor(async () => expect((await read('oddcard')).id).toBe('oddcard'), within);
    for (const path of ['/deals', '/reports/pipeline-by-stage', `/boards/${board.id}`, '/activity'])
      expect((await program('GET', home + path)).status, path).toBe(200);
    expect((await program('PATCH', `${home}/deals/oddcard`, { title: 'Mended' })).body).toMatchObject({
      title: 'Mended',
    });
    expect(provider.wsconnected).toBe(true);
    provider.destroy();
  });
});

describe('the wire', () => {
  test.each([
    ['no credentials', () => '', 4401],
    ['an invented key', () => 'token=invented', 4401],
    ['a stranger’s key', () => `token=${keys.stranger}`, 4403],
  ])('%s: closed for good', async (_name, query, code) => {
    expect(await (await bareSocket(query())).closed).toBe(code);
  });

  test.each(['board/01J00000000000000000000000', 'board/..%2f..%2fcontrol', 'nothing/x', '%00'])(
    'no document %s: 4404',
    async (doc) => expect(await (await bareSocket(`token=${keys.member}`, doc)).closed).toBe(4404),
  );

  test('a barrier (102) comes back byte for byte; notices (103) only where asked for', async () => {
    const { socket, frames } = await bareSocket(`token=${keys.member}`);
    const barrier = Uint8Array.of(102, 3, 1, 2, 3);
    socket.send(barrier);
    await vi.waitFor(() => expect(frames).toContainEqual(barrier), within);
    expect(frames.some(([type]) => type === 103)).toBe(false);
    socket.close();
  });

  test('what a viewer writes is refused, told and stored nowhere', async () => {
    const { socket, frames } = await bareSocket(`token=${keys.viewer}&x=1`);
    socket.send(updateFrame((doc) => doc.getMap('cards').set('viewercard', new Y.Map([['title', 'No']]))));
    const told = () => frames.filter(([type]) => type === 103).map((frame) => new TextDecoder().decode(frame));
    await vi.waitFor(() => expect(told().join()).toContain('rejected'), within);
    expect((await program('GET', `${home}/deals/viewercard`)).status).toBe(404);
    socket.close();
  });

  test.each([
    ['a text frame', 'hello'],
    ['an empty frame', new Uint8Array()],
    ['an endless number', new Uint8Array(12).fill(255)],
    ['a cut update', Uint8Array.of(0, 2, 200, 1)],
    ['a wrong update', Uint8Array.of(0, 2, 3, 9, 9, 9)],
    ['a cut state vector', Uint8Array.of(0, 0, 2, 255, 255)],
    ['cut awareness', Uint8Array.of(1, 5, 1, 1, 1, 255, 255)],
  ])('%s closes its own connection and nothing else', async (_name, frame) => {
    const { socket, closed } = await bareSocket(`token=${keys.member}`);
    socket.send(frame);
    expect(await closed).toBe(4400);
    expect((await callerOf(server.url)('GET', '/api/health')).status).toBe(200);
  });

  test('a frame that is too large: 1009', async () => {
    const { socket, closed } = await bareSocket(`token=${keys.member}`);
    socket.send(new Uint8Array(70 * 2 ** 20));
    expect(await closed).toBe(1009);
  });

  test('a key that is revoked ends its connections', async () => {
    const { body } = await program('POST', `${home}/api-keys`, { name: 'Short', role: 'member' });
    const { closed } = await bareSocket(`token=${String(body['key'])}`);
    await program('DELETE', `${home}/api-keys/${String(body.id)}`);
    expect(await closed).toBe(4401);
  });

  test('kill -9: what another client saw is there after the restart', async () => {
    const [writer, witness] = [await stockClient(), await stockClient()];
    for (let i = 0; i < 400; i++) {
      const card = new Y.Map(Object.entries({ title: `Kill ${i}`, place: [board.stages[0]?.id, `b${i}`] }));
      writer.cards.set(`kill${i}`, card);
    }
    await vi.waitFor(() => expect(witness.cards.has('kill20')).toBe(true), { timeout: 5_000, interval: 1 });
    server.process.kill('SIGKILL');
    await server.exited;
    const seen = [...witness.cards.keys()].filter((id) => id.startsWith('kill'));
    for (const { provider } of [writer, witness]) provider.destroy();
    server = await startOutside(server.dataDir);
    sync = sync.replace(/:\d+\//, `:${new URL(server.url).port}/`);
    const { cards, provider } = await stockClient();
    expect(seen.filter((id) => !cards.has(id))).toEqual([]);
    provider.destroy();
  });
});
