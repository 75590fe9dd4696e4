import type { Patch } from '@rapport/doc/patch';
import { eachRecord } from '@rapport/doc/records';
import type * as Y from 'yjs';

/** Saved views: one's own in the document `member/<id>`, shared ones in the board's own document, so that nobody is told of a board that is hidden from them; the same root in both. */
export const viewsRoot = 'views';

export interface SavedView {
  readonly id: string;
  readonly board: string;
  readonly name: string;
  /** Query string; see savedQuery. */
  readonly query: string;
}

/** A board's saved views in a document, by name. Anybody may have written anything: odd entries are passed over. */
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

export const saveView = ({ id, board, name, query }: SavedView): Patch => [
  { root: viewsRoot, id, create: true, set: { board, name: name.trim().slice(0, 80), query, deletedAt: null } },
];

export const deleteView = (id: string, now: number): Patch => [{ root: viewsRoot, id, set: { deletedAt: now } }];
