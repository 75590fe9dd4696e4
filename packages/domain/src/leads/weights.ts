import type { Json } from '@rapport/doc/json';
import type { Patch } from '@rapport/doc/patch';
import { eachRecord, rawRecord, type RawRecord } from '@rapport/doc/records';
import type * as Y from 'yjs';

/** Root map of a leads board's document: id → `{points, number, field, op, value, deletedAt}`. */
export const weightsRoot = 'weights';

/** What a score looks at by itself; a board says how much each is worth. */
const builtInKinds = [
  'email',
  'businessMail',
  'phone',
  'company',
  'matches',
  'value',
  'message',
  'recent',
  'waiting',
  'touched',
] as const;
export type BuiltInKind = (typeof builtInKinds)[number];

export const weightOps = ['is', 'has', 'gte', 'lte', 'set', 'empty'] as const;
export type WeightOp = (typeof weightOps)[number];

/** One thing that counts. A built-in one has its kind as its id. */
export interface Weight {
  readonly id: string;
  readonly kind: BuiltInKind | 'field';
  /** Added when it holds; less than 0 takes away, 0 is off. */
  readonly points: number;
  /** At least so much, or so many letters or days, where the kind asks. */
  readonly number: number;
  /** Of a weight by field: the field's key, the question, and the value in small letters. */
  readonly field: string;
  readonly op: WeightOp;
  readonly value: string;
}

export const mostPoints = 100;
const mostWeights = 60;

const builtIn = (kind: BuiltInKind, points: number, number = 0): Weight => ({
  id: kind,
  kind,
  points,
  number,
  field: '',
  op: 'set',
  value: '',
});

/** What counts until somebody says otherwise: a lead that has all of it, and waits nowhere, has 100. */
export const defaultWeights: readonly Weight[] = [
  builtIn('email', 10),
  builtIn('businessMail', 15),
  builtIn('phone', 10),
  builtIn('company', 10),
  builtIn('matches', 15),
  builtIn('value', 10, 1),
  builtIn('message', 10, 100),
  builtIn('recent', 10, 7),
  builtIn('waiting', -15, 14),
  builtIn('touched', 10, 7),
];

const whole = (raw: unknown, low: number, high: number, otherwise: number): number =>
  typeof raw === 'number' && Number.isFinite(raw) ? Math.round(Math.min(high, Math.max(low, raw))) : otherwise;
const text = (raw: unknown, longest: number): string =>
  typeof raw === 'string' ? raw.slice(0, longest).toWellFormed() : '';

/** Reads one weight as anybody may have written it; null when it is none. Total. */
export function readWeight(id: string, raw: RawRecord): Weight | null {
  const preset = defaultWeights.find((each) => each.id === id);
  // Undoing the first change of a built-in one deletes what was said of it.
  if (preset)
    return typeof raw.deletedAt === 'number'
      ? preset
      : {
          ...preset,
          points: whole(raw.points, -mostPoints, mostPoints, preset.points),
          number: whole(raw.number, 0, 1e12, preset.number),
        };
  const field = text(raw.field, 63);
  const op = weightOps.find((each) => each === raw.op);
  if (typeof raw.deletedAt === 'number' || op === undefined || !/^[a-z][a-zA-Z0-9_]*$/.test(field)) return null;
  return {
    id,
    kind: 'field',
    points: whole(raw.points, -mostPoints, mostPoints, 0),
    number: Number(text(raw.value, 30)) || 0,
    field,
    op,
    value: text(raw.value, 200),
  };
}

/** All that counts on a board: the built-in ones in their order, then its own by id. Total. */
export function weightsOf(doc: Y.Doc): Weight[] {
  const own = new Map<string, Weight>();
  eachRecord(doc, weightsRoot, (id, map) => {
    const weight = readWeight(id, rawRecord(map));
    if (weight) own.set(id, weight);
  });
  const fields = [...own.values()].filter(({ kind }) => kind === 'field').sort((a, b) => (a.id < b.id ? -1 : 1));
  return [...defaultWeights.map((preset) => own.get(preset.id) ?? preset), ...fields].slice(0, mostWeights);
}

const isBuiltIn = (id: string): boolean => defaultWeights.some((preset) => preset.id === id);

/** Changes a weight; a built-in one that nobody changed so far, or a new one by field, comes into being by it. */
export const setWeight = (
  id: string,
  change: Partial<Pick<Weight, 'points' | 'number' | 'field' | 'op' | 'value'>>,
): Patch => [
  {
    root: weightsRoot,
    id,
    create: true,
    set: { ...(change as Record<string, Json>), ...(isBuiltIn(id) ? { deletedAt: null } : {}) },
  },
];

export const deleteWeight = (id: string, now: number): Patch => [{ root: weightsRoot, id, set: { deletedAt: now } }];
