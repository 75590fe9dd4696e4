import type { BoardAccess } from '@rapport/domain/access/board-access';
import type { Documents } from '@rapport/domain/http/workspace-context.node';

/** A request reached for a document that its caller may not open, or not edit. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
}

/** The board that a document belongs to (itself, or one of its archives); null when it is no board's. */
export const boardOfDocument = (doc: string): string | null =>
  doc.startsWith('board/') ? (doc.slice('board/'.length).split('~')[0] ?? '') : null;

/** The workspace's documents as one caller may use them. Routes have no others, so none can forget to ask. */
export function guardHub(hub: Documents, accessTo: (boardId: string) => BoardAccess): Documents {
  const accessOf = (doc: string): BoardAccess => {
    const board = boardOfDocument(doc);
    return board === null ? 'edit' : accessTo(board);
  };
  const needEdit = (docs: readonly string[]) => {
    for (const doc of docs) {
      const access = accessOf(doc);
      if (access === 'none') throw new AccessDenied('This board is not shared with you.');
      if (access === 'view') throw new AccessDenied('You may look at this board, but not change it.');
    }
  };
  return {
    async transact(doc, author, edit) {
      needEdit([doc]);
      return await hub.transact(doc, author, edit);
    },
    async transactAll(docs, author, edit) {
      needEdit(docs);
      return await hub.transactAll(docs, author, edit);
    },
    async read(doc, look) {
      if (accessOf(doc) === 'none') throw new AccessDenied('This board is not shared with you.');
      return await hub.read(doc, look);
    },
    async create(doc, author, init) {
      needEdit([doc]);
      await hub.create(doc, author, init);
    },
    exists: async (doc) => accessOf(doc) !== 'none' && (await hub.exists(doc)),
  };
}
