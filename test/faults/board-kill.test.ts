import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeHub } from '@rapport/sync/server/hub';
import { defaultLimits } from '@rapport/sync/server/limits';
import { rebuildRows } from '@rapport/sync/server/rebuild';
import { makeRowWriter } from '@rapport/sync/server/sqlite/row-writer';
import { openSqliteStore } from '@rapport/sync/server/sqlite/sqlite-store';
import { frameOf } from '@rapport/sync/shared/frames';
import { message } from '@rapport/sync/shared/wire';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { readVarUint8Array } from 'lib0/decoding';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { nouns } from '../../apps/server/src/registry.ts';
import { caller, makeKey, makeWorkspace, signUp } from '../system/server-fixture.ts';
import { stockClient, until, type StockClient } from '../system/stock-client.ts';

// The real server under moves from stock clients and writes over the API is killed at a random moment, again and again
// on one folder. KILL_SEED repeats one run.
const fixed = process.env['KILL_SEED'];
const first = Math.floor(Math.random() * 1e9);
const seeds = fixed === undefined ? [first, first + 1] : [Number(fixed)];
const lives = 3;
const main = join(import.meta.dirname, '../../apps/server/src/main.ts');
let folder: string;
let child: ChildProcess | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'board-kill-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const plenty = Object.fromEntries(
  ['UPDATES_PER_SECOND', 'UPDATE_BURST', 'REQUESTS_PER_SECOND', 'REQUEST_BURST'].map((name) => [
    `LIMIT_${name}`,
    '1000000',
  ]),
);
async function startServer(): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'error', ...plenty };
  child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  let url: string | undefined;
  await until(() => {
    if (child?.exitCode !== null) throw new Error(`the server ended: ${text}`);
    url = /Rapport is ready at (\S+)/.exec(text)?.[1];
    return url !== undefined;
  });
  return url ?? '';
}

/** Moves cards and counts on a card of its own; knows what it was told is saved. */
class Mover {
  readonly client: StockClient;
  readonly own: string;
  acknowledgedClock = 0;
  acknowledgedCount = 0;
  private count = 0;
  private isStopped = false;

  constructor(client: StockClient, own: string) {
    this.client = client;
    this.own = own;
    const { provider } = client;
    provider.messageHandlers[message.barrier] = (_encoder, decoder) => {
      const [clock = 0, count = 0] = JSON.parse(new TextDecoder().decode(readVarUint8Array(decoder))) as number[];
      this.acknowledgedClock = Math.max(this.acknowledgedClock, clock);
      this.acknowledgedCount = Math.max(this.acknowledgedCount, count);
    };
  }

  async run(ids: readonly string[], stages: readonly string[], random: () => number): Promise<void> {
    const { doc, provider } = this.client;
    while (!this.isStopped) {
      for (let burst = 0; burst < 2; burst++) {
        this.count++;
        doc.transact(() => {
          const id = ids[Math.floor(random() * ids.length)] ?? this.own;
          const stage = stages[Math.floor(random() * stages.length)];
          this.client.card(id).set('place', [stage, `V${String(this.count)}V`]);
          this.client.card(this.own).set('count', this.count);
        });
        const told = JSON.stringify([Y.getState(doc.store, doc.clientID), this.count]);
        if (provider.ws?.readyState === 1) provider.ws.send(frameOf(message.barrier, new TextEncoder().encode(told)));
      }
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  }

  stop(): void {
    this.isStopped = true;
    this.client.close();
  }
}

const rowsOf = (database: Database, tables: readonly string[]) =>
  Object.fromEntries(
    tables.map((table) => {
      const names = database.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
      return [
        table,
        database.prepare(`SELECT * FROM "${table}" ORDER BY ${names.map((name) => `"${name}"`).join(', ')}`).all(),
      ];
    }),
  );

/** Every row of the read model is what a rebuild from the log gives. */
async function expectRebuiltRows(path: string): Promise<void> {
  const store = openSqliteStore({ path });
  const fresh = new SqliteDatabase(':memory:');
  for (const statement of nouns.flatMap((noun) => noun.readModel)) fresh.exec(statement);
  const write = makeRowWriter(fresh);
  await rebuildRows(
    store,
    nouns.flatMap((noun) => noun.kinds),
    (writes) => writes.forEach(write),
  );
  const tables = [
    'boards',
    'stages',
    'deals',
    'stage_entries',
    'deal_touches',
    'stray_edits',
    'data_quality',
    'activity',
  ];
  expect(rowsOf(store.database, tables)).toEqual(rowsOf(fresh, tables));
  expect(store.database.prepare('SELECT max(seq) FROM sync_log').pluck().get()).toBe(await store.lastSeq());
  fresh.close();
  await store.close();
}

test.each(seeds)(
  '[BK1] what was saved or seen is there after kill -9, and so are its rows (KILL_SEED=%i)',
  async (seed) => {
    let state = seed >>> 0;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    let url = await startServer();
    const at = (address: string) => ({ url: address }) as Parameters<typeof signUp>[0];
    const ana = await signUp(at(url), 'Ana');
    const workspace = await makeWorkspace(ana);
    const { key } = await makeKey(ana, workspace.path, 'member');
    const path = join(folder, 'workspaces', `${workspace.id}.sqlite`);
    const call = (...[method, route, body]: Parameters<ReturnType<typeof caller>>) =>
      caller(at(url), { authorization: `Bearer ${key}` })(method, workspace.path + route, body);
    const made = await call('POST', '/boards', {
      name: 'B',
      stages: ['One', 'Two', 'Three'].map((name) => ({ name })),
    });
    const board = String(made.body['id']);
    const docName = `board/${board}`;
    const stages = (made.body['stages'] as { id: string }[]).map(({ id }) => id);
    const deal = async (title: string) => String((await call('POST', '/deals', { board, title })).body['id']);
    const shared: string[] = [];
    for (let i = 0; i < 12; i++) shared.push(await deal(`Shared ${i}`));
    const answered = new Set<string>();

    for (let life = 0; life < lives; life++) {
      if (life > 0) url = await startServer();
      const movers: Mover[] = [];
      for (let i = 0; i < 3; i++) {
        const own = await deal(`Own ${life}.${i}`);
        movers.push(new Mover(await stockClient(url, workspace.id, docName, key), own));
      }
      await until(() => movers.every(({ client, own }) => client.doc.getMap('cards').has(own)));
      const patched = await deal(`Patched ${life}`);
      let patches = 0;
      const dead = new AbortController();
      // A request that the kill cut off was promised nothing.
      const over = async (work: (n: number) => Promise<unknown>) => {
        for (let n = 1; !dead.signal.aborted; n++) await work(n).catch(() => undefined);
      };
      const running = [
        ...movers.map((mover) => mover.run(shared, stages, random)),
        over(async (n) => {
          const reply = await call('PATCH', `/deals/${patched}`, { value: { minor: n, currency: 'EUR' } });
          if (reply.status === 200) patches = n;
        }),
        over(async (n) => {
          const title = `Answered ${life}.${n}`;
          if ((await call('POST', '/deals', { board, title })).status === 201) answered.add(title);
        }),
        over((n) =>
          call('POST', `/deals/${shared[n % shared.length] ?? ''}/move`, {
            stage: stages[n % 3],
            before: shared[(n + 1) % 12],
          }),
        ),
      ];
      // Not before something was promised in each way, then at any moment.
      const [enough, hadAnswers] = [20 + random() * 150, answered.size];
      const promised = () => movers.reduce((sum, mover) => sum + mover.acknowledgedCount, 0);
      await until(() => promised() > enough && patches > 0 && answered.size > hadAnswers);
      await new Promise((resolve) => setTimeout(resolve, random() * 50));
      const ended = child === null ? Promise.resolve() : once(child, 'exit');
      child?.kill('SIGKILL');
      await ended;
      dead.abort();
      // What the kernel had taken before may still arrive: that counts as seen.
      await until(() =>
        movers.every(({ client }) => client.provider.ws === null || client.provider.ws.readyState !== 1),
      );
      for (const mover of movers) mover.stop();
      await Promise.all(running);

      await expectRebuiltRows(path);
      const store = openSqliteStore({ path });
      const hub = makeHub({ store, kinds: [], limits: defaultLimits, now: Date.now, log: () => {} });
      const { vector, cards } = await hub.read(docName, (doc) => ({
        vector: Y.decodeStateVector(Y.encodeStateVector(doc)),
        cards: doc.getMap('cards').toJSON() as Record<string, Record<string, unknown>>,
      }));
      const rows = store.database
        .prepare<[], { title: string; value_minor: number | null }>('SELECT title, value_minor FROM deals')
        .all();
      await hub.close();
      await store.close();
      for (const { client, own, acknowledgedClock, acknowledgedCount } of movers) {
        expect(vector.get(client.doc.clientID) ?? 0).toBeGreaterThanOrEqual(acknowledgedClock);
        expect(Number(cards[own]?.['count'] ?? 0)).toBeGreaterThanOrEqual(acknowledgedCount);
        for (const [writer, seen] of Y.decodeStateVector(Y.encodeStateVector(client.doc)))
          if (writer !== client.doc.clientID)
            expect(vector.get(writer) ?? 0, `of ${writer}`).toBeGreaterThanOrEqual(seen);
      }
      const titles = new Set(rows.map(({ title }) => title));
      expect([...answered].filter((title) => !titles.has(title))).toEqual([]);
      expect(rows.find(({ title }) => title === `Patched ${life}`)?.value_minor ?? 0).toBeGreaterThanOrEqual(patches);
    }
  },
);
