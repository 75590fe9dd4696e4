import { applyPatch } from '@rapport/doc/patch';
import { noteRaces, racesIn, type Race } from '@rapport/doc/race';
import type { ChangeContext, DocumentKind } from '@rapport/sync/server/ports';
import type * as Y from 'yjs';
import { makeRecordProjector } from './projection.ts';
import { documentOf, roots, type RecordType } from './record-type.ts';

/** Keys whose races nobody needs to answer: both values mean the same, or the first one is as good. */
const silentFields = new Set(['createdAt', 'deletedAt', 'mergedInto']);

/**
 * The kind of document that a record of this type is, for the sync server: how it projects, and that of two values which
 * people wrote unseen the one that lost is kept beside the one that shows.
 */
export function makeRecordKind(type: RecordType): DocumentKind {
  const racesByDoc = new WeakMap<Y.Doc, { transaction: Y.Transaction; races: Race[] }>();
  const project = makeRecordProjector(type);
  return {
    owns: (name) => name.startsWith(documentOf(type, '')),
    projector(name, doc) {
      // Here the value that lost is still in memory; once `react` runs, Yjs may have collected it.
      doc.on('afterTransaction', (transaction: Y.Transaction) => {
        if (transaction.local) return;
        const races = [
          ...[roots.fields, roots.points, roots.links, roots.consent].flatMap((root) =>
            racesIn(transaction, root, String, { isRecord: true }),
          ),
          ...racesIn(transaction, roots.timeline, String),
        ];
        if (races.length > 0) racesByDoc.set(doc, { transaction, races });
      });
      return project(name, doc);
    },
    react(_name, doc, transaction, context: ChangeContext, authorOf) {
      const found = racesByDoc.get(doc);
      if (!found || found.transaction !== transaction) return;
      racesByDoc.delete(doc);
      const told = found.races.flatMap((race): Race[] => {
        const [keptBy, otherBy] = [authorOf(Number(race.keptBy)), authorOf(Number(race.otherBy))];
        const isNobodys = keptBy === undefined || otherBy === undefined || keptBy === otherBy;
        return isNobodys || silentFields.has(race.field) ? [] : [{ ...race, keptBy, otherBy }];
      });
      if (told.length > 0) applyPatch(doc, noteRaces(told, context.at), 'server');
    },
  };
}
