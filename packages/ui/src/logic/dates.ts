/** A calendar day as `YYYY-MM-DD`, without a time or zone. */
export type Day = string;

const dayMs = 86_400_000;
const toUtc = (day: Day): Date => new Date(`${day}T00:00:00Z`);
const fromUtc = (date: Date): Day => date.toISOString().slice(0, 10);

/** A day that exists, or undefined: 31 February does not. Month is 1 to 12. */
export function dayOf(year: number, month: number, date: number): Day | undefined {
  const made = new Date(Date.UTC(year, month - 1, date));
  const isReal = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === date;
  return isReal ? fromUtc(made) : undefined;
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  return fromUtc(new Date(toUtc(day).getTime() + count * dayMs));
}

/** The same date `count` months later, or that month's last day where it has no such date. */
export function addMonths(day: Day, count: number): Day {
  const date = toUtc(day);
  const wanted = date.getUTCDate();
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(wanted, last));
  return fromUtc(first);
}

/** Six weeks of days that show the month of `day`. `weekStart`: 1 Monday to 7 Sunday. */
export function monthGrid(day: Day, weekStart = 1): Day[][] {
  const first = `${day.slice(0, 7)}-01`;
  const weekday = toUtc(first).getUTCDay() || 7;
  const start = addDays(first, -((weekday - weekStart + 7) % 7));
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (__, index) => addDays(start, week * 7 + index)),
  );
}

/** The first day of the week where this locale is spoken: 1 Monday to 7 Sunday. */
export function weekStartOf(locale: string): number {
  const info: unknown =
    Reflect.get(new Intl.Locale(locale), 'weekInfo') ?? Reflect.get(Intl.Locale.prototype, 'getWeekInfo');
  const week: unknown = typeof info === 'function' ? info.call(new Intl.Locale(locale)) : info;
  const first: unknown = typeof week === 'object' && week !== null ? Reflect.get(week, 'firstDay') : undefined;
  return typeof first === 'number' ? first : 1;
}

/** True where the month comes before the day of the month: en-US. */
function isMonthFirst(locale: string): boolean {
  const parts = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeZone: 'UTC' }).formatToParts(0);
  return parts.findIndex((part) => part.type === 'month') < parts.findIndex((part) => part.type === 'day');
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads a day as people type it: `2026-11-24`, `24.11.`, `24 Nov`, `11/24` (by locale), `today`, `tomorrow`, `fri`,
 * `+3`, `+2w`. A date without a year is the next one. Empty text is null; what is no day is undefined.
 */
export function parseDay(text: string, today: Day, locale = 'en'): Day | null | undefined {
  const typed = text.trim().toLowerCase();
  if (typed === '') return null;
  if (typed === 'today') return today;
  if (typed === 'tomorrow') return addDays(today, 1);
  if (typed === 'yesterday') return addDays(today, -1);
  const shift = /^([+-]\d{1,4}) ?([dwm]?)$/u.exec(typed);
  if (shift !== null) {
    const count = Number(shift[1]);
    return shift[2] === 'm' ? addMonths(today, count) : addDays(today, shift[2] === 'w' ? count * 7 : count);
  }
  const weekday = weekdays.findIndex((name) => typed.length >= 3 && typed.startsWith(name));
  if (weekday >= 0 && /^\p{L}+$/u.test(typed)) {
    const now = (toUtc(today).getUTCDay() + 6) % 7;
    return addDays(today, (weekday - now + 7) % 7 || 7);
  }
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(typed);
  if (iso !== null) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const withYear = (month: number, date: number, year: string | undefined): Day | undefined => {
    if (year !== undefined && year !== '') return dayOf(Number(year) + (year.length <= 2 ? 2000 : 0), month, date);
    const thisYear = Number(today.slice(0, 4));
    const soon = dayOf(thisYear, month, date);
    return soon !== undefined && soon >= today ? soon : (dayOf(thisYear + 1, month, date) ?? soon);
  };
  const named =
    /^(\d{1,2})\.? ?(\p{L}{3,})\.?,? ?(\d{2,4})?$/u.exec(typed) ??
    /^(\p{L}{3,})\.? ?(\d{1,2}),? ?(\d{4})?$/u.exec(typed);
  if (named !== null) {
    const [, one = '', other = '', year] = named;
    const [date, name] = /^\d/u.test(one) ? [one, other] : [other, one];
    const month = months.indexOf(name.slice(0, 3));
    return month < 0 ? undefined : withYear(month + 1, Number(date), year);
  }
  const numeric = /^(\d{1,2})([./-])(\d{1,2})(?:[./-](\d{2,4})?)?$/u.exec(typed);
  if (numeric === null) return undefined;
  const one = Number(numeric[1]);
  const other = Number(numeric[3]);
  // A dot is always day first; a slash goes by the locale.
  const monthFirst = numeric[2] !== '.' && isMonthFirst(locale);
  return monthFirst ? withYear(one, other, numeric[4]) : withYear(other, one, numeric[4]);
}

/** A day as it stands in a field: “24 Nov 2026” in the locale's order. */
export function formatDay(day: Day, locale = 'en'): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    toUtc(day),
  );
}

/** “November 2026”. */
export function monthTitle(day: Day, locale = 'en'): string {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(toUtc(day));
}

/** “Tuesday, 24 November 2026”, for a screen reader. */
export function spokenDay(day: Day, locale = 'en'): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(toUtc(day));
}

/** Two-letter names of the weekdays in the order a month grid has. */
export function weekdayNames(locale = 'en', weekStart = 1): string[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  // 2024-01-01 was a Monday.
  return Array.from({ length: 7 }, (_, index) =>
    format.format(toUtc(addDays('2024-01-01', weekStart - 1 + index))).slice(0, 2),
  );
}
