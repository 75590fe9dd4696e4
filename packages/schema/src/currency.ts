/** ISO 4217 currencies whose minor unit is not 1/100. Source: ISO 4217 amendment list, exponent column. */
const exponents: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

/** The currencies whose minor unit is not 1/100. */
export const oddCurrencies: readonly string[] = Object.keys(exponents);

/** Decimal places of a currency's minor unit. */
export const minorDigits = (currency: string): number => exponents[currency] ?? 2;

/** Three capital letters; whether such a currency exists is not ours to say. */
export const isCurrencyCode = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Z]{3}$/.test(value);

/** Minor units as a decimal string without grouping: (123450, 'EUR') → '1234.50'. */
export function minorToDecimal(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const sign = minor < 0 ? '-' : '';
  const padded = String(Math.abs(minor)).padStart(digits + 1, '0');
  return digits === 0 ? sign + padded : `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}
