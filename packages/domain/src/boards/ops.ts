import { sameJson, type Json } from '@rapport/doc/json';
import type { Patch, RecordWrite } from '@rapport/doc/patch';
import { needsRebalance, ranksBetween } from '@rapport/doc/rank';
import { recordMap } from '@rapport/doc/records';
import { err, ok, type Result } from '@rapport/doc/result';
import type { FieldSpec, FieldSpecs } from '@rapport/schema/fields';
import type * as Y from 'yjs';
import { checkFieldValues } from '../check-values.ts';
import { cardOf, cardsRoot, laneOf, stageOf } from './board.ts';
import type { Card, CardType } from './card-type.ts';
import type { Stage, StageKind } from './schema.ts';

/** The world as arguments: epoch ms and a uniform [0, 1). */
export interface OpEnv {
  readonly now: number;
  readonly random: () => number;
  /** Specs of the workspace's custom fields for these cards, by key. */
  readonly custom?: FieldSpecs;
}

/** Why an operation was not done. `message` is for the person; `fields` says per field key what is missing or wrong. */
export interface OpError {
  readonly code:
    | 'no-such-card'
    | 'no-such-stage'
    | 'fields-needed'
    | 'reason-needed'
    | 'not-by-move'
    | 'invalid-value'
    | 'unknown-field';
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** Cards that it is about. */
  readonly ids?: readonly string[];
}

export type OpResult = Result<Patch, OpError>;

/** Where in a lane: in front of one card, right behind another, or (both null) at the lane's end. */
export interface Anchor {
  readonly before?: string | null;
  readonly after?: string | null;
}

export interface NewCard extends Anchor {
  readonly id: string;
  readonly stageId: string;
  /** Field values by key; `title` is needed. */
  readonly values: Readonly<Record<string, unknown>>;
}

export interface Move extends Anchor {
  /** In the order in which they are to stand. */
  readonly ids: readonly string[];
  readonly stageId: string;
  /** Values given with the move: what the stage requires, a lost reason, a closing date. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Ranks for `count` cards at an anchor of a lane, and the writes that make room when neighbours are tied or too long. */
function planRanks(
  doc: Y.Doc,
  stage: Stage,
  moving: ReadonlySet<string>,
  anchor: Anchor,
  count: number,
  env: OpEnv,
): { ranks: string[]; room: RecordWrite[] } {
  const lane = laneOf(doc, stage.id).filter(({ id }) => !moving.has(id));
  const at = (id: string | null | undefined) => (id == null ? -1 : lane.findIndex((card) => card.id === id));
  const beforeAt = at(anchor.before);
  const afterAt = at(anchor.after);
  // A neighbour that is gone by now counts as not named; the other one still holds.
  const slot = beforeAt >= 0 ? beforeAt : afterAt >= 0 ? afterAt + 1 : lane.length;
  const previous = lane[slot - 1] ?? null;
  const next = lane[slot] ?? null;
  if (!needsRebalance(previous, next))
    return { ranks: ranksBetween(previous?.rank ?? null, next?.rank ?? null, count, env.random), room: [] };
  const fresh = ranksBetween(null, null, lane.length + count, env.random);
  const others = [...fresh.slice(0, slot), ...fresh.slice(slot + count)];
  const room = lane.map(({ id }, index): RecordWrite => ({
    root: cardsRoot,
    id,
    set: { place: [stage.id, others[index] ?? ''] },
  }));
  return { ranks: fresh.slice(slot, slot + count), room };
}

type Values = Readonly<Record<string, unknown>>;

/** Operations on one kind of card. Each plans a patch, or says why not; nothing is written. */
export interface CardOps<C extends Card = Card> {
  /** Checks values by field key against the specs; a field with a problem is refused, by name. */
  checkValues(values: Values, env: OpEnv): Result<Record<string, Json>, OpError>;
  /** Adds a card to a stage. Fails 'no-such-stage' | 'invalid-value' | 'unknown-field' | 'fields-needed' | 'reason-needed'. */
  add(doc: Y.Doc, card: NewCard, env: OpEnv): OpResult;
  /** Adds several cards as one step, in order; those for one stage stand together at the first one's anchor. */
  addMany(doc: Y.Doc, cards: readonly NewCard[], env: OpEnv): OpResult;
  /**
   * Moves cards to a place, as a drag does. Entering a won or lost stage sets the closing date; entering an open one
   * clears it and the lost reason (the log keeps them). Fails 'no-such-card' | 'no-such-stage' | 'fields-needed' |
   * 'reason-needed' | 'not-by-move' | 'invalid-value' | 'unknown-field'.
   */
  move(doc: Y.Doc, move: Move, env: OpEnv): OpResult;
  /** Places cards that are here or about to come from another document; `kindBefore` is the kind of the stage each is in. */
  place(
    doc: Y.Doc,
    cards: readonly C[],
    move: Omit<Move, 'ids'>,
    kindBefore: (card: C) => StageKind,
    env: OpEnv,
  ): OpResult;
  /** Sets fields of one or many cards as one step. Fails 'no-such-card' | 'invalid-value' | 'unknown-field'. */
  edit(doc: Y.Doc, ids: readonly string[], values: Values, env: OpEnv): OpResult;
  /** Deletes softly: what others do to the card meanwhile is kept, and restoring brings all of it back. */
  remove(doc: Y.Doc, ids: readonly string[], env: OpEnv): OpResult;
  /** Brings deleted cards back. */
  restore(doc: Y.Doc, ids: readonly string[]): OpResult;
}

export function makeCardOps<C extends Card>(type: CardType<C>): CardOps<C> {
  const { words } = type;
  const specOf = (key: string, custom: FieldSpecs | undefined): FieldSpec | undefined =>
    Object.hasOwn(type.fields, key)
      ? type.fields[key]
      : custom !== undefined && Object.hasOwn(custom, key)
        ? custom[key]
        : undefined;
  const checkValues: CardOps<C>['checkValues'] = (values, env) =>
    checkFieldValues(values, (key) => specOf(key, env.custom), words.article);
  /** The refusal of what names cards that are gone, or null. */
  const gone = (doc: Y.Doc, ids: readonly string[], what: string): OpError | null => {
    const missing = ids.filter((id) => cardOf(type, doc, id) === null);
    const message = `${what}. The ${words.one} is not on this board any more.`;
    return missing.length === 0 ? null : { code: 'no-such-card', message, ids: missing };
  };

  /** Fields that no longer hold once these values are written. */
  const emptied = (doc: Y.Doc, id: string, values: Readonly<Record<string, Json>>): Record<string, null> =>
    Object.fromEntries(
      Object.entries(type.emptiedBy ?? {}).flatMap(([field, by]) => {
        const now = recordMap(doc, cardsRoot, id)?.get(by) ?? null;
        return Object.hasOwn(values, by) && !sameJson(now, values[by] ?? null) ? [[field, null] as const] : [];
      }),
    );

  function missingFields(stage: Stage, record: Values): OpError | null {
    if (stage.kind === 'lost' && record.lostReason == null)
      return {
        code: 'reason-needed',
        message: `Not moved. ${words.needsReason}`,
        fields: { lostReason: words.askReason },
      };
    if (stage.kind === 'won' && type.isConverted === true && record.converted == null)
      return {
        code: 'not-by-move',
        message: `Not moved. ${words.article.charAt(0).toUpperCase()}${words.article.slice(1)} gets to ${stage.name} by its conversion.`,
        fields: { stage: 'is reached by converting it' },
      };
    const missing = stage.required.filter((key) => record[key] == null);
    if (missing.length === 0) return null;
    return {
      code: 'fields-needed',
      message: `Not moved. ${stage.name} needs ${missing.join(', ')}.`,
      fields: Object.fromEntries(missing.map((key) => [key, `${stage.name} needs it`])),
    };
  }

  const addMany: CardOps<C>['addMany'] = (doc, cards, env) => {
    const writes: RecordWrite[] = [];
    for (const [stageId, group] of Map.groupBy(cards, (card) => card.stageId)) {
      const stage = stageOf(doc, stageId);
      if (!stage) return err({ code: 'no-such-stage', message: 'Not added. That stage does not exist any more.' });
      const { ranks, room } = planRanks(doc, stage, new Set(), group[0] ?? {}, group.length, env);
      writes.push(...room);
      for (const [index, card] of group.entries()) {
        const values = checkValues({ title: null, createdAt: env.now, ...card.values }, env);
        if (!values.ok) return values;
        if (stage.kind !== 'open') values.value.closedAt ??= env.now;
        const missing = missingFields(stage, values.value);
        if (missing) return err({ ...missing, ids: [card.id] });
        writes.push({
          root: cardsRoot,
          id: card.id,
          create: true,
          set: { ...values.value, place: [stageId, ranks[index] ?? ''] },
        });
      }
    }
    return ok(writes);
  };

  const place: CardOps<C>['place'] = (doc, cards, move, kindBefore, env) => {
    const stage = stageOf(doc, move.stageId);
    if (!stage) return err({ code: 'no-such-stage', message: 'Not moved. That stage does not exist any more.' });
    const values = checkValues(move.values ?? {}, env);
    if (!values.ok) return values;
    const ids = cards.map(({ id }) => id);
    const { ranks, room } = planRanks(doc, stage, new Set(ids), move, cards.length, env);
    const writes: RecordWrite[] = [...room];
    for (const [index, card] of cards.entries()) {
      const missing =
        card.stageId === stage.id ? null : missingFields(stage, { ...card, ...card.custom, ...values.value });
      if (missing) return err({ ...missing, ids });
      writes.push({
        root: cardsRoot,
        id: card.id,
        set: {
          ...values.value,
          // What it became stays what it is; as an open card it is none of them any more.
          ...(stage.kind === 'open' && type.isConverted === true ? { converted: null } : {}),
          ...closing(kindBefore(card), stage, values.value, env),
          place: [stage.id, ranks[index] ?? ''],
        },
      });
    }
    return ok(writes);
  };

  return {
    checkValues,
    add: (doc, card, env) => addMany(doc, [card], env),
    addMany,
    place,
    move(doc, move, env) {
      const cards: C[] = [];
      for (const id of move.ids) {
        const card = cardOf(type, doc, id, env.custom);
        if (!card || card.deletedAt !== null)
          return err({
            code: 'no-such-card',
            message: `Not moved. The ${words.one} is not on this board any more.`,
            ids: [id],
          });
        cards.push(card);
      }
      return place(doc, cards, move, (card) => stageOf(doc, card.stageId)?.kind ?? 'open', env);
    },
    edit(doc, ids, values, env) {
      const checked = checkValues(values, env);
      if (!checked.ok) return checked;
      const missing = gone(doc, ids, 'Not saved');
      if (missing) return err(missing);
      return ok(
        ids.map((id): RecordWrite => ({
          root: cardsRoot,
          id,
          set: { ...emptied(doc, id, checked.value), ...checked.value },
        })),
      );
    },
    remove(doc, ids, env) {
      const missing = gone(doc, ids, 'Not deleted');
      if (missing) return err(missing);
      return ok(ids.map((id): RecordWrite => ({ root: cardsRoot, id, set: { deletedAt: env.now } })));
    },
    restore(doc, ids) {
      const missing = gone(doc, ids, 'Not restored');
      if (missing) return err(missing);
      return ok(ids.map((id): RecordWrite => ({ root: cardsRoot, id, set: { deletedAt: null } })));
    },
  };
}

function closing(
  fromKind: StageKind,
  to: Stage,
  given: Readonly<Record<string, Json>>,
  env: OpEnv,
): Record<string, Json> {
  if (to.kind === fromKind) return {};
  if (to.kind === 'open') return { closedAt: null, lostReason: null };
  return { closedAt: given.closedAt ?? env.now, ...(to.kind === 'won' ? { lostReason: null } : {}) };
}
