import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js';
import { plainView, readViewState, type ViewState, writeViewState } from './view-state.ts';

/** Where the screen's query string lives. The shell gives its router's; without, the browser's address bar is used. */
export interface SearchPort {
  /** Reactive; with or without `?`. */
  readonly search: Accessor<string>;
  readonly setSearch: (search: string, how: 'push' | 'replace') => void;
}

export interface ViewControl {
  readonly view: Accessor<ViewState>;
  /** The view as a query string, for colleagues who follow. */
  readonly query: Accessor<string>;
  /** Changes parts of the view. Opening a deal or the table is a step for the Back button, typing in the search is not. */
  readonly setView: (change: Partial<ViewState>, how?: 'push' | 'replace') => void;
  /** Replaces the view by a query string's, e.g. a saved view's or a colleague's. */
  readonly showQuery: (query: string, keep?: Partial<ViewState>, how?: 'push' | 'replace') => void;
  /** Takes one-time requests such as `edit=stages` out of the URL; answers whether this one was there. */
  readonly takeRequest: (name: string, value: string) => boolean;
}

/** The address bar itself, for screens that stand without a router. */
export function createAddressSearch(): SearchPort {
  const [search, setSearch] = createSignal(location.search);
  const read = () => setSearch(location.search);
  addEventListener('popstate', read);
  onCleanup(() => removeEventListener('popstate', read));
  return {
    search,
    setSearch(next, how) {
      const url = `${location.pathname}${next === '' ? '' : `?${next}`}${location.hash}`;
      if (how === 'push') history.pushState(history.state, '', url);
      else history.replaceState(history.state, '', url);
      read();
    },
  };
}

/** The view as the URL's query says it. */
export function createViewState({ search, setSearch }: SearchPort): ViewControl {
  const text = createMemo(() => search().replace(/^\?/, ''));
  const view = createMemo(() => readViewState(text()));
  const write = (next: ViewState, how: 'push' | 'replace') => {
    const query = writeViewState(next);
    if (query !== writeViewState(view())) setSearch(query, how);
  };
  return {
    view,
    query: text,
    setView: (change, how = 'replace') => write({ ...view(), ...change }, how),
    takeRequest(name, value) {
      const isAsked = new URLSearchParams(text()).get(name) === value;
      if (isAsked) setSearch(writeViewState(view()), 'replace');
      return isAsked;
    },
    showQuery: (query, keep = {}, how = 'push') => write({ ...plainView, ...readViewState(query), ...keep }, how),
  };
}
