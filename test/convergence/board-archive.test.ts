import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyPatch } from '@rapport/doc/patch';
import { dealOf } from '@rapport/domain/deals/board';
import { editDeals } from '@rapport/domain/deals/ops';
import { turns } from '@rapport/sync/server/fake-peer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Replica } from './board-replica.ts';
import { openBoardServer, rowsAndRebuilt, type BoardServer } from './board-server.ts';

// The life of a closed deal: on the board, in its quarter's archive, back again, gone.
const dayMs = 86_400_000;
const start = Date.UTC(2026, 0, 10);
let nowMs: number;
let folder: string;
let server: BoardServer;
let board: string;
let doc: string;
let stages: Record<string, string>;
const archive = () => `${doc}~2026q1`;

beforeEach(async () => {
  nowMs = start;
  folder = mkdtempSync(join(tmpdir(), 'board-archive-'));
  server = openBoardServer({
    path: join(folder, 'w.sqlite'),
    now: () => ++nowMs,
    random: Math.random,
    warn: (message, detail) => {
      throw new Error(`${message} ${JSON.stringify(detail)}`);
    },
  });
  await server.hub.create('workspace', { actor: 'server', via: 'server' }, () => {});
  const made = await server.rest('POST', '/boards', {
    name: 'B',
    stages: [{ name: 'Open' }, { name: 'Next' }, { name: 'Won', kind: 'won' }, { name: 'Lost', kind: 'lost' }],
  });
  board = String(made.body['id']);
  doc = `board/${board}`;
  const listed = made.body['stages'] as { id: string; name: string }[];
  stages = Object.fromEntries(listed.map(({ id, name }) => [name, id]));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const deal = async (title: string, more: object = {}) =>
  String((await server.rest('POST', '/deals', { board, title, ...more })).body['id']);
const move = (id: string, stage: string, more: object = {}) =>
  server.rest('POST', `/deals/${id}/move`, { stage: stages[stage] ?? stage, ...more });
const get = async (id: string) => (await server.rest('GET', `/deals/${id}`)).body;
const history = (id: string) =>
  server.query
    .all<{ actor: string; kind: string; field: string | null; to: string | null; offline: number }>(
      'SELECT actor, kind, field, "to", offline FROM activity WHERE record = ? ORDER BY id',
      [id],
    )
    .map(({ actor, kind, field, to, offline }) => [actor, kind, field, to === null ? null : JSON.parse(to), offline]);
const settle = async () => {
  await turns(4);
  await server.archivist.sweep();
  await turns(2);
};
/** Ann's device, with what the server has. */
async function device(name = doc): Promise<Replica> {
  const replica = new Replica('ann', name);
  replica.connect(server.hub);
  await turns(4);
  replica.deliver();
  return replica;
}
async function archived(title = 'Acme'): Promise<string> {
  const id = await deal(title, { value: { minor: 500, currency: 'EUR' }, owner: 'm1' });
  await move(id, 'Won');
  nowMs += 31 * dayMs;
  await settle();
  expect((await get(id))['doc']).toBe(archive());
  return id;
}

describe('a closed deal', () => {
  test('stays for 30 days, then moves to its archive and leaves a stub; id, history and lists stay', async () => {
    const id = await deal('Acme');
    const open = await deal('Open');
    await move(id, 'Won');
    nowMs += 29 * dayMs;
    await settle();
    expect((await get(id))['doc']).toBe(doc);
    const before = [await get(id), history(id), server.query.all('SELECT * FROM stage_entries ORDER BY seq')];
    nowMs += 2 * dayMs;
    await settle();
    expect(await server.hub.read(doc, (live) => live.getMap('cards').toJSON()[id])).toEqual({ movedTo: archive() });
    const { doc: where, ...rest } = await get(id);
    const after = [{ ...rest, doc }, history(id), server.query.all('SELECT * FROM stage_entries ORDER BY seq')];
    expect([where, after]).toEqual([archive(), before]);
    const list = await server.rest('GET', `/deals?board=${board}`);
    expect([list.body['total'], list.body.items?.map((each) => each['id'])]).toEqual([2, [id, open].sort()]);
    expect((await server.rest('GET', '/data-quality')).body.items).toEqual([]);
    // Nothing moves again.
    const seq = await server.store.lastSeq();
    await settle();
    expect(await server.store.lastSeq()).toBe(seq);
  });

  test('can be edited, deleted and moved among closed stages where it lies', async () => {
    const id = await archived();
    expect((await server.rest('PATCH', `/deals/${id}`, { owner: 'm2' })).body).toMatchObject({
      owner: 'm2',
      doc: archive(),
    });
    expect((await move(id, 'Lost')).body['error']).toMatchObject({
      code: 'invalid',
      fields: { lostReason: expect.any(String) },
    });
    expect((await get(id))['doc']).toBe(archive());
    // A stage that was added after the archive was made.
    const added = await server.rest('POST', `/boards/${board}/stages`, { name: 'Void', kind: 'lost' });
    const moved = await move(id, String(added.body['id']), { lostReason: 'Withdrawn', closedAt: start });
    expect(moved.body).toMatchObject({ status: 'lost', lostReason: 'Withdrawn', closedAt: start });
    await settle();
    expect(await get(id)).toMatchObject({ doc: archive(), status: 'lost' });
    expect(history(id).at(-2)).toEqual(['rest', 'lost', 'stage', 'Void', 0]);
    expect((await server.rest('DELETE', `/deals/${id}`)).status).toBe(204);
    expect((await server.rest('GET', `/deals/${id}`)).status).toBe(404);
  });

  test('an edit made offline lands in the archive as its writer’s, and the stub is clean again', async () => {
    const id = await deal('Acme', { owner: 'm1' });
    const ann = await device();
    await move(id, 'Won');
    await turns(3);
    ann.deliver();
    ann.disconnect();
    const planned = editDeals(
      ann.doc,
      [id],
      { title: 'Acme Inc', source: 'Fair' },
      { now: nowMs, random: Math.random },
    );
    if (planned.ok) applyPatch(ann.doc, planned.value);
    nowMs += 31 * dayMs;
    await settle();
    ann.connect(server.hub);
    await settle();
    expect(await get(id)).toMatchObject({
      doc: archive(),
      title: 'Acme Inc',
      source: 'Fair',
      owner: 'm1',
      status: 'won',
    });
    expect(history(id).slice(-2)).toEqual([
      ['ann', 'changed', 'title', 'Acme Inc', 1],
      ['ann', 'changed', 'source', 'Fair', 1],
    ]);
    expect(server.query.all('SELECT * FROM stray_edits')).toEqual([]);
    ann.deliver();
    expect(ann.doc.getMap('cards').toJSON()[id]).toEqual({ movedTo: archive() });
  });

  test('reopened over REST it comes back, open, with its history', async () => {
    const id = await archived();
    expect((await move(id, 'Next')).body).toMatchObject({ doc, status: 'open', closedAt: null, owner: 'm1' });
    await settle();
    expect(await get(id)).toMatchObject({ doc, status: 'open', value: { minor: 500, currency: 'EUR' } });
    expect(history(id).map(([, kind]) => kind)).toEqual(['created', 'won', 'reopened']);
    expect(await server.hub.read(archive(), (live) => dealOf(live, id))).toBeNull();
  });

  test.each(['in the archive', 'in the stub, by a device that was offline'])(
    'reopened by a program that writes a place %s, it comes back open',
    async (where) => {
      const id = await archived();
      const ann = await device(where === 'in the archive' ? archive() : doc);
      const card = ann.doc.getMap<Y.Map<unknown>>('cards').get(id);
      card?.set('place', [stages['Open'], 'V']);
      await settle();
      await settle();
      expect(await get(id)).toMatchObject({
        doc,
        status: 'open',
        closedAt: null,
        stage: stages['Open'],
        title: 'Acme',
      });
      expect(history(id).at(-1)).toEqual(['ann', 'reopened', 'stage', 'Open', 0]);
      const { rows, rebuilt } = await rowsAndRebuilt(server);
      expect(rows).toEqual(rebuilt);
    },
  );

  test('deleted it can be restored for 30 days, then it is emptied, and its history with it', async () => {
    const id = await deal('Acme');
    const kept = await deal('Kept');
    await server.rest('DELETE', `/deals/${id}`);
    nowMs += 29 * dayMs;
    await server.purge();
    expect(await server.hub.read(doc, (live) => dealOf(live, id)?.title)).toBe('Acme');
    nowMs += 2 * dayMs;
    await server.purge();
    const cards = await server.hub.read(doc, (live) => live.getMap('cards').toJSON());
    expect(cards).toMatchObject({
      [id]: { deletedAt: expect.any(Number), purgedAt: expect.any(Number) },
      [kept]: { title: 'Kept' },
    });
    expect(Object.keys(cards[id] as object)).toHaveLength(2);
    expect(history(id)).toEqual([]);
    expect(server.query.all('SELECT id FROM deals')).toEqual([{ id: kept }]);
    expect(server.query.all('SELECT deal_id FROM stage_entries WHERE deal_id = ?', [id])).toEqual([]);
    const { rows, rebuilt } = await rowsAndRebuilt(server);
    expect(rows).toEqual(rebuilt);
  });

  test('restored by a device that was away, it comes back whole, with what was written there', async () => {
    const id = await deal('Acme');
    await server.rest('PATCH', `/deals/${id}`, { value: { minor: 500, currency: 'EUR' } });
    await server.rest('DELETE', `/deals/${id}`);
    const ann = await device();
    ann.disconnect();
    const card = ann.doc.getMap<Y.Map<unknown>>('cards').get(id);
    card?.delete('deletedAt');
    card?.set('description', 'Still wanted');
    nowMs += 31 * dayMs;
    await server.purge();
    expect(server.query.all('SELECT id FROM deals')).toEqual([]);
    ann.connect(server.hub);
    await settle();
    await server.purge();
    expect(await get(id)).toMatchObject({ title: 'Acme', value: { minor: 500 }, description: 'Still wanted' });
    expect(history(id).map(([, kind]) => kind)).toEqual(['restored']);
    expect(server.query.all('SELECT deal_id FROM stage_entries')).toEqual([{ deal_id: id }]);
    expect(server.query.all('SELECT record FROM purges')).toEqual([]);
    const { rows, rebuilt } = await rowsAndRebuilt(server);
    expect(rows).toEqual(rebuilt);
  });

  test('a deleted stage goes when no deal stood in it, and comes back where a device restored it', async () => {
    const id = await deal('Acme');
    await move(id, 'Next');
    await move(id, 'Open');
    const unused = String((await server.rest('POST', `/boards/${board}/stages`, { name: 'Unused' })).body['id']);
    const remove = (stage: string) =>
      server.hub.transact(doc, { actor: 'ann', via: 'live' }, (live) => {
        const map = live.getMap<Y.Map<unknown>>('stages').get(stage);
        map?.set('deletedAt', nowMs);
      });
    const ann = await device();
    for (const stage of [unused, stages['Next'] ?? '']) await remove(stage);
    await turns(2);
    ann.deliver();
    ann.disconnect();
    nowMs += 31 * dayMs;
    await server.purge();
    const names = async () =>
      Object.values((await server.hub.read(doc, (live) => live.getMap('stages').toJSON())) as object).map(
        (stage: { name?: string }) => stage.name,
      );
    // Histories name the one in which a deal stood.
    expect(await names()).toContain('Next');
    expect(await names()).not.toContain('Unused');
    expect(server.query.all('SELECT name FROM stages WHERE id = ?', [unused])).toEqual([]);
    ann.doc.getMap<Y.Map<unknown>>('stages').get(unused)?.delete('deletedAt');
    ann.connect(server.hub);
    await settle();
    await server.purge();
    expect(server.query.all('SELECT name FROM stages WHERE id = ?', [unused])).toEqual([{ name: 'Unused' }]);
    const { rows, rebuilt } = await rowsAndRebuilt(server);
    expect(rows).toEqual(rebuilt);
  });

  test('an emptied card under the id of another board’s deal takes nothing from it', async () => {
    const id = await deal('Acme');
    const before = history(id);
    await server.hub.create('board/other', { actor: 'eve', via: 'live' }, (other) =>
      other.getMap('cards').set(id, new Y.Map(Object.entries({ purgedAt: 1, deletedAt: 1 }))),
    );
    expect(history(id)).toEqual(before);
    expect(await get(id)).toMatchObject({ title: 'Acme' });
    expect(server.query.all('SELECT deal_id FROM stage_entries')).toEqual([{ deal_id: id }]);
  });

  test('a stub that some program wrote takes nothing away', async () => {
    const id = await deal('Acme');
    const ann = await device();
    const card = ann.doc.getMap<Y.Map<unknown>>('cards').get(id);
    for (const target of [doc, 'board/none', 'workspace', `${doc}~2026q1`]) {
      card?.set('movedTo', target);
      await settle();
    }
    card?.delete('movedTo');
    await settle();
    expect(await get(id)).toMatchObject({ title: 'Acme', doc });
  });
});
