import * as Y from 'yjs';
import type { DocName } from '../shared/wire.ts';
import type { UpdateShape } from './inspect-update.ts';
import { type Applicable, judgeUpdate, type Verdict } from './judge-update.ts';
import type { SyncLog } from './log.ts';
import type { Author, ChangeContext, DocumentKind, LogEntry, Projector, RowWrite, StoredDocument } from './ports.ts';

/** One applied transaction, ready to be committed. `source` is the connection that it came from. */
export interface AppliedChange {
  readonly entry: LogEntry;
  readonly writes: readonly RowWrite[];
  readonly clients: readonly { doc: DocName; client: number; actor: string }[];
  /** The document's state vector after it. */
  readonly stateAfter: ReadonlyMap<number, number>;
  readonly source: object | null;
}

interface OpenChange {
  context: ChangeContext;
  writes: RowWrite[];
  clients: { doc: DocName; client: number; actor: string }[];
  transaction: Y.Transaction;
  update: Uint8Array | null;
  source: object | null;
}

/** The origin of every transaction that this class starts. */
class Origin {
  readonly author: Author;
  readonly source: object | null;
  /** The bytes as received, when they are exactly what the transaction adds. */
  readonly verbatim: Uint8Array | null;
  readonly newClients: readonly number[];

  constructor(author: Author, source: object | null, verbatim: Uint8Array | null, newClients: readonly number[]) {
    this.author = author;
    this.source = source;
    this.verbatim = verbatim;
    this.newClients = newClients;
  }
}

const serverAuthor: Author = { actor: 'server', via: 'server' };
const noClients: readonly number[] = [];

export interface LiveDocumentOptions {
  readonly name: DocName;
  readonly kind: DocumentKind | undefined;
  readonly nextSeq: () => number;
  readonly now: () => number;
  readonly log: SyncLog;
  /** 0 ≤ n < 1; only for the document's own clientID. */
  readonly random?: () => number;
}

/**
 * A loaded document that turns each Yjs transaction into an {@link AppliedChange}: the bytes for the log, the rows of
 * the projector and who did it. When an edit throws half-way the caller must drop it and load it again.
 */
export class LiveDocument {
  readonly doc: Y.Doc;
  private readonly options: LiveDocumentOptions;
  private readonly owners: Map<number, string>;
  private projector: Projector | null = null;
  private changes: OpenChange[] = [];
  private encodesUpdates = false;
  private serverOwns = false;

  constructor(options: LiveDocumentOptions, stored: StoredDocument) {
    this.options = options;
    // Its name serves as well as the random id that Yjs would draw, digit by digit, for each of a hundred thousand.
    this.doc = new Y.Doc({ gc: true, guid: options.name });
    this.owners = new Map(stored.clients);
    this.doc.transact(() => {
      if (stored.snapshot !== null) Y.applyUpdateV2(this.doc, stored.snapshot);
      for (const entry of stored.tail) Y.applyUpdate(this.doc, entry.update);
    });
    if (options.random !== undefined) this.doc.clientID = Math.floor(options.random() * 2 ** 32);
    while (this.owners.has(this.doc.clientID)) this.doc.clientID = (this.doc.clientID + 1) % 2 ** 32;
    this.projector = options.kind?.projector(options.name, this.doc) ?? null;
    this.doc.on('beforeTransaction', this.onBefore);
    this.doc.on('afterTransaction', this.onAfter);
  }

  /** The member that first wrote with this clientID, or `server`. */
  readonly ownerOf = (client: number): string | undefined =>
    client === this.doc.clientID ? 'server' : this.owners.get(client);

  judge(shape: UpdateShape, actor: string): Verdict {
    return judgeUpdate(shape, this.doc, actor, this.ownerOf);
  }

  /** Applies a judged update in its own transaction. Throws when Yjs does, or when something was left pending. */
  apply(update: Uint8Array, verdict: Applicable, author: Author, source: object): void {
    const verbatim = verdict.kind === 'fresh' ? update : null;
    Y.applyUpdate(this.doc, update, new Origin(author, source, verbatim, verdict.newClients));
    if (this.hasPending()) throw new Error('the update leans on itself in a circle');
    this.react(source);
  }

  // Only when the transaction is over: Yjs would encode an edit made during it as a part of it.
  private react(source: object): void {
    const { kind, name, log } = this.options;
    if (kind?.react === undefined) return;
    for (const { transaction, context, source: from } of this.changes) {
      if (from !== source) continue;
      try {
        kind.react(name, this.doc, transaction, context, this.ownerOf);
      } catch (error) {
        log('error', 'a reaction to an edit failed', { doc: name, error: String(error) });
      }
    }
  }

  /** Runs a server-side edit in its own transaction. */
  edit<T>(author: Author, work: () => T): T {
    return this.doc.transact(work, new Origin(author, null, null, noClients));
  }

  /** The changes since the last call. An edit that threw is dropped with its document instead. */
  takeChanges(): AppliedChange[] {
    const taken: AppliedChange[] = [];
    for (const change of this.changes) {
      // Yjs encodes nothing for a transaction that changed nothing.
      if (change.update === null) continue;
      const { actor, via, agent, seq, at } = change.context;
      const entry: LogEntry = {
        seq,
        doc: this.options.name,
        at,
        actor,
        via,
        ...(agent === undefined ? {} : { agent }),
        update: change.update,
      };
      const { writes, clients, source } = change;
      taken.push({ entry, writes, clients, stateAfter: change.transaction.afterState, source });
    }
    this.changes = [];
    return taken;
  }

  hasPending(): boolean {
    return this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null;
  }

  destroy(): void {
    this.changes = [];
    this.projector = null;
    this.doc.off('beforeTransaction', this.onBefore);
    this.doc.off('afterTransaction', this.onAfter);
    this.doc.off('update', this.onUpdate);
    this.doc.destroy();
  }

  // Yjs encodes a transaction's update only while somebody listens. A fresh update is not encoded a second time.
  private readonly onBefore = (transaction: Y.Transaction): void => {
    const origin: unknown = transaction.origin;
    const verbatim = origin instanceof Origin && origin.verbatim !== null;
    if (verbatim === !this.encodesUpdates) return;
    if (verbatim) this.doc.off('update', this.onUpdate);
    else this.doc.on('update', this.onUpdate);
    this.encodesUpdates = !verbatim;
  };

  private readonly onUpdate = (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
    for (const change of this.changes) if (change.transaction === transaction) change.update ??= update;
  };

  private readonly onAfter = (transaction: Y.Transaction): void => {
    if (!changesAnything(transaction)) return;
    const { options } = this;
    const origin: unknown = transaction.origin;
    const known = origin instanceof Origin ? origin : null;
    const { actor, via, agent } = known?.author ?? serverAuthor;
    const seq = options.nextSeq();
    const at = options.now();
    const context: ChangeContext = { seq, at, actor, via, ...(agent === undefined ? {} : { agent }) };
    const change: OpenChange = {
      context,
      writes: this.project(transaction, context),
      clients: this.bindClients(transaction, actor, known),
      transaction,
      update: known?.verbatim ?? null,
      source: known?.source ?? null,
    };
    this.changes.push(change);
  };

  private project(transaction: Y.Transaction, context: ChangeContext): RowWrite[] {
    if (this.projector === null) return [];
    try {
      return this.projector.project(transaction, context);
    } catch (error) {
      // The edit itself is good, so it is kept; a rebuild brings its rows once the projector is mended.
      this.options.log('error', 'a projection failed', {
        doc: this.options.name,
        seq: context.seq,
        error: String(error),
      });
      this.projector = this.options.kind?.projector(this.options.name, this.doc) ?? null;
      return [];
    }
  }

  private bindClients(transaction: Y.Transaction, actor: string, origin: Origin | null): OpenChange['clients'] {
    const { name } = this.options;
    const bound: OpenChange['clients'] = [];
    for (const client of origin?.newClients ?? noClients) {
      this.owners.set(client, actor);
      bound.push({ doc: name, client, actor });
    }
    const own = this.doc.clientID;
    if (!this.serverOwns && transaction.afterState.get(own) !== transaction.beforeState.get(own)) {
      this.serverOwns = true;
      this.owners.set(own, 'server');
      bound.push({ doc: name, client: own, actor: 'server' });
    }
    return bound;
  }
}

function changesAnything(transaction: Y.Transaction): boolean {
  if (transaction.deleteSet.clients.size > 0) return true;
  for (const [client, clock] of transaction.afterState) {
    if (transaction.beforeState.get(client) !== clock) return true;
  }
  return false;
}
