import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cellsKind, cellsSchema } from '@rapport/sync/server/cells-kind';
import { makeHub } from '@rapport/sync/server/hub';
import { defaultLimits } from '@rapport/sync/server/limits';
import type { DocumentKind, Hub, Limits, Store } from '@rapport/sync/server/ports';
import { openSqliteStore, type SqliteStore } from '@rapport/sync/server/sqlite/sqlite-store';

export const docName = 'cells/a';
export const byServer = { actor: 'server', via: 'server' } as const;

/** A hub over a real file that can be taken down and up again, and what it logged. */
export interface HubBench {
  readonly path: string;
  readonly logged: string[];
  hub: Hub;
  store: SqliteStore;
  /** Closes the file and the hub, in order. */
  down(): Promise<void>;
  /** Opens both again. */
  up(): Promise<void>;
  /** Ends it and removes the file. */
  end(): Promise<void>;
}

export interface BenchOptions {
  limits?: Partial<Limits>;
  now?: () => number;
  folder?: string;
  kinds?: readonly DocumentKind[];
  /** Puts something between the hub and the file. */
  around?: (store: Store) => Store;
}

export async function openBench(options: BenchOptions = {}): Promise<HubBench> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'fault-'));
  const bench: HubBench = {
    path: join(folder, 'w.sqlite'),
    logged: [],
    hub: undefined as unknown as Hub,
    store: undefined as unknown as SqliteStore,
    async up() {
      bench.store = openSqliteStore({ path: bench.path, schema: cellsSchema, busyTimeoutMs: 10 });
      bench.hub = makeHub({
        store: options.around?.(bench.store) ?? bench.store,
        kinds: options.kinds ?? [cellsKind],
        limits: { ...defaultLimits, updatesPerSecond: 1e6, updateBurst: 1e6, ...options.limits },
        now: options.now ?? Date.now,
        log: (level, message, detail) => bench.logged.push(`${level} ${message} ${JSON.stringify(detail ?? {})}`),
      });
    },
    async down() {
      await bench.hub.close();
      await bench.store.close();
    },
    async end() {
      await bench.down();
      if (options.folder === undefined) rmSync(folder, { recursive: true });
    },
  };
  await bench.up();
  if (!(await bench.hub.exists(docName))) await bench.hub.create(docName, byServer, () => {});
  return bench;
}

/** What a document holds, as the hub reads it now. */
export function cellsOf(hub: Hub, name = docName): Promise<Record<string, unknown>> {
  return hub.read(name, (doc) => doc.getMap('cells').toJSON());
}
