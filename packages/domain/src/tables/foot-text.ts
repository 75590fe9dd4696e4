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

/** How much of a column is filled. `0%` and `100%` are said of none and of all alone. */
export function filledText(filled: number, total: number): string {
  if (filled === 0 || total === 0) return '';
  const percent = Math.round((100 * filled) / total);
  if (percent === 0) return '<1% filled';
  return percent === 100 && filled < total ? '>99% filled' : `${percent}% filled`;
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
