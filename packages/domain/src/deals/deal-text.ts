import { daysSince } from './query.ts';

/** A span since then, as short as a card needs it: now, 31m, 5h, 6d. */
export function ageText(since: number, now: number): string {
  const minutes = Math.floor((now - since) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes}m`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)}h`;
  return `${daysSince(since, now)}d`;
}
