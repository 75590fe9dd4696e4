import { isCurrencyCode } from './currency.ts';
import type { FieldSpec, FieldValue, Money, Planned, ValueOf } from './fields.ts';

/** Longest text that a field keeps, in UTF-16 code units; longer ones are cut. */
export const textLimit = 500;
const longTextLimit = 20_000;
const listLimit = 100;
const amountLimit = Number.MAX_SAFE_INTEGER;

/** A field as found in a document: its value, and what was wrong with what was found there. */
export interface ReadValue<V> {
  readonly value: V | null;
  readonly problem?: string;
}

const nothing = { value: null } as const;
const wrong = (problem: string) => ({ value: null, problem });

function readText(raw: unknown, limit: number): ReadValue<string> {
  if (typeof raw !== 'string') return wrong('is not text');
  // A lone surrogate cannot be written to UTF-8 and back.
  const value = raw.isWellFormed() ? raw : raw.toWellFormed();
  if (value === '') return nothing;
  if (value.length > limit)
    return { value: value.slice(0, limit).toWellFormed(), problem: `is longer than ${limit} characters` };
  return value === raw ? { value } : { value, problem: 'is not well-formed Unicode' };
}

/** A real day of the Gregorian calendar between the years 1 and 9999, as `YYYY-MM-DD`. */
export function isCalendarDate(raw: unknown): raw is string {
  if (typeof raw !== 'string') return false;
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(raw);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day <= days;
}

/** Instants that a JS Date can hold. */
const isInstant = (raw: unknown): raw is number =>
  typeof raw === 'number' && Number.isSafeInteger(raw) && Math.abs(raw) <= 8.64e15;

const isRecord = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);

function readMoney(raw: unknown): ReadValue<Money> {
  if (!isRecord(raw)) return wrong('is not an amount {minor, currency}');
  const { minor, currency } = raw;
  if (typeof minor !== 'number' || !Number.isSafeInteger(minor))
    return wrong('has an amount that is not an integer of minor units');
  if (Math.abs(minor) > amountLimit) return wrong('has an amount out of range');
  if (!isCurrencyCode(currency)) return wrong('has a currency that is not an ISO 4217 code');
  return { value: { minor: minor === 0 ? 0 : minor, currency } };
}

function readPlanned(raw: unknown): ReadValue<Planned> {
  if (!isRecord(raw)) return wrong('is not a plan {what, due}');
  const what = readText(raw.what, textLimit);
  const due = raw.due === null || raw.due === undefined || isCalendarDate(raw.due);
  if (what.value === null && !isCalendarDate(raw.due)) return wrong('says neither what nor when');
  const value: Planned = { what: what.value ?? '', due: isCalendarDate(raw.due) ? raw.due : null };
  if (!due) return { value, problem: 'is due on something that is not a date' };
  return what.problem === undefined ? { value } : { value, problem: what.problem };
}

function readList(spec: FieldSpec & { type: 'multiSelect' }, raw: unknown): ReadValue<readonly string[]> {
  if (!Array.isArray(raw)) return wrong('is not a list');
  const allowed = spec.open ? null : new Set(spec.options.map((option) => option.id));
  const kept: string[] = [];
  let problem: string | undefined;
  for (const item of raw.slice(0, listLimit)) {
    const read = readText(item, textLimit);
    if (read.problem !== undefined) problem ??= `has an entry that ${read.problem}`;
    if (read.value === null || kept.includes(read.value)) continue;
    if (allowed && !allowed.has(read.value)) problem ??= 'has an entry that is not one of its options';
    else kept.push(read.value);
  }
  if (raw.length > listLimit) problem = `has more than ${listLimit} entries`;
  const value = kept.length > 0 ? kept : null;
  return problem === undefined ? { value } : { value, problem };
}

function readOther(spec: FieldSpec, raw: unknown): ReadValue<FieldValue> {
  switch (spec.type) {
    case 'text':
      return readText(raw, spec.max ?? textLimit);
    case 'longText':
      return readText(raw, spec.max ?? longTextLimit);
    case 'number': {
      if (typeof raw !== 'number' || !Number.isFinite(raw)) return wrong('is not a number');
      if (spec.integer === true && !Number.isInteger(raw))
        return { value: Math.round(raw), problem: 'is not a whole number' };
      if (spec.min !== undefined && raw < spec.min) return { value: spec.min, problem: `is less than ${spec.min}` };
      if (spec.max !== undefined && raw > spec.max) return { value: spec.max, problem: `is more than ${spec.max}` };
      return { value: raw === 0 ? 0 : raw };
    }
    case 'money':
      return readMoney(raw);
    case 'date':
      return isCalendarDate(raw) ? { value: raw } : wrong('is not a date YYYY-MM-DD');
    case 'instant':
      return isInstant(raw) ? { value: raw } : wrong('is not an instant in epoch milliseconds');
    case 'select': {
      const read = readText(raw, textLimit);
      if (read.value === null || spec.open || spec.options.some((option) => option.id === read.value)) return read;
      return wrong('is not one of its options');
    }
    case 'multiSelect':
      return readList(spec, raw);
    case 'checkbox':
      return typeof raw === 'boolean' ? { value: raw } : wrong('is neither true nor false');
    case 'person':
    case 'reference':
    case 'phone':
      return readText(raw, textLimit);
    case 'url': {
      const read = readText(raw, 2000);
      return read.value === null || isSafeUrl(read.value)
        ? read
        : wrong('is not a web address (http, https, mailto or tel)');
    }
    case 'email': {
      const read = readText(raw, 320);
      return read.value === null || /^[^\s@]+@[^\s@]+$/.test(read.value)
        ? read
        : { value: read.value, problem: 'is not an e-mail address' };
    }
  }
  return readPlanned(raw);
}

/** Schemes that a link may have; `javascript:` and `data:` never are. */
export const isSafeUrl = (value: string): boolean => /^(https?:\/\/|mailto:|tel:)\S+$/i.test(value);

/**
 * Reads one field of a record that anybody may have written. Total: it never throws, whatever `raw` is. A caller that
 * must refuse (REST, forms, import) refuses when there is a `problem`; one that must show something shows `value`.
 */
export function readValue<F extends FieldSpec>(spec: F, raw: unknown): ReadValue<ValueOf<F>> {
  if (raw === undefined || raw === null) return nothing;
  return readOther(spec, raw) as ReadValue<ValueOf<F>>;
}
