import { rawRecord } from '@rapport/doc/records';
import type { ChangeContext } from '@rapport/sync/server/ports';
import * as Y from 'yjs';
import { makeNoteProjector } from './projection.ts';
import { commentsRoot, isNoteDocument } from './schema.ts';

/**
 * The kind of document that a note is, for the sync server: how it projects, and that nobody comments in another
 * person's name.
 */
export function makeNoteKind() {
  return {
    owns: isNoteDocument,
    projector: makeNoteProjector,
    react(_name: string, doc: Y.Doc, transaction: Y.Transaction, context: ChangeContext): void {
      const comments = doc.getMap<unknown>(commentsRoot);
      for (const [type, keys] of transaction.changed) {
        if (!Object.is(type, comments)) continue;
        doc.transact(() => {
          for (const id of keys) {
            const map = id === null ? undefined : comments.get(id);
            if (!(map instanceof Y.Map)) continue;
            const { by, at } = rawRecord(map);
            if (by !== context.actor) map.set('by', context.actor);
            // Made offline it may be old; nothing is from the future.
            if (typeof at !== 'number' || !(at <= context.at)) map.set('at', context.at);
          }
        });
      }
    },
  };
}
