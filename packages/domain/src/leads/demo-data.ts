import { demoCustomers } from '../demo/customers.ts';

const dayMs = 86_400_000;
const names = [
  'Marit Sandvik',
  'Cosmo Villiers',
  'Noor Hashimi',
  'Pia Ostrowska',
  'Teo Marchetti',
  'Aiko Brandt',
  'Rufus Pennycook',
  'Salma Idrissi',
  'Wim de Graaf',
  'Lucia Ferrante',
  'Håkon Lie',
  'Bex Turnbull',
  'Yusuf Demir',
  'Clara Nygård',
] as const;
const newcomers = ['Arctic Larder', 'Holm Vaccines', 'Pier Nine Fish', 'Kestrel Pharmacy', 'Ostrava Chill'] as const;
const sources = ['Web form', 'Trade fair', 'Referral', 'Newsletter'] as const;
const asked = [
  'We need loggers in twelve vans before the season. What do they cost?',
  'Do your sensors work at −80 °C?',
  'Please call me about the cold room in Truro.',
  'Can we try two of them for a month?',
] as const;

export interface DemoLead {
  /** Position among the open statuses. */
  readonly stage: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Leads of the sample: some of companies that it has, some nobody knows yet; some are nobody's. */
export function makeDemoLeads(env: {
  now: number;
  random: () => number;
  /** Member ids. */
  owners: readonly string[];
}): DemoLead[] {
  const { now, random, owners } = env;
  const of = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  return names.map((name, at): DemoLead => {
    const customer = at % 3 === 0 ? demoCustomers[(at * 5) % demoCustomers.length] : undefined;
    const newcomer = newcomers[at % newcomers.length] ?? '';
    const companyName = customer?.name ?? newcomer;
    const domain = customer?.domain ?? `${newcomer.toLowerCase().replaceAll(' ', '-')}.example`;
    const local = name
      .normalize('NFD')
      .replaceAll(/[^\p{L} ]/gu, '')
      .replaceAll(/[^\x20-\x7e]/g, '')
      .toLowerCase()
      .replaceAll(' ', '.');
    const stage = at < 7 ? 0 : at < 11 ? 1 : 2;
    const isOwned = stage > 0 || at % 2 === 0;
    return {
      stage,
      values: {
        title: `${name} · ${companyName}`,
        name,
        companyName,
        email: `${local}@${domain}`,
        phone: `+44 1632 960${String(100 + at)}`,
        source: of(sources),
        message: of(asked),
        createdAt: now - Math.floor((at + random()) * 1.3 * dayMs),
        ...(isOwned ? { owner: of(owners) } : {}),
        ...(stage === 1 ? { nextActivity: { what: 'Call back', due: null } } : {}),
      },
    };
  });
}
