import { isUlid } from '@rapport/doc/ids';
import type { RawRecord } from '@rapport/doc/records';
import type { Card } from '../boards/card-type.ts';
import { readConsent, type Consent } from '../records/read-record.ts';
import { assignedKey, type Assigned } from './assigned.ts';
import type { Converted, LeadValues } from './schema.ts';

/** A lead as read from its document: total, every field present. */
export interface Lead extends Card, LeadValues {
  /** By purpose. */
  readonly consent: ReadonlyMap<string, Consent>;
  /** What it became; null until it is converted. */
  readonly converted: Converted | null;
  /** Which rule gave it to whom; null until the server has asked them. */
  readonly assigned: Assigned | null;
}

const consentPrefix = 'consent:';
const purposesAtMost = 30;

/** Whether a key of a card is no field but what stands beside them: a consent, what the lead became, the rule that assigned it. */
export const isBesideKey = (key: string): boolean =>
  key === 'converted' ||
  key === assignedKey ||
  (key.startsWith(consentPrefix) && key.length <= consentPrefix.length + 60);

/** Reads what a lead became; null for what no conversion wrote. Total. */
export function readConverted(raw: unknown): Converted | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null;
  const { company, contact, deal } = raw as Record<string, unknown>;
  const idOf = (value: unknown) => (isUlid(value) ? value : null);
  const converted = { company: idOf(company), contact: idOf(contact), deal: idOf(deal) };
  return Object.values(converted).some((id) => id !== null) ? converted : null;
}

/** The consents on a card by purpose, in the order of the purposes. Total. */
export function consentOf(raw: RawRecord): ReadonlyMap<string, Consent> {
  const found = new Map<string, Consent>();
  for (const key of Object.keys(raw).sort()) {
    if (!key.startsWith(consentPrefix) || !isBesideKey(key) || found.size >= purposesAtMost) continue;
    const consent = readConsent(raw[key]);
    if (consent !== null) found.set(key.slice(consentPrefix.length), consent);
  }
  return found;
}
