import type { StoredDocument } from './ports.ts';

/** What a document is before anything was written to it. */
export const emptyDocument: StoredDocument = { snapshot: null, snapshotSeq: 0, tail: [], clients: new Map() };
