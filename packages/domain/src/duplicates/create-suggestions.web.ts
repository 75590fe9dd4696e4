import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { nounWords, type DuplicateNoun, type SuggestedPair, type SuggestedPairs } from './duplicate-api.ts';

const lookAgainMs = 1000;

/** The pairs of one noun, page by page; kept fresh while records change and while a comparison is under way. */
export function createSuggestions(workspace: WorkspaceClient, noun: Accessor<DuplicateNoun>) {
  const [pairs, setPairs] = createSignal<readonly SuggestedPair[]>([]);
  const [cursor, setCursor] = createSignal<string | null>(null);
  const [threshold, setThreshold] = createSignal(0.5);
  const [isLooking, setLooking] = createSignal(false);
  const [isKnown, setKnown] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  const say = (error: unknown) => setProblem(error instanceof Error ? error.message : String(error));
  const load = async (): Promise<void> => {
    const mine = ++turn;
    clearTimeout(timer);
    try {
      const limit = Math.min(100, Math.max(25, pairs().length));
      const reply = await workspace.api<SuggestedPairs>('GET', `/duplicates/suggestions?noun=${noun()}&limit=${limit}`);
      if (mine !== turn) return;
      setProblem(undefined);
      setPairs(reply.items);
      setCursor(reply.nextCursor);
      setLooking(reply.isLooking);
      setThreshold(reply.threshold);
      setKnown(true);
      if (reply.isLooking) timer = setTimeout(() => void load(), lookAgainMs);
    } catch (error) {
      if (mine === turn) say(error);
    }
  };
  createEffect(
    on(noun, (now) => {
      setPairs([]);
      setKnown(false);
      void load();
      onCleanup(workspace.onChanged([nounWords[now].plural], () => void load()));
    }),
  );
  onCleanup(() => {
    clearTimeout(timer);
    turn = Infinity;
  });

  return {
    pairs,
    threshold,
    isLooking,
    isKnown,
    problem,
    hasMore: () => cursor() !== null,
    async more() {
      const mine = turn;
      try {
        const path = `/duplicates/suggestions?noun=${noun()}&limit=50&cursor=${encodeURIComponent(cursor() ?? '')}`;
        const reply = await workspace.api<SuggestedPairs>('GET', path);
        if (mine !== turn) return;
        setPairs([...pairs(), ...reply.items]);
        setCursor(reply.nextCursor);
      } catch (error) {
        say(error);
      }
    },
    async look() {
      setLooking(true);
      try {
        await workspace.api('POST', '/duplicates/suggestions', { noun: noun() });
        await load();
      } catch (error) {
        setLooking(false);
        say(error);
      }
    },
    /** For everybody in the workspace. */
    async setThreshold(next: number) {
      try {
        await workspace.api('PUT', '/duplicates/threshold', { noun: noun(), threshold: next });
        await load();
      } catch (error) {
        say(error);
      }
    },
    /** They are two; the pair is gone at once, and comes back if that is not saved or is taken back. */
    async dismiss({ a, b }: SuggestedPair) {
      const of = noun();
      setPairs(pairs().filter((pair) => pair.a.id !== a.id || pair.b.id !== b.id));
      try {
        await workspace.api('POST', '/duplicates/dismissals', { noun: of, a: a.id, b: b.id });
      } catch (error) {
        say(error);
        return load();
      }
      workspace.toast({
        text: `“${a.title}” and “${b.title}” will not be suggested again`,
        action: {
          label: 'Undo',
          run: () =>
            void workspace
              .api('DELETE', `/duplicates/dismissals/${a.id}/${b.id}`)
              .then(load, (error: unknown) => say(error)),
        },
      });
    },
  };
}
