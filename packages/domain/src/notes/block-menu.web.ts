import type { ChainedCommands } from '@tiptap/core';
import CodeXml from 'lucide-solid/icons/code-xml';
import Heading1 from 'lucide-solid/icons/heading-1';
import Heading2 from 'lucide-solid/icons/heading-2';
import Heading3 from 'lucide-solid/icons/heading-3';
import List from 'lucide-solid/icons/list';
import ListChecks from 'lucide-solid/icons/list-checks';
import ListOrdered from 'lucide-solid/icons/list-ordered';
import Minus from 'lucide-solid/icons/minus';
import Pilcrow from 'lucide-solid/icons/pilcrow';
import Quote from 'lucide-solid/icons/quote';
import Table from 'lucide-solid/icons/table';
import type { ShownItem } from './suggest-menu.tsx';

interface Block {
  readonly id: string;
  readonly label: string;
  readonly icon: ShownItem['icon'];
  readonly detail?: string;
  /** What else somebody may call it. */
  readonly also?: string;
  readonly apply: (chain: ChainedCommands) => ChainedCommands;
}

const blocks: readonly Block[] = [
  { id: 'text', label: 'Text', icon: Pilcrow, also: 'paragraph', apply: (chain) => chain.setParagraph() },
  {
    id: 'h1',
    label: 'Heading 1',
    icon: Heading1,
    detail: '#',
    also: 'title',
    apply: (chain) => chain.setHeading({ level: 1 }),
  },
  { id: 'h2', label: 'Heading 2', icon: Heading2, detail: '##', apply: (chain) => chain.setHeading({ level: 2 }) },
  { id: 'h3', label: 'Heading 3', icon: Heading3, detail: '###', apply: (chain) => chain.setHeading({ level: 3 }) },
  {
    id: 'bullets',
    label: 'List',
    icon: List,
    detail: '-',
    also: 'bullet unordered',
    apply: (chain) => chain.toggleBulletList(),
  },
  {
    id: 'numbers',
    label: 'Numbered list',
    icon: ListOrdered,
    detail: '1.',
    also: 'ordered',
    apply: (chain) => chain.toggleOrderedList(),
  },
  {
    id: 'tasks',
    label: 'Task list',
    icon: ListChecks,
    detail: '[ ]',
    also: 'check todo',
    apply: (chain) => chain.toggleTaskList(),
  },
  {
    id: 'table',
    label: 'Table',
    icon: Table,
    also: 'grid',
    apply: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
  },
  {
    id: 'quote',
    label: 'Quote',
    icon: Quote,
    detail: '>',
    also: 'blockquote',
    apply: (chain) => chain.setBlockquote(),
  },
  { id: 'code', label: 'Code', icon: CodeXml, detail: '```', apply: (chain) => chain.setCodeBlock() },
  {
    id: 'line',
    label: 'Divider',
    icon: Minus,
    detail: '---',
    also: 'rule line',
    apply: (chain) => chain.setHorizontalRule(),
  },
];

/** Blocks whose name, or another name for it, has a word that begins like `query`. */
export function findBlocks(query: string): ShownItem[] {
  const wanted = query.toLocaleLowerCase();
  return blocks
    .filter(({ label, also = '' }) =>
      `${label} ${also}`
        .toLocaleLowerCase()
        .split(' ')
        .some((word) => word.startsWith(wanted)),
    )
    .map(({ id, label, icon, detail, apply }) => ({
      id,
      label,
      icon,
      group: 'Blocks',
      ...(detail === undefined ? {} : { detail }),
      run: (editor, range) => void apply(editor.chain().focus().deleteRange(range)).run(),
    }));
}
