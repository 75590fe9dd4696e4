import { Editor, type AnyExtension, type NodeViewRenderer } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { Placeholder } from '@tiptap/extensions';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { makeCarets } from './carets.web.ts';
import { MentionNode, NoteTaskItem, noteSchema } from './editor-schema.web.ts';
import { keepCaretInView } from './keep-caret-in-view.web.ts';

/** The editor of one note's body, in `element`. The caller destroys it. */
export function makeEditor(options: {
  readonly element: HTMLElement;
  readonly body: Y.XmlFragment;
  readonly awareness: Awareness;
  readonly isEditable: boolean;
  readonly label: string;
  readonly placeholder: string;
  readonly mentionView: NodeViewRenderer;
  readonly taskView: NodeViewRenderer;
  readonly extensions: readonly AnyExtension[];
}): Editor {
  const { element, body, awareness } = options;
  const views: readonly AnyExtension[] = [
    MentionNode.extend({ addNodeView: () => options.mentionView }),
    NoteTaskItem.extend({ addNodeView: () => options.taskView }),
  ];
  const editor = new Editor({
    element,
    editable: options.isEditable,
    // Our own style sheet says it: none may be made as the page runs.
    injectCSS: false,
    extensions: [
      ...noteSchema.filter((extension) => !views.some(({ name }) => name === extension.name)),
      ...views,
      Collaboration.configure({ fragment: body }),
      makeCarets(awareness),
      Placeholder.configure({ placeholder: options.placeholder, showOnlyWhenEditable: true }),
      ...options.extensions,
    ],
    editorProps: {
      attributes: {
        class: 'note-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': options.label,
        spellcheck: 'true',
        tabindex: '0',
      },
    },
  });
  keepNodes(editor);
  keepCaretInView(editor);
  return editor;
}

/**
 * The binding makes every node of the editor anew at each change of a colleague's, though it knows which ones changed: in
 * a long note that is most of what a change costs. What it has made for types that did not change is kept instead.
 */
function keepNodes(editor: Editor): void {
  const sync = ySyncPluginKey.getState(editor.state) as { binding: { mapping: Map<unknown, unknown> } } | undefined;
  if (sync !== undefined) sync.binding.mapping.clear = () => undefined;
}
