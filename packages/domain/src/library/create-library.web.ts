import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import type { LibraryItem, LibraryView } from './library-item.ts';
import { makeRememberedLists, type LibraryMemory } from './remembered-lists.ts';

/** What the library shows; it stands in the address. */
export interface LibraryPlace {
  readonly view: LibraryView;
  readonly folder: string | null;
  readonly tag: string | null;
  /** Searched for, in everything. */
  readonly q: string;
  /** A file that is looked at. */
  readonly file: string | null;
}

export interface FolderNode {
  readonly id: string;
  readonly name: string;
  readonly folder: string | null;
  readonly access: 'view' | 'comment' | 'edit';
  readonly shared: 'everyone' | 'some' | 'private';
}

/** A text of a record and what of it was found. */
export interface FoundText {
  readonly text: string;
  readonly ranges: readonly (readonly [number, number])[];
}

export interface LibraryLine extends LibraryItem {
  /** Where it was found, when something was searched for. */
  readonly hit?: FoundText;
}

interface Answer {
  readonly items: readonly LibraryLine[];
  readonly nextCursor: string | null;
  readonly total: number;
  readonly path: readonly { id: string; name: string }[];
}

export interface LibraryData {
  readonly lines: Accessor<readonly LibraryLine[] | undefined>;
  readonly total: Accessor<number>;
  readonly path: Accessor<readonly { id: string; name: string }[]>;
  readonly folders: Accessor<readonly FolderNode[]>;
  readonly tags: Accessor<readonly { tag: string; count: number }[]>;
  /** Why the list cannot be had now. */
  readonly problem: Accessor<string | null>;
  readonly hasMore: Accessor<boolean>;
  more(): void;
  refresh(): void;
}

const pageSize = 100;
const atMostEveryMs = 1000;
const whileWritingMs = 3000;

const queryOf = (place: LibraryPlace, favourites: readonly string[]): string => {
  const params = new URLSearchParams({ view: place.view, limit: String(pageSize) });
  if (place.view === 'folder' && place.folder !== null) params.set('folder', place.folder);
  if (place.view === 'favourites') params.set('keys', favourites.join(','));
  if (place.tag !== null) params.set('tag', place.tag);
  return params.toString();
};

interface Side {
  readonly folders: readonly FolderNode[];
  readonly tags: readonly { tag: string; count: number }[];
}

/** The server answered, and no. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' && [403, 404].includes(error.status);

interface Hit extends FoundText {
  readonly field: string;
}
interface Found {
  readonly noun: string;
  readonly id: string;
  readonly hits: readonly Hit[];
}

/** The list of one place, the folders and tags beside it, kept fresh while somebody looks. */
export function createLibrary(
  workspace: WorkspaceClient,
  place: Accessor<LibraryPlace>,
  favourites: Accessor<readonly string[]>,
  memory?: LibraryMemory,
): LibraryData {
  const remembered = makeRememberedLists<Answer, Side>(memory);
  const [answer, setAnswer] = createSignal<Answer>();
  const [problem, setProblem] = createSignal<string | null>(null);
  const [folders, setFolders] = createSignal<readonly FolderNode[]>([]);
  const [tags, setTags] = createSignal<readonly { tag: string; count: number }[]>([]);
  let asked = 0;
  let shown = pageSize;
  let isGone = false;

  /** What is searched for: the search finds texts, the library knows the rest of each line. */
  const search = async (q: string): Promise<Answer> => {
    const found = await workspace.api<{ items: Found[] }>(
      'GET',
      `/search?${new URLSearchParams({ q, noun: 'note,file,folder', limit: '50' })}`,
    );
    // A hit in the title shows by itself.
    const hits = new Map(
      found.items.map((each) => [
        `${each.noun}/${each.id}`,
        each.hits.find(({ field, ranges }) => field !== 'title' && ranges.length > 0),
      ]),
    );
    const keys = [...hits.keys()];
    const items =
      keys.length === 0
        ? []
        : (
            await workspace.api<Answer>(
              'GET',
              `/library?${new URLSearchParams({ view: 'favourites', keys: keys.join(','), limit: '100' })}`,
            )
          ).items;
    const ranked = items
      .map((item): LibraryLine => {
        const hit = hits.get(item.key);
        return hit === undefined ? item : { ...item, hit };
      })
      .toSorted((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key));
    return { items: ranked, nextCursor: null, total: ranked.length, path: [] };
  };
  const list = async (to: LibraryPlace): Promise<Answer> => {
    let known = await workspace.api<Answer>('GET', `/library?${queryOf(to, favourites())}`);
    while (known.nextCursor !== null && known.items.length < shown) {
      const next = await workspace.api<Answer>(
        'GET',
        `/library?${queryOf(to, favourites())}&cursor=${known.nextCursor}`,
      );
      known = { ...next, items: [...known.items, ...next.items] };
    }
    return known;
  };
  const fetchList = async (): Promise<void> => {
    const turn = ++asked;
    const to = place();
    try {
      const next = await (to.q === '' ? list(to) : search(to.q));
      if (turn !== asked || isGone) return;
      setAnswer(next);
      setProblem(null);
      if (to.q === '') remembered.put(queryOf(to, favourites()), next);
    } catch (error) {
      if (turn !== asked || isGone) return;
      if (isRefusal(error)) {
        remembered.drop(queryOf(to, favourites()));
        setAnswer(undefined);
      }
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const fetchSide = async (): Promise<void> => {
    try {
      const all: FolderNode[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: FolderNode[]; nextCursor: string | null } = await workspace.api(
          'GET',
          `/folders?limit=500${cursor === null ? '' : `&cursor=${cursor}`}`,
        );
        all.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      const known = await workspace.api<{ items: { tag: string; count: number }[] }>('GET', '/library/tags');
      if (isGone) return;
      setFolders(all);
      setTags(known.items);
      remembered.putSide({ folders: all, tags: known.items });
    } catch {
      // The list says what is wrong; what is known of the folders stays.
    }
  };

  const queryNow = () => queryOf(place(), favourites());
  const key = createMemo(() => `${queryNow()}\n${place().q}`);
  createEffect(
    on(key, (now, before) => {
      shown = pageSize;
      // Another place is not shown with this one's lines.
      if (before !== undefined && now !== before && place().q === '') setAnswer(remembered.of(queryNow()));
      void fetchList();
    }),
  );
  void fetchSide();
  void remembered.loaded.then(() => {
    if (isGone) return;
    // Only until the server has answered, which may be never.
    if (answer() === undefined && place().q === '') setAnswer(remembered.of(queryNow()));
    const side = remembered.side();
    if (side === null || folders().length > 0) return;
    setFolders(side.folders);
    setTags(side.tags);
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Infinity;
  const within = (ms: number) => () => {
    if (workspace.now() + ms >= dueAt) return;
    dueAt = workspace.now() + ms;
    clearTimeout(timer);
    timer = setTimeout(() => {
      dueAt = Infinity;
      void fetchList();
      void fetchSide();
    }, ms);
  };
  onCleanup(workspace.onChanged(['access'], () => remembered.dropAll()));
  onCleanup(workspace.onChanged(['folders', 'files', 'access', 'note_links'], within(atMostEveryMs)));
  // Somebody writes in a note, and its row changes with every key: everybody who looks here need not ask each time.
  onCleanup(workspace.onChanged(['notes'], within(whileWritingMs)));
  onCleanup(() => {
    isGone = true;
    clearTimeout(timer);
  });
  return {
    lines: () => answer()?.items,
    total: () => answer()?.total ?? 0,
    path: () => answer()?.path ?? [],
    folders,
    tags,
    problem,
    hasMore: () => answer()?.nextCursor != null,
    more() {
      shown += pageSize;
      void fetchList();
    },
    refresh() {
      void fetchList();
      void fetchSide();
    },
  };
}
