import type { HistoryOutcome } from '@rapport/doc/undo';
import type { ChangeLabel } from '@rapport/domain/client';

const fieldWords: Readonly<Record<string, string>> = {
  place: 'place',
  value: 'value',
  title: 'title',
  owner: 'owner',
  expectedClose: 'expected close',
  nextActivity: 'next activity',
};

/** What to say after an undo or redo. `nameOf` names who made a change by their Yjs client, if known. */
export function wordsFor(
  way: 'undo' | 'redo',
  outcome: HistoryOutcome<ChangeLabel> | null,
  nameOf: (client: number) => string | undefined,
): { text: string; isProblem: boolean } {
  const not = way === 'undo' ? 'Not undone' : 'Not redone';
  if (outcome === null) return { text: way === 'undo' ? 'Nothing to undo' : 'Nothing to redo', isProblem: false };
  if (outcome.unavailable.length > 0)
    return { text: `${not}. What it changed cannot be opened now. Try again when you are connected`, isProblem: true };
  const [first] = outcome.kept;
  if (first === undefined)
    return { text: `${way === 'undo' ? 'Undone' : 'Done again'}: ${outcome.label.text}`, isProblem: false };
  const who = (first.client === null ? undefined : nameOf(first.client)) ?? 'A colleague';
  const since = `${who} changed the ${fieldWords[first.field] ?? first.field} since`;
  if (outcome.done === 0) return { text: `${not}: ${since}`, isProblem: true };
  const more = outcome.kept.length > 1 ? ` and ${outcome.kept.length - 1} more kept` : '';
  return { text: `${way === 'undo' ? 'Undone' : 'Done again'} in part: ${since}${more}`, isProblem: false };
}
