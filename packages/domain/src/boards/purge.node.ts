import { bringBackRecord, deleteAgain, purgeRecord } from '@rapport/doc/purge';
import { forgetRaces } from '@rapport/doc/race';
import { deletedBefore, type Due, type Purgeable } from '../purge/purgeable.node.ts';
import { cardsRoot, stagesRoot } from './board.ts';
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
  purge: (doc, record, now) =>
    doc.transact(() => {
      const isEmptied = purgeRecord(doc, cardsRoot, record, now);
      // The value that lost a race is one of the card's, too.
      if (isEmptied) forgetRaces(doc, record);
      return isEmptied;
    }),
  bringBack(live, before, record, now) {
    if (before === null || !bringBackRecord(live, before, cardsRoot, record)) deleteAgain(live, cardsRoot, record, now);
  },
});

/** Deleted stages that no card stands in and no card's history names. */
export const purgeableStages = (types: readonly CardType[]): Purgeable => ({
  noun: 'stage',
  plural: 'stages',
  due: (query, before, limit, tried) =>
    query.all<Due>(
      `SELECT s.id AS record, 'board/' || s.board_id AS doc FROM stages s
       WHERE s.deleted_at < :before AND s.id NOT IN (SELECT value FROM json_each(:tried))
         ${types
           .map(
             ({ kind, tables }) =>
               `AND NOT EXISTS (SELECT 1 FROM ${kind} c WHERE c.board_id = s.board_id AND c.stage_id = s.id)
                AND NOT EXISTS (SELECT 1 FROM ${tables.entries} e WHERE e.board_id = s.board_id AND e.stage_id = s.id)`,
           )
           .join(' ')}
       ORDER BY doc, record LIMIT ${limit}`,
      { before, tried },
    ),
  homeOf: (record) => ({ root: stagesRoot, id: record }),
  purge: (doc, record, now) => purgeRecord(doc, stagesRoot, record, now),
  bringBack(live, before, record, now) {
    if (before === null || !bringBackRecord(live, before, stagesRoot, record))
      deleteAgain(live, stagesRoot, record, now);
  },
});
