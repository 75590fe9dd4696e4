import { Hono } from 'hono';
import * as v from 'valibot';
import { refuse } from '../http/api-error.node.ts';
import { query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import type { WorkspaceContext, WorkspaceEnv } from '../http/workspace-context.node.ts';
import type { BodyNode } from './body-tree.ts';
import { mostChips, readChips } from './chips.node.ts';
import { toHtml, type NameOf } from './export-html.ts';
import { toMarkdown, toText } from './export-markdown.ts';
import { findNote } from './note-rows.node.ts';
import { readBody } from './read-body.ts';
import { bodyRoot, noteDocument } from './schema.ts';

/** `noun/id` of everything that is mentioned, and of who has tasks. */
function mentioned(nodes: readonly BodyNode[], found = new Set<string>()): ReadonlySet<string> {
  for (const node of nodes) {
    if ('text' in node) continue;
    if (node.type === 'mention') found.add(`${String(node.attributes['noun'])}/${String(node.attributes['ref'])}`);
    mentioned(node.children, found);
  }
  return found;
}

/** What mentions are called, as far as the caller may know. */
export function namesFor(ws: WorkspaceContext, nodes: readonly BodyNode[]): NameOf {
  const keys = [...mentioned(nodes)];
  const names = new Map<string, string>();
  for (let from = 0; from < keys.length; from += mostChips)
    for (const { noun, id, name } of readChips(ws.query, keys.slice(from, from + mostChips)))
      names.set(`${noun}/${id}`, name);
  return (noun, id) => (noun === 'member' ? ws.people.get(id)?.name : names.get(`${noun}/${id}`)) ?? null;
}

const formats = {
  html: { type: 'text/html; charset=utf-8', write: toHtml },
  markdown: { type: 'text/markdown; charset=utf-8', write: toMarkdown },
  text: {
    type: 'text/plain; charset=utf-8',
    write: (title: string, nodes: readonly BodyNode[], nameOf: NameOf) => `${title}\n\n${toText(nodes, nameOf)}`,
  },
} as const;
const endings: Readonly<Record<keyof typeof formats, string>> = { html: 'html', markdown: 'md', text: 'txt' };

/** A header in which no name can break out: the plain form is ASCII, the real name is percent-encoded (RFC 6266). */
export function attachment(name: string): string {
  const safe = name
    .replaceAll(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, '-')
    .slice(0, 120)
    .toWellFormed();
  const plain = safe.replaceAll(/[^\w .()-]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(safe).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;
}

/** Notes as files. */
export function exportRoutes(): Hono<WorkspaceEnv> {
  return new Hono<WorkspaceEnv>().get(
    '/notes/:id/export',
    describe({
      tag: 'Notes',
      summary: 'A note as a file',
      description: 'HTML, Markdown or plain text. Mentions that you may not open have no name in it.',
    }),
    query(v.strictObject({ format: v.optional(v.picklist(['html', 'markdown', 'text']), 'html') })),
    async (c) => {
      const ws = c.var.workspace;
      const note = findNote(ws, c.req.param('id'));
      if (note === undefined) return refuse(c, 'not-found', 'There is no such note.');
      const { format } = c.req.valid('query');
      const { nodes } = await ws.hub.read(noteDocument(note.id), (doc) => readBody(doc.getXmlFragment(bodyRoot)));
      const { type, write } = formats[format];
      return c.body(write(note.title, nodes, namesFor(ws, nodes)), 200, {
        'content-type': type,
        'content-disposition': attachment(`${note.title || 'Untitled'}.${endings[format]}`),
        'content-security-policy': "sandbox; default-src 'none'",
      });
    },
  );
}
