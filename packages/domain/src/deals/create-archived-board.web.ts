import { type Accessor, createSignal } from 'solid-js';
import type * as Y from 'yjs';
import type { OpenDocument } from '../client.ts';
import { createActions } from './create-actions.web.ts';
import { type BoardStore, createBoard } from './create-board.web.ts';
import { createPeople, createPresence } from '../create-people.web.ts';
import type { DealBoard } from './deal-board-context.tsx';

/**
 * A pipeline as seen from one of its archive documents: the deals are the archive's, the stages, the lanes and the view
 * stay the pipeline's own. What is edited is edited in the archive; a move brings the deal back to where it belongs.
 */
export function createArchivedBoard(
  home: DealBoard,
  archive: { readonly docName: string; readonly document: OpenDocument; readonly doc: Accessor<Y.Doc> },
): DealBoard {
  const { docName, document, doc } = archive;
  const { workspace, boardId } = home;
  const own = createBoard({
    doc,
    type: home.type,
    custom: () => workspace.customFields(home.type.noun),
    names: home.references.names,
    view: () => () => ({ matches: null, order: null }),
  });
  const { meta, stages, stage, lane } = home.store;
  const store: BoardStore = {
    get doc() {
      return own.doc;
    },
    deals: own.deals,
    meta,
    stages,
    stage,
    lane,
  };
  const people = createPeople(document, workspace.me.id);
  const [editing, setEditing] = createSignal<{ id: string; field: string } | null>(null);
  createPresence(document, () => ({
    board: boardId,
    record: editing()?.id ?? home.view().deal,
    field: editing()?.field ?? null,
    view: home.query(),
  }));
  return {
    ...home,
    docName,
    document,
    store,
    people,
    actions: createActions({
      workspace,
      document,
      docName,
      boardId,
      store,
      type: home.type,
      ops: home.ops,
      convert: home.actions.convert,
      home: () => home.store.doc,
    }),
    lockReason: () =>
      document.access() === 'write' ? undefined : `You may look at this ${home.type.words.board}, not change it.`,
    tellEditing: (id, field) => setEditing(field === null ? null : { id, field }),
  };
}
