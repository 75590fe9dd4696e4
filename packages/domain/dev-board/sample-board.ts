import { applyPatch } from '@rapport/doc/patch';
import * as Y from 'yjs';
import { stagesOf } from '../src/boards/board.ts';
import type { DealSignals } from '../src/deals/query.ts';
import { addDeals } from '../src/deals/ops.ts';
import type { NewCard } from '../src/boards/ops.ts';
import { initBoard } from '../src/boards/stage-ops.ts';

const dayMs = 86_400_000;
const firms =
  'Tarn Valley Creamery,Quayside Larder,Grayling Labs,Petrel Catering,Mistral Bakeries,Alder Street Clinics,Saffron Lane Kitchens,Calder Hythe Port,Northmoor Orchards,Osprey Freight,Pelham Cross Hospital,Brackwater Dairy,Juniper Row Florists,Wexcombe Hospice,Hollin & Sons Seafood,Vireo Biologics,Bellweather Foods,Harrow Fen Growers,Corvane Pharma,Tern Point Fisheries'.split(
    ',',
  );
const things =
  'Dispatch hall sensors,Van fleet,Sample fridges,Chill chain audit,Walk-in freezers,Vaccine store upgrade,Blast chiller alarms,Harbour cold store,Ripening rooms,Reefer dock monitoring,Theatre blood fridges,Milk intake,Cut-flower hall,Kitchen HACCP bundle,Blood-bank fridges,Smokehouse retrofit,Cryo store alarms,Regional depot roll-out,Seed potato stores,Stability chambers'.split(
    ',',
  );
const labels = ['Grant', 'Inbound', 'Multi-site', 'Tender', 'Renewal', 'Pilot', 'Validation'];
export const memberIds = ['noor', 'ana', 'mateus', 'ines', 'joel', 'dario'];

/** A small repeatable random source (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A board of made-up deals, and what a log would say of them. */
export function sampleBoard(count: number, now: number): { doc: Y.Doc; signals: Record<string, DealSignals> } {
  const random = seeded(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const doc = new Y.Doc();
  let next = 0;
  applyPatch(
    doc,
    initBoard({ name: 'New business', kind: 'deals', currency: 'EUR' }, { now, random, id: () => `stage${++next}` }),
  );
  const stages = stagesOf(doc);
  const open = stages.filter(({ kind }) => kind === 'open');
  const signals: Record<string, DealSignals> = {};
  const day = (offset: number) => new Date(now + offset * dayMs).toISOString().slice(0, 10);
  const deals: NewCard[] = Array.from({ length: count }, (_, index) => {
    const stage =
      index % 23 === 22
        ? (stages.find(({ kind }) => kind === 'won') ?? open[0])
        : open[Math.min(open.length - 1, Math.floor(random() * random() * 6))];
    const id = `deal${String(index).padStart(5, '0')}`;
    const age = Math.floor(random() * 26);
    signals[id] = {
      stageSince: now - age * dayMs - 1,
      touchedAt: now - Math.floor(age * (0.4 + random() * 0.6)) * dayMs,
      touchedBy: pick(memberIds),
      touchedWhat: pick(['value', 'moved', 'nextActivity']),
    };
    const plan = random();
    return {
      id,
      stageId: stage?.id ?? '',
      values: {
        title: `${pick(things)}${random() < 0.4 ? `, ${2 + Math.floor(random() * 9)} sites` : ''}`,
        company: pick(firms),
        owner: pick(memberIds),
        value: {
          minor: Math.round(40 + random() * random() * 1400) * 10_000,
          currency: index % 29 === 28 ? 'USD' : 'EUR',
        },
        ...(random() < 0.55
          ? {
              labels:
                random() < 0.2
                  ? [pick(labels), 'Tender'].filter((each, at, all) => all.indexOf(each) === at)
                  : [pick(labels)],
            }
          : {}),
        expectedClose: day(Math.floor(random() * 60) - 5),
        createdAt: now - (age + 20) * dayMs,
        ...(plan < 0.15
          ? {}
          : {
              nextActivity: {
                what: pick(['Call back', 'Send the quote', 'Site visit']),
                due: day(plan < 0.3 ? -3 : plan < 0.5 ? 0 : 4),
              },
            }),
        ...(random() < 0.5 ? { source: pick(['Tender portal', 'Referral', 'Fair']) } : {}),
      },
    };
  });
  const added = addDeals(doc, deals, { now, random });
  if (!added.ok) throw new Error(added.error.message);
  applyPatch(doc, added.value);
  return { doc, signals };
}
