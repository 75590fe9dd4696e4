import { chipIds, type ChipId } from '../boards/schema.ts';

/** How a person looks at a board: everything of it is in the URL's query, so that a link shows the same. */
export interface ViewState {
  /** `closed`: every won and lost deal, those in the archives too, as the server lists them. */
  readonly as: 'board' | 'table' | 'closed';
  /** Text that title, company or labels must contain. */
  readonly q: string;
  readonly chips: readonly ChipId[];
  readonly filters: readonly Filter[];
  /** Null: the places on the board (table: newest first). */
  readonly sort: Sort | null;
  /** Whether the lanes of won and lost deals are shown. */
  readonly closed: boolean;
  /** Parts of the card that are hidden. */
  readonly hide: readonly CardPart[];
  /** Keys of further fields that cards show, custom ones above all. */
  readonly show: readonly string[];
  /** Id of the saved view that this began from. */
  readonly view: string | null;
  /** Deal that is open in the side panel. */
  readonly deal: string | null;
}

export const cardParts = ['company', 'labels', 'value', 'age', 'activity', 'owner'] as const;
export type CardPart = (typeof cardParts)[number];

const filterOps = ['is', 'not', 'has', 'gte', 'lte', 'empty', 'set'] as const;
export type FilterOp = (typeof filterOps)[number];

/** One condition. Several values mean any of them; money compares in whole units of the board's currency. */
export interface Filter {
  readonly field: string;
  readonly op: FilterOp;
  readonly values: readonly string[];
}

/** `field` is a field key, or 'age' (time in the stage). */
export interface Sort {
  readonly field: string;
  readonly descending: boolean;
}

export const plainView: ViewState = {
  as: 'board',
  q: '',
  chips: [],
  filters: [],
  sort: null,
  closed: false,
  hide: [],
  show: [],
  view: null,
  deal: null,
};

const member = <T extends string>(all: readonly T[], raw: string): raw is T => (all as readonly string[]).includes(raw);
const list = <T extends string>(raw: string | null, all: readonly T[]): T[] =>
  (raw ?? '').split(',').filter((each): each is T => member(all, each));

/** A condition as text: `owner:is:01J…,01K…`. Values are percent-encoded, so that they may contain anything. */
const filterToText = ({ field, op, values }: Filter): string =>
  [field, op, values.map(encodeURIComponent).join(',')]
    .map((part, index) => (index < 2 ? encodeURIComponent(part) : part))
    .join(':');

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray % in a link that somebody typed: the condition is dropped, the rest of the view holds.
    return null;
  }
}

function filterOf(text: string): Filter | null {
  const [rawField, op, rawValues, ...rest] = text.split(':');
  const field = decode(rawField ?? '');
  if (!field || op === undefined || !member(filterOps, op) || rest.length > 0) return null;
  const values = (rawValues ?? '')
    .split(',')
    .filter((each) => each !== '')
    .map(decode);
  if (values.some((each) => each === null)) return null;
  return { field, op, values: values.filter((each) => each !== null) };
}

function sortOf(raw: string | null): Sort | null {
  if (!raw) return null;
  const descending = raw.startsWith('-');
  const field = descending ? raw.slice(1) : raw;
  return /^[\w-]{1,64}$/.test(field) ? { field, descending } : null;
}

/** A query string's entries; `+` is a space. The core has no DOM, hence no URLSearchParams. */
function entriesOf(search: string): [string, string][] {
  return search
    .replace(/^\?/, '')
    .split('&')
    .flatMap((pair): [string, string][] => {
      const at = pair.indexOf('=');
      const [key, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      const decoded = decode(value.replaceAll('+', ' '));
      return key === '' || decoded === null ? [] : [[key, decoded]];
    });
}

const asOf = (raw: string | null): ViewState['as'] => (raw === 'table' || raw === 'closed' ? raw : 'board');

/** Reads a query string (with or without `?`). Total: what it does not understand it leaves out. */
export function readViewState(search: string): ViewState {
  const entries = entriesOf(search);
  const get = (key: string) => entries.find(([name]) => name === key)?.[1] ?? null;
  return {
    as: asOf(get('as')),
    q: (get('q') ?? '').slice(0, 200),
    chips: list(get('chip'), chipIds),
    filters: entries
      .filter(([key]) => key === 'f')
      .map(([, text]) => filterOf(text))
      .filter((each) => each !== null)
      .slice(0, 20),
    sort: sortOf(get('sort')),
    closed: get('closed') === '1',
    hide: list(get('hide'), cardParts),
    show: (get('show') ?? '')
      .split(',')
      .filter((key) => /^[a-z]\w{0,62}$/i.test(key))
      .slice(0, 20),
    view: get('view'),
    deal: get('deal'),
  };
}

/** The query string of a view, without `?`; a plain view gives ''. */
export function writeViewState(state: ViewState): string {
  const pairs: [string, string][] = [];
  if (state.as !== 'board') pairs.push(['as', state.as]);
  if (state.q !== '') pairs.push(['q', state.q]);
  if (state.chips.length > 0) pairs.push(['chip', state.chips.join(',')]);
  for (const filter of state.filters) pairs.push(['f', filterToText(filter)]);
  if (state.sort) pairs.push(['sort', `${state.sort.descending ? '-' : ''}${state.sort.field}`]);
  if (state.closed) pairs.push(['closed', '1']);
  if (state.hide.length > 0) pairs.push(['hide', state.hide.join(',')]);
  if (state.show.length > 0) pairs.push(['show', state.show.join(',')]);
  if (state.view !== null) pairs.push(['view', state.view]);
  if (state.deal !== null) pairs.push(['deal', state.deal]);
  return pairs
    .map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':')}`)
    .join('&');
}

/** What a saved view keeps: how to look, not which deal is open nor which view it is. */
export const savedQuery = (state: ViewState): string => writeViewState({ ...state, view: null, deal: null });

/** Whether anything narrows down which deals are shown. */
export const isNarrowed = (state: ViewState): boolean =>
  state.q !== '' || state.chips.length > 0 || state.filters.length > 0;
