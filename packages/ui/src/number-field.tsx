import { formatMoney, parseMoney } from './logic/money.ts';
import { parseNumber } from './logic/number-input.ts';
import { ParsedField, type ParsedFrame } from './parsed-field.tsx';

type NumberFrame = ParsedFrame<number> & { locale?: string | undefined };

/** A number; text that is none stays in the field with a sentence that says what to type. */
export function NumberField(
  props: NumberFrame & {
    min?: number | undefined;
    max?: number | undefined;
    suffix?: string | undefined;
    prefix?: string | undefined;
  },
) {
  const shown = () =>
    props.value === null
      ? ''
      : new Intl.NumberFormat(props.locale ?? 'en', { maximumFractionDigits: 10 }).format(props.value);
  const read = (text: string) => {
    const value = parseNumber(text, props.locale);
    if (value === undefined) return { problem: 'Type a number, like 1,250.' };
    if (value !== null && props.min !== undefined && value < props.min)
      return { problem: `Type ${props.min} or more.` };
    if (value !== null && props.max !== undefined && value > props.max)
      return { problem: `Type ${props.max} or less.` };
    return { value };
  };
  return <ParsedField {...props} shown={shown()} read={read} inputMode="decimal" align="right" />;
}

/** An amount of money in minor units (cents). Takes `40k`, `€40,000` and `40.000,50`. */
export function MoneyField(props: NumberFrame & { currency: string }) {
  const shown = () => (props.value === null ? '' : formatMoney(props.value, props.currency, props.locale));
  const read = (text: string) => {
    const value = parseMoney(text, props.currency, props.locale);
    return value === undefined ? { problem: 'Type an amount, like 40,000 or 40k.' } : { value };
  };
  return <ParsedField {...props} shown={shown()} read={read} inputMode="decimal" align="right" />;
}
