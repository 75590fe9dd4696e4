import { isUlid } from '@rapport/doc/ids';
import type { Json } from '@rapport/doc/json';
import type { RecordWrite } from '@rapport/doc/patch';
import type { RawRecord } from '@rapport/doc/records';
import { cardsRoot } from '../boards/board.ts';

/** What a deal is to a company or a contact. */
export interface DealLink {
  readonly noun: 'company' | 'contact';
  readonly role: string;
  /** The one that the card shows. */
  readonly primary: boolean;
}

const prefix = 'link:';
/** Companies and contacts that a deal has beside the two that its card shows. */
export const linksAtMost = 50;

/** Whether a key of a card is a link beside the company and the contact that it shows: `link:<id>` → {noun, role}. */
export const isLinkKey = (key: string): boolean => key.startsWith(prefix) && isUlid(key.slice(prefix.length));

/**
 * The companies and contacts that a card names by their ids, in the order of the ids: those in `company` and `contact`,
 * which are the primary ones, and further ones. Total; names that are only text are no links.
 */
export function dealLinks(raw: RawRecord): ReadonlyMap<string, DealLink> {
  const links = new Map<string, DealLink>();
  for (const key of Object.keys(raw).filter(isLinkKey).sort().slice(0, linksAtMost)) {
    const value = raw[key];
    if (typeof value !== 'object' || value === null) continue;
    const { noun, role } = value as Record<string, unknown>;
    if (noun !== 'company' && noun !== 'contact') continue;
    const words = typeof role === 'string' ? role.slice(0, 100).toWellFormed() : '';
    links.set(key.slice(prefix.length), { noun, role: words, primary: false });
  }
  for (const noun of ['company', 'contact'] as const) {
    const id = raw[noun];
    if (isUlid(id)) links.set(id, { noun, role: links.get(id)?.role ?? '', primary: true });
  }
  return new Map([...links].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Links a deal to a further company or contact, or says another role; null takes the link away. */
export const linkDeal = (dealId: string, other: string, link: { noun: string; role: string } | null): RecordWrite => ({
  root: cardsRoot,
  id: dealId,
  set: { [`${prefix}${other}`]: link as Json },
});
