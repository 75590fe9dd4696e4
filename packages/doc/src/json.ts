export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Structural equality of JSON values; absent and null are the same, as they are in a record. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]));
}

/** JSON of whatever a client may have put into a document: big integers as text, bytes by their length. */
export const jsonText = (value: unknown): string | null =>
  value == null
    ? null
    : typeof value === 'string'
      ? JSON.stringify(value)
      : (JSON.stringify(value, (_key, each: unknown) =>
          typeof each === 'bigint' ? String(each) : ArrayBuffer.isView(each) ? `${each.byteLength} bytes` : each,
        ) ?? null);
