import { Extension } from '@tiptap/core';
import { Fragment, Slice, type Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { isSafeUrl } from '@rapport/schema/read-value';
import { cleanJson, type JsonNode } from './clean-json.ts';
import { isOwnFile, tallestCell, widestCell } from './element-rules.ts';
import { looksLikeMarkdown } from './looks-like-markdown.ts';
import { longestBlock } from './schema.ts';

/** The most that is pasted at once, in UTF-16 code units: about 150 pages. */
const mostPasted = 500_000;

/**
 * Pictures from elsewhere become links: shown here, they would tell their host who reads what. Cells that span more than
 * a table may have are cells like others.
 */
function cleanHtml(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const cell of page.querySelectorAll('td, th'))
    for (const [name, most] of [
      ['colspan', widestCell],
      ['rowspan', tallestCell],
    ] as const)
      if (!(Number(cell.getAttribute(name) ?? 1) <= most)) cell.removeAttribute(name);
  for (const picture of page.querySelectorAll('img')) {
    const src = picture.getAttribute('src') ?? '';
    if (isOwnFile(src)) continue;
    if (!isSafeUrl(src)) {
      picture.remove();
      continue;
    }
    const link = page.createElement('a');
    link.href = src;
    link.textContent = picture.alt.trim() || 'Picture';
    picture.replaceWith(link);
  }
  return page.body.innerHTML;
}

/** Ids of tasks and mentions belong to one element: a copy beside the original has none. */
function withoutTakenIds(slice: Slice, doc: Node): Slice {
  const taken = new Set<unknown>();
  doc.descendants((node) => {
    for (const name of ['taskId', 'mid']) if (node.attrs[name] != null) taken.add(node.attrs[name]);
  });
  if (taken.size === 0) return slice;
  const strip = (nodes: Fragment): Fragment => {
    const kept: Node[] = [];
    nodes.forEach((node) => {
      const name = node.type.name === 'taskItem' ? 'taskId' : node.type.name === 'mention' ? 'mid' : null;
      const isTaken = name !== null && taken.has(node.attrs[name]);
      kept.push(
        node.isText
          ? node
          : node.type.create(isTaken ? { ...node.attrs, [name]: null } : node.attrs, strip(node.content), node.marks),
      );
    });
    return Fragment.fromArray(kept);
  };
  return new Slice(strip(slice.content), slice.openStart, slice.openEnd);
}

/** What is pasted becomes what a note may have: Markdown its blocks, HTML what the schema knows. */
export const makePaste = (options: {
  readonly onTooLong: () => void;
  /** Takes dropped and pasted files; null where files cannot be taken. */
  readonly onFiles: ((files: readonly File[]) => void) | null;
}): Extension =>
  Extension.create({
    name: 'notePaste',
    addProseMirrorPlugins() {
      const { editor } = this;
      const insertMarkdown = async (text: string) => {
        try {
          const { MarkdownManager } = await import('@tiptap/markdown');
          const manager = new MarkdownManager({ extensions: editor.extensionManager.baseExtensions });
          const content = cleanJson((manager.parse(text) as JsonNode).content ?? []);
          if (!editor.isDestroyed && content.length > 0) editor.commands.insertContent(content as never);
        } catch {
          // Without the parser, or with text that it cannot read, the words themselves are what matters.
          if (!editor.isDestroyed) editor.view.pasteText(text);
        }
      };
      let isPlain = false;
      return [
        new Plugin({
          key: new PluginKey('notePaste'),
          props: {
            transformPastedHTML: cleanHtml,
            transformPasted: (slice, view) =>
              view.dragging?.move === true ? slice : withoutTakenIds(slice, view.state.doc),
            handlePaste(view, event, slice) {
              const files = [...(event.clipboardData?.files ?? [])];
              const text = event.clipboardData?.getData('text/plain') ?? '';
              const html = event.clipboardData?.getData('text/html') ?? '';
              if (files.length > 0 && html === '' && options.onFiles !== null) {
                options.onFiles(files);
                return true;
              }
              let isTooLong = text.length > mostPasted || slice.content.size > mostPasted;
              slice.content.descendants((node) => {
                if (node.isTextblock && node.content.size > longestBlock) isTooLong = true;
              });
              if (isTooLong) {
                options.onTooLong();
                return true;
              }
              // Pasted without formatting (Shift), or into code, it is meant as it stands.
              const isCode = view.state.selection.$from.parent.type.spec.code === true;
              const wasPlain = isPlain;
              isPlain = false;
              if (html !== '' || wasPlain || isCode || !looksLikeMarkdown(text)) return false;
              void insertMarkdown(text);
              return true;
            },
            handleKeyDown(_view, event) {
              isPlain = event.shiftKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'v';
              return false;
            },
            handleDrop(_view, event) {
              const files = [...((event as DragEvent).dataTransfer?.files ?? [])];
              if (files.length === 0 || options.onFiles === null) return false;
              event.preventDefault();
              options.onFiles(files);
              return true;
            },
          },
        }),
      ];
    },
  });
