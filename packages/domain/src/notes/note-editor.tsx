import type { AnyExtension, Editor } from '@tiptap/core';
import { createEffect, onCleanup, onMount } from 'solid-js';
import type * as Y from 'yjs';
import type { OpenDocument, WorkspaceClient } from '../client.ts';
import { makeEditor } from './create-editor.web.ts';
import { mentionView, type Links } from './mention-view.tsx';
import type { Names } from './names.web.ts';
import { bodyRoot } from './schema.ts';
import { taskView } from './task-view.tsx';

/** The text itself. It lives as long as the document that it shows. */
export function NoteEditor(props: {
  workspace: WorkspaceClient;
  document: OpenDocument;
  doc: Y.Doc;
  names: Names;
  links: Links;
  isReadOnly: boolean;
  extensions: readonly AnyExtension[];
  onEditor: (editor: Editor | undefined) => void;
  /** No editor could be made of what is in the document. */
  onFailed: () => void;
}) {
  let place: HTMLDivElement | undefined;
  onMount(() => {
    const element = place;
    if (element === undefined) return;
    const make = () =>
      makeEditor({
        element,
        body: props.doc.getXmlFragment(bodyRoot),
        awareness: props.document.awareness(),
        isEditable: !props.isReadOnly,
        label: 'Text',
        placeholder: 'Write, or press / for blocks and @ to mention',
        mentionView: mentionView(props.names, props.links),
        taskView: taskView(props.workspace),
        extensions: props.extensions,
      });
    let made: Editor | null = null;
    try {
      made = make();
    } catch {
      // E.g. a table whose cells span more than any memory has: the page then shows the text without the editor.
      props.onFailed();
      return;
    }
    const editor = made;
    createEffect(() => editor.setEditable(!props.isReadOnly, true));
    props.onEditor(editor);
    onCleanup(() => {
      props.onEditor(undefined);
      editor.destroy();
    });
  });
  // A chip is a link that lies in editable text, where a press only puts the caret.
  const follow = (event: MouseEvent) => {
    const chip = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a.mention[href]') : null;
    if (chip === null) {
      const link =
        event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.note-text a[href]') : null;
      // Reading, a press follows a link; writing, it does so with Ctrl.
      if (link === null || !(props.isReadOnly || event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      open(link.href, '_blank', 'noopener,noreferrer');
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    props.links.go(chip.getAttribute('href') ?? '');
  };
  return <div ref={(made) => (place = made)} class="note-editor" onClick={follow} />;
}
