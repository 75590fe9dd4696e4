import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dealsOf } from '@rapport/domain/deals/board';
import { turns } from '@rapport/sync/server/fake-peer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Replica } from './board-replica.ts';
import { openBoardServer, rowsAndRebuilt, type BoardServer } from './board-server.ts';

// A program that knows the wire and nothing else writes whatever it likes into a board that people use.
let folder: string;
let server: BoardServer;
let board: string;
let doc: string;
let stage: string;
let hostile: Replica;
let honest: Replica;
const problems: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'board-garbage-'));
  let nowMs = Date.UTC(2026, 0, 10);
  server = openBoardServer({
    path: join(folder, 'w.sqlite'),
    now: () => ++nowMs,
    random: Math.random,
    warn: (message, detail) => problems.push(`${message} ${JSON.stringify(detail)}`),
  });
  await server.hub.create('workspace', { actor: 'server', via: 'server' }, () => {});
  const made = await server.rest('POST', '/boards', {
    name: 'B',
    stages: [{ name: 'Open' }, { name: 'Won', kind: 'won' }],
  });
  board = String(made.body['id']);
  doc = `board/${board}`;
  stage = (made.body['stages'] as { id: string }[])[0]?.id ?? '';
  hostile = new Replica('mal', doc);
  honest = new Replica('ann', doc);
  for (const replica of [hostile, honest]) replica.connect(server.hub);
  await settle();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function settle(): Promise<void> {
  for (let round = 0; round < 2; round++) {
    await turns(4);
    for (const replica of [hostile, honest]) replica.deliver();
  }
}
const cards = () => hostile.doc.getMap<unknown>('cards');
const card = (id: string) => cards().get(id) as Y.Map<unknown>;
const oddities = async (id: string) =>
  ((await server.rest('GET', '/data-quality?limit=500')).body.items ?? []).filter(({ record }) => record === id);

/** Sub-documents are objects of each device's own; they are the same when their ids are. */
const plain = (value: unknown): unknown => {
  if (value instanceof Y.Doc) return value.guid;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.entries(value)
    .map(([key, each]) => [key, plain(each)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
};

/** The document is one, the server answers, the rows are those of a rebuild, and nobody's prototype has changed. */
async function isWell(): Promise<void> {
  expect(problems).toEqual([]);
  expect(hostile.isConnected && honest.isConnected).toBe(true);
  const json = (each: Y.Doc) =>
    Object.fromEntries(['meta', 'stages', 'cards'].map((root) => [root, plain(each.getMap(root).toJSON())]));
  const truth = await server.hub.read(doc, json);
  expect(json(honest.doc)).toEqual(truth);
  expect(() => dealsOf(honest.doc)).not.toThrow();
  const list = await server.rest('GET', `/deals?board=${board}&limit=500`);
  expect(list.status).toBe(200);
  expect(list.body.items?.map(({ id }) => id)).toEqual(
    dealsOf(honest.doc)
      .map(({ id }) => id)
      .sort(),
  );
  const { rows, rebuilt } = await rowsAndRebuilt(server);
  expect(rows).toEqual(rebuilt);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
}

const fields = [
  'title',
  'value',
  'company',
  'owner',
  'expectedClose',
  'nextActivity',
  'labels',
  'source',
  'description',
  'lostReason',
  'createdAt',
  'closedAt',
  'deletedAt',
  'place',
];
const values: readonly [string, () => unknown][] = [
  ['a number', () => 7],
  ['NaN', () => Number.NaN],
  ['infinity', () => Number.NEGATIVE_INFINITY],
  ['a big integer', () => 2n ** 60n],
  ['a flag', () => false],
  ['bytes', () => new Uint8Array([1, 2, 255])],
  ['an empty list', () => []],
  ['a list of everything', () => [null, 1, 'a', { b: [] }, new Uint8Array(1)]],
  ['a deep value', () => ({ a: { b: { c: { d: [1, { e: null }] } } } })],
  ['bytes for a nested prototype', () => new Y.Map([['__proto__', new Uint8Array(2)]])],
  ['a nested map', () => new Y.Map(Object.entries({ z: 1, a: new Y.Map([['n', 1]]) }))],
  ['a nested list', () => Y.Array.from([1, 2])],
  ['a text', () => new Y.Text('typed')],
  ['a fragment', () => new Y.XmlFragment()],
  ['a sub-document', () => new Y.Doc()],
  ['a huge string', () => 'x'.repeat(100_000)],
  ['a lone surrogate', () => 'a\ud800b'],
  ['control characters', () => 'a\u0000\u0007\u001b[31m'],
];

describe('garbage from a program', () => {
  test.each(values)('%s in every field', async (what, make) => {
    const id = `v-${what.replaceAll(' ', '-')}`;
    hostile.doc.transact(() => {
      const map = new Y.Map<unknown>();
      cards().set(id, map);
      for (const field of fields) map.set(field, make());
    });
    await settle();
    await isWell();
    const row = server.query.get<Record<string, unknown>>('SELECT * FROM deals WHERE id = ?', [id]);
    expect(row).toMatchObject({ stage_id: '', value_minor: null });
    expect(String(row?.['title'] ?? '').length).toBeLessThanOrEqual(300);
    const listed = await oddities(id);
    expect(listed.map(({ field }) => field)).toContain('place');
    for (const { raw } of listed) expect(String(raw).length).toBeLessThanOrEqual(2000);
    // Over and over with other garbage, one field at a time.
    for (const field of fields) card(id).set(field, values[fields.indexOf(field)]?.[1]());
    await settle();
    await isWell();
  });

  test('keys named like what every object has, and a thousand of them', async () => {
    const map = new Y.Map<unknown>();
    hostile.doc.transact(() => {
      cards().set('keys', map);
      map.set('title', 'Keys').toString();
      for (const key of [
        '__proto__',
        'constructor',
        'prototype',
        'toString',
        'hasOwnProperty',
        '',
        ' ',
        'k'.repeat(5000),
        'a.b',
        '$set',
        "'; DROP TABLE deals; --",
      ])
        map.set(key, { polluted: key.slice(0, 20) });
      for (let i = 0; i < 1000; i++) map.set(`key${i}`, i);
    });
    await settle();
    await isWell();
    expect((await server.rest('GET', '/deals/keys')).body).toMatchObject({ title: 'Keys', custom: { key999: 999 } });
    hostile.doc.transact(() => [...map.keys()].forEach((key) => key !== 'title' && map.set(key, 'again')));
    await settle();
    await isWell();
  });

  test('ids named like what every object has, empty, long, or full of markup', async () => {
    const ids = [
      '__proto__',
      'constructor',
      '',
      'i'.repeat(3000),
      '<img src=x onerror=alert(1)>',
      "';--",
      '../..',
      'a b/c?d#e',
      '🏳️‍🌈',
    ];
    for (const id of ids)
      cards().set(id, new Y.Map(Object.entries({ title: `id ${id.slice(0, 9)}`, place: [stage, 'V'] })));
    await settle();
    await isWell();
    for (const id of ids) cards().delete(id);
    await settle();
    await isWell();
  });

  test('a value that nobody could read back is refused, and costs the others nothing', async () => {
    const refused = new Replica('eve', doc);
    refused.connect(server.hub);
    await settle();
    const value = Object.defineProperty({}, '__proto__', { value: new Uint8Array(2), enumerable: true });
    refused.doc.getMap('cards').set('proto', value);
    await settle();
    expect(refused.refusals).toMatchObject([{ code: 'malformed' }]);
    refused.disconnect();
    await isWell();
    const joiner = new Replica('ben', doc);
    joiner.connect(server.hub);
    await turns(4);
    joiner.deliver();
    expect(joiner.doc.getMap('cards').size).toBe(honest.doc.getMap('cards').size);
    joiner.disconnect();
  });

  test('entries that are no cards are listed until a card stands there', async () => {
    const odd: readonly unknown[] = ['not a card', 5, null, [1], new Y.Array(), new Y.Text('x'), { title: 'plain' }];
    for (const [index, entry] of odd.entries()) cards().set(`odd${index}`, entry);
    await settle();
    await isWell();
    for (const index of odd.keys())
      expect(await oddities(`odd${index}`)).toMatchObject([{ doc, field: '', problem: 'is not a card' }]);
    for (const index of odd.keys())
      cards().set(`odd${index}`, new Y.Map(Object.entries({ title: 'Now', place: [stage, 'V'] })));
    await settle();
    await isWell();
    for (const index of odd.keys()) expect(await oddities(`odd${index}`)).toEqual([]);
  });

  test('a stage that does not exist is listed while it does not', async () => {
    cards().set('lost', new Y.Map(Object.entries({ title: 'Lost', place: ['nowhere', 'V'] })));
    await settle();
    expect(await oddities('lost')).toEqual([
      {
        noun: 'deal',
        doc,
        record: 'lost',
        field: 'place',
        problem: 'names a stage that does not exist',
        raw: '"nowhere"',
      },
    ]);
    hostile.doc.getMap('stages').set('nowhere', new Y.Map([['name', 'Somewhere']]));
    await settle();
    expect(await oddities('lost')).toEqual([]);
    await isWell();
  });

  test('a value that is mended, or a card that is removed, is listed no more', async () => {
    for (const id of ['mend', 'remove']) cards().set(id, new Y.Map(Object.entries({ title: 7, place: [stage, 'V'] })));
    await settle();
    expect(await oddities('mend')).toMatchObject([{ field: 'title', problem: 'is not text', raw: '7' }]);
    expect(await oddities('remove')).toHaveLength(1);
    card('mend').set('title', 'Mended');
    cards().delete('remove');
    await settle();
    expect([await oddities('mend'), await oddities('remove')]).toEqual([[], []]);
    await isWell();
  });

  test('the board’s own properties and its stages', async () => {
    const meta = hostile.doc.getMap<unknown>('meta');
    const stages = hostile.doc.getMap<unknown>('stages');
    for (const [, make] of values) {
      hostile.doc.transact(() => {
        for (const key of ['schema', 'name', 'kind', 'currency', '__proto__']) meta.set(key, make());
        const odd = new Y.Map<unknown>();
        stages.set('odd', odd);
        for (const key of ['name', 'colour', 'kind', 'probability', 'rotDays', 'rank', 'required', 'deletedAt'])
          odd.set(key, make());
        stages.set('no-map', make());
      });
      await settle();
      await isWell();
      expect((await server.rest('GET', `/boards/${board}`)).status).toBe(200);
    }
    hostile.doc.transact(() => {
      for (const root of ['meta', 'stages', 'cards', 'races', 'x'])
        hostile.doc.getMap(root).set('races', new Y.Map([['answeredAt', {}]]));
      stages.delete('odd');
      meta.set('name', 'B');
    });
    await settle();
    await isWell();
  });

  test('the list goes page by page, for one board alone, and refuses what it does not know', async () => {
    const all = await server.rest('GET', '/data-quality?limit=500');
    const total = Number(all.body['total']);
    expect(total).toBeGreaterThan(20);
    const paged: unknown[] = [];
    let cursor = '';
    do {
      const { body } = await server.rest(
        'GET',
        `/data-quality?limit=7&board=${board}${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      paged.push(...(body.items ?? []));
      cursor = String(body['nextCursor'] ?? '');
    } while (cursor !== '');
    expect(paged).toHaveLength(total);
    expect(paged.slice(0, 500)).toEqual(all.body.items);
    expect((await server.rest('GET', '/data-quality?board=none')).body).toEqual({
      items: [],
      nextCursor: null,
      total: 0,
    });
    expect((await server.rest('GET', '/data-quality?cursor=x')).status).toBe(400);
    expect((await server.rest('GET', '/data-quality?doc=x')).status).toBe(400);
  });
});
