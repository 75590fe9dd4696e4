import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { ByteReader } from '@rapport/sync/shared/byte-reader';
import { frameOf, syncFrame, syncMessage } from '@rapport/sync/shared/frames';
import { message } from '@rapport/sync/shared/wire';
import { cellsKind, cellsSchema } from '@rapport/sync/server/cells-kind';
import { makeHub } from '@rapport/sync/server/hub';
import { defaultLimits } from '@rapport/sync/server/limits';
import { applyWrites, type MemoryStore } from '@rapport/sync/server/memory-store';
import { rebuildRows } from '@rapport/sync/server/rebuild';
import { openSqliteStore } from '@rapport/sync/server/sqlite/sqlite-store';

const name = 'cells/a';
const seeds = [1, 2, 3, 4];
let folder: string;
let child: ChildProcess | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kill-nine-'));
});

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

async function startServer(path: string): Promise<number> {
  const script = fileURLToPath(new URL('./kill-nine-server.ts', import.meta.url));
  child = spawn(process.execPath, [script, path, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('no output of the server');
  const [line] = await once(child.stdout, 'data');
  return Number(String(line));
}

/** Writes as fast as the socket takes it, and remembers what it was promised and what it was shown. */
class Writer {
  readonly doc = new Y.Doc();
  readonly acknowledged = new Set<string>();
  readonly seen = new Set<string>();
  private written = 0;
  private readonly unacknowledged: string[] = [];
  private readonly ws: WebSocket;
  private readonly id: string;
  stopped = false;

  constructor(port: number, id: string) {
    this.id = id;
    this.ws = new WebSocket(`ws://127.0.0.1:${String(port)}/${id}`);
    this.ws.on('error', () => {});
    this.ws.on('message', (data: Buffer) => this.receive(data));
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.ws.send(syncFrame(syncMessage.update, update));
    });
  }

  async opened(): Promise<void> {
    await once(this.ws, 'open');
  }

  async run(): Promise<void> {
    this.ws.send(syncFrame(syncMessage.step1, Y.encodeStateVector(this.doc)));
    while (!this.stopped && this.ws.readyState === WebSocket.OPEN) {
      const key = `${this.id}-${String(this.written++)}`;
      this.doc.getMap('cells').set(key, new Y.Map([['n', this.written]]));
      this.unacknowledged.push(key);
      this.ws.send(frameOf(message.barrier, new TextEncoder().encode(key)));
      if (this.written % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  private receive(frame: Buffer): void {
    const reader = new ByteReader(frame);
    const type = reader.varUint();
    if (type === message.barrier) {
      const upTo = reader.varString();
      for (let key = this.unacknowledged.shift(); key !== undefined; key = this.unacknowledged.shift()) {
        this.acknowledged.add(key);
        if (key === upTo) break;
      }
    } else if (type === message.sync && reader.varUint() !== syncMessage.step1) {
      Y.applyUpdate(this.doc, reader.varBytes(), this);
      for (const key of this.doc.getMap('cells').keys()) if (!key.startsWith(`${this.id}-`)) this.seen.add(key);
    }
  }
}

test.each(seeds)('[S80] what was acknowledged or seen survives kill -9 (seed %i)', async (seed) => {
  const path = join(folder, 'w.sqlite');
  const acknowledged = new Set<string>();
  const seen = new Set<string>();
  for (let life = 0; life < 2; life++) {
    const port = await startServer(path);
    const writers = ['ann', 'bob', 'cid'].map((id) => new Writer(port, `${id}${String(life)}`));
    await Promise.all(writers.map((writer) => writer.opened()));
    const running = writers.map((writer) => writer.run());
    // A point in the work, not in time: a busy machine may take long to get anywhere.
    const enough = 20 + ((seed * 7919 + life * 104_729) % 600);
    while (writers.reduce((sum, writer) => sum + writer.acknowledged.size, 0) < enough)
      await new Promise((resolve) => setTimeout(resolve, 1));
    child?.kill('SIGKILL');
    if (child !== null) await once(child, 'exit');
    for (const writer of writers) writer.stopped = true;
    await Promise.all(running);
    for (const writer of writers) {
      for (const key of writer.acknowledged) acknowledged.add(key);
      for (const key of writer.seen) seen.add(key);
    }
  }
  const store = openSqliteStore({ path, schema: cellsSchema });
  const hub = makeHub({ store, kinds: [cellsKind], limits: defaultLimits, now: () => Date.now(), log: () => {} });
  const recovered = new Set(await hub.read(name, (doc) => [...doc.getMap('cells').keys()]));
  expect(acknowledged.size, `seed ${String(seed)}`).toBeGreaterThan(0);
  expect(
    [...acknowledged].filter((key) => !recovered.has(key)),
    `seed ${String(seed)}`,
  ).toEqual([]);
  expect(
    [...seen].filter((key) => !recovered.has(key)),
    `seed ${String(seed)}`,
  ).toEqual([]);
  // The read model is the projection of exactly this log.
  const rebuilt: MemoryStore['tables'] = new Map();
  await rebuildRows(store, [cellsKind], (writes) => applyWrites(rebuilt, writes));
  const rows = store.database.prepare('SELECT doc, id, json, by, seq FROM cells ORDER BY id').all();
  const expected = [...(rebuilt.get('cells')?.values() ?? [])].sort((a, b) =>
    String(a['id']) < String(b['id']) ? -1 : 1,
  );
  expect(rows).toEqual(expected);
  await hub.close();
  await store.close();
});
