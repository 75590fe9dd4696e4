import { IconButton } from '@rapport/ui/icon-button';
import { TextField } from '@rapport/ui/text-field';
import { isSafeUrl } from '@rapport/schema/read-value';
import type { Editor } from '@tiptap/core';
import Bold from 'lucide-solid/icons/bold';
import Code from 'lucide-solid/icons/code';
import Italic from 'lucide-solid/icons/italic';
import Link from 'lucide-solid/icons/link';
import MessageSquarePlus from 'lucide-solid/icons/message-square-plus';
import Strikethrough from 'lucide-solid/icons/strikethrough';
import Underline from 'lucide-solid/icons/underline';
import { For, Show, createSignal, onCleanup, onMount } from 'solid-js';

interface Look {
  /** Where its middle would be, in pixels of the window. */
  readonly middle: number;
  readonly top: number;
  readonly active: ReadonlySet<string>;
  readonly href: string;
}

const height = 44;

const marks = [
  { name: 'bold', icon: Bold, label: 'Bold (Ctrl+B)' },
  { name: 'italic', icon: Italic, label: 'Italic (Ctrl+I)' },
  { name: 'underline', icon: Underline, label: 'Underline (Ctrl+U)' },
  { name: 'strike', icon: Strikethrough, label: 'Strike through (Ctrl+Shift+S)' },
  { name: 'code', icon: Code, label: 'Code (Ctrl+E)' },
] as const;

/** What can be done with the selected text, above it. Every button has a key of its own. */
export function SelectionBar(props: {
  editor: Editor;
  isReadOnly: boolean;
  mayComment: boolean;
  onComment: () => void;
}) {
  const [look, setLook] = createSignal<Look | null>(null);
  const [link, setLink] = createSignal<string | null>(null);
  const [problem, setProblem] = createSignal<string>();
  let bar: HTMLDivElement | undefined;
  let isPressed = false;
  const read = () => {
    const { editor } = props;
    if (editor.isDestroyed) return;
    const { from, to, empty } = editor.state.selection;
    const isHere = editor.isFocused || bar?.contains(document.activeElement) === true;
    const words = empty ? '' : editor.state.doc.textBetween(from, to, ' ');
    if (words.trim() === '' || isPressed || !isHere || editor.view.composing) {
      setLook(null);
      setLink(null);
      return;
    }
    const [start, end] = [editor.view.coordsAtPos(from), editor.view.coordsAtPos(to, -1)];
    const isOneLine = end.top <= start.bottom;
    const middle = isOneLine ? (start.left + end.right) / 2 : start.left;
    const above = Math.min(start.top, end.top) - height;
    const names = [...marks.map(({ name }) => name), 'link'];
    setLook({
      middle,
      top: above < 56 ? Math.max(start.bottom, end.bottom) + 8 : above,
      active: new Set(names.filter((name) => editor.isActive(name))),
      href: String(editor.getAttributes('link')['href'] ?? ''),
    });
  };
  onMount(() => {
    const { editor } = props;
    const press = (event: PointerEvent) => {
      isPressed = editor.view.dom.contains(event.target as globalThis.Node);
      if (isPressed) read();
    };
    const release = () => {
      if (!isPressed) return;
      isPressed = false;
      setTimeout(read);
    };
    editor.on('selectionUpdate', read);
    editor.on('update', read);
    editor.on('blur', read);
    addEventListener('pointerdown', press, true);
    addEventListener('pointerup', release, true);
    addEventListener('scroll', read, true);
    onCleanup(() => {
      editor.off('selectionUpdate', read);
      editor.off('update', read);
      editor.off('blur', read);
      removeEventListener('pointerdown', press, true);
      removeEventListener('pointerup', release, true);
      removeEventListener('scroll', read, true);
    });
  });
  const has = (name: string) => look()?.active.has(name) === true;
  const mark = (name: string) => props.editor.chain().focus().toggleMark(name).run();
  const setHref = (href: string) => {
    const wanted = href.trim();
    if (wanted === '') props.editor.chain().focus().extendMarkRange('link').unsetLink().run();
    else {
      const full = /^[a-z]+:/i.test(wanted) ? wanted : wanted.includes('@') ? `mailto:${wanted}` : `https://${wanted}`;
      if (!isSafeUrl(full)) {
        setProblem('Type a web address, a mail address or tel: and a number.');
        return;
      }
      props.editor.chain().focus().extendMarkRange('link').setLink({ href: full }).run();
    }
    setProblem(undefined);
    setLink(null);
  };
  return (
    <Show when={look()}>
      {(at) => (
        <div
          ref={(made) => (bar = made)}
          class="pop selection-bar"
          role="toolbar"
          aria-label="Selected text"
          style={{ left: `clamp(var(--half), ${at().middle}px, calc(100vw - var(--half)))`, top: `${at().top}px` }}
          onPointerDown={(event) => {
            if (!(event.target instanceof HTMLInputElement)) event.preventDefault();
          }}
        >
          <Show
            when={link() === null}
            fallback={
              <div class="link-field" onKeyDown={(event) => event.key === 'Escape' && setLink(null)}>
                <TextField
                  label="Address"
                  hideLabel
                  placeholder="Address, empty to take the link away"
                  value={link() ?? ''}
                  error={problem()}
                  ref={(made) => queueMicrotask(() => (made as HTMLInputElement).focus())}
                  onCommit={setHref}
                />
              </div>
            }
          >
            <Show when={!props.isReadOnly}>
              <For each={marks}>
                {({ name, icon, label }) => (
                  <IconButton size="sm" icon={icon} label={label} aria-pressed={has(name)} onClick={() => mark(name)} />
                )}
              </For>
              <IconButton
                size="sm"
                icon={Link}
                label="Link"
                aria-pressed={has('link')}
                onClick={() => setLink(at().href)}
              />
            </Show>
            <Show when={props.mayComment}>
              <IconButton
                size="sm"
                icon={MessageSquarePlus}
                label="Comment (Ctrl+Alt+M)"
                onClick={() => props.onComment()}
              />
            </Show>
          </Show>
        </div>
      )}
    </Show>
  );
}
