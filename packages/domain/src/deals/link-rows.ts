import { sameJson } from '@rapport/doc/json';
import type { RawRecord } from '@rapport/doc/records';
import type { RowWrite } from '@rapport/sync/server/ports';
import { dealLinks, type DealLink } from './deal-links.ts';

/** Rows of the companies and contacts that a deal is linked to, where they differ from before; all of a deal that arrived. */
export function linkRows(id: string, rawBefore: RawRecord | null, rawAfter: RawRecord): RowWrite[] {
  const is = dealLinks(rawAfter);
  const writes: RowWrite[] = [];
  if (rawBefore === null && 'movedFrom' in rawAfter)
    writes.push({ table: 'record_links', key: { from_id: id }, row: null });
  const was = rawBefore === null ? new Map<string, DealLink>() : dealLinks(rawBefore);
  for (const other of [...new Set([...was.keys(), ...is.keys()])].sort()) {
    const link = is.get(other);
    if (sameJson(was.get(other), link)) continue;
    writes.push({
      table: 'record_links',
      key: { from_id: id, to_id: other },
      row: link ? { from_noun: 'deal', to_noun: link.noun, role: link.role, is_primary: Number(link.primary) } : null,
    });
  }
  return writes;
}
