import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyPatch } from '@rapport/doc/patch';
import { transferPatches } from '@rapport/domain/boards/archive';
import { turns } from '@rapport/sync/server/fake-peer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Replica } from './board-replica.ts';
import { openBoardServer, rowsAndRebuilt, type BoardServer } from './board-server.ts';

// Who may edit one board writes cards with the ids of another board's deals into it (ADR 27).
const dayMs = 86_400_000;
const company = '01HZXK3V9GQ4T5N6P7R8S9T0V1';
let nowMs: number;
let folder: string;
let server: BoardServer;
let forger: Replica;

interface Board {
  readonly id: string;
  readonly doc: string;
  readonly stages: readonly string[];
}
let theirs: Board;
let own: Board;

async function makeBoard(name: string, kind = 'deals'): Promise<Board> {
  const stages = [{ name: 'Open' }, { name: 'Next' }, { name: 'Won', kind: 'won' }];
  const { body } = await server.rest('POST', '/boards', { name, kind, stages });
  const listed = body['stages'] as { id: string }[];
  return { id: String(body['id']), doc: `board/${String(body['id'])}`, stages: listed.map(({ id }) => id) };
}

beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 10);
  folder = mkdtempSync(join(tmpdir(), 'board-foreign-'));
  server = openBoardServer({
    path: join(folder, 'w.sqlite'),
    now: () => ++nowMs,
    random: Math.random,
    mayEdit: (member, board) => member !== 'mal' || board !== theirs.id,
    warn: (message, detail) => {
      throw new Error(`${message} ${JSON.stringify(detail)}`);
    },
  });
  await server.hub.create('workspace', { actor: 'server', via: 'server' }, () => {});
  theirs = await makeBoard('Theirs');
  own = await makeBoard('Own');
  forger = await connected(own.doc);
});
afterEach(async () => {
  const { rows, rebuilt } = await rowsAndRebuilt(server);
  expect(rows).toEqual(rebuilt);
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function connected(doc: string): Promise<Replica> {
  const replica = new Replica('mal', doc);
  replica.connect(server.hub);
  await settle(replica);
  return replica;
}
async function settle(replica = forger): Promise<void> {
  await turns(4);
  replica.deliver();
}
const sweep = async () => {
  await turns(4);
  await server.archivist.sweep();
  await turns(4);
};
async function makeDeal(board = theirs): Promise<string> {
  const value = { minor: 500_00, currency: 'EUR' };
  const { body } = await server.rest('POST', '/deals', { board: board.id, title: 'Theirs', value, owner: 'm1' });
  const id = String(body['id']);
  await server.rest('POST', `/deals/${id}/move`, { stage: board.stages[1] });
  await server.hub.transact(
    board.doc,
    { actor: 'ann', via: 'live' },
    (live) => void applyPatch(live, [{ root: 'cards', id, set: { [`link:${company}`]: { noun: 'company' } } }]),
  );
  return id;
}
const cards = (replica = forger) => replica.doc.getMap<Y.Map<unknown>>('cards');
const forged = (board = own) => ({
  title: 'Forged',
  value: { minor: 9, currency: 'USD' },
  place: [board.stages[0], 'V'],
  owner: 'mal',
  createdAt: 1,
  labels: ['forged'],
});
/** Writes a card with this id, as any program can that speaks the protocol. */
async function forge(id: string, more: object = {}, replica = forger): Promise<Y.Map<unknown>> {
  const map = new Y.Map<unknown>(Object.entries({ ...forged(), ...more }));
  cards(replica).set(id, map);
  await settle(replica);
  return map;
}
/** All rows that are keyed by a card's id, and not by its document, too. */
const rowsOf = (id: string) =>
  [
    'deals WHERE id',
    'leads WHERE id',
    'stage_entries WHERE deal_id',
    'lead_stage_entries WHERE lead_id',
    'deal_touches WHERE deal_id',
    'lead_touches WHERE lead_id',
    'record_links WHERE from_id',
    'activity WHERE record',
  ].map((where) => [where, server.query.all(`SELECT * FROM ${where} = ?`, [id])]);
const odd = async (board = own) =>
  ((await server.rest('GET', `/data-quality?board=${board.id}`)).body.items ?? []).map(({ record, field, problem }) => [
    record,
    field,
    problem,
  ]);
const listed = (id: string) => [[id, 'id', 'is that of another record, so this is in no list and no report']];
const docOf = (id: string) => server.query.get<{ doc: string }>('SELECT doc FROM deals WHERE id = ?', [id])?.doc;

test('a forged card changes no row of the deal, whatever is done with it, and is listed as odd while it shows', async () => {
  const id = await makeDeal();
  const before = rowsOf(id);
  const isUntouched = () => expect(rowsOf(id)).toEqual(before);
  const map = await forge(id, { movedFrom: theirs.doc, [`link:${company}`]: { noun: 'company', role: 'x' } });
  isUntouched();
  expect(await odd()).toEqual(listed(id));
  // One field twice: the second time the projection knows the card.
  for (const title of ['Forged again', 'And again']) {
    map.set('title', title);
    await settle();
    isUntouched();
  }
  map.set('place', [own.stages[1], 'W']);
  map.set('mine', 'a custom field');
  map.set('link:01HZXK3V9GQ4T5N6P7R8S9T0V2', { noun: 'contact' });
  await settle();
  isUntouched();
  map.set('deletedAt', nowMs);
  await settle();
  isUntouched();
  expect(await odd(), 'what is deleted does not show').toEqual([]);
  map.delete('deletedAt');
  await settle();
  expect(await odd()).toEqual(listed(id));
  map.set('movedTo', theirs.doc);
  await settle();
  isUntouched();
  expect(await odd(), 'a stub does not show').toEqual([]);
  map.delete('movedTo');
  await settle();
  isUntouched();
  expect(await odd()).toEqual(listed(id));
  forger.doc.transact(() => {
    for (const key of map.keys()) map.delete(key);
    map.set('deletedAt', 1);
    map.set('purgedAt', 1);
  });
  await settle();
  isUntouched();
  // Wanted back: the server looks in the log for what it was.
  map.delete('deletedAt');
  await settle();
  await server.purge();
  isUntouched();
  cards().delete(id);
  await settle();
  isUntouched();
  expect(await odd()).toEqual([]);
  await forge(id);
  expect(await odd()).toEqual(listed(id));
  cards().delete(id);
  await settle();
  isUntouched();
  expect([await odd(), docOf(id)]).toEqual([[], theirs.doc]);
});

test('its board goes on, and what people do with the deal is done where it is', async () => {
  const id = await makeDeal();
  const map = await forge(id);
  const mine = await server.rest('POST', '/deals', { board: own.id, title: 'Honest', before: id });
  expect(mine.status).toBe(201);
  expect((await server.rest('GET', `/deals?board=${own.id}`)).body).toMatchObject({ total: 1 });
  expect((await server.rest('GET', `/boards/${own.id}`)).status).toBe(200);
  await server.rest('PATCH', `/deals/${id}`, { title: 'Changed' });
  await settle();
  expect((await server.rest('GET', `/deals/${id}`)).body).toMatchObject({ title: 'Changed', board: theirs.id });
  expect(map.get('title')).toBe('Forged');
  expect(rowsOf(id).flat(2)).not.toContainEqual(expect.objectContaining({ doc: own.doc }));
});

test('nor does a lead with its id, on a board of leads', async () => {
  const leads = await makeBoard('Leads', 'leads');
  const id = await makeDeal();
  const before = rowsOf(id);
  const there = await connected(leads.doc);
  await forge(id, { place: [leads.stages[0], 'V'] }, there);
  expect(rowsOf(id)).toEqual(before);
  expect(await odd(leads)).toEqual(listed(id));
});

test('a deal that moves to the board is itself there, and nothing of the forged card', async () => {
  const id = await makeDeal();
  await forge(id, { source: 'forged', mine: 'forged' });
  const stage = own.stages[1];
  const reply = await server.rest('POST', '/deals/transfer', { ids: [id], board: own.id, stage });
  expect(reply).toMatchObject({ status: 200, body: { moved: 1 } });
  await settle();
  const value = { minor: 500_00, currency: 'EUR' };
  expect((await server.rest('GET', `/deals/${id}`)).body).toMatchObject({ title: 'Theirs', value, doc: own.doc });
  const card = cards().get(id)?.toJSON() ?? {};
  expect([card['source'], card['mine'], card['labels']]).toEqual([undefined, undefined, undefined]);
  expect(await odd()).toEqual([]);
  expect(server.query.all('SELECT to_id FROM record_links WHERE from_id = ?', [id])).toEqual([{ to_id: company }]);
});

test('of several deals that move together each is taken from where it is', async () => {
  const third = await makeBoard('Third');
  const [id, other] = [await makeDeal(), await makeDeal(own)];
  await settle();
  await forge(id);
  const stage = third.stages[0];
  await server.rest('POST', '/deals/transfer', { ids: [other, id], board: third.id, stage });
  await settle();
  expect([docOf(id), docOf(other)]).toEqual([third.doc, third.doc]);
  const there = await server.hub.read(third.doc, (live) => live.getMap('cards').toJSON());
  expect(there[id]).toMatchObject({ title: 'Theirs', movedFrom: theirs.doc });
  expect(cards().get(id)?.get('title')).toBe('Forged');
  expect(await odd()).toEqual(listed(id));
});

test('the deal goes to its archive and back while a forged card claims it on another board and in the archive', async () => {
  const id = await makeDeal();
  await forge(id);
  await server.rest('POST', `/deals/${id}/move`, { stage: theirs.stages[2] });
  nowMs += 31 * dayMs;
  await sweep();
  const archive = `${theirs.doc}~2026q1`;
  expect(docOf(id)).toBe(archive);
  cards().get(id)?.set('title', 'While it is away');
  await settle();
  expect(docOf(id)).toBe(archive);
  // The board that it left has a stub, which somebody fills.
  const there = await connected(theirs.doc);
  there.doc.transact(() => {
    const stub = cards(there).get(id);
    for (const [key, value] of Object.entries(forged(theirs))) stub?.set(key, value);
    stub?.delete('movedTo');
  });
  await settle(there);
  expect(docOf(id)).toBe(archive);
  expect(await odd(theirs)).toEqual(listed(id));
  const back = await server.rest('POST', `/deals/${id}/move`, { stage: theirs.stages[0] });
  expect(back.body).toMatchObject({ doc: theirs.doc, title: 'Theirs', status: 'open' });
  await sweep();
  expect([docOf(id), await odd(theirs), await odd()]).toEqual([theirs.doc, [], listed(id)]);
});

test('a card that claims to have come from there does not take the row; what the server moved does, in any order of the log', async () => {
  const id = await makeDeal();
  await forge(id, { movedFrom: theirs.doc });
  expect(docOf(id)).toBe(theirs.doc);
  cards().delete(id);
  await settle();
  // As earlier versions wrote it: the claim stands before what gives the row up.
  await server.hub.transactAll([theirs.doc, own.doc], { actor: 'server', via: 'server' }, ([from, to]) => {
    if (!from || !to) throw new Error('two documents were asked for');
    const { here, there } = transferPatches(theirs.doc, from, [id], own.doc, to);
    applyPatch(to, there);
    applyPatch(from, here);
  });
  expect(docOf(id)).toBe(own.doc);
  expect(await odd()).not.toContainEqual(listed(id)[0]);
});

test('when the deal is gone for good, the card that waited gets the row at the next sweep', async () => {
  const id = await makeDeal();
  await forge(id, { title: 'Waits' });
  const there = await connected(theirs.doc);
  cards(there).delete(id);
  await settle(there);
  expect([docOf(id), await odd()]).toEqual([undefined, listed(id)]);
  await sweep();
  expect([docOf(id), await odd()]).toEqual([own.doc, []]);
  const seq = await server.store.lastSeq();
  await sweep();
  expect(await server.store.lastSeq(), 'once').toBe(seq);
});

test('a purged deal keeps its id from a card that waits for it', async () => {
  const id = await makeDeal();
  await forge(id);
  await server.rest('DELETE', `/deals/${id}`);
  nowMs += 40 * dayMs;
  await server.purge();
  await sweep();
  expect([docOf(id), await odd()]).toEqual([undefined, listed(id)]);
  const there = await connected(theirs.doc);
  cards(there).get(id)?.delete('deletedAt');
  await settle(there);
  await server.purge();
  await turns(4);
  expect(docOf(id)).toBe(theirs.doc);
});

test('a card that waits claims its row with an edit that changes nothing, whether or not it was read lately', async () => {
  const id = await makeDeal();
  const map = await forge(id);
  map.set('title', 'Known');
  await settle();
  const there = await connected(theirs.doc);
  cards(there).delete(id);
  await settle(there);
  map.set('title', 'Known');
  await settle();
  expect([docOf(id), await odd()]).toEqual([own.doc, []]);
});
