import type { Patch } from '@rapport/doc/patch';
import { eachRecord } from '@rapport/doc/records';
import type * as Y from 'yjs';

/**
 * Saved views of a board or table: one's own in `member/<id>`, a team's in `team/<id>`, everybody's in the document of
 * what they are views of, so that nobody is told of a board that is hidden from them. The same root in all of them.
 */
export const viewsRoot = 'views';

export interface SavedView {
  readonly id: string;
  /** What it is a view of: a board's id, or `table/<plural>`. */
  readonly board: string;
  readonly name: string;
  /** Query string of the address. */
  readonly query: string;
}

/** The saved views of a board or table in a document, by name. Anybody may have written anything: odd entries are passed over. */
export function savedViewsOf(doc: Y.Doc, board: string): SavedView[] {
  const views: SavedView[] = [];
  eachRecord(doc, viewsRoot, (id, map) => {
    const [name, query] = [map.get('name'), map.get('query')];
    const gone = map.get('deletedAt');
    if (map.get('board') !== board || typeof name !== 'string' || typeof query !== 'string' || gone != null) return;
    views.push({ id, board, name: name.slice(0, 80), query: query.slice(0, 4000) });
  });
  return views.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1));
}

const nameOf = (typed: string): string => typed.trim().slice(0, 80);

export const saveView = ({ id, board, name, query }: SavedView): Patch => [
  { root: viewsRoot, id, create: true, set: { board, name: nameOf(name), query, deletedAt: null } },
];

/** The name alone: what a colleague makes the view show meanwhile stays, and of two new names one stands for everybody. */
export const renameView = (id: string, name: string): Patch => [{ root: viewsRoot, id, set: { name: nameOf(name) } }];

/** What it shows alone: a colleague's new name for it stays. */
export const reviseView = (id: string, query: string): Patch => [{ root: viewsRoot, id, set: { query } }];

export const deleteView = (id: string, now: number): Patch => [{ root: viewsRoot, id, set: { deletedAt: now } }];
