import type { DocumentKind } from '@rapport/sync/server/ports';
import { racesRoot } from '@rapport/doc/race';
import type { WholeDocument } from '@rapport/doc/purge';
import { purgeable } from '../purge/purged-kind.ts';
import { roots, type RecordType } from './record-type.ts';

/** All that a record is, for emptying it for good. */
export const wholeRecordDocument: WholeDocument = {
  home: roots.fields,
  maps: [roots.fields, roots.points, roots.links, roots.consent, roots.timeline, racesRoot],
};

/** A record's kind, of which no row is left when it was purged. */
export const purgeableRecordKind = (type: RecordType, kind: DocumentKind): DocumentKind =>
  purgeable(kind, {
    noun: type.noun,
    whole: wholeRecordDocument,
    rows: (id) => [
      { table: type.plural, key: { id }, row: null },
      { table: 'record_links', key: { from_id: id }, row: null },
    ],
  });
