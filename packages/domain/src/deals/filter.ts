import type { FieldSpec, FieldSpecs, FieldValue, Money } from '@rapport/schema/fields';
import { minorDigits } from '@rapport/schema/currency';
import { dayOfInstant } from '../fields/field-text.ts';
import type { DealSignals } from './query.ts';
import { activityState, rotting } from './query.ts';
import { type BoardCard, type BoardCardType, valueOfField } from './board-card.ts';
import type { DerivedFields } from './derived-fields.ts';
import type { Stage } from '../boards/schema.ts';
import type { ChipId } from '../boards/schema.ts';
import type { Filter, FilterOp, Sort, ViewState } from './view-state.ts';

/** What filters know besides the deal itself. */
export interface FilterContext {
  /** Member id of the person who looks. */
  readonly me: string;
  /** Epoch ms. */
  readonly now: number;
  /** The person's own day, `YYYY-MM-DD`. */
  readonly today: string;
  readonly currency: string;
  readonly custom: FieldSpecs;
  /** What the cards are. */
  readonly type: BoardCardType;
  /** What follows from cards without being stored. */
  readonly derived?: DerivedFields;
  stage(id: string): Stage | undefined;
  signals(id: string): DealSignals | undefined;
  /** A member's name, for sorting. */
  nameOf(memberId: string): string;
}

/** Spec of a field of cards by key, custom ones included. */
export const specOfField = (type: BoardCardType, key: string, custom: FieldSpecs): FieldSpec | undefined =>
  Object.hasOwn(type.fields, key) ? type.fields[key] : Object.hasOwn(custom, key) ? custom[key] : undefined;

/** The same with what is derived, which no field can hide. */
const specIn = ({ type, custom, derived = {} }: FilterContext, key: string): FieldSpec | undefined =>
  (Object.hasOwn(derived, key) ? derived[key]?.spec : undefined) ?? specOfField(type, key, custom);
const valueIn = ({ type, derived = {} }: FilterContext, card: BoardCard, key: string): FieldValue | null =>
  (Object.hasOwn(derived, key) ? derived[key]?.of(card) : undefined) ?? valueOfField(type, card, key);

/** What can be asked of a field, the most likely first. */
export function opsFor(spec: FieldSpec): readonly FilterOp[] {
  switch (spec.type) {
    case 'money':
    case 'number':
    case 'date':
    case 'instant':
      return ['gte', 'lte', 'empty', 'set'];
    case 'person':
    case 'select':
    case 'multiSelect':
    case 'reference':
      return ['is', 'not', 'empty', 'set'];
    case 'checkbox':
      return ['set', 'empty'];
    default:
      return ['has', 'empty', 'set'];
  }
}

const opWords: Record<FilterOp, string> = {
  is: 'is',
  not: 'is not',
  has: 'contains',
  gte: '≥',
  lte: '≤',
  empty: 'is empty',
  set: 'is set',
};

/** An operator as it reads in a filter: “any of” with several values, “from” and “until” for days. */
export function opText(op: FilterOp, spec: FieldSpec | undefined, count: number): string {
  const isTime = spec?.type === 'date' || spec?.type === 'instant';
  if (isTime && op === 'gte') return 'from';
  if (isTime && op === 'lte') return 'until';
  if (count > 1) return op === 'is' ? 'any of' : op === 'not' ? 'none of' : opWords[op];
  return opWords[op];
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

function compare(value: FieldValue | null, bound: string, currency: string): number | null {
  if (value === null) return null;
  if (typeof value === 'number') {
    const isDay = /^\d{4}-/.test(bound);
    const day = isDay ? dayOfInstant(value) : '';
    if (isDay) return day < bound ? -1 : day > bound ? 1 : 0;
    return value - Number(bound);
  }
  if (typeof value === 'string') return value < bound ? -1 : value > bound ? 1 : 0;
  if (typeof value === 'object' && 'minor' in value) {
    const money = value as Money;
    // Another currency is never compared with a bound in the board's.
    return money.currency === currency ? money.minor - Number(bound) * 10 ** minorDigits(currency) : null;
  }
  return null;
}

const textsOf = (value: FieldValue | null): readonly string[] =>
  Array.isArray(value) ? (value as readonly string[]) : value === null ? [] : [String(value)];

const isEmpty = (value: FieldValue | null): boolean =>
  value === null || value === false || (Array.isArray(value) && value.length === 0);

/** Whether a deal meets one condition. A field that no longer exists is met by every deal. */
export function meets(deal: BoardCard, filter: Filter, context: FilterContext): boolean {
  // The stage is part of a deal's place, not a field; links narrow to it.
  if (filter.field === 'stage')
    return filter.values.length === 0 || filter.values.includes(deal.stageId) !== (filter.op === 'not');
  if (!specIn(context, filter.field)) return true;
  const value = valueIn(context, deal, filter.field);
  const [first] = filter.values;
  switch (filter.op) {
    case 'empty':
      return isEmpty(value);
    case 'set':
      return !isEmpty(value);
    case 'is':
      return filter.values.length === 0 || textsOf(value).some((each) => filter.values.includes(each));
    case 'not':
      return !textsOf(value).some((each) => filter.values.includes(each));
    case 'has':
      return first === undefined || textsOf(value).some((each) => plain(each).includes(plain(first)));
    case 'gte':
    case 'lte': {
      if (first === undefined) return true;
      const side = compare(value, first, context.currency);
      return side !== null && (filter.op === 'gte' ? side >= 0 : side <= 0);
    }
  }
}

/** Since when a deal stands in its stage, as far as this browser knows. Epoch ms. */
export const stageSinceOf = (deal: BoardCard, signals: DealSignals | undefined, now: number): number =>
  signals?.stageSince ?? deal.createdAt ?? now;

const touchedAtOf = (deal: BoardCard, signals: DealSignals | undefined, now: number): number =>
  signals?.touchedAt ?? deal.createdAt ?? now;

/** Rotting of a deal in its stage; unknown touches count from its creation. */
export function rotOf(deal: BoardCard, context: Pick<FilterContext, 'stage' | 'signals' | 'now'>) {
  const stage = context.stage(deal.stageId);
  const touchedAt = touchedAtOf(deal, context.signals(deal.id), context.now);
  return stage ? rotting(stage, { touchedAt }, context.now) : 'fresh';
}

/** The chips over the board: what most people ask most days. */
export function meetsChip(deal: BoardCard, chip: ChipId, context: FilterContext): boolean {
  switch (chip) {
    case 'mine':
      return deal.owner === context.me;
    case 'unassigned':
      return deal.owner === null;
    case 'new-today':
      return deal.createdAt !== null && dayOfInstant(deal.createdAt) === context.today;
    case 'no-activity':
      return (context.stage(deal.stageId)?.kind ?? 'open') === 'open' && activityState(deal, context.today) === 'none';
    case 'rotting':
      return rotOf(deal, context) !== 'fresh';
    case 'closing':
      return deal.expectedClose != null && deal.expectedClose.slice(0, 7) === context.today.slice(0, 7);
  }
}

const searchText = (type: BoardCardType, deal: BoardCard): string => {
  const found = type.searched.map((key) => valueOfField(type, deal, key)).filter((each) => typeof each === 'string');
  return plain([deal.title ?? '', ...found, ...(deal.labels ?? [])].join(' '));
};

/** Makes the test of one view: chips, conditions and every word of the search must hold. */
export function makeMatcher(
  view: Pick<ViewState, 'q' | 'chips' | 'filters'>,
  context: FilterContext,
): (deal: BoardCard) => boolean {
  const words = plain(view.q)
    .split(/\s+/)
    .filter((word) => word !== '');
  return (deal) =>
    view.chips.every((chip) => meetsChip(deal, chip, context)) &&
    view.filters.every((filter) => meets(deal, filter, context)) &&
    words.every((word) => searchText(context.type, deal).includes(word));
}

type SortKey = number | string | null;

function sortKey(deal: BoardCard, field: string, context: FilterContext): SortKey {
  if (field === 'age') return -stageSinceOf(deal, context.signals(deal.id), context.now);
  if (field === 'stage') return context.stage(deal.stageId)?.rank ?? null;
  const spec = specIn(context, field);
  const value = valueIn(context, deal, field);
  if (value === null || spec === undefined) return null;
  if (spec.type === 'person') return plain(context.nameOf(String(value)));
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return spec.type === 'date' ? value : plain(value);
  if (Array.isArray(value)) return plain(value.join(' '));
  if ('minor' in value) return value.minor / 10 ** minorDigits(value.currency);
  if ('what' in value) return value.due ?? '9999';
  return null;
}

/** Orders deals by a field, empty ones last whichever way round; ties by title, then id, so that the order is total. */
export function makeSorter(sort: Sort, context: FilterContext): (a: BoardCard, b: BoardCard) => number {
  const way = sort.descending ? -1 : 1;
  return (a, b) => {
    const [x, y] = [sortKey(a, sort.field, context), sortKey(b, sort.field, context)];
    if (x === null || y === null) {
      if (x !== y) return x === null ? 1 : -1;
    } else if (x !== y) return (x < y ? -1 : 1) * way;
    return (a.title ?? '') < (b.title ?? '') ? -1 : a.title === b.title ? (a.id < b.id ? -1 : 1) : 1;
  };
}
