import type { DocName } from '../shared/wire.ts';
import type { Commit, LogEntry, RowClaim, RowWrite, SqlValue, Store, StoredDocument } from './ports.ts';

/** A store in memory, for tests: keeps rows as plain objects and can be told to fail. */
export class MemoryStore implements Store {
  readonly log: LogEntry[] = [];
  /** Rows by table, then by their key as JSON. */
  readonly tables = new Map<string, Map<string, Record<string, SqlValue>>>();
  private readonly documents = new Set<DocName>();
  private readonly snapshots = new Map<DocName, { seq: number; state: Uint8Array }>();
  private readonly clients = new Map<DocName, Map<number, string>>();
  /** Set to make commits and probes fail. */
  failure: Error | null = null;
  epochId = 'first';
  /** Awaited in every commit: a slow disk. */
  beforeCommit: () => Promise<void> = async () => {};

  async commit(commit: Commit): Promise<void> {
    await this.beforeCommit();
    if (this.failure !== null) throw this.failure;
    const created = new Set(commit.creates);
    for (const name of created) if (this.documents.has(name)) throw new Error(`document exists: ${name}`);
    for (const entry of commit.entries) {
      if (!this.documents.has(entry.doc) && !created.has(entry.doc)) throw new Error(`no such document: ${entry.doc}`);
    }
    for (const name of created) this.documents.add(name);
    for (const entry of commit.entries) this.log.push({ ...entry, update: new Uint8Array(entry.update) });
    applyWrites(this.tables, commit.writes);
    for (const { doc, client, actor } of commit.clients ?? []) {
      let owners = this.clients.get(doc);
      if (owners === undefined) this.clients.set(doc, (owners = new Map()));
      if (!owners.has(client)) owners.set(client, actor);
    }
  }

  async exists(doc: DocName): Promise<boolean> {
    return this.documents.has(doc);
  }

  async load(doc: DocName): Promise<StoredDocument | null> {
    if (!this.documents.has(doc)) return null;
    const snapshot = this.snapshots.get(doc);
    const snapshotSeq = snapshot?.seq ?? 0;
    const tail = this.log.filter((entry) => entry.doc === doc && entry.seq > snapshotSeq);
    return { snapshot: snapshot?.state ?? null, snapshotSeq, tail, clients: new Map(this.clients.get(doc)) };
  }

  async saveSnapshot(doc: DocName, seq: number, state: Uint8Array): Promise<void> {
    if (!this.documents.has(doc)) throw new Error(`no such document: ${doc}`);
    if ((this.snapshots.get(doc)?.seq ?? 0) <= seq) this.snapshots.set(doc, { seq, state: state.slice() });
  }

  async epoch(): Promise<string> {
    return this.epochId;
  }

  async lastSeq(): Promise<number> {
    return this.log.reduce((last, entry) => Math.max(last, entry.seq), 0);
  }

  async *readLog(options: { doc?: DocName; afterSeq?: number } = {}): AsyncIterable<LogEntry> {
    const { doc, afterSeq = 0 } = options;
    const entries = this.log.filter((entry) => entry.seq > afterSeq && (doc === undefined || entry.doc === doc));
    yield* entries.sort((a, b) => a.seq - b.seq);
  }

  async probe(): Promise<void> {
    if (this.failure !== null) throw this.failure;
  }

  async close(): Promise<void> {}
}

type Rows = Map<string, Record<string, SqlValue>>;

/** Applies row writes to rows kept as objects, the way a store applies them to tables. */
export function applyWrites(tables: Map<string, Rows>, writes: readonly RowWrite[]): void {
  const refused = new Set<RowClaim>();
  for (const write of writes) {
    const { claim, under } = write;
    if (under !== undefined && refused.has(under)) continue;
    const isMade = applyWrite(tables, write);
    if (claim === undefined) continue;
    if (!isMade) refused.add(claim);
    if (claim.refusal !== undefined) applyWrite(tables, isMade ? { ...claim.refusal, row: null } : claim.refusal);
  }
}

/** Answers whether there was anything to do. */
function applyWrite(tables: Map<string, Rows>, { table, key, row, claim }: RowWrite): boolean {
  let rows = tables.get(table);
  if (rows === undefined) tables.set(table, (rows = new Map()));
  const columns = Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1));
  const name = JSON.stringify(columns);
  if (row !== null) {
    const there = rows.get(name);
    const owner = claim && there?.[claim.owner];
    const isOthers = claim && there && owner !== row[claim.owner] && owner !== claim.takesFrom;
    if (isOthers === true || claim?.unless?.some((other) => tables.get(other)?.has(name)) === true) return false;
    rows.set(name, { ...key, ...row });
    return true;
  }
  const before = rows.size;
  for (const [id, found] of rows) if (columns.every(([column, value]) => found[column] === value)) rows.delete(id);
  return rows.size < before;
}
