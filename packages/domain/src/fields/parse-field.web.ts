import type { FieldSpec, FieldValue, Money, Planned } from '@rapport/schema/fields';
import { isSafeUrl } from '@rapport/schema/read-value';
import type { Parsed } from '@rapport/ui/inline-edit';
import { formatDay, parseDay } from '@rapport/ui/logic/dates';
import { parseNumber } from '@rapport/ui/logic/number-input';
import { dayOfInstant, instantOfDay, moneyInput, readMoney } from './field-text.ts';

/** Reads typed text for a field, or says what to type. Empty text empties the field. */
export function parseField(
  spec: FieldSpec,
  text: string,
  context: { currency: string; today: string },
): Parsed<FieldValue | null> {
  const typed = text.trim();
  const wrong = (error: string) => ({ ok: false as const, error });
  const fine = (value: FieldValue | null) => ({ ok: true as const, value });
  if (typed === '') return spec.required === true ? wrong(`Type a ${spec.label.toLowerCase()}.`) : fine(null);
  switch (spec.type) {
    case 'money': {
      const value = readMoney(typed, context.currency);
      return value ? fine(value) : wrong('Type an amount, like 40,000 or 40k.');
    }
    case 'number': {
      const value = parseNumber(typed);
      return value == null ? wrong('Type a number, like 1,250.') : fine(value);
    }
    case 'date': {
      const day = parseDay(typed, context.today);
      return day === undefined ? wrong('Type a day, like 24 Nov, fri or +2w.') : fine(day);
    }
    case 'instant': {
      const day = parseDay(typed, context.today);
      return day == null ? wrong('Type a day, like 24 Nov, fri or +2w.') : fine(instantOfDay(day));
    }
    case 'url': {
      const value = /^[\w-]+(\.[\w-]+)+/.test(typed) ? `https://${typed}` : typed;
      return isSafeUrl(value) ? fine(value) : wrong('Type an address that begins with https://');
    }
    case 'planned': {
      // “Send the quote, 24 Nov”: what follows the last comma is the day, if it is one.
      const comma = typed.lastIndexOf(',');
      const due = comma < 0 ? null : (parseDay(typed.slice(comma + 1), context.today) ?? null);
      return fine({ what: due === null ? typed : typed.slice(0, comma).trim(), due });
    }
    case 'email':
      return /^[^\s@]+@[^\s@]+$/.test(typed) ? fine(typed) : wrong('Type an address like ana@example.com');
    default:
      return fine(typed);
  }
}

/** The text that editing a field starts with. */
export function editText(spec: FieldSpec, value: FieldValue | null): string {
  if (value === null) return '';
  if (spec.type === 'money') return moneyInput(value as Money);
  if (spec.type === 'date') return formatDay(value as string);
  if (spec.type === 'instant') return formatDay(dayOfInstant(value as number));
  if (spec.type === 'planned') {
    const { what, due } = value as Planned;
    return due === null ? what : `${what}, ${formatDay(due)}`;
  }
  return String(value);
}
