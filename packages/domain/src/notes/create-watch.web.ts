import { createSignal, onCleanup, type Accessor } from 'solid-js';
import type * as Y from 'yjs';
import { makeBodyIndex } from './body-index.ts';
import { problemWords, type BodyProblemKind } from './body-tree.ts';
import { readMeta } from './read-meta.ts';
import { bodyRoot, noteSchema } from './schema.ts';

/** What is known of a note's body while it is open. */
export interface Watch {
  readonly words: Accessor<number>;
  /** Why no editor may open it, as a phrase: an editor would throw those parts away, for everybody. Null: none. */
  readonly problem: Accessor<string | null>;
}

const countEveryMs = 250;

/**
 * Follows a body, part by part. Make it before the editor: it hears of a change first, so that the editor can be taken
 * away (`onHostile`) before it comes to parts that it cannot show.
 */
export function createWatch(doc: Y.Doc, onHostile: () => void): Watch {
  const body = doc.getXmlFragment(bodyRoot);
  const index = makeBodyIndex(body);
  const problems = new Map<BodyProblemKind, number>();
  let count = 0;
  for (const { found } of index.parts.values()) {
    count += found.words;
    if (found.problem !== null) problems.set(found.problem, (problems.get(found.problem) ?? 0) + 1);
  }
  const say = (): string | null =>
    readMeta(doc).schema > noteSchema ? 'what a newer version of Rapport wrote' : problemWords(problems);
  const [words, setWords] = createSignal(count);
  const [problem, setProblem] = createSignal(say());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = () => {
    for (const { before, after } of index.take().values()) {
      count += (after?.words ?? 0) - (before?.words ?? 0);
      if (before?.problem != null) problems.set(before.problem, (problems.get(before.problem) ?? 0) - 1);
      if (after?.problem != null) problems.set(after.problem, (problems.get(after.problem) ?? 0) + 1);
    }
    const is = say();
    if (is !== null && problem() === null) onHostile();
    setProblem(is);
    timer ??= setTimeout(() => {
      timer = undefined;
      setWords(count);
    }, countEveryMs);
  };
  body.observeDeep(follow);
  onCleanup(() => {
    clearTimeout(timer);
    body.unobserveDeep(follow);
    index.stop();
  });
  return { words, problem };
}
