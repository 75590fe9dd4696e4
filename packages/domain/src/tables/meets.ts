import { minorDigits } from '@rapport/schema/currency';
import type { FieldSpec, FieldSpecs, FieldValue, Money, Planned } from '@rapport/schema/fields';
import { addDays, dayOf } from '../reports/days.ts';
import { opsOf } from './ops-of.ts';
import { daysOf, type Days } from './period.ts';
import { isGroup, type Condition, type ConditionGroup } from './table-query.ts';

/** When a condition is asked: what periods are relative to. */
export interface Asked {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** What one record has, by field; null where it is empty. */
export type ValueOf = (field: string) => FieldValue | null;

const plain = (text: string): string => text.toLowerCase();

function dayOfValue(spec: FieldSpec, value: FieldValue, { timeZone }: Asked): string | null {
  if (spec.type === 'instant') return typeof value === 'number' ? dayOf(value, timeZone) : null;
  if (spec.type === 'planned') return (value as Planned).due;
  return typeof value === 'string' ? value : null;
}

const within = (day: string | null, { from, to }: Partial<Days>): boolean =>
  day !== null && (from === undefined || day >= from) && (to === undefined || day <= to);

function meetsDate(spec: FieldSpec, value: FieldValue, { op, values }: Condition, asked: Asked): boolean {
  const day = dayOfValue(spec, value, asked);
  const [first = '', last = ''] = values;
  switch (op) {
    case 'overdue':
      return within(day, { to: addDays(asked.today, -1) });
    case 'in': {
      const days = daysOf(first, asked.today);
      return days !== null && within(day, days);
    }
    case 'before':
      return first !== '' && day !== null && day < first;
    case 'after':
      return first !== '' && day !== null && day > first;
    case 'between':
      return within(day, { from: first, to: last });
    default:
      return within(day, { from: first, to: first });
  }
}

function meetsNumber(spec: FieldSpec, value: FieldValue, { op, values }: Condition): boolean {
  const money = value as Money;
  const amount = spec.type === 'money' ? money.minor / 10 ** minorDigits(money.currency) : Number(value);
  const [low, high] = values.map(Number);
  if (low === undefined || Number.isNaN(low)) return false;
  if (op === 'gte') return amount >= low;
  if (op === 'lte') return amount <= low;
  if (op === 'eq') return amount === low;
  return high !== undefined && amount >= low && amount <= high;
}

function meetsChoice(value: FieldValue | null, { op, values }: Condition): boolean {
  const held = Array.isArray(value) ? (value as readonly string[]) : value === null ? [] : [String(value)];
  if (op === 'all') return values.length > 0 && values.every((each) => held.includes(each));
  const isAny = held.some((each) => values.includes(each));
  return op === 'none' ? !isAny : isAny;
}

function meetsText(value: FieldValue | null, { op, values }: Condition): boolean {
  const held = plain(value === null ? '' : String(value));
  const wanted = plain(values[0] ?? '');
  if (wanted === '') return false;
  switch (op) {
    case 'has':
      return held.includes(wanted);
    case 'hasNot':
      return !held.includes(wanted);
    case 'starts':
      return held.startsWith(wanted);
    case 'not':
      return held !== wanted;
    default:
      return held === wanted;
  }
}

function meetsOne(condition: Condition, specs: FieldSpecs, valueOf: ValueOf, asked: Asked): boolean {
  const { field, op } = condition;
  const spec = Object.hasOwn(specs, field) ? specs[field] : undefined;
  // A field that was removed, or another type's question, is met by nothing: else a rule would take what it was not meant for.
  if (spec === undefined || !opsOf(spec).includes(op)) return false;
  const value = valueOf(field);
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  switch (op) {
    case 'empty':
      return isEmpty;
    case 'set':
      return !isEmpty;
    case 'yes':
      return value === true;
    case 'no':
      return value !== true;
    default:
  }
  switch (spec.type) {
    case 'number':
    case 'money':
      return value !== null && meetsNumber(spec, value, condition);
    case 'date':
    case 'instant':
    case 'planned':
      return value !== null && meetsDate(spec, value, condition, asked);
    case 'person':
    case 'select':
    case 'multiSelect':
      return meetsChoice(value, condition);
    default:
      return meetsText(value, condition);
  }
}

/** Whether one record meets a filter, by the rules that a table's filter has in SQL. A group of nothing is met. */
export function meetsGroup(group: ConditionGroup, specs: FieldSpecs, valueOf: ValueOf, asked: Asked): boolean {
  if (group.of.length === 0) return true;
  const meets = (node: Condition | ConditionGroup): boolean =>
    isGroup(node) ? meetsGroup(node, specs, valueOf, asked) : meetsOne(node, specs, valueOf, asked);
  return group.match === 'all' ? group.of.every(meets) : group.of.some(meets);
}
