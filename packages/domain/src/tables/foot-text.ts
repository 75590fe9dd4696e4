import type { Aggregate } from './table-reply.ts';
import { sumsText } from './words.ts';

/** Width of a digit at the size of a foot, and what a cell keeps free at its sides. */
const digitPx = 6.6;
const besidePx = 20;

const fits = (text: string, widthPx: number): boolean => text.length * digitPx <= widthPx - besidePx;

/** The largest currency's sum in as few signs as there are: `€1.2M`. */
function briefText(sums: Aggregate['sums'], digitsOf: (currency: string) => number): string {
  const [first, ...others] = Object.entries(sums).sort(([, a], [, b]) => b.count - a.count);
  if (first === undefined) return '';
  const [currency, { sum }] = first;
  const text = new Intl.NumberFormat(undefined, {
    notation: 'compact',
    maximumFractionDigits: 1,
    ...(currency === '' ? {} : { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
  }).format(currency === '' ? sum : sum / 10 ** digitsOf(currency));
  return others.length === 0 ? text : `${text} +${others.length}`;
}

/** What stands at the foot of a column of numbers: all of it to read, and as much as the column is wide enough for. */
export function footText(
  sums: Aggregate['sums'],
  widthPx: number,
  digitsOf: (currency: string) => number,
): { readonly whole: string; readonly shown: string } {
  const sum = sumsText(sums, digitsOf);
  if (sum === '') return { whole: '', shown: '' };
  const whole = `Σ ${sum} · Ø ${sumsText(sums, digitsOf, 'mean')}`;
  const brief = briefText(sums, digitsOf);
  const shown = [whole, `Σ ${sum}`, `Σ ${brief}`].find((text) => fits(text, widthPx)) ?? brief;
  return { whole, shown };
}
