import { Extension, type Editor } from '@tiptap/core';
import { Plugin, PluginKey, type EditorState, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { absolutePositionToRelativePosition, ySyncPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { anchorOf, resolvePlace } from './comment-ops.ts';
import type { Comment } from './read-comment.ts';

/** A thread and where it holds to the text, in the editor's positions. */
export interface Marked {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

interface Binding {
  readonly doc: Y.Doc;
  readonly type: Y.XmlFragment;
  readonly binding: { readonly mapping: Map<unknown, { readonly nodeSize: number }> };
}

interface Marks {
  readonly marked: readonly Marked[];
  readonly decorations: DecorationSet;
}

const key = new PluginKey<Marks>('commentMarks');
const bindingOf = (state: EditorState): Binding | undefined => ySyncPluginKey.getState(state) as Binding | undefined;

/**
 * An anchor's end as a position of the editor. Not with the binding's own function, which takes every place at the
 * beginning of a document for a mistake.
 */
function placeAt(state: EditorState, raw: unknown): number | null {
  const sync = bindingOf(state);
  const place = sync === undefined ? null : resolvePlace(sync.doc, raw);
  if (sync === undefined || place === null) return null;
  let pos = place.index;
  for (let type: Y.XmlText | Y.XmlFragment = place.text; type !== sync.type;) {
    const item: Y.Item | null = type._item;
    const parent: unknown = item?.parent;
    if (!(parent instanceof Y.XmlFragment)) return null;
    for (let before = parent._start; before !== null && before !== item; before = before.right) {
      if (before.deleted || !(before.content instanceof Y.ContentType)) continue;
      const { type: sibling } = before.content;
      const size = sibling instanceof Y.XmlText ? sibling.length : sync.binding.mapping.get(sibling)?.nodeSize;
      if (size === undefined) return null;
      pos += size;
    }
    // What stands in an element begins behind its opening.
    if (parent !== sync.type) pos += 1;
    type = parent;
  }
  return pos;
}

/** Where threads are now, by their anchors in the document; those whose text is gone are left out. */
function resolveAll(state: EditorState, threads: readonly Comment[]): Marked[] {
  return threads.flatMap(({ id, anchor }) => {
    if (anchor === null) return [];
    const [from, to] = [placeAt(state, anchor.from), placeAt(state, anchor.to)];
    return from === null || to === null || from >= to ? [] : [{ id, from, to }];
  });
}

const draw = (state: EditorState, marked: readonly Marked[], chosen: string | null): Marks => ({
  marked,
  decorations: DecorationSet.create(
    state.doc,
    marked.map(({ id, from, to }) =>
      Decoration.inline(from, to, {
        nodeName: 'mark',
        class: id === chosen ? 'note-mark is-on' : 'note-mark',
        'data-thread': id,
      }),
    ),
  ),
});

/** The anchor for what is selected, and its text; null when nothing is. */
export function anchorOfSelection(editor: Editor): { anchor: NonNullable<Comment['anchor']>; quote: string } | null {
  const { state } = editor;
  const { from, to, empty } = state.selection;
  const anchor = empty ? null : anchorAt(state, from, to);
  return anchor === null ? null : { anchor, quote: state.doc.textBetween(from, to, ' ', '@') };
}

function anchorAt(state: EditorState, from: number, to: number): NonNullable<Comment['anchor']> | null {
  const sync = bindingOf(state);
  if (sync === undefined) return null;
  const end = (pos: number) => {
    const place: unknown = absolutePositionToRelativePosition(pos, sync.type, sync.binding.mapping as never);
    return resolvePlace(sync.doc, place);
  };
  const [first, last] = [end(from), end(to)];
  return first === null || last === null ? null : anchorOf(first, last);
}

/**
 * Shows which words threads are about. The anchors are Yjs positions, which others' edits leave alone; but an editor
 * makes text anew when a paragraph is split or joined, so whoever does that also says where the thread is now.
 */
export function makeCommentMarks(options: {
  readonly threads: () => readonly Comment[];
  readonly chosen: () => string | null;
  readonly onChoose: (id: string) => void;
  /** Puts a thread's anchor anew, when the person's own edit moved its words. */
  readonly reanchor: (id: string, anchor: NonNullable<Comment['anchor']>) => void;
}): {
  extension: Extension;
  refresh: (editor: Editor) => void;
  find: (editor: Editor, id: string) => Marked | undefined;
} {
  const { threads, chosen } = options;
  const apply = (tr: Transaction, before: Marks, state: EditorState): Marks => {
    const isRefresh = tr.getMeta(key) === true;
    const isOthers = (tr.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined)?.isChangeOrigin === true;
    if (isRefresh || isOthers) return draw(state, resolveAll(state, threads()), chosen());
    if (!tr.docChanged) return before;
    const marked = before.marked.flatMap(({ id, from, to }) => {
      const is = { id, from: tr.mapping.map(from, 1), to: tr.mapping.map(to, -1) };
      return is.from < is.to ? [is] : [];
    });
    return { marked, decorations: before.decorations.map(tr.mapping, tr.doc) };
  };
  const extension = Extension.create({
    name: 'commentMarks',
    addProseMirrorPlugins: () => [
      new Plugin<Marks>({
        key,
        state: {
          init: () => ({ marked: [], decorations: DecorationSet.empty }),
          apply: (tr, before, _old, state) => apply(tr, before, state),
        },
        props: {
          decorations: (state) => key.getState(state)?.decorations,
          handleClick(_view, _pos, event) {
            const mark = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-thread]') : null;
            const id = mark?.dataset['thread'];
            if (id !== undefined) options.onChoose(id);
            return false;
          },
        },
        // After the editor's changes are in the document: this plugin stands behind the one that puts them there.
        view: () => ({
          update(view, old) {
            const [is, was] = [key.getState(view.state), key.getState(old)];
            if (is === undefined || is === was || is.marked.length === 0 || view.state.doc.eq(old.doc)) return;
            const byId = new Map(resolveAll(view.state, threads()).map((each) => [each.id, each]));
            for (const { id, from, to } of is.marked) {
              const stands = byId.get(id);
              if (stands?.from === from && stands.to === to) continue;
              const anchor = anchorAt(view.state, from, to);
              if (anchor !== null) options.reanchor(id, anchor);
            }
          },
        }),
      }),
    ],
  });
  return {
    extension,
    refresh(editor) {
      if (!editor.isDestroyed) editor.view.dispatch(editor.state.tr.setMeta(key, true));
    },
    find: (editor, id) => key.getState(editor.state)?.marked.find((each) => each.id === id),
  };
}
