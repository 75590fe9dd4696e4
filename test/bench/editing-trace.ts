import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as Y from 'yjs';

/** An editing history of several authors, in the format of github.com/josephg/editing-traces (kind `concurrent`). */
export interface EditingTrace {
  readonly numAgents: number;
  /** The text when all is merged. */
  readonly endContent: string;
  readonly txns: readonly {
    readonly agent: number;
    /** Indexes of what was merged before it was typed. */
    readonly parents: readonly number[];
    /** When, RFC 3339. */
    readonly time: string;
    /** Position, how many characters go, what comes. */
    readonly patches: readonly (readonly [number, number, string])[];
  }[];
}

/** Reads a trace; null where there is no such file. */
export const readTrace = (path: string): EditingTrace | null =>
  existsSync(path) ? (JSON.parse(gunzipSync(readFileSync(path)).toString()) as EditingTrace) : null;

const patch = (text: Y.XmlText | Y.Text, patches: EditingTrace['txns'][number]['patches']): void => {
  for (const [position, gone, come] of patches) {
    if (gone > 0) text.delete(position, gone);
    if (come !== '') text.insert(position, come);
  }
};

/** Whether a document has everything that an update was typed on; applied sooner, it would wait within Yjs unsent. */
export const hasSeen = (doc: Y.Doc, needs: ReadonlyMap<number, number>): boolean =>
  [...needs].every(([client, clock]) => Y.getState(doc.store, client) >= clock);

/** What each author's own copy makes of a trace, step by step: an update a step, typed on exactly what they had seen. */
export function* updatesOf(
  trace: EditingTrace,
  start: Uint8Array,
  textOf: (doc: Y.Doc) => Y.XmlText | Y.Text,
): Generator<{ agent: number; time: number; update: Uint8Array; needs: ReadonlyMap<number, number> }> {
  // In the authors' order: it decides where two type at one place at once, which a recorded trace never has.
  const firstId = Math.floor(Math.random() * 2 ** 31);
  const docs = Array.from({ length: trace.numAgents }, (_, agent) => {
    const doc = new Y.Doc();
    doc.clientID = firstId + agent;
    Y.applyUpdate(doc, start);
    return doc;
  });
  const seen = docs.map(() => new Set<number>());
  const updates: Uint8Array[] = [];
  const see = (agent: number, parents: readonly number[]): void => {
    const missing: number[] = [];
    const stack = [...parents];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (seen[agent]?.has(at) !== false) continue;
      seen[agent].add(at);
      missing.push(at);
      stack.push(...(trace.txns[at]?.parents ?? []));
    }
    for (const each of missing.sort((a, b) => a - b)) {
      const [doc, update] = [docs[agent], updates[each]];
      if (doc !== undefined && update !== undefined) Y.applyUpdate(doc, update);
    }
  };
  for (const [index, { agent, parents, time, patches }] of trace.txns.entries()) {
    see(agent, parents);
    const doc = docs[agent];
    if (doc === undefined) continue;
    let made: Uint8Array | null = null;
    const needs = Y.decodeStateVector(Y.encodeStateVector(doc));
    const keep = (update: Uint8Array) => (made = update);
    doc.on('update', keep);
    doc.transact(() => patch(textOf(doc), patches));
    doc.off('update', keep);
    seen[agent]?.add(index);
    // The last may change nothing.
    updates[index] = made ?? Y.encodeStateAsUpdate(new Y.Doc());
    if (made !== null) yield { agent, time: Date.parse(time), update: made, needs };
  }
}

/** A trace of the same shape as a recorded one: authors who type and delete at once, half a second apart. */
export function makeTrace(random: () => number, options: { agents: number; txns: number }): EditingTrace {
  const pick = (below: number) => Math.floor(random() * below);
  const docs = Array.from({ length: options.agents }, (_, agent) => {
    const doc = new Y.Doc();
    doc.clientID = agent + 1;
    return doc;
  });
  const heads: number[][] = docs.map(() => []);
  const updates: Uint8Array[] = [];
  const txns: EditingTrace['txns'][number][] = [];
  for (let index = 0; index < options.txns; index++) {
    const agent = index === 0 ? 0 : pick(options.agents);
    const doc = docs[agent];
    if (doc === undefined) continue;
    // Now and then an author sees what the others did meanwhile; who has not begun sees the beginning first.
    if (heads[agent]?.length === 0 || pick(4) === 0) {
      for (const update of updates) Y.applyUpdate(doc, update);
      heads[agent] = index === 0 ? [] : [...new Set([index - 1, ...heads.flat()])];
    }
    const text = doc.getText('t');
    const isTyping = text.length < 20 || pick(5) > 0;
    const position = pick(text.length + (isTyping ? 1 : 0));
    const patches = [
      isTyping
        ? ([position, 0, ['word ', 'e', 'n', ', and ', 'ß', '\n'][pick(6)] ?? 'e'] as const)
        : ([position, 1, ''] as const),
    ];
    doc.once('update', (update: Uint8Array) => (updates[index] = update));
    doc.transact(() => patch(text, patches));
    txns.push({ agent, parents: heads[agent] ?? [], time: new Date(index * 130).toISOString(), patches });
    heads[agent] = [index];
  }
  const merged = new Y.Doc();
  for (const update of updates) Y.applyUpdate(merged, update);
  txns.push({
    agent: 0,
    parents: txns.map((_each, index) => index),
    time: new Date(options.txns * 130).toISOString(),
    patches: [],
  });
  return { numAgents: options.agents, endContent: merged.getText('t').toString(), txns };
}
