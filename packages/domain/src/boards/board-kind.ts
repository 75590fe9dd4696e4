import { applyPatch } from '@rapport/doc/patch';
import { noteRaces, racesIn, type Race } from '@rapport/doc/race';
import type { ChangeContext } from '@rapport/sync/server/ports';
import type * as Y from 'yjs';
import { rootRecord, serverNote } from '@rapport/doc/records';
import { cardsRoot, metaRoot } from './board.ts';
import type { CardType } from './card-type.ts';
import { makeBoardProjector, type BoardProjector } from './projection.ts';

/** Fields whose races nobody needs to answer: they follow from another field, or both values mean the same. */
const silentFields = new Set(['closedAt', 'createdAt', 'deletedAt', 'movedTo', 'converted', serverNote, 'assignedWhy']);

/** Two people who put one card into one stage at two spots did not disagree. */
const isWorthTelling = ({ field, kept, other }: Race): boolean => {
  if (silentFields.has(field)) return false;
  return field !== 'place' || !Array.isArray(kept) || !Array.isArray(other) || kept[0] !== other[0];
};

/**
 * The kind of document that a board and its archives are, for the sync server: how it projects, and how it reacts to a
 * connection's change: it keeps the value that lost a race beside the one that shows, and puts the board's kind back.
 * `recordTables`: tables of other records, whose ids no card can have.
 */
export function makeBoardKind(types: readonly CardType[], recordTables: readonly string[] = []) {
  const projectors = new WeakMap<Y.Doc, BoardProjector>();
  const racesByDoc = new WeakMap<Y.Doc, { transaction: Y.Transaction; races: Race[] }>();
  return {
    owns: (name: string): boolean => name.startsWith('board/'),
    projector(name: string, doc: Y.Doc) {
      // Here the value that lost is still in memory; once `react` runs, Yjs may have collected it.
      doc.on('afterTransaction', (transaction: Y.Transaction) => {
        if (transaction.local) return;
        const races = racesIn(transaction, cardsRoot, String);
        if (races.length > 0) racesByDoc.set(doc, { transaction, races });
      });
      const projector = makeBoardProjector(name, doc, types, recordTables);
      projectors.set(doc, projector);
      return projector;
    },
    react(
      _name: string,
      doc: Y.Doc,
      transaction: Y.Transaction,
      context: ChangeContext,
      authorOf: (client: number) => string | undefined,
    ): void {
      // What the cards are was said when the board was made: rows, routes and screens hold to that.
      const kind = projectors.get(doc)?.kind() ?? null;
      if (kind !== null && doc.getMap(metaRoot).get('kind') !== kind)
        applyPatch(doc, [{ root: metaRoot, id: rootRecord, set: { kind } }], 'server');
      const found = racesByDoc.get(doc);
      if (!found || found.transaction !== transaction) return;
      racesByDoc.delete(doc);
      const races = found.races.flatMap((race): Race[] => {
        const [keptBy, otherBy] = [authorOf(Number(race.keptBy)), authorOf(Number(race.otherBy))];
        return keptBy === undefined || otherBy === undefined || keptBy === otherBy
          ? []
          : [{ ...race, keptBy, otherBy }];
      });
      const told = races.filter(isWorthTelling);
      if (told.length > 0) applyPatch(doc, noteRaces(told, context.at), 'server');
    },
  };
}
