import { isText, type BodyNode, type ElementNode, type TextNode } from './body-tree.ts';
import { markTags } from './mark-tags.ts';

/** What a mention is called for whoever exports; null where they may not know. */
export type NameOf = (noun: string, id: string) => string | null;

/** Text as it stands in HTML, in an attribute too. */
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

function textHtml({ text, marks }: TextNode): string {
  let html = escapeHtml(text);
  for (const { type, attributes } of marks) {
    const tag = markTags[type];
    if (tag !== undefined) html = `<${tag}>${html}</${tag}>`;
    else if (type === 'link')
      html = `<a href="${escapeHtml(String(attributes['href']))}" rel="noopener noreferrer nofollow">${html}</a>`;
  }
  return html;
}

const span = (name: string, value: unknown): string =>
  typeof value === 'number' && value > 1 ? ` ${name}="${value}"` : '';

function elementHtml(node: ElementNode, nameOf: NameOf): string {
  const { type, attributes } = node;
  const inner = (): string => nodesHtml(node.children, nameOf);
  const wrap = (tag: string, more = ''): string => `<${tag}${more}>${inner()}</${tag}>`;
  switch (type) {
    case 'paragraph':
      return wrap('p', ' dir="auto"');
    case 'heading':
      return wrap(`h${Number(attributes['level'] ?? 1) + 1}`, ' dir="auto"');
    case 'codeBlock':
      return `<pre><code>${inner()}</code></pre>`;
    case 'blockquote':
      return wrap('blockquote');
    case 'bulletList':
      return wrap('ul');
    case 'orderedList': {
      const start = attributes['start'];
      return wrap('ol', typeof start === 'number' && start !== 1 ? ` start="${start}"` : '');
    }
    case 'listItem':
      return wrap('li');
    case 'taskList':
      return wrap('ul', ' class="tasks"');
    case 'taskItem': {
      const { checked, assignee, due } = attributes;
      const who = typeof assignee === 'string' ? nameOf('member', assignee) : null;
      const about = [who, typeof due === 'string' ? due : null].filter((part) => part !== null).join(', ');
      const end = about === '' ? '' : ` <small>(${escapeHtml(about)})</small>`;
      return `<li><input type="checkbox" disabled${checked === true ? ' checked' : ''}>${inner()}${end}</li>`;
    }
    case 'table':
      return wrap('table');
    case 'tableRow':
      return wrap('tr');
    case 'tableCell':
    case 'tableHeader':
      return wrap(
        type === 'tableCell' ? 'td' : 'th',
        span('colspan', attributes['colspan']) + span('rowspan', attributes['rowspan']),
      );
    case 'horizontalRule':
      return '<hr>';
    case 'hardBreak':
      return '<br>';
    case 'image':
      return typeof attributes['src'] === 'string'
        ? `<img src="${escapeHtml(attributes['src'])}" alt="${escapeHtml(String(attributes['alt'] ?? ''))}">`
        : '';
    case 'mention': {
      const name = nameOf(String(attributes['noun']), String(attributes['ref']));
      return name === null ? '<b>@…</b>' : `<b>@${escapeHtml(name)}</b>`;
    }
  }
  return inner();
}

const nodesHtml = (nodes: readonly BodyNode[], nameOf: NameOf): string =>
  nodes.map((node) => (isText(node) ? textHtml(node) : elementHtml(node, nameOf))).join('');

/** A note as a page of its own: no script, nothing loaded from elsewhere, every text escaped. */
export function toHtml(title: string, nodes: readonly ElementNode[], nameOf: NameOf): string {
  const name = escapeHtml(title === '' ? 'Untitled' : title);
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<title>${name}</title>
</head>
<body>
<h1 dir="auto">${name}</h1>
${nodes.map((node) => elementHtml(node, nameOf)).join('\n')}
</body>
</html>
`;
}
