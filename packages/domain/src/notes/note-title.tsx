import { createEffect, createSignal, onCleanup, onMount } from 'solid-js';
import type * as Y from 'yjs';
import { readMeta } from './read-meta.ts';
import { metaRoot, titleLimit } from './schema.ts';

/** The title, written in place; others' changes show at once unless one is being typed here. */
export function NoteTitle(props: {
  doc: Y.Doc;
  isReadOnly: boolean;
  /** This person just made the note: the first thing to do is to name it. */
  isNew: boolean;
  onTitle: (title: string) => void;
  onEnter: () => void;
}) {
  let field: HTMLTextAreaElement | undefined;
  const [title, setTitle] = createSignal('');
  const fit = () => {
    if (field === undefined) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  };
  createEffect(() => {
    const { doc } = props;
    const read = () => setTitle(readMeta(doc).title);
    read();
    doc.getMap(metaRoot).observeDeep(read);
    onCleanup(() => doc.getMap(metaRoot).unobserveDeep(read));
  });
  createEffect(() => {
    const is = title();
    if (field === undefined) return;
    if (field.value !== is) {
      const [from, to] = [field.selectionStart, field.selectionEnd];
      field.value = is;
      if (document.activeElement === field) field.setSelectionRange(from, to);
    }
    fit();
  });
  onMount(() => props.isNew && field?.focus());
  return (
    <textarea
      ref={(made) => {
        field = made;
        queueMicrotask(fit);
      }}
      class="note-title"
      aria-label="Title"
      placeholder="Untitled"
      dir="auto"
      rows={1}
      maxLength={titleLimit}
      readOnly={props.isReadOnly}
      onInput={(event) => {
        fit();
        if (!event.isComposing) props.onTitle(event.currentTarget.value);
      }}
      onCompositionEnd={(event) => props.onTitle(event.currentTarget.value)}
      onBlur={(event) => props.onTitle(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.isComposing) return;
        event.preventDefault();
        props.onEnter();
      }}
    />
  );
}
