import type { WholeDocument } from '@rapport/doc/purge';
import type { DocumentKind } from '@rapport/sync/server/ports';
import { purgeableDocuments, type Purgeable } from '../purge/purgeable.node.ts';
import { purgeable } from '../purge/purged-kind.ts';
import { readMeta } from './read-meta.ts';
import { bodyRoot, commentsRoot, metaRoot, versionsRoot } from './schema.ts';

/** Which records it was linked to stays: whose timelines told of it must be known. */
const whole: WholeDocument = {
  home: metaRoot,
  maps: [metaRoot, commentsRoot, versionsRoot],
  fragments: [bodyRoot],
  keeps: ['schema', 'links'],
};

export const purgeableNotes: Purgeable = purgeableDocuments('note', 'notes', whole);

/** A note's kind, of which no row is left when it was purged. */
export const purgeableNoteKind = (kind: DocumentKind): DocumentKind =>
  purgeable(kind, {
    noun: 'note',
    whole,
    rows: (id) => [
      { table: 'notes', key: { id }, row: null },
      { table: 'note_links', key: { note_id: id }, row: null },
    ],
    toldAt: (doc) => readMeta(doc).links.map((link) => link.id),
  });
