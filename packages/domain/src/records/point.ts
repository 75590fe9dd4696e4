import { isRecord, textOf } from './read-text.ts';

/** Ways to reach somebody, of which a record may have several. */
export const pointKinds = ['email', 'phone', 'address', 'social'] as const;
export type PointKind = (typeof pointKinds)[number];

export const addressParts = ['street', 'street2', 'city', 'region', 'postalCode', 'country'] as const;
export type Address = { readonly [P in (typeof addressParts)[number]]?: string };

/** One way to reach somebody, changed as a whole: `value` of an address is its parts, of the others text. */
export interface Point {
  readonly kind: PointKind;
  /** `work`, `home`, `mobile`, a network's name … ; '' when nobody said. */
  readonly type: string;
  readonly value: string | Address;
}

export const pointLimit = 100;
export const isPointKind = (raw: unknown): raw is PointKind => pointKinds.some((kind) => kind === raw);

function readAddress(raw: unknown): Address | null {
  if (typeof raw === 'string') return raw.trim() === '' ? null : { street: textOf(raw, 500) ?? '' };
  if (!isRecord(raw)) return null;
  const parts = addressParts.flatMap((part) => {
    const text = textOf(raw[part], 300);
    return text === null ? [] : [[part, text] as const];
  });
  return parts.length === 0 ? null : Object.fromEntries(parts);
}

/** Reads what anybody may have written; null when it reaches nobody. Total. */
export function readPoint(raw: unknown): Point | null {
  if (!isRecord(raw) || !isPointKind(raw.kind)) return null;
  const value = raw.kind === 'address' ? readAddress(raw.value) : textOf(raw.value, raw.kind === 'social' ? 2000 : 320);
  return value === null ? null : { kind: raw.kind, type: textOf(raw.type, 60) ?? '', value };
}

/** What is wrong with a point that somebody enters, worded to follow its kind; null when it can be kept. */
export function pointProblem(point: Point): string | null {
  if (point.kind === 'email' && !/^[^\s@]+@[^\s@]+$/.test(String(point.value))) return 'is not an e-mail address';
  if (point.kind === 'phone' && !/\d/.test(String(point.value))) return 'has no digit';
  return null;
}

/** A point as one line of text. */
export const pointText = ({ value }: Point): string =>
  typeof value === 'string'
    ? value
    : addressParts
        .flatMap((part) => value[part] ?? [])
        .filter((text) => text !== '')
        .join(', ');

/** What two spellings of one point have in common: of an e-mail its small letters, of a phone its digits. */
export function normalPoint(point: Point): string {
  const text = pointText(point).normalize('NFKC').trim().toLowerCase();
  if (point.kind !== 'phone') return text.replaceAll(/\s+/g, ' ');
  const digits = text.replaceAll(/\D/g, '');
  return text.startsWith('+') ? `+${digits}` : digits;
}
