import { formatDay } from '@rapport/ui/logic/dates';
import { formatMoney } from '@rapport/ui/logic/money';
import type { Member } from '../people/member.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field's value as one line of text, as somebody compares it with another; '' when there is none. */
export function valueText(type: string, value: unknown, members: ReadonlyMap<string, Member>): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(String).join(', ');
  if (isObject(value)) {
    const { minor, currency, what, due } = value;
    if (typeof minor === 'number' && typeof currency === 'string') return formatMoney(minor, currency);
    return [what, due].filter((each) => typeof each === 'string').join(', ');
  }
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number')
    return type === 'instant' ? new Date(value).toLocaleDateString() : value.toLocaleString();
  const text = String(value);
  if (type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDay(text);
  return type === 'person' ? (members.get(text)?.name ?? 'Somebody who left') : text;
}
