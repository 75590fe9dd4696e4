import { bringBackRecord, deleteAgain, purgeRecord } from '@rapport/doc/purge';
import { deletedBefore, type Due, type Purgeable } from '../purge/purgeable.node.ts';
import { cardsRoot } from './board.ts';
import type { CardType } from './card-type.ts';

/** Cards of one kind that were deleted long ago. */
export const purgeableCards = ({ noun, kind }: CardType): Purgeable => ({
  noun,
  plural: kind,
  due: (query, before, limit, tried) =>
    query.all<Due>(
      `SELECT id AS record, doc FROM ${kind} WHERE ${deletedBefore(kind)} ORDER BY doc, id LIMIT ${limit}`,
      { before, tried },
    ),
  homeOf: (record) => ({ root: cardsRoot, id: record }),
  purge: (doc, record, now) => purgeRecord(doc, cardsRoot, record, now),
  bringBack(live, before, record, now) {
    if (before === null || !bringBackRecord(live, before, cardsRoot, record)) deleteAgain(live, cardsRoot, record, now);
  },
});
