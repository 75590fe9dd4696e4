import type { DocumentKind, LogEntry } from '@rapport/sync/server/ports';
import { maskPurged } from './mask-purged.ts';
import { differing, replayed } from './plan-thinning.ts';

/**
 * The steps of one document that still hold what was purged, without it. None when the log would then give other rows
 * than it gives now: tried, as folding is.
 */
export async function purgeMasks(
  entries: readonly LogEntry[],
  kinds: readonly DocumentKind[],
): Promise<readonly LogEntry[]> {
  const masked = maskPurged(entries);
  if (masked.length === 0) return masked;
  const changed = new Map(masked.map((entry) => [entry.seq, entry]));
  const [now, then] = [
    await replayed(entries, kinds),
    await replayed(
      entries.map((entry) => changed.get(entry.seq) ?? entry),
      kinds,
    ),
  ];
  return differing(now.rows, then.rows).size === 0 ? masked : [];
}
