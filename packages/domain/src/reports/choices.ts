import { addDays, periodBounds, periodOf } from './days.ts';

/** What closing dates the page's numbers are limited to. */
export const periodChoices = [
  { id: 'month', label: 'This month', words: 'this month' },
  { id: 'quarter', label: 'This quarter', words: 'this quarter' },
  { id: 'last-quarter', label: 'Last quarter', words: 'last quarter' },
  { id: 'year', label: 'This year', words: 'this year' },
  { id: 'last-year', label: 'Last year', words: 'last year' },
  { id: 'all', label: 'All time', words: 'of all time' },
] as const;

export type PeriodChoice = (typeof periodChoices)[number]['id'];

export const isPeriodChoice = (raw: string | null): raw is PeriodChoice => periodChoices.some(({ id }) => id === raw);

/** First and last day of a choice, seen from `today` (the reader's own day). */
export function boundsOf(choice: PeriodChoice, today: string): { from?: string; to?: string } {
  const year = Number(today.slice(0, 4));
  switch (choice) {
    case 'month':
      return periodBounds(periodOf(today, 'month'));
    case 'quarter':
      return periodBounds(periodOf(today, 'quarter'));
    case 'last-quarter':
      return periodBounds(periodOf(addDays(periodBounds(periodOf(today, 'quarter')).from, -1), 'quarter'));
    case 'year':
      return { from: `${year}-01-01`, to: `${year}-12-31` };
    case 'last-year':
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
    case 'all':
      return {};
  }
}

/** What can be chosen for “Value by”; custom select fields of the workspace come after these. */
export const dimensions: readonly { id: string; label: string }[] = [
  { id: 'company', label: 'Company' },
  { id: 'source', label: 'Source' },
  { id: 'labels', label: 'Label' },
  { id: 'lostReason', label: 'Lost reason' },
  { id: 'owner', label: 'Owner' },
];

/** '2017-03' → 'Mar 2017', or 'Mar' when the year is told elsewhere; '2017-Q1' → 'Q1 2017'. */
export function periodLabel(
  period: string | null,
  locale: string,
  options: { withYear: boolean } = { withYear: true },
): string {
  if (period === null) return 'No date';
  if (period[5] === 'Q') return options.withYear ? `${period.slice(5)} ${period.slice(0, 4)}` : period.slice(5);
  return new Intl.DateTimeFormat(locale, {
    month: 'short',
    timeZone: 'UTC',
    ...(options.withYear ? { year: 'numeric' as const } : {}),
  }).format(Date.parse(`${period}-01T00:00:00Z`));
}
