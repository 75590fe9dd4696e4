import { whenText } from '../fields/field-text.ts';
import type { DealSignals } from './query.ts';
import { daysSince } from './query.ts';
import type { Stage } from '../boards/schema.ts';

const touchWords: Readonly<Record<string, string>> = {
  created: 'added it',
  imported: 'imported it',
  moved: 'moved it',
  restored: 'restored it',
};

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

/** How long a deal is where it is, and for one that rots: since when, what restarted the clock last, and what is allowed. */
export function rotReason(
  stage: Stage,
  signals: DealSignals | undefined,
  since: number,
  now: number,
  nameOf: (memberId: string) => string,
  /** A field's name in running text. */
  fieldOf: (key: string) => string = (key) => key,
  locale?: string,
): string {
  const lines = [`In ${stage.name} for ${days(daysSince(since, now))}.`];
  const touchedAt = signals?.touchedAt ?? since;
  const idle = daysSince(touchedAt, now);
  if (stage.kind === 'open' && stage.rotDays !== null && idle >= stage.rotDays)
    lines.push(`Nobody touched it for ${days(idle)}; this stage allows ${days(stage.rotDays)}.`);
  if (signals) {
    const who = signals.touchedBy === null ? 'Somebody' : nameOf(signals.touchedBy);
    const what = touchWords[signals.touchedWhat] ?? `changed the ${fieldOf(signals.touchedWhat)}`;
    lines.push(`Last: ${who} ${what}, ${whenText(touchedAt, now, locale)}`);
  }
  return lines.join('\n');
}
