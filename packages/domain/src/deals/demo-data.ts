import { demoCustomers } from '../demo/customers.ts';
import type { Planned } from '@rapport/schema/fields';

/** Clearly fictional sample data: the deals of a maker of cold-chain sensors. */
const companies = demoCustomers.map(({ name }) => name);
const titles = [
  'Dispatch hall sensors',
  'Van fleet, 12 vehicles',
  'Sample fridges, main lab',
  'Chill chain audit',
  'Walk-in freezers, 9 shops',
  'Vaccine store upgrade',
  'Blast chiller alarms',
  'Harbour cold store, phase 2',
  'Reefer dock monitoring',
  'Theatre blood fridges',
  'Milk intake, two lines',
  'Cut-flower hall',
  'Kitchen HACCP bundle',
  'Frozen aisle audit',
  'Blood-bank fridges, 3 sites',
  'Smokehouse retrofit',
  'Cryo store alarms',
  'Regional depot roll-out',
  'Seed potato stores',
  'Stability chambers',
  'Fish market halls',
  'National framework, year 1',
  'Cold-room sensors, 4 sites',
  'Export terminal',
  'Lab freezer alarms',
  'Annual calibration',
  'Apple stores, CA rooms',
  'Pharma van fleet',
  'Ward fridges, east wing',
  'Hatchery water temps',
  'Bakery freezers, batch 2',
  'Specimen transport',
  'Warehouse B retrofit',
  'Hospice pharmacy fridges',
  'Dark-store fridges',
  'Ripening rooms',
  'Brine tank probes',
  'Cafe chain loggers',
];
const labels = ['Tender', 'Multi-site', 'Renewal', 'Pilot', 'Validation', 'Inbound', 'Grant'];
const sources = ['Tender portal', 'Referral', 'Trade fair', 'Web form', 'Existing customer'];
const lostReasons = ['Price', 'No budget this year', 'Chose Kaldvakt', 'Project stopped'];
const steps = ['Call', 'Send quote', 'Site visit', 'Demo of the gateway', 'Agree terms', 'Ask for floor plan'];

export const demoStages = [
  { name: 'Qualified', probability: 10, rotDays: 10, colour: '8' },
  { name: 'Site survey', probability: 30, rotDays: 14, colour: '7' },
  { name: 'Proposal', probability: 50, rotDays: 21, colour: '3' },
  { name: 'Negotiation', probability: 75, rotDays: 16, colour: '10' },
  { name: 'Verbal yes', probability: 90, rotDays: 14, colour: '5' },
  { name: 'Won', kind: 'won', probability: 100, rotDays: null, colour: '5' },
  { name: 'Lost', kind: 'lost', probability: 0, rotDays: null, colour: '1' },
] as const;

export interface DemoDeal {
  /** Index into the stages. */
  readonly stage: number;
  readonly values: Readonly<Record<string, unknown>>;
}

const dayMs = 86_400_000;
/** Open deals per stage, then won and lost ones. */
const perStage = [17, 14, 16, 12, 5, 26, 14];

/** `random` uniform in [0, 1): the same sequence gives the same deals. Owners are indices that `owners` turns into ids. */
export function makeDemoDeals(options: {
  now: number;
  random: () => number;
  owners: readonly string[];
  currency: string;
}): DemoDeal[] {
  const { now, random, owners, currency } = options;
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const between = (low: number, high: number) => low + random() * (high - low);
  const dateIn = (days: number) => new Date(now + days * dayMs).toISOString().slice(0, 10);
  const planned = (): Planned | null =>
    random() < 0.15 ? null : { what: pick(steps), due: dateIn(Math.round(between(-3, 12))) };
  return perStage.flatMap((count, stage) =>
    Array.from({ length: count }, (_, index): DemoDeal => {
      const isClosed = stage >= 5;
      const age = isClosed ? between(30, 150) : between(0.02, 12) * (random() < 0.15 ? 2.2 : 1);
      const closedAt = isClosed ? Math.round(now - between(0, 28) * dayMs) : null;
      const title = titles[(stage * 17 + index) % titles.length] ?? 'Cold room';
      const round = Math.floor((stage * 17 + index) / titles.length);
      return {
        stage,
        values: {
          title: round === 0 ? title : `${title}, lot ${round + 1}`,
          value: { minor: Math.round(between(43, 1400) ** 1.25) * 1000, currency },
          company: pick(companies),
          owner: pick(owners),
          labels: random() < 0.55 ? [pick(labels)] : random() < 0.3 ? ['Tender', 'Multi-site'] : null,
          source: pick(sources),
          expectedClose: isClosed ? null : dateIn(Math.round(between(-5, 70))),
          nextActivity: isClosed ? null : planned(),
          createdAt: Math.round((closedAt ?? now) - age * dayMs),
          closedAt,
          lostReason: stage === 6 ? pick(lostReasons) : null,
        },
      };
    }),
  );
}
