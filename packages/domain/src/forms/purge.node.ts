import type { WholeDocument } from '@rapport/doc/purge';
import type { DocumentKind } from '@rapport/sync/server/ports';
import { purgeableDocuments, type Purgeable } from '../purge/purgeable.node.ts';
import { purgeable } from '../purge/purged-kind.ts';
import { consentsRoot, fieldsRoot } from './form.ts';

const whole: WholeDocument = { home: 'meta', maps: ['meta', fieldsRoot, consentsRoot], keeps: ['schema'] };

export const purgeableForms: Purgeable = purgeableDocuments('form', 'forms', whole);

/** A form's kind, of which no row is left when it was purged. */
export const purgeableFormKind = (kind: DocumentKind): DocumentKind =>
  purgeable(kind, { noun: 'form', whole, rows: (id) => [{ table: 'forms', key: { id }, row: null }] });
