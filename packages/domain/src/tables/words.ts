import type { FieldSpec, FieldValue } from '@rapport/schema/fields';
import { dateText } from '../fields/field-text.ts';
import type { Aggregate } from './table-reply.ts';
import type { Condition, ConditionOp } from './table-query.ts';

const opWords: Readonly<Record<ConditionOp, string>> = {
  has: 'contains',
  hasNot: 'does not contain',
  is: 'is',
  not: 'is not',
  starts: 'begins with',
  any: 'is any of',
  all: 'has all of',
  none: 'is none of',
  eq: '=',
  gte: '≥',
  lte: '≤',
  between: 'is between',
  in: 'is in',
  before: 'is before',
  after: 'is after',
  yes: 'is yes',
  no: 'is no',
  overdue: 'is overdue',
  empty: 'is empty',
  set: 'is not empty',
};

export const opText = (op: ConditionOp): string => opWords[op];

export const periodWords: Readonly<Record<string, string>> = {
  today: 'Today',
  yesterday: 'Yesterday',
  tomorrow: 'Tomorrow',
  thisWeek: 'This week',
  lastWeek: 'Last week',
  nextWeek: 'Next week',
  thisMonth: 'This month',
  lastMonth: 'Last month',
  nextMonth: 'Next month',
  thisQuarter: 'This quarter',
  lastQuarter: 'Last quarter',
  thisYear: 'This year',
  lastYear: 'Last year',
  'last:7': 'Last 7 days',
  'last:30': 'Last 30 days',
  'last:90': 'Last 90 days',
  'next:7': 'Next 7 days',
  'next:30': 'Next 30 days',
};

/** The values of a condition as a chip shows them. */
export function conditionText(spec: FieldSpec, { op, values }: Condition, nameOf: (id: string) => string): string {
  if (op === 'in') {
    const [code = ''] = values;
    const counted = /^(last|next):(\d+)$/.exec(code);
    return periodWords[code] ?? (counted ? `${counted[1] === 'last' ? 'Last' : 'Next'} ${counted[2]} days` : code);
  }
  const one = (value: string): string => {
    if (spec.type === 'person') return value === 'me' ? 'Me' : nameOf(value);
    if (spec.type === 'select' || spec.type === 'multiSelect')
      return spec.options.find(({ id }) => id === value)?.label ?? value;
    if (spec.type === 'date' || spec.type === 'instant')
      return /^\d{4}-\d\d-\d\d$/.test(value) ? dateText(value) : value;
    return value;
  };
  if (op === 'between') return values.map(one).join(' – ');
  return values.length > 2 ? `${values.length} values` : values.map(one).join(', ');
}

/** What a group's rows have in common, in words. */
export function groupText(
  spec: FieldSpec,
  value: FieldValue | null,
  nameOf: (id: string) => string | undefined,
): string {
  if (value === null || value === '') return `No ${spec.label.toLowerCase()}`;
  if (spec.type === 'checkbox') return value === 1 ? 'Yes' : 'No';
  if (spec.type === 'person' || spec.type === 'reference') return nameOf(String(value)) ?? String(value);
  if (spec.type === 'select') return spec.options.find(({ id }) => id === value)?.label ?? String(value);
  if ((spec.type === 'date' || spec.type === 'instant') && /^\d{4}-\d\d$/.test(String(value)))
    return new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${String(value)}-01T00:00:00Z`),
    );
  return String(value);
}

const compact = (sum: number, currency: string): string =>
  new Intl.NumberFormat(undefined, {
    maximumFractionDigits: 0,
    ...(currency === '' ? {} : { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
  }).format(sum);

/** Sums by currency, the largest count first: `€1,200 +2 others`; '' when there is nothing. */
export function sumsText(
  sums: Aggregate['sums'],
  digitsOf: (currency: string) => number,
  how: 'sum' | 'mean' = 'sum',
): string {
  const inOrder = Object.entries(sums).sort(([, a], [, b]) => b.count - a.count);
  return inOrder
    .slice(0, 2)
    .map(([currency, { sum, count }]) => {
      const whole = currency === '' ? sum : sum / 10 ** digitsOf(currency);
      return compact(how === 'sum' ? whole : whole / Math.max(1, count), currency);
    })
    .concat(inOrder.length > 2 ? [`+${inOrder.length - 2}`] : [])
    .join(' · ');
}
