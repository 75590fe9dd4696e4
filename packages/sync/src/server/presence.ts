import { ByteReader } from '../shared/byte-reader.ts';
import { frameOf, varUintLength, writeVarUint } from '../shared/frames.ts';
import { message } from '../shared/wire.ts';
import type { Identity } from './ports.ts';
import type { PresenceFilter } from './presence-filter.ts';

/** What presence needs of a connection. */
export interface PresencePeer {
  readonly identity: Identity;
  sendAwareness(frame: Uint8Array): void;
}

interface Entry {
  readonly client: number;
  readonly peer: PresencePeer;
  /** As announced, not parsed before it is sent on; null when the peer hides. */
  state: string | null;
  announcedClock: number;
  /** The clock that the others are given. It differs from the announced one when that would not reach them. */
  clock: number;
  dirty: boolean;
  sentAtMs: number;
}

/** A clock that has run this far ahead is a mistake or a prank; it is not passed on. */
const saneClock = 2 ** 31;
/** Clients remembered after they have gone; every page load is a new one. */
const mostClocks = 1000;
/** Ten times a second. */
const intervalMs = 100;
const text = new TextEncoder();

/**
 * Who is in a document: the y-protocols awareness of its connections. One clientID per connection, `user` always from
 * the session, at most ten states a second each, one frame a turn for the room.
 */
export class Presence {
  private readonly byClient = new Map<number, Entry>();
  private readonly byPeer = new Map<PresencePeer, Entry>();
  /** Kept after a connection has gone: whoever saw clock 7 ignores a returning peer that starts at 5. */
  private readonly lastClocks = new Map<number, number>();
  private readonly removed = new Map<number, number>();
  private readonly now: () => number;
  private readonly maxBytes: number;
  private readonly peers: () => Iterable<PresencePeer>;
  private readonly mayUse: (client: number, peer: PresencePeer) => boolean;
  private timer: NodeJS.Timeout | null = null;
  private turn: NodeJS.Immediate | null = null;
  private readonly audienceOf: (peer: PresencePeer) => string;
  private readonly show: PresenceFilter['show'];
  /** By audience. */
  private readonly encoded = new WeakMap<Entry, Map<string, Uint8Array>>();

  constructor(options: {
    now: () => number;
    maxBytes: number;
    peers: () => Iterable<PresencePeer>;
    /** False for a clientID that somebody else has written with. */
    mayUse: (client: number, peer: PresencePeer) => boolean;
    /** Left out: everybody sees everything. */
    filter?: { audience: (reader: Identity) => string; show: PresenceFilter['show'] };
  }) {
    this.now = options.now;
    this.maxBytes = options.maxBytes;
    this.peers = options.peers;
    this.mayUse = options.mayUse;
    const { filter } = options;
    this.audienceOf = filter === undefined ? () => '' : (peer) => filter.audience(peer.identity);
    this.show = filter?.show ?? ((state) => state);
  }

  /** Takes an awareness update. Throws MalformedBytes when it is none; ignores what the peer may not say. */
  receive(peer: PresencePeer, update: Uint8Array): void {
    const reader = new ByteReader(update);
    for (let left = reader.varUint(); left > 0; left--) {
      const client = reader.varUint();
      const clock = reader.varUint();
      const state = reader.varBytes();
      // Stock clients echo everybody's state: dropped before anything is decoded.
      const own = this.byPeer.get(peer);
      if (own === undefined ? this.byClient.has(client) || !this.mayUse(client, peer) : own.client !== client) continue;
      if (state.length > this.maxBytes) continue;
      const json = new TextDecoder().decode(state);
      if (own !== undefined) this.announce(own, clock, json);
      else if (json !== 'null') this.enter(peer, client, clock, json);
    }
  }

  /** A connection has gone: the others are told in this turn. */
  leave(peer: PresencePeer): void {
    const entry = this.byPeer.get(peer);
    if (entry === undefined) return;
    this.byPeer.delete(peer);
    this.byClient.delete(entry.client);
    this.lastClocks.delete(entry.client);
    this.lastClocks.set(entry.client, entry.clock + 1);
    const [oldest] = this.lastClocks.keys();
    if (this.lastClocks.size > mostClocks && oldest !== undefined) this.lastClocks.delete(oldest);
    this.removed.set(entry.client, entry.clock + 1);
    this.soon();
  }

  /** Everybody's state for one peer, or null when there is nobody else. */
  frameFor(peer: PresencePeer): Uint8Array | null {
    const others = [...this.byClient.values()].filter((entry) => entry.peer !== peer && entry.state !== null);
    return others.length === 0 ? null : this.encode(others, [], this.audienceOf(peer));
  }

  /**
   * Sends everybody everything: a stock client closes a connection that is silent for 30 s, and forgets states that
   * were not renewed for as long, which happens to people whose hidden tab is throttled.
   */
  keepAlive(olderThanMs: number): void {
    const now = this.now();
    for (const entry of this.byClient.values()) {
      const ageMs = now - entry.sentAtMs;
      if (entry.state === null || (ageMs >= 0 && ageMs < olderThanMs)) continue;
      entry.clock += 1;
      entry.sentAtMs = now;
      this.encoded.delete(entry);
    }
    this.sendOut([...this.byClient.values()], []);
  }

  destroy(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.turn !== null) clearImmediate(this.turn);
    this.byClient.clear();
    this.byPeer.clear();
    this.lastClocks.clear();
    this.removed.clear();
  }

  private enter(peer: PresencePeer, client: number, clock: number, state: string): void {
    const entry: Entry = { client, peer, state: null, announcedClock: 0, clock: 0, dirty: false, sentAtMs: -Infinity };
    entry.clock = this.lastClocks.get(client) ?? -1;
    this.byPeer.set(peer, entry);
    this.byClient.set(client, entry);
    this.announce(entry, clock, state);
  }

  private announce(entry: Entry, clock: number, state: string): void {
    // The socket keeps the order, so the last word counts, whatever clock it carries.
    entry.announcedClock = clock;
    // Stock clients take no state of clock 0.
    entry.clock = clock > entry.clock && clock < saneClock ? clock : Math.max(entry.clock, 0) + 1;
    entry.state = state === 'null' ? null : state;
    entry.dirty = true;
    this.encoded.delete(entry);
    const waitMs = waitFor(entry, this.now());
    if (waitMs <= 0) this.soon();
    else this.timer ??= setTimeout(this.flush, waitMs);
  }

  private soon(): void {
    this.turn ??= setImmediate(this.flush);
  }

  private readonly flush = (): void => {
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.turn !== null) clearImmediate(this.turn);
    this.timer = null;
    this.turn = null;
    const now = this.now();
    const due: Entry[] = [];
    let nextMs = Infinity;
    for (const entry of this.byClient.values()) {
      if (!entry.dirty) continue;
      const waitMs = waitFor(entry, now);
      if (waitMs > 0) {
        nextMs = Math.min(nextMs, waitMs);
        continue;
      }
      entry.dirty = false;
      entry.sentAtMs = now;
      due.push(entry);
    }
    if (nextMs < Infinity) this.timer = setTimeout(this.flush, nextMs);
    const gone = [...this.removed].filter(([client]) => !this.byClient.has(client));
    this.removed.clear();
    if (due.length > 0 || gone.length > 0) this.sendOut(due, gone);
  };

  private sendOut(entries: readonly Entry[], gone: readonly (readonly [number, number])[]): void {
    const shared = new Map<string, Uint8Array>();
    const sharedBy = (audience: string): Uint8Array => {
      const frame = shared.get(audience) ?? this.encode(entries, gone, audience);
      shared.set(audience, frame);
      return frame;
    };
    // A client would take its own state back from a higher clock, so those few get a frame without themselves.
    const renumbered = new Set<PresencePeer>();
    for (const entry of entries) if (entry.clock !== entry.announcedClock) renumbered.add(entry.peer);
    for (const peer of this.peers()) {
      const audience = this.audienceOf(peer);
      if (!renumbered.has(peer)) peer.sendAwareness(sharedBy(audience));
      else
        peer.sendAwareness(
          this.encode(
            entries.filter((entry) => entry.peer !== peer),
            gone,
            audience,
          ),
        );
    }
  }

  private encode(
    entries: readonly Entry[],
    gone: readonly (readonly [number, number])[],
    audience: string,
  ): Uint8Array {
    const states = entries.map((entry) => this.stateOf(entry, audience));
    let length = varUintLength(entries.length + gone.length);
    entries.forEach((entry, i) => {
      const bytes = states[i]?.length ?? 0;
      length += varUintLength(entry.client) + varUintLength(entry.clock) + varUintLength(bytes) + bytes;
    });
    for (const [client, clock] of gone) length += varUintLength(client) + varUintLength(clock) + 1 + nullState.length;
    const update = new Uint8Array(length);
    let at = writeVarUint(update, 0, entries.length + gone.length);
    const write = (client: number, clock: number, state: Uint8Array): void => {
      at = writeVarUint(update, writeVarUint(update, writeVarUint(update, at, client), clock), state.length);
      update.set(state, at);
      at += state.length;
    };
    entries.forEach((entry, i) => write(entry.client, entry.clock, states[i] ?? nullState));
    for (const [client, clock] of gone) write(client, clock, nullState);
    return frameOf(message.awareness, update);
  }

  /** The announced state with `user` from the session; a state that is no JSON object counts as hiding. */
  private stateOf(entry: Entry, audience: string): Uint8Array {
    const byAudience = this.encoded.get(entry) ?? new Map<string, Uint8Array>();
    this.encoded.set(entry, byAudience);
    const known = byAudience.get(audience);
    if (known !== undefined) return known;
    const show = audience === '' ? (state: Announced) => state : (state: Announced) => this.show(state, audience);
    const bytes = entry.state === null ? nullState : withIdentity(entry.state, entry.peer.identity, show);
    byAudience.set(audience, bytes);
    return bytes;
  }
}

const nullState = text.encode('null');

type Announced = Readonly<Record<string, unknown>>;

function withIdentity(state: string, identity: Identity, show: (state: Announced) => Announced): Uint8Array {
  let parsed: unknown;
  try {
    parsed = JSON.parse(state);
  } catch {
    return nullState;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return nullState;
  const user = { id: identity.memberId, name: identity.name, colour: identity.colour };
  return text.encode(JSON.stringify({ ...show(parsed as Announced), user }));
}

/** How long until it may be sent again. A clock that was set back must silence nobody until it has caught up. */
function waitFor(entry: Entry, nowMs: number): number {
  return nowMs < entry.sentAtMs ? 0 : entry.sentAtMs + intervalMs - nowMs;
}
