import { isCurrencyCode } from '@rapport/schema/currency';

/** The currency that a row names in a column of its own; undefined when it names none, null when it is none. */
export function rowCurrency(text: string | undefined): string | null | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const code = text.trim().toUpperCase();
  return isCurrencyCode(code) ? code : null;
}
