import { serverNote } from '@rapport/doc/records';

/** What the server notes on a lead beside its owner: which rule decided, for whom, and in which order. One value. */
export interface Assigned {
  /** Id of the rule; null when none had somebody for it. */
  readonly rule: string | null;
  readonly to: string | null;
  /** Epoch ms, rising within a board: round robin counts from it. */
  readonly at: number;
}

/** Key of a card under which it stands, with the fields that it set. */
export const assignedKey = serverNote;

const idOf = (raw: unknown): string | null => (typeof raw === 'string' && raw !== '' && raw.length <= 64 ? raw : null);

/** Reads it as anybody may have written it; null when there is none. Total. */
export function readAssigned(raw: unknown): Assigned | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null;
  const { rule, to, at } = raw as Record<string, unknown>;
  return typeof at === 'number' && Number.isSafeInteger(at) && at >= 0 ? { rule: idOf(rule), to: idOf(to), at } : null;
}
