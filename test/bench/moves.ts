import { applyPatch } from '@rapport/doc/patch';
import { dealsOf } from '@rapport/domain/deals/board';
import { stagesOf } from '@rapport/domain/boards/board';
import { moveDeals } from '@rapport/domain/deals/ops';
import * as Y from 'yjs';

/** One card's move, ready to be sent, and how others recognise it: the first struct that it adds. */
export interface PreparedMove {
  readonly key: string;
  readonly update: Uint8Array;
}

const env = { now: Date.UTC(2026, 10, 3), random: Math.random };

/**
 * Makes one person's moves of the deals that are theirs (each `writers`-th), from stage to stage as a drag does, on a
 * copy of the board of their own.
 */
export function makeMoves(state: Uint8Array, count: number, writer: number, writers: number): PreparedMove[] {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const own = dealsOf(doc).filter((_, i) => i % writers === writer);
  const stages = stagesOf(doc).filter((stage) => stage.kind === 'open');
  const moves: PreparedMove[] = [];
  doc.on('update', (update: Uint8Array) => {
    const [key] = structsIn(update);
    if (key !== undefined) moves.push({ key, update });
  });
  for (let i = 0; moves.length < count; i++) {
    const deal = own[i % own.length];
    const stage = stages[(i + Math.floor(i / stages.length) + 1) % stages.length];
    if (deal === undefined || stage === undefined) throw new Error('a board without cards or stages');
    const planned = moveDeals(doc, { ids: [deal.id], stageId: stage.id }, env);
    if (!planned.ok) throw new Error(planned.error.message);
    applyPatch(doc, planned.value);
  }
  return moves;
}

/** Every struct of an update as `client:clock`. A server may have put several moves into one. */
export function structsIn(update: Uint8Array): string[] {
  return Y.decodeUpdate(update).structs.map(({ id }) => `${id.client}:${id.clock}`);
}
