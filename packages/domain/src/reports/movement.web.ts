import type { Numbers } from './create-numbers.web.ts';
import { days, money, signed } from './figures.web.ts';
import { differences, openHeadline } from './headline.ts';

/** A shown number's key, and how its differences are told. */
type Unit = 'money' | 'share' | 'days';

const unitOf = (key: string): Unit => (key === 'rate' ? 'share' : key === 'cycle' ? 'days' : 'money');

/** Every number of the page that is marked when it moves. Money in minor units. */
function figuresOf({ pipeline, atRisk, winRate, cycle, leaders }: Numbers): ReadonlyMap<string, number> {
  const figures = new Map<string, number>();
  const currency = pipeline?.currency ?? 'EUR';
  const open = openHeadline(pipeline?.rows ?? [], currency);
  figures.set('open', open.sum.minor);
  figures.set('weighted', open.weighted.minor);
  figures.set('risk', openHeadline(atRisk?.rows ?? [], currency).sum.minor);
  const [decided] = winRate?.rows ?? [];
  figures.set('won', decided?.won.sum.minor ?? 0);
  // In the whole per cents that the tile shows: what does not show does not move.
  figures.set('rate', Math.round((decided?.rate ?? 0) * 100));
  const won = cycle?.rows.find((row) => row.outcome === 'won');
  figures.set('cycle', won?.medianDays ?? 0);
  for (const row of pipeline?.rows ?? []) if (row.kind === 'open') figures.set(`stage:${row.stage}`, row.sum.minor);
  for (const row of leaders?.rows ?? []) figures.set(`owner:${row.owner ?? ''}`, row.won.sum.minor);
  return figures;
}

/** What moved between two states of the page, in words by key: `{ open: '+€5,535' }`. */
export function movementOf(before: Numbers, after: Numbers): Readonly<Record<string, string>> {
  const currency = after.pipeline?.currency ?? 'EUR';
  const words: Record<Unit, (absolute: number) => string> = {
    money: (minor) => money({ minor: Math.round(minor), currency }),
    share: (points) => `${points} ${points === 1 ? 'pt' : 'pts'}`,
    days: (length) => days(length),
  };
  return Object.fromEntries(
    [...differences(figuresOf(before), figuresOf(after))].map(([key, difference]) => [
      key,
      signed(difference, words[unitOf(key)]),
    ]),
  );
}
