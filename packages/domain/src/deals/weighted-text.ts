import { minorDigits } from '@rapport/schema/currency';
import type { Money } from '@rapport/schema/fields';
import { moneyText } from '../fields/field-text.ts';

/** A weighted sum as people read it: it is an expectation, so from a hundred on its cents say nothing. */
export function weightedText({ minor, currency }: Money, locale?: string): string {
  const unit = 10 ** minorDigits(currency);
  const shown = Math.abs(minor) < 100 * unit ? minor : Math.round(minor / unit) * unit;
  return moneyText({ minor: shown, currency }, locale);
}
