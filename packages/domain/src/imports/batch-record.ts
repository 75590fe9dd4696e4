import type { Json } from '@rapport/doc/json';
import type { Applied, FieldChange, Patch } from '@rapport/doc/patch';
import { eachRecord, rawRecord } from '@rapport/doc/records';
import type * as Y from 'yjs';
import { batchesRoot } from './record.ts';

/** What one batch did to the records below one root of one document, as it is kept. */
export interface BatchStep {
  readonly doc: string;
  readonly root: string;
  /** Of created records the ids do: who touched them since, the log says. Places in a record have their values. */
  readonly created: readonly string[];
  /** Record → field → [what it was, what it became]. */
  readonly changed: Readonly<Record<string, Readonly<Record<string, readonly [Json, Json]>>>>;
}

/** What one batch did. */
export interface BatchRecord {
  readonly steps: readonly BatchStep[];
  /** Records that came into being as documents of their own. */
  readonly made: readonly string[];
}

/** What a batch did, told by the document. */
export interface BatchDone {
  readonly made: readonly string[];
  readonly applied: readonly { readonly doc: string; readonly applied: Applied }[];
}

/** The record that a document is, when it is one record. */
export const recordOfDoc = (doc: string): string | null => /^(?:contact|company)\/([^~]+)$/.exec(doc)?.[1] ?? null;

function stepsOf(doc: string, applied: Applied): BatchStep[] {
  const byRoot = new Map<string, { created: string[]; changed: Record<string, Record<string, [Json, Json]>> }>();
  const of = (root: string) => {
    const step = byRoot.get(root) ?? { created: [], changed: {} };
    byRoot.set(root, step);
    return step;
  };
  const created = new Set(applied.created.map(({ root, id }) => `${root}\n${id}`));
  for (const { root, id } of applied.created) of(root).created.push(id);
  for (const { root, id, field, from, to } of applied.changes)
    if (recordOfDoc(doc) !== null || !created.has(`${root}\n${id}`)) (of(root).changed[id] ??= {})[field] = [from, to];
  return [...byRoot].map(([root, step]) => ({ doc, root, ...step }));
}

/** Rows of the file that a batch wrote, and the records that they are where each is a document of its own. */
export interface RowsWritten {
  readonly rows: readonly number[];
  readonly ids: readonly string[];
}

/** Writes down what a batch did, and which rows it took. */
export function batchPatch(index: number, { made, applied }: BatchDone, { rows, ids }: RowsWritten): Patch {
  const steps = applied.flatMap(({ doc, applied: each }) => stepsOf(doc, each));
  return [
    {
      root: batchesRoot,
      id: String(index),
      create: true,
      set: { steps: steps as never, made: [...made], rows: [...rows], ids: [...ids] },
    },
  ];
}

const list = <T>(raw: unknown): T[] => (Array.isArray(raw) ? (raw as T[]) : []);
const fields = (raw: unknown): BatchStep['changed'] =>
  typeof raw === 'object' && raw !== null ? (raw as BatchStep['changed']) : {};
const words = (raw: unknown): string => (typeof raw === 'string' ? raw : '');

const stepOf = ({ doc, root, created, changed }: Record<string, unknown>): BatchStep => ({
  doc: words(doc),
  root: words(root),
  created: list(created),
  changed: fields(changed),
});

/** The batches of a part, in order. Those of older versions were one step, and stood there without a list. */
export function batchesOf(doc: Y.Doc): BatchRecord[] {
  const batches: { index: number; batch: BatchRecord }[] = [];
  eachRecord(doc, batchesRoot, (id, map) => {
    const raw = rawRecord(map);
    const steps = raw.steps === undefined ? [stepOf(raw)] : list<Record<string, unknown>>(raw.steps).map(stepOf);
    batches.push({ index: Number(id), batch: { steps, made: list(raw.made) } });
  });
  return batches.sort((a, b) => a.index - b.index).map(({ batch }) => batch);
}

/** What updated records were and became, as `revert` takes it. */
export const changesOf = ({ root, changed }: BatchStep, id: string): FieldChange[] =>
  Object.entries(changed[id] ?? {}).map(([field, [from, to]]) => ({ root, id, field, from, to }));
