import type { Json } from '@rapport/doc/json';
import type { Patch, RecordWrite } from '@rapport/doc/patch';
import { rawRecord, recordMap } from '@rapport/doc/records';
import { err, ok, type Result } from '@rapport/doc/result';
import type * as Y from 'yjs';
import { cardsRoot } from '../boards/board.ts';
import type { OpError } from '../boards/ops.ts';
import { dealLinks, linkDeal, linksAtMost } from './deal-links.ts';

/** What to say of a link: nothing of what is left out changes. */
export interface LinkChange {
  readonly noun: 'company' | 'contact';
  readonly role?: string | undefined;
  readonly primary?: boolean | undefined;
}

export type LinkResult = Result<Patch, OpError>;

const noDeal = err({ code: 'no-such-card', message: 'Not done. The deal is not on this board any more.' } as const);
const roleLimit = 100;

/**
 * Links a deal to a company or contact, says its role, or makes it the one that the card shows. The first of a noun is the
 * primary one; who was that before stays linked. Fails 'no-such-card' | 'invalid-value'.
 */
export function setDealLink(doc: Y.Doc, dealId: string, other: string, change: LinkChange): LinkResult {
  const map = recordMap(doc, cardsRoot, dealId);
  if (map === null) return noDeal;
  const raw = rawRecord(map);
  const links = dealLinks(raw);
  const known = links.get(other);
  if (known === undefined && links.size >= linksAtMost)
    return err({
      code: 'invalid-value',
      message: `Not done. A deal has at most ${linksAtMost} companies and contacts.`,
    });
  const { noun } = known ?? change;
  const role = (change.role ?? known?.role ?? '').trim().slice(0, roleLimit).toWellFormed();
  const first = [...links].find(([, link]) => link.noun === noun && link.primary)?.[0];
  // A name that is only text is no link: it gives way to a record.
  const isPrimary = change.primary === true || first === undefined || first === other;
  const writes: RecordWrite[] = [linkDeal(dealId, other, { noun, role })];
  if (isPrimary) writes.push({ root: cardsRoot, id: dealId, set: { [noun]: other } });
  if (isPrimary && first !== undefined && first !== other)
    writes.push(linkDeal(dealId, first, { noun, role: links.get(first)?.role ?? '' }));
  return ok(writes);
}

/** Takes a link away; of several the next one becomes the primary one. Fails 'no-such-card'. */
export function removeDealLink(doc: Y.Doc, dealId: string, other: string): LinkResult {
  const map = recordMap(doc, cardsRoot, dealId);
  if (map === null) return noDeal;
  const links = dealLinks(rawRecord(map));
  const known = links.get(other);
  if (known === undefined) return ok([]);
  const next = [...links].find(([id, { noun }]) => noun === known.noun && id !== other)?.[0] ?? null;
  const set: Record<string, Json> = known.primary ? { [known.noun]: next } : {};
  return ok([linkDeal(dealId, other, null), { root: cardsRoot, id: dealId, set }]);
}
