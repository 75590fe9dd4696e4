import { Extension, Node, type Extensions, mergeAttributes } from '@tiptap/core';
import { Image } from '@tiptap/extension-image';
import { Link } from '@tiptap/extension-link';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { TableKit } from '@tiptap/extension-table';
import { StarterKit } from '@tiptap/starter-kit';
import { isSafeUrl } from '@rapport/schema/read-value';
import { isOwnFile } from './element-rules.ts';
import { isMentionNoun, isRecordId } from './schema.ts';

/** Links that lead to the web, a mail or a telephone, and nothing else that a page may be made to open. */
const NoteLink = Link.extend({
  addAttributes: () => ({ href: { default: null } }),
}).configure({
  openOnClick: false,
  autolink: true,
  linkOnPaste: true,
  markdownLinks: true,
  defaultProtocol: 'https',
  isAllowedUri: (url) => isSafeUrl(url),
  HTMLAttributes: { target: '_blank', rel: 'noopener noreferrer nofollow' },
});

/** Text in any script: each block takes the direction of its own first letter. */
const Direction = Extension.create({
  name: 'direction',
  addGlobalAttributes: () => [
    {
      types: ['paragraph', 'heading', 'blockquote', 'listItem', 'taskItem', 'tableCell', 'tableHeader'],
      // Drawn and never stored.
      attributes: { dir: { default: null, parseHTML: () => null, renderHTML: () => ({ dir: 'auto' }) } },
    },
  ],
});

/** A check-list item that can be somebody's task. Its id stays when the item is moved. */
export const NoteTaskItem = TaskItem.extend({
  addAttributes() {
    const kept = (name: string) => ({
      default: null,
      parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`),
      renderHTML: (attributes: Record<string, unknown>) =>
        typeof attributes[name] === 'string' ? { [`data-${name}`]: attributes[name] } : {},
      // A new item made with Enter is a task of nobody yet.
      keepOnSplit: false,
    });
    return { ...this.parent?.(), taskId: { ...kept('taskId') }, assignee: kept('assignee'), due: kept('due') };
  },
}).configure({ nested: true });

/** A picture of this server's own; what is pasted from elsewhere becomes a link instead. */
const NoteImage = Image.extend({
  parseHTML: () => [{ tag: 'img[src]', getAttrs: (element) => isOwnFile(element.getAttribute('src')) && null }],
  renderHTML({ HTMLAttributes }) {
    const { src, ...rest } = HTMLAttributes as Record<string, unknown>;
    return ['img', mergeAttributes(rest, { src: isOwnFile(src) ? src : '', loading: 'lazy' })];
  },
});

/** `@` somebody or a record: what it is called is looked up by whoever reads, who may not be allowed to know. */
export const MentionNode = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  draggable: true,
  addAttributes: () => ({
    noun: { default: 'member', rendered: false },
    ref: { default: '', rendered: false },
    mid: { default: null, rendered: false },
  }),
  parseHTML: () => [
    {
      tag: 'span[data-mention]',
      getAttrs: (element) => {
        const [noun, ref] = (element.dataset['mention'] ?? '').split('/');
        return isMentionNoun(noun) && isRecordId(ref) && { noun, ref };
      },
    },
  ],
  renderHTML: ({ node }) => [
    'span',
    { 'data-mention': `${String(node.attrs['noun'])}/${String(node.attrs['ref'])}` },
    `@`,
  ],
  renderText: () => '@',
});

/** Everything that a note may hold; its names and attributes are those of `element-rules.ts`. */
export const noteSchema: Extensions = [
  StarterKit.configure({
    undoRedo: false,
    heading: { levels: [1, 2, 3] },
    link: false,
    trailingNode: false,
    dropcursor: { color: false, class: 'drop-here' },
  }),
  TaskList,
  NoteTaskItem,
  TableKit.configure({ table: { resizable: false } }),
  NoteLink,
  NoteImage,
  MentionNode,
  Direction,
];
