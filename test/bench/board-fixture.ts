import { makeIds } from '@rapport/doc/ids';
import { applyPatch } from '@rapport/doc/patch';
import { stagesOf } from '@rapport/domain/boards/board';
import { defaultStages } from '@rapport/domain/deals/schema';
import { addDeals } from '@rapport/domain/deals/ops';
import type { NewCard } from '@rapport/domain/boards/ops';
import { initBoard } from '@rapport/domain/boards/stage-ops';
import * as Y from 'yjs';
import type { RunningSubject } from './subject.ts';
import { WireClient } from './wire-client.ts';

const env = { now: Date.UTC(2026, 10, 2), random: Math.random };
const newId = makeIds({ now: () => env.now, random: Math.random });
const words = ['Cold-room sensors', 'Van fleet', 'Vaccine store', 'Harbour cold store', 'Ward fridges', 'Apple stores'];
const cardsPerUpdate = 1000;
const sources = ['Referral', 'Trade fair', 'Web form'];

/** Makes `doc` a board if it is none yet, and adds `count` deals over its open stages; answers their ids. */
export function fillBoard(doc: Y.Doc, count: number): string[] {
  if (stagesOf(doc).length === 0)
    applyPatch(
      doc,
      initBoard({ name: 'Bench', kind: 'deals', currency: 'EUR', stages: defaultStages }, { ...env, id: newId }),
    );
  const stages = stagesOf(doc).filter((stage) => stage.kind === 'open');
  const deals = Array.from({ length: count }, (_, i): NewCard => ({
    id: newId(),
    stageId: stages[i % stages.length]?.id ?? '',
    values: {
      title: `${words[i % words.length] ?? ''} ${i}`,
      value: { minor: 100_000 + ((i * 7919) % 5_000_000), currency: 'EUR' },
      company: `company-${i % 300}`,
      owner: `member-${i % 12}`,
      expectedClose: `2026-${String(1 + (i % 12)).padStart(2, '0')}-15`,
      nextActivity: { what: 'Call', due: `2026-${String(1 + (i % 12)).padStart(2, '0')}-10` },
      labels: i % 3 === 0 ? ['Tender'] : ['Renewal', 'Multi-site'],
      source: sources[i % sources.length],
    },
  }));
  const planned = addDeals(doc, deals, env);
  if (!planned.ok) throw new Error(planned.error.message);
  applyPatch(doc, planned.value);
  return deals.map(({ id }) => id);
}

/** A board on the server and our own copy of it, whose edits the server takes as a client's. */
export interface SeededBoard {
  readonly name: string;
  readonly doc: Y.Doc;
  /** Bytes of the whole state. */
  readonly bytes: number;
}

/** Makes a board of `count` deals on the server, over the wire. */
export async function seedBoard(subject: RunningSubject, count: number): Promise<SeededBoard> {
  const name = await subject.createBoard();
  const doc = new Y.Doc();
  const { client, state } = await WireClient.join(subject, name);
  Y.applyUpdate(doc, state);
  const other = await WireClient.join(subject, name);
  // In parts, as no client has 10,000 cards to tell at once; each is awaited, so that no server has to queue them.
  for (let made = 0; made < count; made += cardsPerUpdate) {
    const before = Y.encodeStateVector(doc);
    fillBoard(doc, Math.min(cardsPerUpdate, count - made));
    const arrived = new Promise<void>((resolve) => (other.client.onUpdate = () => resolve()));
    client.sendUpdate(Y.encodeStateAsUpdate(doc, before));
    await arrived;
  }
  await Promise.all([client.close(), other.client.close()]);
  return { name, doc, bytes: Y.encodeStateAsUpdate(doc).length };
}
