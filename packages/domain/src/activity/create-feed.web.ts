import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import type { ActivityEntry, ActivityList } from './entry.ts';
import { type Feed, withFirstPage, withOlderPage } from './feed.ts';

const pageSize = 50;
const freshMs = 4000;
// The live channel tells at most ten times a second; a feed that changes that often cannot be read.
const gapMs = 300;

/** Which activity; all by default. */
export interface FeedFilter {
  readonly kinds?: readonly string[] | undefined;
  readonly actor?: string | undefined;
  readonly board?: string | undefined;
  readonly record?: string | undefined;
  /** Single changes instead of bursts. */
  readonly raw?: boolean | undefined;
}

const pathOf = (filter: FeedFilter, before?: string): string => {
  const query = new URLSearchParams({ limit: String(pageSize) });
  if (filter.kinds !== undefined) query.set('kind', filter.kinds.join(','));
  for (const key of ['actor', 'board', 'record'] as const) {
    const value = filter[key];
    if (value !== undefined) query.set(key, value);
  }
  if (filter.raw === true) query.set('raw', '1');
  if (before !== undefined) query.set('before', before);
  return `/activity?${query}`;
};

/** The activity feed of a workspace: live at the top, older pages on demand. */
export function createFeed(
  workspace: WorkspaceClient,
  filter: () => FeedFilter,
  onFresh: (entries: readonly ActivityEntry[]) => void = () => {},
) {
  const [feed, setFeed] = createSignal<Feed | null>(null);
  const [problem, setProblem] = createSignal<string | null>(null);
  const [isLoadingMore, setLoadingMore] = createSignal(false);
  const [fresh, setFresh] = createSignal<ReadonlySet<number>>(new Set());
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const later = (run: () => void, delayMs: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, delayMs);
    timers.add(timer);
  };
  let turn = 0;
  let isAsking = false;
  let isStale = false;

  const markFresh = (entries: readonly ActivityEntry[]) => {
    const ids = entries.map(({ id }) => id);
    setFresh((known) => new Set([...known, ...ids]));
    later(() => setFresh((known) => new Set([...known].filter((id) => !ids.includes(id)))), freshMs);
    onFresh(entries);
  };

  async function refresh(): Promise<void> {
    if (isAsking) {
      isStale = true;
      return;
    }
    isAsking = true;
    isStale = false;
    const mine = turn;
    try {
      const page = await workspace.api<ActivityList>('GET', pathOf(filter()));
      if (mine !== turn) return;
      const known = feed();
      const newest = known?.entries[0]?.id ?? 0;
      setFeed(known === null ? { entries: page.items, nextCursor: page.nextCursor } : withFirstPage(known, page));
      setProblem(null);
      const news = known === null ? [] : page.items.filter((entry) => entry.id > newest);
      if (news.length > 0) markFresh(news);
    } catch (error) {
      if (mine === turn) setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      isAsking = false;
      if (mine !== turn) void refresh();
      else if (isStale) later(() => void refresh(), gapMs);
    }
  }

  async function more(): Promise<void> {
    const known = feed();
    if (known === null || known.nextCursor === null || isLoadingMore()) return;
    const mine = turn;
    setLoadingMore(true);
    try {
      const page = await workspace.api<ActivityList>('GET', pathOf(filter(), known.nextCursor));
      const now = feed();
      if (mine === turn && now !== null) setFeed(withOlderPage(now, page));
    } catch (error) {
      if (mine === turn) setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setLoadingMore(false);
    }
  }

  createEffect(
    on(
      () => pathOf(filter()),
      () => {
        turn += 1;
        setFeed(null);
        setProblem(null);
        setFresh(new Set<number>());
        void refresh();
      },
    ),
  );
  onCleanup(workspace.onChanged(['activity'], () => void refresh()));
  onCleanup(() => {
    turn += 1;
    for (const timer of timers) clearTimeout(timer);
  });

  return {
    /** Null until the first page is here. */
    feed,
    /** Why it could not be loaded; what is known stays. */
    problem,
    fresh,
    isLoadingMore,
    refresh,
    more,
  };
}
