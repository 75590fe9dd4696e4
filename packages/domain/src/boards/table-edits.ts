import type { Json } from '@rapport/doc/json';
import { recordMap } from '@rapport/doc/records';
import { err, ok, type Result } from '@rapport/doc/result';
import type { Patch } from '@rapport/doc/patch';
import type * as Y from 'yjs';
import type { EditEnv, EditProblem, TableEdits } from '../tables/table-edits.ts';
import { cardOf, cardsRoot, stageOf, stagesOf } from './board.ts';
import type { Card, CardType } from './card-type.ts';
import type { CardOps } from './ops.ts';

/** What changes with a stage: the exact place, and what entering a closed stage sets. */
const withStage = ['place', 'closedAt', 'lostReason'] as const;

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
const refused = (message: string, stage: string): Result<Patch, EditProblem> => err({ message, fields: { stage } });

/** A stage by its id or by what it is called on this board. */
const stageNamed = (doc: Y.Doc, wanted: string) =>
  stageOf(doc, wanted) ?? stagesOf(doc).find(({ name }) => same(name, wanted)) ?? null;

/** Edits of cards in their table are the same operations as on the board; the stage is a move to the end of its lane. */
export function cardTableEdits<C extends Card>(type: CardType<C>, ops: CardOps<C>): TableEdits {
  const move = (doc: Y.Doc, card: C, wanted: unknown, values: Readonly<Record<string, unknown>>, env: EditEnv) => {
    const stage = typeof wanted === 'string' ? stageNamed(doc, wanted) : null;
    if (stage === null)
      return refused(
        `Not moved. This board has no stage ${typeof wanted === 'string' ? `“${wanted}”` : 'without a name'}.`,
        'is no stage of its board',
      );
    if (stage.id !== card.stageId) return ops.move(doc, { ids: [card.id], stageId: stage.id, values }, env);
    return Object.keys(values).length === 0 ? ok([]) : ops.edit(doc, [card.id], values, env);
  };
  /** As a move, whose rules hold, but to the place where it was. */
  const moveBack = (doc: Y.Doc, card: C, place: unknown, values: Readonly<Record<string, unknown>>, env: EditEnv) => {
    const [stageId, rank] = Array.isArray(place) ? (place as unknown[]) : [];
    if (typeof stageId !== 'string' || typeof rank !== 'string' || rank === '' || rank.length > 200)
      return refused('Not moved. That is no place on its board.', 'is no place');
    const planned = ops.move(doc, { ids: [card.id], stageId, values }, env);
    if (!planned.ok) return planned;
    return ok(
      planned.value.map((write) =>
        write.id === card.id ? { ...write, set: { ...write.set, place: [stageId, rank] } } : write,
      ),
    );
  };
  const gone = err({ message: `Not saved. The ${type.words.one} is not on its board any more.` });
  return {
    plural: type.kind,
    spell: (values) => values,
    together: { key: 'stage', with: withStage },
    now(doc, id, keys) {
      const map = recordMap(doc, cardsRoot, id);
      const card = cardOf(type, doc, id);
      if (map === null || card === null || card.deletedAt !== null) return null;
      return Object.fromEntries(
        keys.map((key): [string, Json] => [
          key,
          key === 'stage' ? (stageOf(doc, card.stageId)?.name ?? null) : ((map.get(key) ?? null) as Json),
        ]),
      );
    },
    plan(doc, id, { stage, place, ...values }, env) {
      if (stage === undefined && place === undefined) return ops.edit(doc, [id], values, env);
      const card = cardOf(type, doc, id);
      if (card === null || card.deletedAt !== null) return gone;
      return place === undefined ? move(doc, card, stage, values, env) : moveBack(doc, card, place, values, env);
    },
    whereIs: (_doc, id, key) =>
      withStage.includes(key as (typeof withStage)[number])
        ? null
        : { root: cardsRoot, record: id, field: key === 'stage' ? 'place' : key },
    keyOf: (_doc, id, { root, record, field }) =>
      root !== cardsRoot || record !== id ? null : field === 'place' ? 'stage' : field,
    otherAs: (field, place) => (field === 'place' ? { place } : null),
    bin: (doc, id, isGone, env) => (isGone ? ops.remove(doc, [id], env) : ops.restore(doc, [id])),
  };
}
