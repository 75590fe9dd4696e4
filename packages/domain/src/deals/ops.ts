import type { Json } from '@rapport/doc/json';
import type { Patch, RecordWrite } from '@rapport/doc/patch';
import { needsRebalance, ranksBetween } from '@rapport/doc/rank';
import { err, ok, type Result } from '@rapport/doc/result';
import type { FieldSpec, FieldSpecs } from '@rapport/schema/fields';
import type * as Y from 'yjs';
import { checkFieldValues } from '../check-values.ts';
import { cardsRoot, dealOf, laneOf, stageOf } from './board.ts';
import type { Deal, Stage, StageKind } from './schema.ts';
import { dealFields } from './schema.ts';

/** The world as arguments: epoch ms and a uniform [0, 1). */
export interface OpEnv {
  readonly now: number;
  readonly random: () => number;
  /** Specs of the workspace's custom fields for deals, by key. */
  readonly custom?: FieldSpecs;
}

/** Why an operation was not done. `message` is for the person; `fields` says per field key what is missing or wrong. */
export interface OpError {
  readonly code:
    | 'no-such-deal'
    | 'no-such-stage'
    | 'fields-needed'
    | 'reason-needed'
    | 'invalid-value'
    | 'unknown-field';
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** Deals that it is about. */
  readonly ids?: readonly string[];
}

export type OpResult = Result<Patch, OpError>;

/** Where in a lane: in front of one deal, right behind another, or (both null) at the lane's end. */
export interface Anchor {
  readonly before?: string | null;
  readonly after?: string | null;
}

const specOf = (key: string, custom: FieldSpecs | undefined): FieldSpec | undefined =>
  Object.hasOwn(dealFields, key)
    ? dealFields[key as keyof typeof dealFields]
    : custom !== undefined && Object.hasOwn(custom, key)
      ? custom[key]
      : undefined;

/** Checks values by field key against the specs; a field with a problem is refused, by name. */
export const checkValues = (
  values: Readonly<Record<string, unknown>>,
  env: OpEnv,
): Result<Record<string, Json>, OpError> => checkFieldValues(values, (key) => specOf(key, env.custom), 'a deal');

/** Ranks for `count` deals at an anchor of a lane, and the writes that make room when neighbours are tied or too long. */
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

export interface NewDeal extends Anchor {
  readonly id: string;
  readonly stageId: string;
  /** Field values by key; `title` is needed. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Adds a deal to a stage. Fails 'no-such-stage' | 'invalid-value' | 'unknown-field' | 'fields-needed' | 'reason-needed'. */
export function addDeal(doc: Y.Doc, deal: NewDeal, env: OpEnv): OpResult {
  return addDeals(doc, [deal], env);
}

/** Adds several deals as one step, in order; those for one stage stand together at the first one's anchor. */
export function addDeals(doc: Y.Doc, deals: readonly NewDeal[], env: OpEnv): OpResult {
  const writes: RecordWrite[] = [];
  const byStage = Map.groupBy(deals, (deal) => deal.stageId);
  for (const [stageId, group] of byStage) {
    const stage = stageOf(doc, stageId);
    if (!stage) return err({ code: 'no-such-stage', message: 'Not added. That stage does not exist any more.' });
    const { ranks, room } = planRanks(doc, stage, new Set(), group[0] ?? {}, group.length, env);
    writes.push(...room);
    for (const [index, deal] of group.entries()) {
      const values = checkValues({ title: null, createdAt: env.now, ...deal.values }, env);
      if (!values.ok) return values;
      if (stage.kind !== 'open') values.value.closedAt ??= env.now;
      const missing = missingFields(stage, values.value);
      if (missing) return err({ ...missing, ids: [deal.id] });
      writes.push({
        root: cardsRoot,
        id: deal.id,
        create: true,
        set: { ...values.value, place: [stageId, ranks[index] ?? ''] },
      });
    }
  }
  return ok(writes);
}

function missingFields(stage: Stage, record: Readonly<Record<string, unknown>>): OpError | null {
  if (stage.kind === 'lost' && record.lostReason == null)
    return {
      code: 'reason-needed',
      message: 'Not moved. A lost deal needs its reason.',
      fields: { lostReason: 'Say why it was lost' },
    };
  const missing = stage.required.filter((key) => record[key] == null);
  if (missing.length === 0) return null;
  return {
    code: 'fields-needed',
    message: `Not moved. ${stage.name} needs ${missing.join(', ')}.`,
    fields: Object.fromEntries(missing.map((key) => [key, `${stage.name} needs it`])),
  };
}

export interface Move extends Anchor {
  /** In the order in which they are to stand. */
  readonly ids: readonly string[];
  readonly stageId: string;
  /** Values given with the move: what the stage requires, a lost reason, a closing date. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/**
 * Moves deals to a place, as a drag does. Entering a won or lost stage sets the closing date; entering an open one
 * clears it and the lost reason (the log keeps them). Fails 'no-such-deal' | 'no-such-stage' | 'fields-needed' |
 * 'reason-needed' | 'invalid-value' | 'unknown-field'.
 */
export function moveDeals(doc: Y.Doc, move: Move, env: OpEnv): OpResult {
  const deals: Deal[] = [];
  for (const id of move.ids) {
    const deal = dealOf(doc, id, env.custom);
    if (!deal || deal.deletedAt !== null)
      return err({ code: 'no-such-deal', message: 'Not moved. The deal is not on this board any more.', ids: [id] });
    deals.push(deal);
  }
  return placeDeals(doc, deals, move, (deal) => stageOf(doc, deal.stageId)?.kind ?? 'open', env);
}

/** Places deals that are here or about to come from another document; `kindBefore` is the kind of the stage each is in. */
export function placeDeals(
  doc: Y.Doc,
  deals: readonly Deal[],
  move: Omit<Move, 'ids'>,
  kindBefore: (deal: Deal) => StageKind,
  env: OpEnv,
): OpResult {
  const stage = stageOf(doc, move.stageId);
  if (!stage) return err({ code: 'no-such-stage', message: 'Not moved. That stage does not exist any more.' });
  const values = checkValues(move.values ?? {}, env);
  if (!values.ok) return values;
  const ids = deals.map(({ id }) => id);
  const { ranks, room } = planRanks(doc, stage, new Set(ids), move, deals.length, env);
  const writes: RecordWrite[] = [...room];
  for (const [index, deal] of deals.entries()) {
    const missing =
      deal.stageId === stage.id ? null : missingFields(stage, { ...deal, ...deal.custom, ...values.value });
    if (missing) return err({ ...missing, ids });
    writes.push({
      root: cardsRoot,
      id: deal.id,
      set: {
        ...values.value,
        ...closing(kindBefore(deal), stage, values.value, env),
        place: [stage.id, ranks[index] ?? ''],
      },
    });
  }
  return ok(writes);
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

/** Sets fields of one or many deals as one step. Fails 'no-such-deal' | 'invalid-value' | 'unknown-field'. */
export function editDeals(
  doc: Y.Doc,
  ids: readonly string[],
  values: Readonly<Record<string, unknown>>,
  env: OpEnv,
): OpResult {
  const checked = checkValues(values, env);
  if (!checked.ok) return checked;
  const missing = ids.filter((id) => dealOf(doc, id) === null);
  if (missing.length > 0)
    return err({ code: 'no-such-deal', message: 'Not saved. The deal is not on this board any more.', ids: missing });
  return ok(ids.map((id): RecordWrite => ({ root: cardsRoot, id, set: checked.value })));
}

/** Deletes softly: what others do to the deal meanwhile is kept, and restoring brings all of it back. */
export function deleteDeals(doc: Y.Doc, ids: readonly string[], env: OpEnv): OpResult {
  const missing = ids.filter((id) => dealOf(doc, id) === null);
  if (missing.length > 0)
    return err({ code: 'no-such-deal', message: 'Not deleted. The deal is not on this board any more.', ids: missing });
  return ok(ids.map((id): RecordWrite => ({ root: cardsRoot, id, set: { deletedAt: env.now } })));
}

/** Brings deleted deals back. */
export function restoreDeals(doc: Y.Doc, ids: readonly string[]): OpResult {
  const missing = ids.filter((id) => dealOf(doc, id) === null);
  if (missing.length > 0)
    return err({
      code: 'no-such-deal',
      message: 'Not restored. The deal is not on this board any more.',
      ids: missing,
    });
  return ok(ids.map((id): RecordWrite => ({ root: cardsRoot, id, set: { deletedAt: null } })));
}
