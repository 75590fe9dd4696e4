import { createSignal } from 'solid-js';
import { formatMoney, parseMoney } from './logic/money.ts';
import { parseNumber } from './logic/number-input.ts';
import { type FieldFrame, TextField } from './text-field.tsx';

type NumberFrame = FieldFrame & {
  value: number | null;
  onCommit: (value: number | null) => void;
  locale?: string | undefined;
  placeholder?: string | undefined;
  disabled?: boolean | undefined;
  size?: 'md' | 'lg' | undefined;
};

/** A number; text that is none stays in the field with a sentence that says what to type. */
export function NumberField(
  props: NumberFrame & {
    min?: number | undefined;
    max?: number | undefined;
    suffix?: string | undefined;
    prefix?: string | undefined;
  },
) {
  const [problem, setProblem] = createSignal<string>();
  let field: { value: string } | undefined;
  const shown = () =>
    props.value === null
      ? ''
      : new Intl.NumberFormat(props.locale ?? 'en', { maximumFractionDigits: 10 }).format(props.value);
  const commit = (text: string) => {
    const value = parseNumber(text, props.locale);
    if (value === undefined) return void setProblem('Type a number, like 1,250.');
    if (value !== null && props.min !== undefined && value < props.min)
      return void setProblem(`Type ${props.min} or more.`);
    if (value !== null && props.max !== undefined && value > props.max)
      return void setProblem(`Type ${props.max} or less.`);
    setProblem(undefined);
    props.onCommit(value);
    // “40k” becomes “40,000” also where the value stays the same.
    if (field !== undefined) field.value = shown();
  };
  return (
    <TextField
      label={props.label}
      hideLabel={props.hideLabel}
      hint={props.hint}
      error={props.error ?? problem()}
      value={shown()}
      ref={(made) => (field = made)}
      onCommit={commit}
      onRevert={() => setProblem(undefined)}
      inputMode="decimal"
      align="right"
      placeholder={props.placeholder}
      prefix={props.prefix}
      suffix={props.suffix}
      disabled={props.disabled}
      size={props.size}
    />
  );
}

/** An amount of money in minor units (cents). Takes `40k`, `€40,000` and `40.000,50`. */
export function MoneyField(props: NumberFrame & { currency: string }) {
  const [problem, setProblem] = createSignal<string>();
  let field: { value: string } | undefined;
  const shown = () => (props.value === null ? '' : formatMoney(props.value, props.currency, props.locale));
  const commit = (text: string) => {
    const value = parseMoney(text, props.currency, props.locale);
    if (value === undefined) return void setProblem('Type an amount, like 40,000 or 40k.');
    setProblem(undefined);
    props.onCommit(value);
    // “40k” becomes “40,000” also where the value stays the same.
    if (field !== undefined) field.value = shown();
  };
  return (
    <TextField
      label={props.label}
      hideLabel={props.hideLabel}
      hint={props.hint}
      error={props.error ?? problem()}
      value={shown()}
      ref={(made) => (field = made)}
      onCommit={commit}
      onRevert={() => setProblem(undefined)}
      inputMode="decimal"
      align="right"
      placeholder={props.placeholder}
      disabled={props.disabled}
      size={props.size}
    />
  );
}
