import { isUlid } from '@rapport/doc/ids';
import { minorDigits, minorToDecimal } from '@rapport/schema/currency';
import type { FieldSpec, FieldValue, Money, Planned } from '@rapport/schema/fields';

/** Values of fields in words and figures, in the person's language. Formatters are kept: making one costs more than using it. */

const moneyFormats = new Map<string, Intl.NumberFormat>();

/** An amount; cents only where it has some: €48,200, €12.50. */
export function moneyText({ minor, currency }: Money, locale?: string): string {
  const digits = minorDigits(currency);
  const whole = minor % 10 ** digits === 0;
  const key = `${currency} ${whole} ${locale ?? ''}`;
  let format = moneyFormats.get(key);
  if (!format) {
    const shown = whole ? 0 : digits;
    format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: shown,
      maximumFractionDigits: shown,
    });
    moneyFormats.set(key, format);
  }
  return format.format(minor / 10 ** digits);
}

/** An amount as a person types it again: 48200 or 12.50, without sign or grouping. */
export const moneyInput = ({ minor, currency }: Money): string => minorToDecimal(minor, currency).replace(/\.0+$/, '');

/**
 * Reads an amount that a person typed: `48,200`, `48.200,50`, `€ 1 200`, `12k`, `1.5m`, `USD 300`. The last of two
 * different separators is the decimal one; a single one with exactly three digits behind it groups. Null: not an amount.
 */
export function readMoney(typed: string, currency: string): Money | null {
  const named = /\b([A-Z]{3})\b/.exec(typed)?.[1];
  const into = named ?? (typed.includes('€') ? 'EUR' : typed.includes('£') ? 'GBP' : currency);
  const match = /^(-?)([\d.,'\s]*\d[\d.,'\s]*)(k|m)?$/i.exec(
    typed
      .replace(/\b[A-Z]{3}\b/, '')
      .replace(/[\p{Sc}\u00a0\u202f]/gu, ' ')
      .trim(),
  );
  if (!match) return null;
  const [, sign, figures = '', unit] = match;
  const compact = figures.replace(/[\s']/g, '');
  const lastAt = Math.max(compact.lastIndexOf('.'), compact.lastIndexOf(','));
  const last = compact[lastAt];
  const isOnly = last !== undefined && compact.indexOf(last) === lastAt;
  const other = last === '.' ? ',' : '.';
  const isDecimal =
    lastAt >= 0 && isOnly && (compact.includes(other) || compact.length - lastAt - 1 !== 3 || unit !== undefined);
  const decimal = isDecimal
    ? `${compact.slice(0, lastAt).replace(/[.,]/g, '')}.${compact.slice(lastAt + 1)}`
    : compact.replace(/[.,]/g, '');
  const scale = unit === undefined ? 1 : unit.toLowerCase() === 'k' ? 1e3 : 1e6;
  const minor = Math.round(Number(decimal) * scale * 10 ** minorDigits(into));
  if (!Number.isSafeInteger(minor)) return null;
  return { minor: sign === '-' && minor !== 0 ? -minor : minor, currency: into };
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(options: Intl.DateTimeFormatOptions, locale?: string): Intl.DateTimeFormat {
  const key = JSON.stringify([options, locale]);
  let format = dayFormats.get(key);
  if (!format) dayFormats.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format;
}

/** Tue 17: in this order in every language, because the eye looks for the weekday. */
const weekdayAndDate = (date: Date, timeZone: string | undefined, locale?: string): string => {
  const zone = timeZone === undefined ? {} : { timeZone };
  const weekday = dayFormat({ weekday: 'short', ...zone }, locale).format(date);
  return `${weekday} ${dayFormat({ day: 'numeric', ...zone }, locale).format(date)}`;
};

/** `YYYY-MM-DD` as 30 Nov 2026. */
export const dateText = (day: string, locale?: string): string =>
  dayFormat({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }, locale).format(
    new Date(`${day}T00:00:00Z`),
  );

/** The person's own day of an instant, `YYYY-MM-DD`. */
export function localDay(now: number): string {
  const date = new Date(now);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const dayMs = 86_400_000;
/** An instant exactly at midnight UTC stands for a calendar day, as dates in imported files do; every report reads it so. */
const isCalendarDay = (at: number): boolean => at % dayMs === 0;

/** `YYYY-MM-DD` of an instant: its calendar day where it stands for one, else the person's own day. */
export const dayOfInstant = (at: number): string =>
  isCalendarDay(at) ? new Date(at).toISOString().slice(0, 10) : localDay(at);

/** The instant that stands for a calendar day. */
export const instantOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** When something happened: now, 09:52 of today, Tue 17 of the last month, 30 Oct, 30 Oct 2025. */
export function whenText(at: number, now: number, locale?: string): string {
  if (now - at < 60_000) return 'now';
  const zone = isCalendarDay(at) ? 'UTC' : undefined;
  if (zone === undefined && localDay(at) === localDay(now))
    return dayFormat({ hour: '2-digit', minute: '2-digit' }, locale).format(at);
  const days = (now - at) / dayMs;
  if (days < 21) return weekdayAndDate(new Date(at), zone, locale);
  return dayFormat(
    {
      day: 'numeric',
      month: 'short',
      ...(days < 300 ? {} : { year: 'numeric' as const }),
      ...(zone === undefined ? {} : { timeZone: zone }),
    },
    locale,
  ).format(at);
}

/** Instant with day and time, for tooltips; a calendar day alone where it stands for one. */
export const instantText = (at: number, locale?: string): string =>
  isCalendarDay(at)
    ? dateText(new Date(at).toISOString().slice(0, 10), locale)
    : dayFormat({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }, locale).format(
        at,
      );

/** The next activity's day in words: Today, Tomorrow, Fri 20, 30 Nov. */
export function dueText(due: string, today: string, locale?: string): string {
  const days = Math.round((Date.parse(`${due}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Tomorrow';
  if (days === -1) return 'Yesterday';
  const date = new Date(`${due}T00:00:00Z`);
  if (Math.abs(days) < 14) return weekdayAndDate(date, 'UTC', locale);
  return dayFormat({ day: 'numeric', month: 'short', timeZone: 'UTC' }, locale).format(date);
}

/** Any field's value as one line; people, and records that it names by an id, by `nameOf`. '' when empty. */
export function valueText(
  spec: FieldSpec | undefined,
  value: FieldValue | null | undefined,
  nameOf: (memberId: string) => string,
): string {
  if (value === null || value === undefined) return '';
  switch (spec?.type) {
    case 'money':
      return moneyText(value as Money);
    case 'date':
      return dateText(value as string);
    case 'instant':
      return instantText(value as number);
    case 'person':
      return nameOf(value as string);
    case 'reference':
      return isUlid(value) ? nameOf(value) : String(value);
    case 'checkbox':
      return value === true ? 'Yes' : 'No';
    case 'planned': {
      const { what, due } = value as Planned;
      return [what, due === null ? '' : dateText(due)].filter((part) => part !== '').join(', ');
    }
    case 'select':
      return spec.options.find((option) => option.id === value)?.label ?? String(value);
    case 'multiSelect':
      return (value as readonly string[])
        .map((each) => spec.options.find((option) => option.id === each)?.label ?? each)
        .join(', ');
    case 'number':
      return (value as number).toLocaleString();
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}
