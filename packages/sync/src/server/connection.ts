import { ByteReader, MalformedBytes } from '../shared/byte-reader.ts';
import { frameOf, syncMessage, textFrame } from '../shared/frames.ts';
import { closeCode, message, type Notice, type RejectionCode } from '../shared/wire.ts';
import type { Access, Author, Identity, Limits, Peer, PeerSocket } from './ports.ts';
import type { PresencePeer } from './presence.ts';
import { makeRateLimit } from './rate-limit.ts';

/** What became of an update. `gap`: it builds on what the document does not have, first the struct named here. */
export type Offered =
  | { kind: 'taken' }
  | { kind: 'gap'; client: number; clock: number }
  | { kind: 'refused'; code: RejectionCode; reason: string };

/** The room as its connections see it. */
export interface ConnectionRoom {
  readonly limits: Limits;
  readonly now: () => number;
  /** False while the document is loaded or held still: frames wait. */
  readonly takesFrames: boolean;
  /** Greatest sequence number that the document has seen, and the greatest that is durable. */
  readonly lastSeq: number;
  readonly committedSeq: number;
  join(connection: Connection, stateVector: Uint8Array): void;
  offer(connection: Connection, update: Uint8Array, author: Author): Offered;
  /** Whether the document has this struct. */
  knows(client: number, clock: number): boolean;
  addsNothing(update: Uint8Array): boolean;
  askForMissing(connection: Connection): void;
  awareness(connection: Connection, update: Uint8Array): void;
  presenceFrame(connection: Connection): Uint8Array | null;
  left(connection: Connection): void;
}

interface Held {
  readonly update: Uint8Array;
  readonly author: Author;
  /** The first struct that it lacks. */
  readonly client: number;
  readonly clock: number;
}

/** One member's connection: the peer protocol, frame by frame. */
export class Connection implements Peer, PresencePeer {
  readonly identity: Identity;
  readonly notices: boolean;
  access: Access;
  isOpen = true;
  /** Called once when the connection is over. */
  onEnd: () => void = () => {};
  /** Set while it cannot keep up: the state vector that it has, and since when nothing moved. */
  behind: { vector: ReadonlyMap<number, number>; sinceMs: number; leastBuffered: number } | null = null;
  /** A large first state may stay buffered for as long as a slow line needs for it. */
  private graceBytes = 0;
  private graceUntilMs = 0;
  private readonly room: ConnectionRoom;
  private readonly socket: PeerSocket;
  private inbox: Uint8Array[] = [];
  private inboxBytes = 0;
  private held: Held[] = [];
  private heldBytes = 0;
  /** `seq` null: it came while updates were held, and waits for them. */
  private barriers: { frame: Uint8Array; seq: number | null }[] = [];
  private lastSeq = 0;
  /** An update of this socket was refused, so a barrier after it would be a lie. */
  private hasRefusal = false;
  private hadFirstSync = false;
  private readonly authors: { live: Author; offline: Author };
  private readonly allowUpdate: (nowMs: number) => boolean;

  constructor(
    room: ConnectionRoom,
    options: { socket: PeerSocket; identity: Identity; access: Access; notices: boolean },
  ) {
    this.room = room;
    this.socket = options.socket;
    this.identity = options.identity;
    this.access = options.access;
    this.notices = options.notices;
    const { memberId: actor, agent } = options.identity;
    const byAgent = agent === undefined ? {} : { agent };
    this.authors = { live: { actor, via: 'live', ...byAgent }, offline: { actor, via: 'offline', ...byAgent } };
    this.allowUpdate = makeRateLimit(room.limits.updatesPerSecond, room.limits.updateBurst, room.now());
  }

  get bufferedAmount(): number {
    return this.socket.bufferedAmount;
  }

  receive(frame: Uint8Array): void {
    if (!this.isOpen) return;
    if (this.inbox.length === 0 && this.room.takesFrames) {
      this.handle(frame);
      return;
    }
    this.inboxBytes += frame.length;
    if (
      this.inboxBytes > this.room.limits.firstSyncBytes + this.room.limits.frameBytes ||
      this.inbox.length >= 10_000
    ) {
      this.close(closeCode.overload, 'too many changes while the document loads; try again');
      return;
    }
    this.inbox.push(ownBytes(frame));
  }

  receiveText(): void {
    this.close(closeCode.malformed, 'text frames are not understood here');
  }

  closed(): void {
    this.end();
  }

  /** Handles what has waited, as far as the room takes it. */
  drain(): void {
    while (this.isOpen && this.inbox.length > 0 && this.room.takesFrames) {
      const frames = this.inbox;
      this.inbox = [];
      this.inboxBytes = 0;
      for (let i = 0; i < frames.length; i++) {
        const frame = frames[i];
        if (!this.isOpen || frame === undefined) return;
        if (!this.room.takesFrames) {
          this.inbox = frames.slice(i);
          for (const left of this.inbox) this.inboxBytes += left.length;
          return;
        }
        this.handle(frame);
      }
    }
  }

  send(frame: Uint8Array): void {
    if (this.isOpen) this.socket.send(frame);
  }

  /** Sends a state that may be large: what waits in the socket because of it is not held against the peer. */
  sendLarge(frame: Uint8Array): void {
    const { now, limits } = this.room;
    this.graceBytes = this.socket.bufferedAmount + frame.length;
    // 16 KiB/s, a very slow line.
    this.graceUntilMs = now() + limits.stalledMs + frame.length / 16;
    this.send(frame);
  }

  /** Whether it has buffered too much, or stood still for too long, to be kept. */
  isStalled(): boolean {
    const { limits, now } = this.room;
    const buffered = this.socket.bufferedAmount;
    if (buffered > limits.stalledBytes + this.graceBytes) return true;
    if (this.behind === null) return false;
    if (buffered < this.behind.leastBuffered) {
      this.behind.leastBuffered = buffered;
      this.behind.sinceMs = now();
      return false;
    }
    return now() > this.graceUntilMs && now() - this.behind.sinceMs > limits.stalledMs;
  }

  sendAwareness(frame: Uint8Array): void {
    // A newer state follows anyway; a slow reader is spared this one.
    if (this.behind === null) this.send(frame);
  }

  notify(notice: Notice): void {
    if (this.notices) this.send(textFrame(message.notice, JSON.stringify(notice)));
  }

  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    this.end();
    this.socket.close(code, reason);
  }

  /** Echoes the barriers that nothing of this socket holds up any more. */
  answerBarriers(): void {
    if (this.barriers.length === 0) return;
    let answered = 0;
    for (const barrier of this.barriers) {
      if (barrier.seq === null || barrier.seq > this.room.committedSeq) break;
      this.send(barrier.frame);
      answered++;
    }
    if (answered > 0) this.barriers.splice(0, answered);
  }

  /** Offers the held updates again, after the document has changed. */
  retryHeld(): void {
    for (let progress = true; progress && this.held.length > 0 && this.isOpen;) {
      progress = false;
      const waiting = this.held;
      this.held = [];
      this.heldBytes = 0;
      for (const one of waiting) {
        // Nearly always nothing has changed for it, and reading it again would cost more than everything else here.
        if (one.client >= 0 && !this.room.knows(one.client, one.clock)) {
          this.hold(one.update, one.author, one);
          continue;
        }
        const offered = this.room.offer(this, one.update, one.author);
        if (offered.kind === 'taken') {
          progress = true;
          this.lastSeq = this.room.lastSeq;
        } else if (offered.kind === 'refused') this.refuse(offered.code, offered.reason);
        else this.hold(one.update, one.author, offered);
      }
    }
    if (this.held.length > 0) return;
    for (const barrier of this.barriers) barrier.seq ??= this.lastSeq;
    this.answerBarriers();
  }

  get holdsUpdates(): boolean {
    return this.held.length > 0;
  }

  private end(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.inbox = [];
    this.held = [];
    this.barriers = [];
    this.room.left(this);
    this.onEnd();
  }

  private handle(frame: Uint8Array): void {
    try {
      this.dispatch(frame);
    } catch (error) {
      if (!(error instanceof MalformedBytes)) throw error;
      this.close(closeCode.malformed, `malformed frame: ${error.message}`);
    }
  }

  private dispatch(frame: Uint8Array): void {
    const { limits } = this.room;
    const reader = new ByteReader(frame);
    const type = reader.varUint();
    if (type === message.sync) {
      const kind = reader.varUint();
      const isFirstSync = kind === syncMessage.step2 && !this.hadFirstSync;
      if (frame.length > (isFirstSync ? limits.firstSyncBytes : limits.frameBytes)) return this.refuseSize();
      const payload = reader.varBytes();
      if (kind === syncMessage.step1) this.room.join(this, checkedVector(payload));
      else if (kind === syncMessage.step2 || kind === syncMessage.update) this.takeUpdate(kind, payload);
      else throw new MalformedBytes('unknown sync message');
      return;
    }
    if (frame.length > limits.frameBytes) return this.refuseSize();
    if (type === message.awareness) this.room.awareness(this, reader.varBytes());
    else if (type === message.queryAwareness) {
      const states = this.room.presenceFrame(this);
      if (states !== null) this.send(states);
    } else if (type === message.barrier) this.takeBarrier(reader.varBytes());
    // Other types are not ours to judge: a newer client may know more than this server.
  }

  private takeBarrier(version: Uint8Array): void {
    if (version.length > 64 || this.barriers.length >= 10_000) throw new MalformedBytes('impossible barrier');
    if (this.hasRefusal) return;
    const seq = this.held.length > 0 ? null : this.lastSeq;
    this.barriers.push({ frame: frameOf(message.barrier, version), seq });
    this.answerBarriers();
  }

  private takeUpdate(kind: number, update: Uint8Array): void {
    const isStep2 = kind === syncMessage.step2;
    if (isStep2) this.hadFirstSync = true;
    if (!this.allowUpdate(this.room.now())) {
      // Refusing one update would tear a gap; a new connection offers everything in one piece.
      this.close(closeCode.overload, 'too many updates a second; try again in a moment');
      return;
    }
    if (this.access === 'read') {
      if (!this.room.addsNothing(update)) this.refuse('read-only', 'You may look at this, but not change it.');
      else if (isStep2) this.hasRefusal = false;
      return;
    }
    const author = isStep2 ? this.authors.offline : this.authors.live;
    const offered = this.room.offer(this, update, author);
    if (offered.kind === 'refused') this.refuse(offered.code, offered.reason);
    else if (offered.kind === 'gap') {
      if (this.held.length === 0) this.room.askForMissing(this);
      this.hold(update, author, offered);
    } else if (offered.kind === 'taken') {
      this.lastSeq = this.room.lastSeq;
      // A step 2 holds all that the client has and we had not, so nothing refused is left out of it.
      if (isStep2) this.hasRefusal = false;
      if (this.held.length > 0) this.retryHeld();
    }
  }

  private hold(update: Uint8Array, author: Author, { client, clock }: { client: number; clock: number }): void {
    this.heldBytes += update.length;
    if (this.heldBytes > this.room.limits.pendingBytes) {
      this.held = [];
      this.heldBytes = 0;
      this.refuse('pending-limit', 'Changes arrived that build on something the server never received.');
      return;
    }
    this.held.push({ update: ownBytes(update), author, client, clock });
  }

  private refuse(code: RejectionCode, reason: string): void {
    this.hasRefusal = true;
    this.barriers = this.barriers.filter((barrier) => barrier.seq !== null);
    if (this.notices) this.notify({ type: 'rejected', code, reason });
    else if (code === 'pending-limit') this.close(closeCode.overload, reason);
    // A stock client can't be told more than this; one that may only read is left alone.
    else if (code !== 'read-only') this.close(closeCode.malformed, reason);
  }

  private refuseSize(): void {
    const reason = 'This change is too large to be taken in one piece.';
    this.notify({ type: 'rejected', code: 'too-large', reason });
    this.close(closeCode.tooLarge, reason);
  }
}

/** A copy when the bytes are a small view on a large buffer, which keeping them would keep. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.buffer.byteLength > 2 * bytes.length ? bytes.slice() : bytes;
}

/** Answers a state vector that Yjs will be able to read. */
function checkedVector(payload: Uint8Array): Uint8Array {
  const reader = new ByteReader(payload);
  for (let left = reader.varUint(); left > 0; left--) {
    reader.varUint();
    reader.varUint();
  }
  return payload;
}
