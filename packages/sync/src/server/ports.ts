import type { Doc, Transaction } from 'yjs';
import type { DocName } from '../shared/wire.ts';

export type SqlValue = string | number | null | Uint8Array;

/**
 * One write to the read model, as data: replace the row of `table` that has `key` (and only those columns as its
 * unique key) by `{...key, ...row}`, or delete it when `row` is null. Deleting matches every row with `key`.
 */
export interface RowWrite {
  readonly table: string;
  readonly key: Readonly<Record<string, SqlValue>>;
  readonly row: Readonly<Record<string, SqlValue>> | null;
  /**
   * The row as the projector believes it stands there, with the same columns as `row`: a store may then write only what
   * differs and so leave indexes alone. Where the belief is wrong the whole row is written all the same.
   */
  readonly was?: Readonly<Record<string, SqlValue>>;
  /**
   * Where the projector knows that `row` differs from `was` in these columns alone, as long as the column `owner` is as in
   * `was`: a store then need compare no others.
   */
  readonly step?: { readonly columns: readonly string[]; readonly owner: string };
  /** Says whose the row is, where the documents of several could write it. */
  readonly claim?: RowClaim;
  /** Made only where the write with this very claim, which came before it, was made. */
  readonly under?: RowClaim;
}

/**
 * How a row belongs to one document: the one that its column `owner` names. Where the row is another's, a write with a
 * claim is not made, nor is anything under it.
 */
export interface RowClaim {
  readonly owner: string;
  /** The owner from which the server itself has moved the record here: the row changes hands. */
  readonly takesFrom?: SqlValue;
  /** Tables of other records: a row with the same key in one of them has the id already. */
  readonly unless?: readonly string[];
  /** A row that is written where the claim is refused, and deleted where the row is (again) this document's. */
  readonly refusal?: Pick<RowWrite, 'table' | 'key' | 'row'>;
}

/** How an edit reached the server. `offline`: made without a connection and merged later (it came in a sync step 2). */
export type Via = 'live' | 'offline' | 'rest' | 'import' | 'server';

/** Who makes an edit. `actor` is a member id, or `server` for the product itself. */
export interface Author {
  readonly actor: string;
  readonly via: Via;
  /** Id of the API key that acted for the member, or of the import that the edit belongs to. */
  readonly agent?: string;
}

/** One durable step of a document: a Yjs V1 update with its author. `seq` is unique and rising within a workspace. */
export interface LogEntry extends Author {
  readonly seq: number;
  readonly doc: DocName;
  /** When the server received it, epoch ms. */
  readonly at: number;
  readonly update: Uint8Array;
}

/** What one transaction of the store writes: log, read model and watermark together (promise P4). */
export interface Commit {
  readonly entries: readonly LogEntry[];
  readonly writes: readonly RowWrite[];
  /** Documents that come into being with this commit. */
  readonly creates?: readonly DocName[];
  /** First writers of clientIDs, so that a forged or reused id is refused after a restart, too. */
  readonly clients?: readonly { doc: DocName; client: number; actor: string }[];
}

export interface StoredDocument {
  /** Yjs V2 state up to and including `snapshotSeq`, or null (then the tail is everything). */
  readonly snapshot: Uint8Array | null;
  readonly snapshotSeq: number;
  readonly tail: readonly LogEntry[];
  readonly clients: ReadonlyMap<number, string>;
  /** The mark of the last time that text was erased from it, with its history; see SPEC S48. */
  readonly erased?: string;
  /** Why the tail ends before its end: what follows could not be read. The document is then for reading only. */
  readonly lost?: string;
  /** What was damaged and read in another way; the document is whole. */
  readonly mended?: string;
}

/** Stored bytes are not as they were written. */
export class DamagedStore extends Error {
  override readonly name = 'DamagedStore';
}

/** The store of one workspace. Every method rejects with the storage error when it could not do its work whole. */
export interface Store {
  /** Atomic and durable (survives power loss) once resolved. */
  commit(commit: Commit): Promise<void>;
  exists(doc: DocName): Promise<boolean>;
  /** Null when no such document was ever created. */
  load(doc: DocName): Promise<StoredDocument | null>;
  /** Keeps a snapshot (V2 state up to `seq`); the log is kept: it is the history. */
  saveSnapshot(doc: DocName, seq: number, state: Uint8Array): Promise<void>;
  /** The V2 state after log entry `seq`, proven away from the thread that people's edits wait for, where that is possible. */
  provenState?(doc: DocName, seq: number): Promise<Uint8Array>;
  /** A random id of this life of the data: made when the store is made, and anew when a backup is restored. */
  epoch(): Promise<string>;
  /** The greatest seq ever committed, 0 for a new store. */
  lastSeq(): Promise<number>;
  /**
   * All log entries in seq order, for rebuilds and history; `doc` restricts to one document. A damaged entry is told to
   * `onDamage` and left out, or ends it with {@link DamagedStore}.
   */
  readLog(options?: {
    doc?: DocName;
    afterSeq?: number;
    onDamage?: (doc: DocName, seq: number) => void;
  }): AsyncIterable<LogEntry>;
  /** Gives up caches: nobody has a document open. */
  releaseMemory?(): void;
  /** Fails until a commit is possible again; health asks it. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/** What happened in one applied Yjs transaction, for a projector. */
export interface ChangeContext extends Author {
  readonly seq: number;
  readonly at: number;
}

/** Turns the changes of one loaded document into rows. Made once per load, told of every transaction after it. */
export interface Projector {
  /** Pure on (transaction, context) and the document after it: replaying the log gives the same writes. */
  project(transaction: Transaction, context: ChangeContext): RowWrite[];
}

/** What the sync server knows of a kind of document; the noun is behind it. */
export interface DocumentKind {
  /** Whether it is responsible for this name. */
  owns(name: DocName): boolean;
  projector(name: DocName, doc: Doc): Projector;
  /**
   * Called after an applied transaction that came from a connection, before its commit. May edit the document in a
   * server transaction (e.g. note a race of two people on one field); those edits are logged with actor `server`.
   * Yjs has let go of deleted values by then: what needs them collects them in the document's `afterTransaction`.
   */
  react?(
    name: DocName,
    doc: Doc,
    transaction: Transaction,
    context: ChangeContext,
    authorOf: (client: number) => string | undefined,
  ): void;
}

export type Access = 'read' | 'write';

/** Whose connection or call it is. */
export interface Identity {
  /** Member id within the workspace. */
  readonly memberId: string;
  readonly name: string;
  /** 1–12, see the person tokens of the design. */
  readonly colour: number;
  readonly agent?: string;
}

/** A connected peer's socket, reduced to what a room needs; `ws` is behind it. */
export interface PeerSocket {
  send(frame: Uint8Array): void;
  close(code: number, reason: string): void;
  /** Bytes accepted by `send` and not yet handed to the operating system. */
  readonly bufferedAmount: number;
}

/** One member's connection to one document. The HTTP layer feeds it frames. */
export interface Peer {
  receive(frame: Uint8Array): void;
  /** Text frames and protocol errors end here, with a close and a reason. */
  receiveText(): void;
  closed(): void;
}

export interface Limits {
  /** Bytes of one frame, LIMIT_FRAME_BYTES (2 MiB). */
  readonly frameBytes: number;
  /** Bytes of the first sync step 2, LIMIT_FIRST_SYNC_BYTES (8 MiB). */
  readonly firstSyncBytes: number;
  /** Sustained updates a second and burst per connection, LIMIT_UPDATES_PER_SECOND (60), LIMIT_UPDATE_BURST (300). */
  readonly updatesPerSecond: number;
  readonly updateBurst: number;
  /** LIMIT_CONNECTIONS_PER_MEMBER (64), LIMIT_CONNECTIONS_PER_DOCUMENT (2000). */
  readonly connectionsPerMember: number;
  readonly connectionsPerDocument: number;
  /** LIMIT_PENDING_BYTES (1 MiB): updates whose predecessors are missing. */
  readonly pendingBytes: number;
  /** Slow readers: live frames stop past the first, 1013 past the second or after the third. */
  readonly slowBytes: number;
  readonly stalledBytes: number;
  readonly stalledMs: number;
  /** LIMIT_IDLE_UNLOAD_MS (60 000): a document without connections is unloaded. */
  readonly idleUnloadMs: number;
  readonly awarenessBytes: number;
}

/** How work on many documents at a time treats them: hundreds in one call, a hundred thousand one after another. */
export interface ManyDocuments {
  /** Those that come into being with this commit; it rejects when one of them exists. They leave memory at once. */
  readonly creates?: readonly DocName[];
  /** Those that leave memory at once when nobody else uses them. */
  readonly brief?: readonly DocName[];
}

/** All documents of one workspace: loading, connections, server-side edits, one commit per event-loop tick. */
export interface Hub {
  /** Opens a connection; closes the socket with 4404 when there is no such document. Access was checked by the caller. */
  connect(options: { doc: DocName; socket: PeerSocket; identity: Identity; access: Access; notices: boolean }): Peer;
  /**
   * Runs `edit` on the loaded document in one transaction and resolves with its value when that is durable.
   * Rejects when the document does not exist, `edit` throws (nothing is then applied or stored) or the store fails.
   */
  transact<T>(doc: DocName, author: Author, edit: (doc: Doc) => T): Promise<T>;
  /** Edits several documents in one commit: all durable or none. */
  transactAll<T>(
    docs: readonly DocName[],
    author: Author,
    edit: (docs: readonly Doc[]) => T,
    options?: ManyDocuments,
  ): Promise<T>;
  /** Reads a loaded (or just now loaded) document without keeping it. */
  read<T>(doc: DocName, look: (doc: Doc) => T): Promise<T>;
  create(doc: DocName, author: Author, init: (doc: Doc) => void): Promise<void>;
  exists(doc: DocName): Promise<boolean>;
  /** Changes what a member may do on live connections; `none` closes them with 4403. */
  setAccess(memberId: string, access: Access | 'none', doc?: DocName): void;
  /** Who is connected: name, colour and the number of connections, for presence and health. */
  stats(): {
    documents: number;
    connections: number;
    pendingCommits: number;
    lastCommitError: string | null;
    /** Loaded documents that could not be read whole and are for reading only. */
    damaged: readonly DocName[];
  };
  /** Called after every commit with what it wrote: tables and documents. The live channel hangs here. */
  onCommit(listener: (commit: Commit) => void): () => void;
  /** Durable, then all sockets closed with 1012. */
  close(): Promise<void>;
}
