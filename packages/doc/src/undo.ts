import type * as Y from 'yjs';
import type { Applied, FieldChange } from './patch.ts';
import { revert } from './patch.ts';
import { recordMap } from './records.ts';

/** A step that the server did, because it spans documents that nobody here writes at once. Both answer false when it was not done. */
export interface RemoteStep {
  back(): Promise<boolean>;
  again(): Promise<boolean>;
}

export interface HistoryPart {
  readonly doc: string;
  readonly applied: Applied;
  /** Of a step that took another back: what it took back. */
  readonly of?: Applied;
}

/** One thing a person did, over one or several documents, by document name; or by asking the server. */
export interface HistoryStep<Label> {
  readonly label: Label;
  readonly parts: readonly HistoryPart[];
  readonly remote?: RemoteStep;
}

/** A field that was left as it is, because somebody changed it since; `client` is the Yjs client that did, if known. */
export interface KeptField extends FieldChange {
  readonly doc: string;
  readonly client: number | null;
}

/**
 * What came of undo or redo. `done` counts records that were changed; `unavailable` names documents that could not be
 * opened: then nothing was changed and the step stays where it was.
 */
export interface HistoryOutcome<Label> {
  readonly label: Label;
  readonly done: number;
  readonly kept: readonly KeptField[];
  readonly unavailable: readonly string[];
}

export interface HistoryEnv<Label> {
  /** Epoch ms. */
  readonly now: () => number;
  /** The document by name, opened when it is not; null when it cannot be had now. */
  readonly documentOf: (name: string) => Promise<Y.Doc | null>;
  /** Origin of the transactions that take a step back. */
  readonly origin?: unknown;
  /** What was kept of this person's history, e.g. before a reload. */
  readonly kept?: KeptHistory<Label> | undefined;
}

/** Steps that are kept; older ones can no longer be undone. */
export const historyLimit = 200;

/** A history as plain data: what a page keeps over a reload. */
export interface KeptHistory<Label> {
  readonly done: readonly HistoryStep<Label>[];
  readonly undone: readonly HistoryStep<Label>[];
}

export interface History<Label> {
  /** Notes a step that was just done. What could be redone until now no longer can. */
  push(step: HistoryStep<Label>): void;
  /** Null when there is nothing to undo (or redo). Calls wait for one another. */
  undo(): Promise<HistoryOutcome<Label> | null>;
  redo(): Promise<HistoryOutcome<Label> | null>;
  nextUndo(): Label | null;
  nextRedo(): Label | null;
  clear(): void;
  /**
   * The newest steps as data, as far as `isKept` lets their documents be: it ends at the first that is not, and at one that
   * the server did, which is no data. Older ones could not be taken back in their turn.
   */
  toKeep(isKept: (doc: string) => boolean): KeptHistory<Label>;
}

function lastWriter(doc: Y.Doc, { root, id, field }: FieldChange): number | null {
  return recordMap(doc, root, id)?._map.get(field)?.id.client ?? null;
}

const recordsIn = (applied: Applied): number =>
  new Set([...applied.created, ...applied.changes].map(({ root, id }) => `${root} ${id}`)).size;

/** A person's own history of a workspace: takes back what they did, never what a colleague did since. */
export function makeHistory<Label>(env: HistoryEnv<Label>): History<Label> {
  const done: HistoryStep<Label>[] = [...(env.kept?.done ?? [])];
  const undone: HistoryStep<Label>[] = [...(env.kept?.undone ?? [])];
  let waiting: Promise<unknown> = Promise.resolve();

  const takeBackRemotely = async (
    remote: RemoteStep,
    step: HistoryStep<Label>,
    from: HistoryStep<Label>[],
    to: HistoryStep<Label>[],
  ): Promise<HistoryOutcome<Label>> => {
    const { label } = step;
    const isDone = await remote.back();
    const at = from.lastIndexOf(step);
    if (!isDone || at < 0) return { label, done: 0, kept: [], unavailable: ['the server'] };
    from.splice(at, 1);
    to.push({ label, parts: [], remote: { back: () => remote.again(), again: () => remote.back() } });
    return { label, done: 1, kept: [], unavailable: [] };
  };

  const takeBack = async (from: HistoryStep<Label>[], to: HistoryStep<Label>[]) => {
    const step = from.at(-1);
    if (!step) return null;
    if (step.remote) return takeBackRemotely(step.remote, step, from, to);
    const documents = new Map<string, Y.Doc>();
    const unavailable: string[] = [];
    for (const { doc } of step.parts) {
      const found = documents.get(doc) ?? (await env.documentOf(doc));
      if (found) documents.set(doc, found);
      else unavailable.push(doc);
    }
    if (unavailable.length > 0) return { label: step.label, done: 0, kept: [], unavailable };
    // Something may have been pushed while documents were opened: only this very step leaves the stack.
    const at = from.lastIndexOf(step);
    if (at < 0) return null;
    from.splice(at, 1);
    const kept: KeptField[] = [];
    const parts: HistoryPart[] = [];
    let records = 0;
    for (const { doc, applied, of } of step.parts.toReversed()) {
      const document = documents.get(doc);
      if (!document) continue;
      const back = revert(document, applied, env.now(), env.origin);
      kept.push(...back.kept.map((change) => ({ ...change, doc, client: lastWriter(document, change) })));
      if (back.applied.changes.length === 0 && back.applied.created.length === 0) continue;
      // Records that are made once more are made again, not changed: a colleague's writing in them keeps them from then on.
      if (of && of.created.length > 0 && back.kept.length === 0) parts.push({ doc, applied: of });
      else parts.push({ doc, applied: back.applied, of: applied });
      records += recordsIn(back.applied);
    }
    if (parts.length > 0) to.push({ label: step.label, parts });
    return { label: step.label, done: records, kept, unavailable: [] };
  };

  const inTurn = (work: () => Promise<HistoryOutcome<Label> | null>) => {
    const result = waiting.then(work, work);
    waiting = result;
    return result;
  };

  return {
    push(step) {
      if (
        !step.remote &&
        step.parts.every(({ applied }) => applied.changes.length === 0 && applied.created.length === 0)
      )
        return;
      done.push(step);
      if (done.length > historyLimit) done.shift();
      undone.length = 0;
    },
    undo: () => inTurn(() => takeBack(done, undone)),
    redo: () => inTurn(() => takeBack(undone, done)),
    nextUndo: () => done.at(-1)?.label ?? null,
    nextRedo: () => undone.at(-1)?.label ?? null,
    clear() {
      done.length = 0;
      undone.length = 0;
    },
    toKeep(isKept) {
      const newest = (steps: readonly HistoryStep<Label>[]) => {
        const end = steps.findLastIndex(({ remote, parts }) => remote || !parts.every(({ doc }) => isKept(doc)));
        return steps.slice(end + 1);
      };
      return { done: newest(done), undone: newest(undone) };
    },
  };
}
