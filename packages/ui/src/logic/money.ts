import { parseNumber } from './number-input.ts';

const formats = new Map<string, Intl.NumberFormat>();
const formatOf = (currency: string, locale: string, isWhole: boolean, isCompact: boolean): Intl.NumberFormat => {
  const key = `${locale}|${currency}|${isWhole}|${isCompact}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...(isCompact ? { notation: 'compact', maximumFractionDigits: 1 } : isWhole ? { maximumFractionDigits: 0 } : {}),
  });
  formats.set(key, made);
  return made;
};

/** Digits after the point in a currency: 2 for EUR, 0 for JPY. */
function currencyDigits(currency: string): number {
  return formatOf(currency, 'en', false, false).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Minor units as people read them, without decimals where there are none to show: 4000000 EUR is €40,000. */
export function formatMoney(
  minor: number,
  currency: string,
  locale = 'en',
  options: { compact?: boolean } = {},
): string {
  const unit = 10 ** currencyDigits(currency);
  return formatOf(currency, locale, minor % unit === 0, options.compact === true).format(minor / unit);
}

/** Typed text to minor units; null for empty, undefined for what is no amount. Rounds half away from zero. */
export function parseMoney(text: string, currency: string, locale = 'en'): number | null | undefined {
  const value = parseNumber(text, locale);
  if (value == null) return value;
  // Through text, because 1.005 × 100 is 100.49999 in binary.
  const minor = Number(`${Math.abs(value)}e${currencyDigits(currency)}`);
  return Number.isFinite(minor) ? Math.sign(value) * Math.round(minor) : undefined;
}
