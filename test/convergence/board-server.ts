import { ok } from '@rapport/doc/result';
import { makeIds } from '@rapport/doc/ids';
import { makeArchivist } from '@rapport/domain/boards/archivist.node';
import { makeBoardKind } from '@rapport/domain/boards/board-kind';
import { openShare } from '@rapport/domain/access/share';
import { boardRoutes } from '@rapport/domain/boards/board-routes';
import { dataQualityRoutes } from '@rapport/domain/boards/data-quality-routes';
import { dealType } from '@rapport/domain/deals/deal-type';
import { dealRoutes } from '@rapport/domain/deals/deal-routes';
import { cardRoutes } from '@rapport/domain/boards/card-routes';
import { leadRows } from '@rapport/domain/leads/lead-rows.node';
import { leadType } from '@rapport/domain/leads/lead-type';
import { scoreReadModel } from '@rapport/domain/leads/score-sql';
import { leadOps } from '@rapport/domain/leads/ops';
import { boardsReadModel, cardReadModel } from '@rapport/domain/boards/read-model';
import { purgeableCards, purgeableStages } from '@rapport/domain/boards/purge.node';
import { deletedStayMs } from '@rapport/domain/purge/noun.node';
import { purgesReadModel } from '@rapport/domain/purge/purged-kind';
import { bringBackWanted, purgeDue, type PurgeOptions } from '@rapport/domain/purge/purger.node';
import { recordReadModel, recordsReadModel } from '@rapport/domain/records/read-model';
import { companyType } from '@rapport/domain/companies/schema';
import { contactType } from '@rapport/domain/contacts/schema';
import type {
  People,
  Query,
  SqlParams,
  WorkspaceContext,
  WorkspaceEnv,
} from '@rapport/domain/http/workspace-context.node';
import { makePlainKind } from '@rapport/domain/workspace/workspace-kind';
import { makeHub } from '@rapport/sync/server/hub';
import { defaultLimits } from '@rapport/sync/server/limits';
import { rebuildRows } from '@rapport/sync/server/rebuild';
import { makeRowWriter } from '@rapport/sync/server/sqlite/row-writer';
import { openSqliteStore } from '@rapport/sync/server/sqlite/sqlite-store';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { Hono } from 'hono';

const types = [dealType, leadType];

/** The tables that deals and leads stand in, and those that name their companies and contacts. */
const readModel = [
  ...boardsReadModel,
  ...purgesReadModel,
  ...types.flatMap(cardReadModel),
  ...scoreReadModel,
  ...recordsReadModel,
  ...recordReadModel(companyType),
  ...recordReadModel(contactType),
];

const recordTables = ['contacts', 'companies'];
const kinds = [makeBoardKind(types, recordTables), makePlainKind()];
/** Tables of the read model; a rebuild must give each of them byte for byte. */
const tables = [
  'boards',
  'stages',
  'deals',
  'stage_entries',
  'deal_touches',
  'leads',
  'lead_stage_entries',
  'lead_touches',
  'score_weights',
  'stray_edits',
  'data_quality',
  'activity',
  'record_links',
  'purges',
] as const;

export interface RestReply {
  readonly status: number;
  readonly body: Record<string, unknown> & { items?: Record<string, unknown>[] };
}

export type BoardServer = ReturnType<typeof openBoardServer>;

/** A workspace's documents, rows, archivist and REST routes on its SQLite file, in this process and without sockets. */
export function openBoardServer(options: {
  path: string;
  now: () => number;
  random: () => number;
  warn?: (message: string, detail: unknown) => void;
  /** Whose late edits are carried after a card; everybody's when left out. */
  mayEdit?: (memberId: string, boardId: string) => boolean;
}) {
  const { path, now, random, warn = () => {} } = options;
  const store = openSqliteStore({ path });
  // What is durable is for other tests; waiting for the disk would only make this one slow.
  store.database.pragma('synchronous = OFF');
  const isNew =
    store.database.prepare<[], number>(`SELECT count(*) FROM sqlite_schema WHERE name = 'deals'`).pluck().get() === 0;
  if (isNew) for (const statement of readModel) store.database.exec(statement);
  const bind = (params: SqlParams | undefined): unknown[] => (params === undefined ? [] : [params]);
  const query: Query = {
    all: <Row>(sql: string, params?: SqlParams) => store.database.prepare(sql).all(...bind(params)) as Row[],
    get: <Row>(sql: string, params?: SqlParams) => store.database.prepare(sql).get(...bind(params)) as Row | undefined,
  };
  const hub = makeHub({
    store,
    kinds,
    limits: { ...defaultLimits, updateBurst: 1e6 },
    now,
    random,
    log: (level, text, detail) => {
      if (level === 'error') warn(text, detail);
    },
  });
  const archivist = makeArchivist({
    mayEdit: options.mayEdit ?? (() => true),
    types,
    recordTables,
    hub,
    query,
    now,
    warn: (detail, text) => warn(text, detail),
  });
  const purge: PurgeOptions = {
    workspace: { hub, query, readSlowly: async (job, args) => job.run(query, args, now()) },
    purgeables: [...types.map(purgeableCards), purgeableStages(types)],
    now,
    stayMs: deletedStayMs,
    isClosed: () => false,
  };
  const newId = makeIds({ now, random });
  const deps = { now, newId, publicUrl: 'http://localhost', warn: () => {} };
  // Whoever is named is a member.
  const memberOf = (id: string) =>
    ({ id, name: id, email: null, colour: 1, role: 'member', status: 'active' }) as const;
  const people: People = {
    list: () => [],
    get: memberOf,
    ensurePending: () => [],
    bring: () => [],
    dropAddresses: () => {},
    dropPending: () => {},
  };
  const app = new Hono<WorkspaceEnv>();
  app.use(async (c, next) => {
    const memberId = c.req.header('x-member') ?? 'rest';
    const context: Partial<WorkspaceContext> = {
      id: 'w',
      hub,
      commentHub: hub,
      query,
      everyRow: query,
      // Everything is shared with everybody here; who may open what has its own tests.
      accessTo: () => 'edit',
      shareOf: () => openShare,
      shareNew: () => {},
      parentOf: () => null,
      placeIn: () => ok(null),
      audit: () => {},
      people,
      actor: { memberId, name: memberId, colour: 1, role: 'member' },
      author: (via = 'rest') => ({ actor: memberId, via }),
    };
    c.set('workspace', context as WorkspaceContext);
    await next();
  });
  app
    .route('/', boardRoutes(deps, types))
    .route('/', dealRoutes(deps))
    // Without matching and assignment, which have their own tests.
    .route('/', cardRoutes({ type: leadType, ops: leadOps, rows: leadRows, beside: {}, filters: {} }, deps))
    .route('/', dataQualityRoutes(types));
  app.onError((error, c) => c.json({ error: { code: 'internal', message: String(error) } }, 500));

  return {
    store,
    hub,
    query,
    archivist,
    /** Empties what was deleted long ago, and brings back what was restored apart. */
    async purge(): Promise<void> {
      await bringBackWanted(purge);
      await purgeDue(purge);
    },
    newId,
    async rest(method: string, path: string, body?: unknown): Promise<RestReply> {
      const reply = await app.request(path, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await reply.text();
      return { status: reply.status, body: text === '' ? {} : (JSON.parse(text) as RestReply['body']) };
    },
    /** Orderly: everything received is durable. */
    async close(): Promise<void> {
      archivist.close();
      await hub.close();
      await store.close();
    },
    /** As if the process were gone: what was not committed by now never will be. */
    async crash(): Promise<void> {
      archivist.close();
      await store.close();
      await hub.close();
    },
  };
}

type Rows = Record<string, unknown[]>;

const rowsIn = (database: Database): Rows =>
  Object.fromEntries(
    tables.map((table) => {
      const names = database.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
      const order = names.map((name) => `"${name}"`).join(', ');
      return [table, database.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).all()];
    }),
  );

/** The rows as they stand, and as a rebuild from the log makes them. */
export async function rowsAndRebuilt({ store }: BoardServer): Promise<{ rows: Rows; rebuilt: Rows }> {
  const fresh = new SqliteDatabase(':memory:');
  for (const statement of readModel) fresh.exec(statement);
  const write = makeRowWriter(fresh);
  await rebuildRows(store, kinds, (writes) => writes.forEach(write));
  const rebuilt = rowsIn(fresh);
  fresh.close();
  return { rows: rowsIn(store.database), rebuilt };
}
