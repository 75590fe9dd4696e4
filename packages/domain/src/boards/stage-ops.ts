import type { Json } from '@rapport/doc/json';
import type { Patch, RecordWrite } from '@rapport/doc/patch';
import { rankBetween, ranksBetween } from '@rapport/doc/rank';
import { rootRecord } from '@rapport/doc/records';
import { err, ok } from '@rapport/doc/result';
import { isCurrencyCode } from '@rapport/schema/currency';
import type * as Y from 'yjs';
import { laneOf, metaRoot, stageOf, stagesOf, stagesRoot } from './board.ts';
import type { CardOps, OpEnv, OpResult } from './ops.ts';
import { readStage } from './read.ts';
import type { BoardKind, NewStage } from './schema.ts';
import { boardSchemaVersion } from './schema.ts';

const stageSet = (stage: NewStage, rank: string): Record<string, Json> => {
  const { name, colour, kind, probability, rotDays, required } = readStage('', { ...stage, rank });
  return { name, colour, kind, probability, rotDays, required: [...required], rank };
};

/** What makes a new, empty document a board. `id` makes the stages' ids. */
export function initBoard(
  board: { name: string; kind: BoardKind; currency: string; stages: readonly NewStage[] },
  env: OpEnv & { id: () => string },
): Patch {
  const { name, kind, currency, stages } = board;
  const ranks = ranksBetween(null, null, stages.length, env.random);
  return [
    { root: metaRoot, id: rootRecord, set: { schema: boardSchemaVersion, name, kind, currency } },
    ...stages.map((stage, index): RecordWrite => ({
      root: stagesRoot,
      id: env.id(),
      create: true,
      set: stageSet(stage, ranks[index] ?? 'V'),
    })),
  ];
}

/** Adds a stage in front of another one; without `before`, behind the last open stage. */
export function addStage(doc: Y.Doc, stage: NewStage & { id: string; before?: string }, env: OpEnv): OpResult {
  const stages = stagesOf(doc);
  const named = stages.findIndex(({ id }) => id === stage.before);
  const firstClosed = stages.findIndex(({ kind }) => kind !== 'open');
  const slot =
    named >= 0
      ? named
      : stage.kind !== undefined && stage.kind !== 'open'
        ? stages.length
        : firstClosed >= 0
          ? firstClosed
          : stages.length;
  const rank = rankBetween(stages[slot - 1]?.rank ?? null, stages[slot]?.rank ?? null, env.random);
  return ok([{ root: stagesRoot, id: stage.id, create: true, set: stageSet(stage, rank) }]);
}

const stageFields = ['name', 'colour', 'kind', 'probability', 'rotDays', 'required'] as const;

/** Changes a stage's properties. Fails 'no-such-stage' | 'unknown-field' | 'invalid-value'. */
export function editStage(doc: Y.Doc, id: string, change: Partial<NewStage>): OpResult {
  const stage = stageOf(doc, id);
  if (!stage) return err({ code: 'no-such-stage', message: 'Not saved. That stage does not exist any more.' });
  const unknown = Object.keys(change).filter((key) => !(stageFields as readonly string[]).includes(key));
  if (unknown.length > 0)
    return err({
      code: 'unknown-field',
      message: `Not saved. A stage has no ${unknown.join(', ')}.`,
      fields: Object.fromEntries(unknown.map((key) => [key, 'is not a field of a stage'])),
    });
  if (change.name !== undefined && change.name.trim() === '')
    return err({
      code: 'invalid-value',
      message: 'Not saved. A stage needs a name.',
      fields: { name: 'Name is needed' },
    });
  const read = readStage(id, { ...stage, ...change });
  const set = Object.fromEntries(stageFields.filter((key) => key in change).map((key) => [key, read[key] as Json]));
  return ok([{ root: stagesRoot, id, set }]);
}

/** Puts a stage in front of another one, or last when `before` is null. Fails 'no-such-stage'. */
export function moveStage(doc: Y.Doc, id: string, before: string | null, env: OpEnv): OpResult {
  const others = stagesOf(doc).filter((stage) => stage.id !== id);
  if (!stageOf(doc, id))
    return err({ code: 'no-such-stage', message: 'Not moved. That stage does not exist any more.' });
  const found = others.findIndex((stage) => stage.id === before);
  const slot = found >= 0 ? found : others.length;
  const [previous, next] = [others[slot - 1]?.rank ?? null, others[slot]?.rank ?? null];
  if (previous === null || next === null || previous < next)
    return ok([{ root: stagesRoot, id, set: { rank: rankBetween(previous, next, env.random) } }]);
  const order = [...others.slice(0, slot).map((stage) => stage.id), id, ...others.slice(slot).map((stage) => stage.id)];
  const ranks = ranksBetween(null, null, order.length, env.random);
  return ok(
    order.map((each, index): RecordWrite => ({ root: stagesRoot, id: each, set: { rank: ranks[index] ?? 'V' } })),
  );
}

/** Deletes a stage after moving its cards to another one, as one step. Fails 'no-such-stage' | 'reason-needed' | 'fields-needed'. */
export function deleteStage(
  doc: Y.Doc,
  id: string,
  to: { stageId: string; values?: Readonly<Record<string, unknown>> } | null,
  env: OpEnv,
  ops: Pick<CardOps<never>, 'move'>,
): OpResult {
  if (!stageOf(doc, id))
    return err({ code: 'no-such-stage', message: 'Not deleted. That stage does not exist any more.' });
  const ids = laneOf(doc, id).map((card) => card.id);
  const gone: RecordWrite = { root: stagesRoot, id, set: { deletedAt: env.now } };
  if (ids.length === 0) return ok([gone]);
  if (!to || to.stageId === id)
    return err({ code: 'no-such-stage', message: `Not deleted. Say where its ${ids.length} cards go.`, ids });
  const moved = ops.move(doc, { ids, stageId: to.stageId, ...(to.values ? { values: to.values } : {}) }, env);
  return moved.ok ? ok([...moved.value, gone]) : moved;
}

/** Changes a board's name or currency. Fails 'invalid-value'. */
export function editBoard(change: { name?: string; currency?: string }): OpResult {
  if (change.name !== undefined && (change.name.trim() === '' || change.name.length > 100))
    return err({
      code: 'invalid-value',
      message: 'Not saved. A pipeline needs a name of at most 100 characters.',
      fields: { name: 'Name is needed' },
    });
  if (change.currency !== undefined && !isCurrencyCode(change.currency))
    return err({
      code: 'invalid-value',
      message: 'Not saved. A currency is three capital letters.',
      fields: { currency: 'is not an ISO 4217 code' },
    });
  return ok([{ root: metaRoot, id: rootRecord, set: change }]);
}
