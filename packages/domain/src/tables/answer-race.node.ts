import type { Json } from '@rapport/doc/json';
import type { Patch } from '@rapport/doc/patch';
import { raceById, racesRoot } from '@rapport/doc/race';
import { err, ok, type Result } from '@rapport/doc/result';
import type * as Y from 'yjs';
import type { EditEnv, EditProblem, TableEdits } from './table-edits.ts';

/** What somebody says of two values of one field: `open` takes an earlier answer back. */
export interface RaceAnswer {
  /** Id of the race, as rows tell it. */
  readonly race: string;
  readonly how: 'swap' | 'keep' | 'open';
}

const marked = ({ race, how }: RaceAnswer, now: number): Patch => [
  { root: racesRoot, id: race, set: { answeredAt: how === 'open' ? null : now } },
];

/** What marks a race as answered or open again, beside values that are written with it. */
export const markOf = (answer: RaceAnswer | undefined, env: EditEnv): Patch =>
  answer === undefined ? [] : marked(answer, env.now);

/** Plans an answer to a race of this row, with the keys that it may change. A swap is checked like any edit. */
export function planAnswer(
  edits: TableEdits,
  doc: Y.Doc,
  id: string,
  answer: RaceAnswer,
  env: EditEnv,
): Result<{ readonly patch: Patch; readonly keys: readonly string[] }, EditProblem> {
  const race = raceById(doc, answer.race);
  const key = race === null ? null : edits.keyOf(doc, id, race);
  if (race === null || key === null) return err({ message: 'Not done. Somebody has answered this already.' });
  if (answer.how !== 'swap') return ok({ patch: marked(answer, env.now), keys: [] });
  const plan = edits.plan(doc, id, swapped(edits, race.field, key, race.other), env);
  return plan.ok ? ok({ patch: [...plan.value, ...marked(answer, env.now)], keys: [key] }) : plan;
}

const swapped = (edits: TableEdits, field: string, key: string, other: Json): Readonly<Record<string, unknown>> =>
  edits.otherAs?.(field, other) ?? { [key]: other };
