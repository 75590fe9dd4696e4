import { applyPatch } from '@rapport/doc/patch';
import * as Y from 'yjs';
import { laneOf, stagesOf } from '../boards/board.ts';
import type { OpEnv, OpResult } from '../boards/ops.ts';
import { initBoard } from '../boards/stage-ops.ts';
import type { NewStage } from '../boards/schema.ts';

/** For tests: a board drawn as text. `drawBoard('A B|C|')` has two cards in the first stage, one in the second. */
export const env: OpEnv & { id: () => string } = (() => {
  let n = 0;
  return { now: 1_000_000, random: () => ((n += 7919) % 9973) / 9973, id: () => `s${n++}` };
})();

export const stageNames = ['Open', 'Next', 'Won', 'Lost'] as const;
const stages: readonly NewStage[] = [
  { name: 'Open', probability: 10, rotDays: 10 },
  { name: 'Next', probability: 50 },
  { name: 'Won', kind: 'won' },
  { name: 'Lost', kind: 'lost' },
];

export function drawBoard(picture: string): Y.Doc {
  const doc = new Y.Doc();
  let id = 0;
  applyPatch(
    doc,
    initBoard({ name: 'Test', kind: 'deals', currency: 'EUR', stages }, { ...env, id: () => stageNames[id++] ?? '' }),
  );
  const lanes = picture.split('|');
  applyPatch(
    doc,
    lanes.flatMap((lane, index) =>
      lane
        .split(' ')
        .filter((card) => card !== '')
        .map((card, at) => ({
          root: 'cards',
          id: card,
          create: true as const,
          set: { title: card, place: [stageNames[index] ?? '', `M${at}V`] },
        })),
    ),
  );
  return doc;
}

/** The board as text again: lanes in the order of the stages. */
export const picture = (doc: Y.Doc): string =>
  stagesOf(doc)
    .map((stage) =>
      laneOf(doc, stage.id)
        .map(({ id }) => id)
        .join(' '),
    )
    .join('|');

/** Applies what an operation planned; throws its refusal, so that a test that expected success fails with the reason. */
export function done(doc: Y.Doc, planned: OpResult): Y.Doc {
  if (!planned.ok) throw new Error(JSON.stringify(planned.error));
  applyPatch(doc, planned.value);
  return doc;
}
