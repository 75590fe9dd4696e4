/**
 * Which day an instant belongs to. The rule of all reports: an instant exactly at midnight UTC stands for a calendar
 * day (that is how a date without a time arrives with an import) and is that day in every time zone; any other instant
 * is a moment and belongs to the day it has in the reader's time zone.
 */
export const dayMs = 86_400_000;

const isMidnightUtc = (instant: number): boolean => instant % dayMs === 0;

/** Midnight UTC of `YYYY-MM-DD`, epoch ms. */
export const dayToMs = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** `YYYY-MM-DD` of a midnight UTC. */
export const msToDay = (midnight: number): string => new Date(midnight).toISOString().slice(0, 10);

export const addDays = (day: string, days: number): string => msToDay(dayToMs(day) + days * dayMs);

// Asking takes a third of a millisecond, and every request for a report asks.
const knownZones = new Set<string>();
/** Names count in any case, so there is no end to them: more than these and the memory starts over. */
const mostZones = 500;

export function isTimeZone(name: string): boolean {
  if (knownZones.has(name)) return true;
  try {
    if (new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone === '') return false;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
  if (knownZones.size >= mostZones) knownZones.clear();
  knownZones.add(name);
  return true;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The moment as its wall clock in the zone shows it, written as if that were UTC. */
function wallClock(instant: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    if (formats.size >= mostZones) formats.clear();
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  // en-GB: "31/12/2017, 23:59:59"
  const [day = '1', month = '1', year = '1970', hour = '0', minute = '0', second = '0'] = format
    .format(instant)
    .split(/\D+/);
  const whole = Date.parse(`${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return whole + (((instant % 1000) + 1000) % 1000);
}

/** The day of an instant, `YYYY-MM-DD`, by the rule above. */
export function dayOf(instant: number, timeZone: string): string {
  if (timeZone === 'UTC' || isMidnightUtc(instant)) return new Date(instant).toISOString().slice(0, 10);
  return new Date(wallClock(instant, timeZone)).toISOString().slice(0, 10);
}

/** The first moment of the day `midnight` (given as midnight UTC) in a zone, epoch ms. */
export function startOfDay(midnight: number, timeZone: string): number {
  if (timeZone === 'UTC') return midnight;
  let start = midnight - (wallClock(midnight, timeZone) - midnight);
  // The offset may differ between midnight UTC and the local one: ask again at the guess.
  start = midnight - (wallClock(start, timeZone) - start);
  return start;
}

/** Calendar days between two instants by the rule above; negative when `to` is earlier. */
export const daysBetween = (from: number, to: number, timeZone: string): number =>
  Math.round((dayToMs(dayOf(to, timeZone)) - dayToMs(dayOf(from, timeZone))) / dayMs);

export type Unit = 'month' | 'quarter';

/** '2017-03' or '2017-Q1' of a day. */
export function periodOf(day: string, unit: Unit): string {
  const month = Number(day.slice(5, 7));
  return unit === 'month' ? day.slice(0, 7) : `${day.slice(0, 4)}-Q${Math.ceil(month / 3)}`;
}

/** First and last day of a period. */
export function periodBounds(period: string): { from: string; to: string } {
  const year = Number(period.slice(0, 4));
  const isQuarter = period[5] === 'Q';
  const first = isQuarter ? (Number(period[6]) - 1) * 3 : Number(period.slice(5, 7)) - 1;
  return {
    from: msToDay(Date.UTC(year, first, 1)),
    to: msToDay(Date.UTC(year, first + (isQuarter ? 3 : 1), 0)),
  };
}

export const nextPeriod = (period: string): string =>
  periodOf(addDays(periodBounds(period).to, 1), period[5] === 'Q' ? 'quarter' : 'month');
