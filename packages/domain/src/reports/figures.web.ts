import { minorDigits } from '@rapport/schema/currency';
import type { Money } from '@rapport/schema/fields';
import { formatMoney } from '@rapport/ui/logic/money';
import type { Amount } from './report.ts';

/** Numbers as this reader writes them. */
export const locale = (): string => navigator.language;

/** An amount; from a thousand on without its cents, which no sum of deals is read for. */
export function money({ minor, currency }: Money): string {
  const unit = 10 ** minorDigits(currency);
  const shown = Math.abs(minor) >= 1000 * unit ? Math.round(minor / unit) * unit : minor;
  return formatMoney(shown, currency, locale());
}

/** Short, for axes and tight places: €1.2M. */
export const shortMoney = (amount: Money): string =>
  formatMoney(amount.minor, amount.currency, locale(), { compact: true });

export const count = (value: number): string => value.toLocaleString(locale());

/** A share of 0–1 as whole per cent; “–” when there is none. */
export const percent = (share: number | null): string =>
  share === null
    ? '–'
    : share.toLocaleString(locale(), { style: 'percent', maximumFractionDigits: share > 0 && share < 0.1 ? 1 : 0 });

/** Days with one decimal where it is not whole; “–” when unknown. */
export const days = (value: number | null): string =>
  value === null
    ? '–'
    : `${value.toLocaleString(locale(), { maximumFractionDigits: value < 10 ? 1 : 0 })} ${value === 1 ? 'day' : 'days'}`;

export const dealCount = (value: number): string => `${count(value)} ${value === 1 ? 'deal' : 'deals'}`;

/** A difference with its sign: +€5,535, −3. */
export const signed = (value: number, words: (absolute: number) => string): string =>
  `${value < 0 ? '−' : '+'}${words(Math.abs(value))}`;

/** “and $1,200 in 2 deals” of the currencies that are not added up; '' without any. */
export const foreignWords = (amount: Pick<Amount, 'foreign'>): string =>
  amount.foreign.map((each) => `${money(each.sum)} in ${dealCount(each.count)}`).join(', ');

/** The reader's own day, `YYYY-MM-DD`. */
export function today(now: number): string {
  const date = new Date(now);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
