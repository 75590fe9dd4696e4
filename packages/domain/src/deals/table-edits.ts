import type { Json } from '@rapport/doc/json';
import { recordMap } from '@rapport/doc/records';
import type { TableEdits } from '../tables/table-edits.ts';
import { cardsRoot } from '../boards/board.ts';
import { dealOf } from './board.ts';
import { editDeals } from './ops.ts';

/** Edits of deals in their table are the same operation as on the board. */
export const dealsTableEdits: TableEdits = {
  plural: 'deals',
  spell: (values) => values,
  now(doc, id, keys) {
    const map = recordMap(doc, cardsRoot, id);
    if (map === null || dealOf(doc, id) === null) return null;
    return Object.fromEntries(keys.map((key) => [key, (map.get(key) ?? null) as Json]));
  },
  plan: (doc, id, values, env) => editDeals(doc, [id], values, env),
};
