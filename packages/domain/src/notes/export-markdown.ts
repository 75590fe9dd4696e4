import { isText, type BodyNode, type ElementNode, type TextNode } from './body-tree.ts';
import type { NameOf } from './export-html.ts';

/** Characters that would mean something in Markdown, also those that begin HTML. */
const escapeInline = (text: string): string => text.replaceAll(/[\\`*_[\]<>~|&]/g, (sign) => `\\${sign}`);

/** What would make a line a heading, a list, a quote or a rule. */
const escapeStart = (line: string): string =>
  line.replace(/^(\s*)([#+-]|=+|\d+[.)])(?=\s|$)/, (_all, space: string, sign: string) =>
    /^\d/.test(sign) ? `${space}${sign.slice(0, -1)}\\${sign.slice(-1)}` : `${space}\\${sign}`,
  );

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

function codeSpan(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text.replaceAll('\n', ' ')}${pad}${fence}`;
}

const signs: Readonly<Record<string, string>> = { bold: '**', italic: '*', strike: '~~' };

function textMarkdown({ text, marks }: TextNode): string {
  const isCode = marks.some(({ type }) => type === 'code');
  // A mark may not begin or end with a space.
  const [, before = '', core = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  if (core === '') return text;
  let out = isCode ? codeSpan(core) : escapeInline(core);
  for (const { type, attributes } of marks) {
    const sign = signs[type];
    if (sign !== undefined && !isCode) out = `${sign}${out}${sign}`;
    else if (type === 'link')
      out = `[${out}](<${String(attributes['href']).replaceAll(/[<>\\]/g, (sign) => encodeURIComponent(sign))}>)`;
  }
  return before + out + after;
}

function inlineMarkdown(nodes: readonly BodyNode[], nameOf: NameOf): string {
  return nodes
    .map((node) => {
      if (isText(node)) return textMarkdown(node);
      if (node.type === 'hardBreak') return '\\\n';
      if (node.type !== 'mention') return '';
      return `@${escapeInline(nameOf(String(node.attributes['noun']), String(node.attributes['ref'])) ?? '…')}`;
    })
    .join('');
}

const indent = (text: string, by: string): string =>
  text
    .split('\n')
    .map((line, index) => (index === 0 || line === '' ? line : by + line))
    .join('\n');

function itemsMarkdown(list: ElementNode, nameOf: NameOf): string {
  const start = typeof list.attributes['start'] === 'number' ? list.attributes['start'] : 1;
  return list.children
    .filter((item): item is ElementNode => !isText(item))
    .map((item, index) => {
      const sign =
        list.type === 'orderedList'
          ? `${start + index}. `
          : list.type === 'taskList'
            ? `- [${item.attributes['checked'] === true ? 'x' : ' '}] `
            : '- ';
      const { assignee, due } = item.attributes;
      const who = typeof assignee === 'string' ? nameOf('member', assignee) : null;
      const about = [who === null ? null : escapeInline(who), typeof due === 'string' ? due : null]
        .filter((part) => part !== null)
        .join(', ');
      const content = blocksMarkdown(item.children, nameOf, '\n') + (about === '' ? '' : ` (${about})`);
      return sign + indent(content, ' '.repeat(list.type === 'orderedList' ? sign.length : 2));
    })
    .join('\n');
}

function tableMarkdown(table: ElementNode, nameOf: NameOf): string {
  const rows = table.children.flatMap((row) =>
    isText(row)
      ? []
      : [
          row.children.flatMap((cell) =>
            isText(cell) ? [] : [blocksMarkdown(cell.children, nameOf, ' ').replaceAll(/\s*\n\s*/g, ' ')],
          ),
        ],
  );
  const width = Math.max(1, ...rows.map((row) => row.length));
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, index) => cells[index] ?? '').join(' | ')} |`;
  const [head = [], ...rest] = rows;
  return [line(head), `|${' --- |'.repeat(width)}`, ...rest.map(line)].join('\n');
}

function blockMarkdown(node: ElementNode, nameOf: NameOf): string {
  switch (node.type) {
    case 'heading':
      return `${'#'.repeat(Number(node.attributes['level'] ?? 1) + 1)} ${inlineMarkdown(node.children, nameOf).replaceAll('\\\n', ' ')}`;
    case 'codeBlock': {
      const text = node.children.map((child) => (isText(child) ? child.text : '\n')).join('');
      const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
      const language = String(node.attributes['language'] ?? '').replaceAll(/[^\w+#.-]/g, '');
      return `${fence}${language}\n${text}\n${fence}`;
    }
    case 'blockquote':
      return blocksMarkdown(node.children, nameOf, '\n\n')
        .split('\n')
        .map((line) => (line === '' ? '>' : `> ${line}`))
        .join('\n');
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
      return itemsMarkdown(node, nameOf);
    case 'table':
      return tableMarkdown(node, nameOf);
    case 'horizontalRule':
      return '---';
    case 'image':
      return typeof node.attributes['src'] === 'string'
        ? `![${escapeInline(String(node.attributes['alt'] ?? ''))}](<${node.attributes['src']}>)`
        : '';
  }
  return inlineMarkdown(node.children, nameOf).split('\n').map(escapeStart).join('\n');
}

const blocksMarkdown = (nodes: readonly BodyNode[], nameOf: NameOf, between: string): string =>
  nodes.map((node) => (isText(node) ? textMarkdown(node) : blockMarkdown(node, nameOf))).join(between);

/** A note as Markdown (CommonMark with tables and check lists); every text reads back as itself. */
export const toMarkdown = (title: string, nodes: readonly ElementNode[], nameOf: NameOf): string =>
  `# ${escapeInline(title === '' ? 'Untitled' : title)}\n\n${blocksMarkdown(nodes, nameOf, '\n\n')}\n`;

/** Its text alone. */
export function toText(nodes: readonly BodyNode[], nameOf: NameOf): string {
  return nodes
    .map((node) => {
      if (isText(node)) return node.text;
      if (node.type === 'hardBreak') return '\n';
      if (node.type === 'mention')
        return `@${nameOf(String(node.attributes['noun']), String(node.attributes['ref'])) ?? '…'}`;
      const inner = toText(node.children, nameOf);
      return node.type === 'paragraph' || node.type === 'heading' || node.type === 'codeBlock' ? `${inner}\n` : inner;
    })
    .join('');
}
