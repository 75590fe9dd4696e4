import { isCalendarDate } from '@rapport/schema/read-value';

/** Order of day, month and year; `serial` is Excel's day number, the others count since 1970 (UTC). */
export const dateFormats = ['ymd', 'dmy', 'mdy', 'serial', 'epochMs', 'epochSeconds'] as const;
export type DateFormat = (typeof dateFormats)[number];

/** A date as found in a file. Without a time, `ms` is midnight UTC; without a zone, a time is taken as UTC. */
export interface ReadDate {
  /** `YYYY-MM-DD` as written. */
  readonly day: string;
  /** Epoch ms. */
  readonly ms: number;
}

const monthNames: readonly string[][] = [
  ['january', 'januar', 'jänner', 'jan'],
  ['february', 'februar', 'feber', 'feb'],
  ['march', 'märz', 'maerz', 'mar', 'mär', 'mrz'],
  ['april', 'apr'],
  ['may', 'mai'],
  ['june', 'juni', 'jun'],
  ['july', 'juli', 'jul'],
  ['august', 'aug'],
  ['september', 'sept', 'sep'],
  ['october', 'oktober', 'oct', 'okt'],
  ['november', 'nov'],
  ['december', 'dezember', 'dec', 'dez'],
];
const monthByName = new Map(monthNames.flatMap((names, index) => names.map((name) => [name, index + 1] as const)));

const time =
  /^[T,\s]+(?:at |um )?(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?|uhr)?\s*(z|utc|gmt|[+-]\d{2}:?\d{0,2})?$/i;
const numeric = /^(\d{1,4})\s?([./\-\s])\s?(\d{1,2})\s?\2\s?(\d{1,4})/;
const dayMonthName = /^(\d{1,2})(?:\.|st|nd|rd|th)?[\s-]*([a-zä]+)\.?,?[\s-]*(\d{4}|\d{2}(?!\d))/i;
const monthNameDay = /^([a-zä]+)\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})/i;
const yearMonthName = /^(\d{4})[\s-]([a-zä]+)[\s-](\d{1,2})/i;
const weekday = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|mo|di|mi|do|fr|sa|so)(?:day|tag)?[.,]+\s*/i;

/** Two digits: 70–99 are of the last century, as in POSIX. */
const fullYear = (text: string): number =>
  text.length > 2 ? Number(text) : Number(text) + (Number(text) >= 70 ? 1900 : 2000);

interface Found {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly rest: string;
}

function findNumeric(text: string, format: 'ymd' | 'dmy' | 'mdy'): Found | null {
  const match = numeric.exec(text);
  if (!match) return null;
  const [whole, a = '', separator, b = '', c = ''] = match;
  const rest = text.slice(whole.length);
  const yearFirst = a.length > 2 || Number(a) > 31;
  if (a.length === 3 || c.length === 3) return null;
  if (format === 'ymd')
    return yearFirst && c.length <= 2 ? { year: fullYear(a), month: Number(b), day: Number(c), rest } : null;
  // Nobody writes the month first with dots.
  if (yearFirst || c.length === 1 || (format === 'mdy' && separator === '.')) return null;
  const [day, month] = format === 'dmy' ? [a, b] : [b, a];
  return { year: fullYear(c), month: Number(month), day: Number(day), rest };
}

function findNamed(text: string): Found | null {
  for (const [pattern, year, name, day] of [
    [dayMonthName, 3, 2, 1],
    [monthNameDay, 3, 1, 2],
    [yearMonthName, 1, 2, 3],
  ] as const) {
    const match = pattern.exec(text);
    const month = match && monthByName.get((match[name] ?? '').toLowerCase());
    if (match && month !== undefined && month !== null)
      return { year: fullYear(match[year] ?? ''), month, day: Number(match[day]), rest: text.slice(match[0].length) };
  }
  return null;
}

function timeOfDay(rest: string): number | null {
  if (rest.trim() === '') return 0;
  const match = time.exec(rest);
  if (!match) return null;
  const [, hours = '0', minutes = '0', seconds = '0', fraction = '0', half = '', zone = ''] = match;
  let hour = Number(hours);
  if (/^[ap]/i.test(half)) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (/^p/i.test(half) ? 12 : 0);
  }
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const offset = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  const offsetMinutes = offset ? (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3] ?? 0)) : 0;
  const ofMinute = Number(seconds) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000);
  return (hour * 60 + Number(minutes) - offsetMinutes) * 60_000 + ofMinute;
}

const ofInstant = (ms: number): ReadDate => ({ day: new Date(ms).toISOString().slice(0, 10), ms });
const dayMs = 86_400_000;

/** Reads one text as a date in a format; null when it is none. */
export function readDate(text: string, format: DateFormat): ReadDate | null {
  if (format === 'serial' || format === 'epochMs' || format === 'epochSeconds') {
    if (!/^\d+([.,]\d+)?$/.test(text)) return null;
    const number = Number(text.replace(',', '.'));
    // 25569 is 1970-01-01 in Excel's count; years 1954 to 2119, so that ordinary numbers are no dates.
    if (format === 'serial')
      return number >= 20_000 && number < 80_000 ? ofInstant(Math.round((number - 25_569) * dayMs)) : null;
    if (format === 'epochMs') return /^\d{12,13}$/.test(text) ? ofInstant(number) : null;
    return /^\d{9,10}$/.test(text) ? ofInstant(number * 1000) : null;
  }
  const plain = text.replace(weekday, '');
  const compact = format === 'ymd' ? /^((?:19|20)\d{2})(\d{2})(\d{2})(?=$|[T\s])/.exec(plain) : null;
  const found = compact
    ? { year: Number(compact[1]), month: Number(compact[2]), day: Number(compact[3]), rest: plain.slice(8) }
    : (findNumeric(plain, format) ?? findNamed(plain));
  if (!found) return null;
  const { year, month, day, rest } = found;
  const date = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (!isCalendarDate(date)) return null;
  const within = timeOfDay(rest);
  return within === null ? null : { day: date, ms: Date.parse(`${date}T00:00:00Z`) + within };
}
