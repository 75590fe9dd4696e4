import { applyPatch } from '@rapport/doc/patch';
import type { Json } from '@rapport/doc/json';
import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js';
import type * as Y from 'yjs';
import type { OpenDocument, WorkspaceClient } from '../client.ts';
import { addComment, editComment, type CommentChange } from './comment-ops.ts';
import { readComments, type Comment } from './read-comment.ts';
import { commentsRoot, noteDocument } from './schema.ts';

/** A comment and its answers, in order. */
export interface Thread {
  readonly first: Comment;
  readonly answers: readonly Comment[];
}

export interface Comments {
  /** Threads that are there, oldest first; also resolved ones. */
  readonly threads: Accessor<readonly Thread[]>;
  /** The first comments of threads that are not resolved: those that are marked in the text. */
  readonly open: Accessor<readonly Comment[]>;
  add(comment: { text: string; thread?: string; anchor?: Comment['anchor']; quote?: string }): Promise<string | null>;
  change(comment: Comment, change: CommentChange): Promise<void>;
  reanchor(id: string, anchor: NonNullable<Comment['anchor']>): void;
}

/**
 * The comments of a note. Who may edit writes them into the document, also offline; who may only comment asks the
 * server to. `mayEdit` and `mayComment` are reactive.
 */
export function createComments(options: {
  readonly workspace: WorkspaceClient;
  readonly document: OpenDocument;
  readonly doc: Y.Doc;
  readonly noteId: string;
  readonly mayEdit: Accessor<boolean>;
}): Comments {
  const { workspace, document, doc, noteId, mayEdit } = options;
  const root = doc.getMap<unknown>(commentsRoot);
  const [all, setAll] = createSignal<readonly Comment[]>(readComments(root));
  const read = () => setAll(readComments(root));
  root.observeDeep(read);
  onCleanup(() => root.unobserveDeep(read));
  const threads = createMemo((): readonly Thread[] => {
    const there = all().filter(({ deletedAt }) => deletedAt === null);
    return there
      .filter(({ thread }) => thread === null)
      .map((first) => ({ first, answers: there.filter(({ thread }) => thread === first.id) }));
  });
  const open = createMemo(
    () => threads().flatMap(({ first }) => (first.resolvedAt === null ? [first] : [])),
    undefined,
    { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  const docName = noteDocument(noteId);
  const failed = (error: unknown) =>
    workspace.toast({
      text: error instanceof Error ? error.message : 'That was not saved.',
      tone: 'danger',
    });
  return {
    threads,
    open,
    async add({ text, thread, anchor, quote }) {
      if (mayEdit()) {
        const id = workspace.newId();
        const made = { id, thread: thread ?? null, text, by: workspace.me.id, at: workspace.now() };
        const patch = addComment({
          ...made,
          ...(anchor === undefined ? {} : { anchor }),
          ...(quote === undefined ? {} : { quote }),
        });
        workspace.perform(document, docName, patch, { kind: 'comment', text: 'Commented', record: noteId });
        return id;
      }
      try {
        const made = await workspace.api<{ id: string }>('POST', `/notes/${noteId}/comments`, {
          text,
          ...(thread === undefined ? {} : { thread }),
          ...(anchor == null ? {} : { anchor: anchor as unknown as Json }),
          ...(quote === undefined ? {} : { quote: quote.slice(0, 300) }),
        });
        return made.id;
      } catch (error) {
        failed(error);
        return null;
      }
    },
    async change(comment, change) {
      if (mayEdit()) {
        const words =
          change.resolved === true
            ? 'Resolved a thread'
            : change.deleted === true
              ? 'Deleted a comment'
              : 'Changed a comment';
        const patch = editComment(comment.id, change, workspace.me.id, workspace.now());
        workspace.perform(document, docName, patch, { kind: 'comment', text: words, record: noteId });
        return;
      }
      const path = `/notes/${noteId}/comments/${comment.id}`;
      try {
        if (change.deleted === true) await workspace.api('DELETE', path);
        else await workspace.api('PATCH', path, { ...change });
      } catch (error) {
        failed(error);
      }
    },
    reanchor(id, anchor) {
      if (mayEdit()) applyPatch(doc, [{ root: commentsRoot, id, set: { anchor: anchor as unknown as Json } }]);
    },
  };
}
