import { cardsRoot } from '@rapport/domain/boards/board';
import * as Y from 'yjs';
import type { SeededBoard } from './board-fixture.ts';
import { structsIn, type PreparedMove } from './moves.ts';
import type { WireClient } from './wire-client.ts';

/** Somebody who has a board open and moves cards on it. */
export interface Person {
  readonly client: WireClient;
  move(turn: number): void;
}

interface Seat {
  readonly moves: readonly PreparedMove[];
  readonly received: Buffer[];
  readonly seen: Set<string>;
}

/** One board under the load of its people: when each move reached each of the others, and whether all agree. */
export class CompanyBoard {
  readonly seed: SeededBoard;
  readonly name: string;
  readonly bytes: number;
  readonly state: Uint8Array;
  readonly delaysMs: number[] = [];
  lastArrivalMs = 0;
  private readonly seats: Seat[] = [];
  private readonly sentAt = new Map<string, number>();

  constructor(seed: SeededBoard) {
    this.seed = seed;
    this.name = seed.name;
    this.bytes = seed.bytes;
    this.state = Y.encodeStateAsUpdate(seed.doc);
  }

  get moves(): PreparedMove[] {
    return this.seats.flatMap((seat) => seat.moves);
  }

  enter(client: WireClient, moves: readonly PreparedMove[]): Person {
    const seat: Seat = { moves, received: [], seen: new Set() };
    this.seats.push(seat);
    client.onUpdate = (update) => {
      const now = performance.now();
      // A copy, because a small view would keep the whole chunk that the socket has read.
      seat.received.push(Buffer.from(update));
      for (const key of structsIn(update)) {
        const sent = this.sentAt.get(key);
        if (sent === undefined || seat.seen.has(key)) continue;
        seat.seen.add(key);
        this.delaysMs.push(now - sent);
        this.lastArrivalMs = now;
      }
    };
    return {
      client,
      move: (turn) => {
        const move = moves[turn];
        if (move === undefined) return;
        this.sentAt.set(move.key, performance.now());
        client.sendUpdate(move.update);
      },
    };
  }

  /** Moves that have not reached somebody, each counted once for each person. */
  missing(): number {
    let missing = 0;
    for (const seat of this.seats)
      for (const other of this.seats)
        if (other !== seat) for (const { key } of other.moves) if (!seat.seen.has(key)) missing++;
    return missing;
  }

  /** How many people have another board than the server: each one's is made of what they sent and received. */
  peopleApartFrom(served: Y.Doc): number {
    const expected = cardsOf(served);
    let apart = 0;
    for (const { moves, received } of this.seats) {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, this.state);
      for (const update of received) Y.applyUpdate(doc, update);
      for (const { update } of moves) Y.applyUpdate(doc, update);
      if (cardsOf(doc) !== expected) apart++;
    }
    return apart;
  }
}

function cardsOf(doc: Y.Doc): string {
  const cards = doc.getMap(cardsRoot).toJSON() as Record<string, Record<string, unknown>>;
  const sorted = (record: Record<string, unknown>): [string, unknown][] =>
    Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(sorted(cards).map(([id, card]) => [id, sorted(card as Record<string, unknown>)]));
}
