import { everything, plainQuery, readSort, readWhere, writeSort, type TableQuery } from './table-query.ts';

/** How wide a column is drawn, and whether it stays while the others scroll. */
export interface ShownColumn {
  readonly key: string;
  readonly widthPx: number | null;
  readonly isPinned: boolean;
}

/** How somebody looks at a table: all of it stands in the address, so that a link shows the same. */
export interface TableView extends TableQuery {
  /** Null: as the table comes. */
  readonly columns: readonly ShownColumn[] | null;
  /** Id of the saved view that this began from. */
  readonly view: string | null;
}

export const plainView: TableView = { ...plainQuery, columns: null, view: null };

const widthOf = (text: string | undefined): number | null => {
  const width = Number(text);
  return text !== undefined && /^\d{2,3}$/.test(text) ? width : null;
};

/** `name!240,email`: in this order, the first one pinned and 240 pixels wide. */
const readColumns = (text: string): ShownColumn[] =>
  text.split(',').flatMap((each) => {
    const match = /^([a-z][a-zA-Z0-9_]{0,62})(!)?(?:\.?(\d{2,3}))?$/.exec(each);
    return match === null ? [] : [{ key: match[1] ?? '', isPinned: match[2] === '!', widthPx: widthOf(match[3]) }];
  });
const writeColumns = (columns: readonly ShownColumn[]): string =>
  columns
    .map(({ key, isPinned, widthPx }) => `${key}${isPinned ? '!' : ''}${widthPx === null ? '' : `.${widthPx}`}`)
    .join(',');

function whereOf(text: string | undefined): TableQuery['where'] {
  if (text === undefined) return everything;
  try {
    return readWhere(JSON.parse(text)) ?? everything;
  } catch {
    // A link that was cut: the rest of the view holds.
    return everything;
  }
}

/** Reads an address's query. Total: what it does not understand it leaves out. */
export function readView(entries: Readonly<Record<string, string>>): TableView {
  const group = entries['group'] ?? '';
  return {
    q: (entries['q'] ?? '').slice(0, 200),
    where: whereOf(entries['where']),
    sort: readSort(entries['sort'] ?? '') ?? [],
    group: /^[a-z][a-zA-Z0-9_]{0,62}$/.test(group) ? group : null,
    columns: entries['columns'] === undefined ? null : readColumns(entries['columns']),
    view: entries['view'] ?? null,
  };
}

/** What a request asks for, and the part of the address that says what is seen. */
export function queryEntries({ q, where, sort, group }: TableQuery): Record<string, string> {
  return {
    ...(q.trim() === '' ? {} : { q: q.trim() }),
    ...(where.of.length === 0 ? {} : { where: JSON.stringify(where) }),
    ...(sort.length === 0 ? {} : { sort: writeSort(sort) }),
    ...(group === null ? {} : { group }),
  };
}

/** The address's query of a view; of a plain one nothing. */
export const viewEntries = (view: TableView): Record<string, string> => ({
  ...queryEntries(view),
  ...(view.columns === null ? {} : { columns: writeColumns(view.columns) }),
  ...(view.view === null ? {} : { view: view.view }),
});
