import type { WholeDocument } from '@rapport/doc/purge';
import type { DocumentKind } from '@rapport/sync/server/ports';
import { purgeableDocuments, type Purgeable } from '../purge/purgeable.node.ts';
import { purgeable } from '../purge/purged-kind.ts';

const whole: WholeDocument = { home: 'meta', maps: ['meta'], keeps: ['schema', 'folder'] };

export const purgeableFolders: Purgeable = purgeableDocuments('folder', 'folders', whole);

/** A folder's kind, of which no row is left when it was purged. */
export const purgeableFolderKind = (kind: DocumentKind): DocumentKind =>
  purgeable(kind, { noun: 'folder', whole, rows: (id) => [{ table: 'folders', key: { id }, row: null }] });
