import { minorDigits } from '@rapport/schema/currency';

/** What separates the decimals; the other one, spaces and apostrophes group. */
export const numberFormats = ['decimalPoint', 'decimalComma'] as const;
export type NumberFormat = (typeof numberFormats)[number];

/** A number as found in a file: plain decimal digits (`-1234.50`), and the currency that stood beside it. */
export interface ReadNumber {
  readonly decimal: string;
  /** ISO 4217, or `$` when a sign stands there that several currencies have. */
  readonly currency: string | null;
}

const currencyBySign: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
  '₽': 'RUB',
  '₺': 'TRY',
  '₩': 'KRW',
  '₪': 'ILS',
  '₴': 'UAH',
  '฿': 'THB',
  // These stand for several currencies: the row's or the board's holds.
  $: '$',
  KR: '$',
  'KR.': '$',
  US$: 'USD',
  A$: 'AUD',
  AU$: 'AUD',
  C$: 'CAD',
  CA$: 'CAD',
  NZ$: 'NZD',
  R$: 'BRL',
  'FR.': 'CHF',
  SFR: 'CHF',
  'SFR.': 'CHF',
  ZŁ: 'PLN',
  KČ: 'CZK',
  FT: 'HUF',
  EURO: 'EUR',
};

const space = /[\s\u00A0\u2007\u2009\u202F]/g;
const grouped = {
  decimalPoint: /^(?:[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}|[1-9]\d{0,2}(?:['\s]\d{3})+|\d+)?(?:\.\d+)?\.?$/,
  decimalComma: /^(?:[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:['\s]\d{3})+|\d+)?(?:,\d+)?,?$/,
} as const;
/** Grouped by spaces or apostrophes, whatever stands once after the groups separates the decimals. */
const spaced = /^([1-9]\d{0,2}(?:['\s]\d{3})+)[.,](\d+)$/;

function currencyOf(unit: string): string | null | undefined {
  if (unit === '') return null;
  const sign = currencyBySign[unit.toUpperCase()];
  if (sign !== undefined) return sign;
  return /^[A-Za-z]{3}$/.test(unit) ? unit.toUpperCase() : undefined;
}

/** Reads one text as a number or an amount in a format; null when it is none. */
export function readNumber(text: string, format: NumberFormat): ReadNumber | null {
  let body = text
    .replaceAll(space, ' ')
    .replaceAll(/[’ʼ‘`´]/g, "'")
    .replaceAll(/[−–—]/g, '-')
    .trim();
  if (body.length > 60 || !/\d/.test(body)) return null;
  let isNegative = false;
  if (body.startsWith('(') && body.endsWith(')')) {
    isNegative = true;
    body = body.slice(1, -1).trim();
  }
  const signed = () => {
    const match = /^([+-])\s*/.exec(body);
    if (!match) return;
    if (match[1] === '-') isNegative = !isNegative;
    body = body.slice(match[0].length);
  };
  signed();
  const match = /^([^\d.,'()+-]*(?:\.(?=\s))?)\s*(.*?)\s*([^\d.,'()\s+-][^\d,'()+-]*)?$/s.exec(body);
  if (!match) return null;
  const [, before = '', amount = '', after = ''] = match;
  const [front, back] = [before.trim(), after.trim()];
  if (front !== '' && back !== '' && back !== '%') return null;
  const currency = currencyOf(front === '' ? (back === '%' ? '' : back) : front);
  if (currency === undefined) return null;
  body = amount.trim();
  signed();
  if (body.startsWith('(') && body.endsWith(')')) {
    isNegative = true;
    body = body.slice(1, -1).trim();
  }
  // “1.234,–” has no cents; “1234-” is how bookkeeping systems write a negative.
  const noCents = /[.,]-{1,2}$/.exec(body);
  if (noCents && noCents[0].startsWith(format === 'decimalPoint' ? ',' : '.')) return null;
  if (noCents) body = body.slice(0, -noCents[0].length);
  else if (body.endsWith('-')) {
    isNegative = true;
    body = body.slice(0, -1).trim();
  }
  if (!/^[.,]?\d/.test(body)) return null;
  const decimal = plainDecimal(body, format);
  return decimal === null
    ? null
    : { decimal: isNegative && !/^[0.]+$/.test(decimal) ? `-${decimal}` : decimal, currency };
}

function plainDecimal(body: string, format: NumberFormat): string | null {
  const wide = spaced.exec(body);
  if (wide) return `${(wide[1] ?? '').replaceAll(/['\s]/g, '')}.${wide[2]}`;
  if (!grouped[format].test(body)) return null;
  const [group, point] = format === 'decimalPoint' ? [/[,'\s]/g, '.'] : [/[.'\s]/g, ','];
  const [whole = '', fraction = ''] = body.replaceAll(group, '').split(point);
  const integer = whole.replace(/^0+(?=\d)/, '') || '0';
  return fraction === '' ? integer : `${integer}.${fraction}`;
}

/**
 * Plain decimal digits as integer minor units; further decimals are rounded half away from zero. Null when it is more
 * than a safe integer holds.
 */
export function decimalToMinor(decimal: string, currency: string): number | null {
  const isNegative = decimal.startsWith('-');
  const [whole = '0', fraction = ''] = (isNegative ? decimal.slice(1) : decimal).split('.');
  const digits = minorDigits(currency);
  const kept = fraction.slice(0, digits).padEnd(digits, '0');
  const minor = Number(whole + kept) + (Number(fraction[digits] ?? '0') >= 5 ? 1 : 0);
  if (!Number.isSafeInteger(minor)) return null;
  return isNegative && minor !== 0 ? -minor : minor;
}
