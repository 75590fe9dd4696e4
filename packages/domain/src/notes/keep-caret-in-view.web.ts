import type { Editor } from '@tiptap/core';
import { ySyncPluginKey } from '@tiptap/y-tiptap';

interface ViewBinding {
  readonly binding: { _isLocalCursorInView: () => boolean };
}

/**
 * Keeps the caret where it is seen while colleagues write above it. The binding does so by laying the whole note out at
 * each change of theirs, many times a frame; here it is looked at once a frame, when the browser lays out anyway.
 */
export function keepCaretInView(editor: Editor): void {
  const sync = ySyncPluginKey.getState(editor.state) as ViewBinding | undefined;
  if (sync === undefined) return;
  sync.binding._isLocalCursorInView = () => false;
  const { view } = editor;
  const window = view.dom.ownerDocument.defaultView;
  if (window === null) return;
  /** Whether it was seen when last looked at; null: the person has scrolled since. */
  let wasSeen: boolean | null = null;
  let frame: number | null = null;
  const isSeen = (): boolean => {
    const { top, bottom } = view.coordsAtPos(view.state.selection.head);
    const pane = view.dom.closest('.note-scroll')?.getBoundingClientRect();
    return bottom > (pane?.top ?? 0) && top < (pane?.bottom ?? window.innerHeight);
  };
  const look = () => {
    frame = null;
    if (editor.isDestroyed || !view.hasFocus()) return;
    const isNow = isSeen();
    if (wasSeen === true && !isNow) view.dispatch(view.state.tr.scrollIntoView());
    wasSeen = wasSeen === true ? isSeen() : isNow;
  };
  const follow = () => {
    frame ??= window.requestAnimationFrame(look);
  };
  const forget = () => (wasSeen = null);
  const scrolling = ['wheel', 'touchmove', 'pointerdown'] as const;
  editor.on('transaction', follow);
  editor.on('blur', forget);
  for (const kind of scrolling) window.addEventListener(kind, forget, { passive: true, capture: true });
  editor.on('destroy', () => {
    if (frame !== null) window.cancelAnimationFrame(frame);
    for (const kind of scrolling) window.removeEventListener(kind, forget, { capture: true });
  });
}
