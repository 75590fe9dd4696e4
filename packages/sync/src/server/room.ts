import * as Y from 'yjs';
import { MalformedBytes } from '../shared/byte-reader.ts';
import { syncFrame, syncMessage } from '../shared/frames.ts';
import { closeCode, type DocName } from '../shared/wire.ts';
import { broadcast } from './broadcast.ts';
import { catchUp } from './slow-readers.ts';
import type { CommitTarget } from './committer.ts';
import { Connection, type ConnectionRoom, type Offered } from './connection.ts';
import { inspectUpdate, type UpdateShape } from './inspect-update.ts';
import { damagedSentence, NoSuchDocument } from './document-errors.ts';
import { type AppliedChange, LiveDocument } from './live-document.ts';
import { Joiners } from './joiners.ts';
import { LogTail } from './log-tail.ts';
import type { Access, Author, Identity, Limits, PeerSocket, StoredDocument } from './ports.ts';
import { Presence } from './presence.ts';
import type { RoomOptions } from './room-options.ts';
import { readWholeLog } from './whole-log.ts';

const slowPollMs = 50;

type Load = { kind: 'live' } | { kind: 'failed'; error: Error };

/** One document in memory: loading, connections, edits, and what follows a commit. */
export class Room implements ConnectionRoom, CommitTarget {
  readonly name: DocName;
  readonly limits: Limits;
  readonly now: () => number;
  readonly connections = new Set<Connection>();
  lastSeq = 0;
  committedSeq = 0;
  tail = new LogTail();
  lastEditMs = 0;
  /** Why the document in memory is not whole, and so for reading only. */
  damage: string | null = null;
  private erased: string | null = null;
  private readonly options: RoomOptions;
  private readonly presence: Presence;
  private live: LiveDocument | null = null;
  private isGone = false;
  private isPaused = false;
  private loading: Promise<Load>;
  private committedState: ReadonlyMap<number, number> = new Map();
  /** Step 1, encoded once for all who connect at this version. */
  private vectorFrame: Uint8Array | null = null;
  private readonly joiners = new Joiners();
  private cleanWaiters: (() => void)[] = [];
  private users = 0;
  private idleTimer: NodeJS.Timeout | null = null;
  private slowTimer: NodeJS.Timeout | null = null;

  /** Starts loading at once; `initial` is given for a document that is just being created. */
  constructor(options: RoomOptions, initial?: StoredDocument) {
    this.options = options;
    this.name = options.name;
    this.limits = options.limits;
    this.now = options.now;
    const { presence: filter } = options;
    this.presence = new Presence({
      now: options.now,
      maxBytes: options.limits.awarenessBytes,
      peers: () => this.connections,
      mayUse: (client, peer) => {
        const owner = this.live?.ownerOf(client);
        return owner === undefined || owner === peer.identity.memberId;
      },
      ...(filter === undefined
        ? {}
        : { filter: { audience: (reader) => filter.audience(options.name, reader), show: filter.show } }),
    });
    if (initial === undefined) this.loading = this.load();
    else {
      this.open(initial);
      this.loading = Promise.resolve({ kind: 'live' });
    }
  }

  get isDirty(): boolean {
    return this.lastSeq > this.committedSeq;
  }

  get takesFrames(): boolean {
    // While somebody waits for a durable state no further edits are let in, so that there will be one.
    return this.live !== null && !this.isPaused && !(this.joiners.areWaiting && this.isDirty);
  }

  connect(options: { socket: PeerSocket; identity: Identity; access: Access; notices: boolean }): Connection {
    const connection = new Connection(this, this.damage === null ? options : { ...options, access: 'read' });
    this.connections.add(connection);
    this.stopIdling();
    if (this.live !== null) this.greet(connection, this.live);
    return connection;
  }

  left(connection: Connection): void {
    this.connections.delete(connection);
    this.joiners.left(connection);
    this.presence.leave(connection);
    this.idleIfUnused();
  }

  closeAll(code: number, reason: string): void {
    for (const connection of this.connections) connection.close(code, reason);
  }

  /** Takes no further frames: the hub closes, and what is not acknowledged will be offered again. */
  pause(): void {
    this.isPaused = true;
  }

  /** Sends every connection something and renews presence; see {@link Presence.keepAlive}. */
  keepAlive(olderThanMs: number): void {
    this.joiners.forgetUnused();
    if (this.live !== null && this.connections.size > 0) this.presence.keepAlive(olderThanMs);
  }

  join(connection: Connection, vector: Uint8Array): void {
    this.joiners.ask(connection, vector, this.cleanDocument);
  }

  offer(connection: Connection, update: Uint8Array, author: Author): Offered {
    const { live } = this;
    if (live === null) return { kind: 'gap', client: -1, clock: -1 };
    let shape: UpdateShape;
    try {
      shape = inspectUpdate(update);
    } catch (error) {
      if (!(error instanceof MalformedBytes)) throw error;
      return { kind: 'refused', code: 'malformed', reason: `This change could not be read: ${error.message}.` };
    }
    const verdict = live.judge(shape, author.actor);
    if (verdict.kind === 'nothing-new') return { kind: 'taken' };
    if (verdict.kind === 'gap') return verdict;
    if (verdict.kind === 'foreign') {
      const reason = 'This change carries the mark of somebody else’s device.';
      return { kind: 'refused', code: 'foreign-client', reason };
    }
    try {
      live.apply(update, verdict, author, connection);
    } catch (error) {
      this.options.log('warn', 'an update broke the document in memory; it is loaded again', {
        doc: this.name,
        actor: author.actor,
        error: String(error),
      });
      this.reload();
      return { kind: 'refused', code: 'malformed', reason: 'This change could not be applied.' };
    }
    this.queue(live.takeChanges());
    return { kind: 'taken' };
  }

  addsNothing(update: Uint8Array): boolean {
    if (this.live === null) return false;
    try {
      const shape = inspectUpdate(update);
      return this.live.judge(shape, '').kind === 'nothing-new';
    } catch (error) {
      if (error instanceof MalformedBytes) return false;
      throw error;
    }
  }

  knows(client: number, clock: number): boolean {
    return this.live !== null && Y.getState(this.live.doc.store, client) > clock;
  }

  askForMissing(connection: Connection): void {
    if (this.live !== null) connection.send(this.stepOne(this.live));
  }

  awareness(connection: Connection, update: Uint8Array): void {
    this.presence.receive(connection, update);
  }

  presenceFrame(connection: Connection): Uint8Array | null {
    return this.presence.frameFor(connection);
  }

  /** Keeps the room in memory until the answered function is called. */
  hold(): () => void {
    this.users++;
    this.stopIdling();
    return () => {
      this.users--;
      this.idleIfUnused();
    };
  }

  /** The loaded document, when it is (or again is) in memory. */
  async ready(): Promise<LiveDocument> {
    for (;;) {
      if (this.live !== null) return this.live;
      const loaded = await this.loading;
      if (loaded.kind === 'failed') throw loaded.error;
    }
  }

  /** The loaded document, or null while there is none. */
  get inMemory(): LiveDocument | null {
    return this.live;
  }

  get isLive(): boolean {
    return this.live !== null;
  }

  /** Queues what a server-side edit has changed. */
  queue(changes: readonly AppliedChange[], creates?: DocName): void {
    const last = changes.at(-1);
    if (last === undefined && creates === undefined) return;
    if (last !== undefined) {
      this.lastSeq = last.entry.seq;
      this.lastEditMs = last.entry.at;
      this.vectorFrame = null;
    }
    this.options.committer.add(this, changes, creates);
  }

  /** Resolves when nothing of this document waits to be durable. */
  clean(): Promise<void> {
    if (!this.isDirty) return Promise.resolve();
    return new Promise((resolve) => this.cleanWaiters.push(resolve));
  }

  /** Gives up the document in memory, waits for what was applied before to be durable, and loads the log again. */
  reload(): void {
    this.drop();
    this.loading = this.clean().then(() => this.load());
  }

  /** The document if it is in memory and holds nothing that is not durable. */
  get cleanDocument(): Y.Doc | null {
    return this.isDirty ? null : (this.live?.doc ?? null);
  }

  committed(changes: readonly AppliedChange[]): void {
    if (this.isGone) return;
    const last = changes.at(-1);
    const stateBefore = this.committedState;
    if (last !== undefined) {
      this.committedSeq = last.entry.seq;
      this.committedState = last.stateAfter;
      this.joiners.extend(changes);
      for (const change of changes) this.tail.add(change.entry);
    }
    // Before the broadcast: who waits to hear that it is saved need not wait for 500 readers.
    for (const connection of this.connections) connection.answerBarriers();
    if (last !== undefined && broadcast(changes, this.connections, this.joiners, stateBefore, this)) this.watchSlow();
    if (this.isDirty) return;
    for (const resolve of this.cleanWaiters.splice(0)) resolve();
    if (this.live === null) return;
    this.joiners.serve(this.live.doc);
    this.drainInboxes();
    if (this.tail.isWorthSnapshot) this.options.onSnapshotDue(this);
    this.idleIfUnused();
  }

  commitFailed(reason: string, sentence: string): void {
    for (const connection of this.connections) connection.notify({ type: 'not-saved', reason: sentence });
    this.lastSeq = this.committedSeq;
    this.goAway(closeCode.overload, `not saved: ${reason}`);
  }

  /** Leaves memory now rather than later, unless somebody uses it or something of it is not durable. */
  leaveIfUnused(): void {
    if (this.isUnused) this.goAway(closeCode.restart, 'unloaded');
  }

  /** Closes everybody and leaves memory. */
  goAway(code: number, reason: string): void {
    if (this.isGone) return;
    this.isGone = true;
    this.closeAll(code, reason);
    this.drop();
    this.stopIdling();
    if (this.slowTimer !== null) clearInterval(this.slowTimer);
    this.presence.destroy();
    for (const resolve of this.cleanWaiters.splice(0)) resolve();
    this.loading = Promise.resolve({ kind: 'failed', error: new Error(reason) });
    this.options.onGone(this);
  }

  private async load(): Promise<Load> {
    try {
      await this.options.started;
      const stored = await this.options.store.load(this.name);
      if (this.isGone) return { kind: 'failed', error: new Error('the document was closed') };
      if (stored === null) {
        const error = new NoSuchDocument(`no such document: ${this.name}`);
        this.goAway(closeCode.noSuchDocument, 'no such document');
        return { kind: 'failed', error };
      }
      await this.openStored(stored);
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      this.options.log('error', 'a document could not be loaded', { doc: this.name, error: error.message });
      this.goAway(closeCode.overload, 'the document could not be loaded');
      return { kind: 'failed', error };
    }
    return { kind: 'live' };
  }

  /** A snapshot that can't be read is left aside: the log has everything. */
  private async openStored(stored: StoredDocument): Promise<void> {
    try {
      this.open(stored);
    } catch (error) {
      if (stored.snapshot === null) throw error;
      const detail = { doc: this.name, error: String(error) };
      this.options.log('error', 'a snapshot could not be read; the whole log is', detail);
      const { erased } = stored;
      const whole = await readWholeLog(this.options.store, this.name, stored.clients);
      this.open(erased === undefined ? whole : { ...whole, erased });
    }
  }

  private open(stored: StoredDocument): void {
    const { kind, nextSeq, now, log, random } = this.options;
    const live = new LiveDocument(
      { name: this.name, kind, nextSeq, now, log, ...(random === undefined ? {} : { random }) },
      stored,
    );
    this.live = live;
    this.judgeWhole(live, stored);
    this.erased = stored.erased ?? null;
    this.lastSeq = this.committedSeq = Math.max(this.committedSeq, stored.tail.at(-1)?.seq ?? stored.snapshotSeq);
    this.committedState = Y.decodeStateVector(Y.encodeStateVector(live.doc));
    this.tail = new LogTail(stored.snapshot, stored.tail);
    for (const connection of this.connections) this.greet(connection, live);
    this.joiners.serve(live.doc);
    this.drainInboxes();
    this.idleIfUnused();
  }

  private judgeWhole(live: LiveDocument, { lost, mended }: StoredDocument): void {
    const { log } = this.options;
    // Entries that wait for others at this point wait for something that the log no longer has.
    this.damage = lost ?? (live.hasPending() ? 'entries that others build on are missing' : null);
    if (mended !== undefined) log('error', 'a document was read from older parts', { doc: this.name, mended });
    if (this.damage === null) return;
    log('error', 'a document is damaged and for reading only', { doc: this.name, damage: this.damage });
    for (const connection of this.connections) connection.access = 'read';
  }

  private drop(): void {
    this.live?.destroy();
    this.live = null;
    this.joiners.forget();
    this.vectorFrame = null;
  }

  private greet(connection: Connection, live: LiveDocument): void {
    const { erased } = this;
    connection.notify({ type: 'epoch', epoch: this.options.epoch(), ...(erased === null ? {} : { erased }) });
    // Said first, so that a client neither offers its changes nor lets anybody make some. Unsaid means write.
    if (this.damage !== null) connection.notify({ type: 'access', access: 'read', reason: damagedSentence });
    else if (connection.access === 'read') connection.notify({ type: 'access', access: 'read' });
    connection.send(this.stepOne(live));
    const states = this.presence.frameFor(connection);
    if (states !== null) connection.send(states);
  }

  private stepOne(live: LiveDocument): Uint8Array {
    return (this.vectorFrame ??= syncFrame(syncMessage.step1, Y.encodeStateVector(live.doc)));
  }

  private drainInboxes(): void {
    for (const connection of this.connections) {
      if (connection.holdsUpdates) connection.retryHeld();
      connection.drain();
    }
  }

  private watchSlow(): void {
    this.slowTimer ??= setInterval(() => {
      if (catchUp(this.connections, this.cleanDocument) || this.slowTimer === null) return;
      clearInterval(this.slowTimer);
      this.slowTimer = null;
    }, slowPollMs);
  }

  private get isUnused(): boolean {
    return !this.isGone && this.connections.size === 0 && this.users === 0 && !this.isDirty && this.live !== null;
  }

  private stopIdling(): void {
    if (this.idleTimer !== null) clearTimeout(this.idleTimer);
    this.idleTimer = null;
  }

  private idleIfUnused(): void {
    this.stopIdling();
    if (!this.isUnused) return;
    this.idleTimer = setTimeout(() => {
      if (this.isUnused) this.goAway(closeCode.restart, 'unloaded');
      else this.idleIfUnused();
    }, this.limits.idleUnloadMs);
    this.idleTimer.unref();
  }
}
