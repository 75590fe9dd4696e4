import { addDays, dayToMs, msToDay, periodBounds, periodOf } from '../reports/days.ts';

/** Periods that move with the day on which somebody looks, by the code that filters keep. */
export const periods = [
  'today',
  'yesterday',
  'tomorrow',
  'thisWeek',
  'lastWeek',
  'nextWeek',
  'thisMonth',
  'lastMonth',
  'nextMonth',
  'thisQuarter',
  'lastQuarter',
  'thisYear',
  'lastYear',
] as const;

export interface Days {
  /** First and last day, `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
}

const weekOf = (day: string): Days => {
  // Monday first, as ISO 8601 has it.
  const weekday = (new Date(dayToMs(day)).getUTCDay() + 6) % 7;
  const from = addDays(day, -weekday);
  return { from, to: addDays(from, 6) };
};
const yearOf = (year: number): Days => {
  const text = String(year).padStart(4, '0');
  return { from: `${text}-01-01`, to: `${text}-12-31` };
};

/** The days of a period as seen on `today`; `last:30` are the thirty days that end today, `next:7` the seven after it. Null: no such period. */
export function daysOf(code: string, today: string): Days | null {
  const counted = /^(last|next):(\d{1,4})$/.exec(code);
  if (counted) {
    const count = Math.max(1, Number(counted[2]));
    return counted[1] === 'last'
      ? { from: addDays(today, 1 - count), to: today }
      : { from: addDays(today, 1), to: addDays(today, count) };
  }
  const month = periodBounds(periodOf(today, 'month'));
  const quarter = periodBounds(periodOf(today, 'quarter'));
  const year = Number(today.slice(0, 4));
  switch (code) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'tomorrow':
      return { from: addDays(today, 1), to: addDays(today, 1) };
    case 'thisWeek':
      return weekOf(today);
    case 'lastWeek':
      return weekOf(addDays(today, -7));
    case 'nextWeek':
      return weekOf(addDays(today, 7));
    case 'thisMonth':
      return month;
    case 'lastMonth':
      return periodBounds(periodOf(addDays(month.from, -1), 'month'));
    case 'nextMonth':
      return periodBounds(periodOf(addDays(month.to, 1), 'month'));
    case 'thisQuarter':
      return quarter;
    case 'lastQuarter':
      return periodBounds(periodOf(addDays(quarter.from, -1), 'quarter'));
    case 'thisYear':
      return yearOf(year);
    case 'lastYear':
      return yearOf(year - 1);
    default:
      return null;
  }
}

export const isDay = (text: string): boolean =>
  /^[1-9]\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(dayToMs(text)) && msToDay(dayToMs(text)) === text;
