import type { DocName } from '../shared/wire.ts';
import { closeCode } from '../shared/wire.ts';
import { Committer } from './committer.ts';
import type { Connection } from './connection.ts';
import { DamagedDocument, NoSuchDocument } from './document-errors.ts';
import { emptyDocument } from './empty-document.ts';
import type { LiveDocument, LiveDocumentOptions } from './live-document.ts';
import type { SyncLog } from './log.ts';
import { Newborn } from './newborn.ts';
import type { Author, Commit, DocumentKind, Hub, Limits, ManyDocuments, Peer, Store } from './ports.ts';
import type { PresenceFilter } from './presence-filter.ts';
import { releaseMemorySoon } from './release-memory.ts';
import { Room } from './room.ts';
import { Snapshotter } from './snapshotter.ts';

export interface HubOptions {
  readonly store: Store;
  readonly kinds: readonly DocumentKind[];
  readonly limits: Limits;
  /** Epoch ms. */
  readonly now: () => number;
  readonly log: SyncLog;
  /** 0 ≤ n < 1, for the clientIDs of the server's own documents; Yjs draws its own without it. */
  readonly random?: () => number;
  /** What of people's presence others may see; everything when left out. */
  readonly presence?: PresenceFilter;
  /** How often every connection hears something; stock clients give up after 30 s of silence. */
  readonly keepAliveMs?: number;
}

/** All documents of one workspace. The store stays open when the hub is closed: whoever opened it closes it. */
export function makeHub(options: HubOptions): Hub {
  return new WorkspaceHub(options);
}

class WorkspaceHub implements Hub {
  private readonly options: HubOptions;
  private readonly rooms = new Map<DocName, Room>();
  /**
   * One map for each commit that creates documents, thrown away with it. In one map of all, its old tables, which V8 chains
   * to the new ones, would keep a hundred thousand documents of an import from being collected young.
   */
  private births: readonly ReadonlyMap<DocName, Newborn>[] = [];
  private readonly perMember = new Map<string, number>();
  private readonly listeners = new Set<(commit: Commit) => void>();
  private readonly committer: Committer;
  private readonly snapshotter: Snapshotter;
  private readonly keepAlive: NodeJS.Timeout;
  /** Documents that have left memory since it was last given back. */
  private unloaded = 0;
  private cancelRelease: (() => void) | null = null;
  private seq = 0;
  private epoch = '';
  /** Resolves when the last sequence number is known; nothing is loaded or written before. */
  private readonly started: Promise<void>;
  private isClosed = false;

  constructor(options: HubOptions) {
    this.options = options;
    this.started = Promise.all([options.store.lastSeq(), options.store.epoch()]).then(([lastSeq, epoch]) => {
      this.seq = lastSeq;
      this.epoch = epoch;
    });
    // Whoever loads or creates a document awaits it too and hears of the failure.
    this.started.catch((error: unknown) =>
      options.log('error', 'the store could not be read', { error: String(error) }),
    );
    this.committer = new Committer({ store: options.store, log: options.log, onCommit: (commit) => this.tell(commit) });
    this.snapshotter = new Snapshotter(options.store, options.now, options.log);
    const keepAliveMs = options.keepAliveMs ?? 12_000;
    this.keepAlive = setInterval(() => {
      for (const room of this.rooms.values()) room.keepAlive(keepAliveMs);
    }, keepAliveMs);
    this.keepAlive.unref();
  }

  connect(options: Parameters<Hub['connect']>[0]): Peer {
    const { doc, socket, identity, access, notices } = options;
    const { limits } = this.options;
    const ofMember = this.perMember.get(identity.memberId) ?? 0;
    const open = this.rooms.get(doc)?.connections.size ?? 0;
    if (this.isClosed) return refused(socket, closeCode.restart, 'the server restarts');
    if (ofMember >= limits.connectionsPerMember)
      return refused(socket, closeCode.overload, 'too many connections of one member');
    if (open >= limits.connectionsPerDocument)
      return refused(socket, closeCode.overload, 'too many connections to one document');
    this.perMember.set(identity.memberId, ofMember + 1);
    const connection = this.room(doc).connect({ socket, identity, access, notices });
    return this.counted(connection);
  }

  transact<T>(doc: DocName, author: Author, edit: (doc: LiveDocument['doc']) => T): Promise<T> {
    return this.transactAll([doc], author, ([only]) => {
      if (only === undefined) throw new NoSuchDocument(doc);
      return edit(only);
    });
  }

  async transactAll<T>(
    names: readonly DocName[],
    author: Author,
    edit: (docs: readonly LiveDocument['doc'][]) => T,
    { creates = [], brief = [] }: ManyDocuments = {},
  ): Promise<T> {
    const fresh = new Set(creates);
    if (fresh.size > 0) await this.refuseStored(fresh);
    const born = this.bear(fresh);
    const rooms = [...new Set(names)].filter((name) => !fresh.has(name)).map((name) => this.room(name));
    const releases = rooms.map((room) => room.hold());
    try {
      const loaded = await this.allReady(rooms);
      for (const { name, damage } of rooms) {
        if (damage !== null) throw new DamagedDocument(`${name} is damaged and cannot be edited: ${damage}`);
      }
      const lives = new Map(rooms.map((room, i) => [room.name, loaded[i]]));
      for (const name of fresh) lives.set(name, born.get(name)?.live);
      const docs = names.flatMap((name) => lives.get(name)?.doc ?? []);
      let value: T;
      try {
        value = editTogether(
          [...lives.values()].flatMap((live) => live ?? []),
          author,
          () => edit(docs),
        );
      } catch (error) {
        // Yjs keeps what an edit did before it threw, and the log must not: back to what is durable.
        for (const room of rooms) if ((lives.get(room.name)?.takeChanges().length ?? 0) > 0) room.reload();
        throw error;
      }
      const changed = [...lives].map(([name, live]) => ({ name, changes: live?.takeChanges() ?? [] }));
      // Transactions end from the inside out; the log and its rows keep that order.
      changed.sort((a, b) => (a.changes[0]?.entry.seq ?? 0) - (b.changes[0]?.entry.seq ?? 0));
      for (const { name, changes } of changed) {
        const newborn = born.get(name);
        if (newborn !== undefined) this.committer.add(newborn, changes, name);
        else this.rooms.get(name)?.queue(changes);
      }
      await this.committer.durable();
      return value;
    } finally {
      for (const release of releases) release();
      for (const name of brief) this.rooms.get(name)?.leaveIfUnused();
      for (const newborn of born.values()) newborn.end();
      if (born.size > 0) this.births = this.births.filter((each) => each !== born);
    }
  }

  async read<T>(doc: DocName, look: (doc: LiveDocument['doc']) => T): Promise<T> {
    const room = this.room(doc);
    const release = room.hold();
    try {
      for (;;) {
        const { doc: loaded } = await room.ready();
        // What is not durable yet might never be.
        if (!room.isDirty) return look(loaded);
        await room.clean();
      }
    } finally {
      release();
    }
  }

  async create(doc: DocName, author: Author, init: (doc: LiveDocument['doc']) => void): Promise<void> {
    await this.refuseStored([doc]);
    this.clearTheWay([doc]);
    const room = new Room(this.roomOptions(doc), emptyDocument);
    this.rooms.set(doc, room);
    const live = await room.ready();
    try {
      live.edit(author, () => init(live.doc));
    } catch (error) {
      room.goAway(closeCode.noSuchDocument, 'the document was not created');
      throw error;
    }
    room.queue(live.takeChanges(), doc);
    await this.committer.durable();
  }

  async exists(doc: DocName): Promise<boolean> {
    return await this.options.store.exists(doc);
  }

  setAccess(memberId: string, access: 'read' | 'write' | 'none', doc?: DocName): void {
    for (const room of this.rooms.values()) {
      if (doc !== undefined && room.name !== doc) continue;
      if (access === 'write' && room.damage !== null) continue;
      for (const connection of room.connections) {
        if (connection.identity.memberId !== memberId) continue;
        if (access === 'none') connection.close(closeCode.noAccess, 'you no longer have access to this');
        else if (connection.access !== access) {
          connection.access = access;
          connection.notify({ type: 'access', access });
          // What was refused before is asked for again.
          if (access === 'write') room.askForMissing(connection);
        }
      }
    }
  }

  stats(): ReturnType<Hub['stats']> {
    let connections = 0;
    for (const room of this.rooms.values()) connections += room.connections.size;
    const { pending, lastError } = this.committer;
    const damaged = [...this.rooms.values()].filter((room) => room.damage !== null).map((room) => room.name);
    return { documents: this.rooms.size, connections, pendingCommits: pending, lastCommitError: lastError, damaged };
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.cancelRelease?.();
    clearInterval(this.keepAlive);
    this.snapshotter.close();
    for (const room of this.rooms.values()) room.pause();
    await this.committer.idle();
    for (const room of this.rooms.values()) room.goAway(closeCode.restart, 'the server restarts');
  }

  private async refuseStored(docs: Iterable<DocName>): Promise<void> {
    await this.started;
    for (const doc of docs) if (await this.exists(doc)) throw new Error(`document exists already: ${doc}`);
  }

  /** Throws when one of them is there. Whoever waited for one is sent away, to come again. */
  private clearTheWay(names: Iterable<DocName>): void {
    for (const name of names)
      if (this.rooms.get(name)?.isLive === true || this.newborn(name) !== undefined)
        throw new Error(`document exists already: ${name}`);
    for (const name of names) this.rooms.get(name)?.goAway(closeCode.restart, 'the document is being created');
  }

  private bear(names: ReadonlySet<DocName>): ReadonlyMap<DocName, Newborn> {
    this.clearTheWay(names);
    const born = new Map([...names].map((name) => [name, new Newborn(this.documentOptions(name))]));
    if (born.size > 0) this.births = [...this.births, born];
    return born;
  }

  private newborn(name: DocName): Newborn | undefined {
    for (const born of this.births) {
      const newborn = born.get(name);
      if (newborn !== undefined) return newborn;
    }
    return undefined;
  }

  private room(name: DocName): Room {
    let room = this.rooms.get(name);
    if (room === undefined) {
      room = new Room(this.roomOptions(name));
      this.rooms.set(name, room);
      // Somebody works again.
      this.cancelRelease?.();
      this.cancelRelease = null;
    }
    return room;
  }

  private documentOptions(name: DocName): LiveDocumentOptions {
    const { kinds, now, log, random } = this.options;
    return {
      name,
      kind: kinds.find((kind) => kind.owns(name)),
      nextSeq: () => ++this.seq,
      now,
      log,
      ...(random === undefined ? {} : { random }),
    };
  }

  private roomOptions(name: DocName): ConstructorParameters<typeof Room>[0] {
    const { store, limits, presence } = this.options;
    const newborn = this.newborn(name);
    return {
      ...this.documentOptions(name),
      store,
      // What is being created is loaded when that is decided.
      started: newborn === undefined ? this.started : newborn.settled.then(() => this.started),
      committer: this.committer,
      limits,
      epoch: () => this.epoch,
      ...(presence === undefined ? {} : { presence }),
      onGone: (room) => {
        if (this.rooms.get(name) !== room) return;
        this.rooms.delete(name);
        this.unloaded++;
        if (this.rooms.size > 0 || this.unloaded < fewestToRelease || this.isClosed) return;
        this.cancelRelease?.();
        this.cancelRelease = releaseMemorySoon(() => {
          this.unloaded = 0;
          store.releaseMemory?.();
        });
      },
      onSnapshotDue: (room) => this.snapshotter.ask(room),
    };
  }

  /** All documents in memory at one moment: while the last was loaded the first may have gone again. */
  private async allReady(rooms: readonly Room[]): Promise<LiveDocument[]> {
    for (;;) {
      for (const room of rooms) await room.ready();
      const lives = rooms.flatMap((room) => room.inMemory ?? []);
      if (lives.length === rooms.length) return lives;
    }
  }

  /** Counts the connection against its member until it ends, whichever side ends it. */
  private counted(connection: Connection): Peer {
    const { memberId } = connection.identity;
    connection.onEnd = () => {
      const left = (this.perMember.get(memberId) ?? 1) - 1;
      if (left > 0) this.perMember.set(memberId, left);
      else this.perMember.delete(memberId);
    };
    return connection;
  }

  private tell(commit: Commit): void {
    for (const listener of this.listeners) {
      try {
        listener(commit);
      } catch (error) {
        this.options.log('error', 'a listener of commits failed', { error: String(error) });
      }
    }
  }
}

function editTogether<T>(lives: readonly LiveDocument[], author: Author, edit: () => T): T {
  const [first, ...rest] = lives;
  return first === undefined ? edit() : first.edit(author, () => editTogether(rest, author, edit));
}

/** A few documents are not worth a pause. */
const fewestToRelease = 10;

/** Closes a socket that is not let in. */
function refused(socket: Parameters<Hub['connect']>[0]['socket'], code: number, reason: string): Peer {
  socket.close(code, reason);
  const nothing = (): void => {};
  return { receive: nothing, receiveText: nothing, closed: nothing };
}
