export const isRecord = (raw: unknown): raw is Readonly<Record<string, unknown>> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw) && !ArrayBuffer.isView(raw);

/** Text of at most `limit` UTF-16 code units, trimmed and well-formed; null when there is none. */
export function textOf(raw: unknown, limit: number): string | null {
  if (typeof raw !== 'string') return null;
  const text = raw.slice(0, limit).toWellFormed().trim();
  return text === '' ? null : text;
}

/** UTC epoch ms that a Date can hold, else null. */
export const instantOf = (raw: unknown): number | null =>
  typeof raw === 'number' && Number.isSafeInteger(raw) && Math.abs(raw) <= 8.64e15 ? raw : null;

/** Ids as documents may hold them: nothing that could be markup, a path or SQL by accident. */
export const idOf = (raw: unknown): string | null =>
  typeof raw === 'string' && /^[\w.~-]{1,100}$/.test(raw) ? raw : null;
