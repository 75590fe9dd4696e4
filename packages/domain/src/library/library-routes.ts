import { Hono } from 'hono';
import * as v from 'valibot';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { listOf, listQuery, pageById } from '../http/list.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import type { ElementNode } from '../notes/body-tree.ts';
import { createNote } from '../notes/create-note.node.ts';
import { readBody } from '../notes/read-body.ts';
import { bodyRoot, linkLimit, noteDocument, recordNouns, titleLimit } from '../notes/schema.ts';
import { itemsOf, listItems, pathOf, tagsOf } from './items.node.ts';
import { itemNouns, libraryItem, libraryViews } from './library-item.ts';
import { templates } from './templates.ts';

const tag = 'Library';
const templateReply = v.object({
  id: v.string(),
  name: v.string(),
  use: v.string(),
  isOwn: v.pipe(v.boolean(), v.description('A note of the team with the tag `template`')),
});

/** What a note begins with: a template of the product, or a note of the team; undefined when there is none. */
async function bodyOf(ws: WorkspaceContext, template: string): Promise<readonly ElementNode[] | undefined> {
  const known = templates.find(({ id }) => id === template);
  if (known !== undefined) return known.body;
  const row = ws.query.get('SELECT 1 FROM notes WHERE id = ? AND deleted_at IS NULL', [template]);
  if (row === undefined) return undefined;
  return await ws.hub.read(noteDocument(template), (doc) => readBody(doc.getXmlFragment(bodyRoot)).nodes);
}

/** Folders, notes and files in one list, and notes that begin with a template. */
export function libraryRoutes(deps: NounDeps): Hono<WorkspaceEnv> {
  return new Hono<WorkspaceEnv>()
    .get(
      '/library',
      describe({
        tag,
        summary: 'What is in the library',
        description:
          '`view`: `folder` (with `folder`, else the library itself), `all`, `recent`, `mine`, `shared` (with me, by ' +
          'others), `favourites` (with `keys`, as they are kept with the member), `templates`, `bin` (30 days). ' +
          '`path`: the folders down to this one.',
        reply: v.object({
          ...listOf(libraryItem).entries,
          path: v.array(v.object({ id: v.string(), name: v.string() })),
        }),
      }),
      query(
        v.strictObject({
          limit: listQuery.limit,
          cursor: listQuery.cursor,
          q: listQuery.q,
          view: v.optional(v.picklist(libraryViews), 'folder'),
          folder: v.optional(v.string()),
          noun: v.optional(v.picklist(itemNouns)),
          tag: v.optional(v.string()),
          keys: v.optional(v.pipe(v.string(), v.maxLength(20_000))),
          sort: v.optional(v.picklist(['name', 'changed'])),
        }),
      ),
      (c) => {
        const ws = c.var.workspace;
        const { limit, cursor, view, folder, noun, tag: tagged, q, keys, sort } = c.req.valid('query');
        const isIn = view === 'folder' && folder !== undefined;
        if (isIn && ws.query.get('SELECT 1 FROM folders WHERE id = ?', [folder]) === undefined)
          return refuse(c, 'not-found', 'There is no such folder.');
        const rows = listItems(ws, {
          view,
          folder: folder ?? null,
          noun,
          tag: tagged,
          q,
          keys: new Set((keys ?? '').split(',')),
          sort: sort ?? (view === 'folder' || view === 'templates' ? 'name' : 'changed'),
          now: deps.now(),
        });
        const page = pageById(rows, limit, cursor);
        return c.json({
          ...page,
          items: itemsOf(ws, page.items),
          path: isIn ? pathOf(ws, folder) : [],
        });
      },
    )
    .get(
      '/library/tags',
      describe({
        tag,
        summary: 'The tags of notes and files, the most frequent first',
        reply: v.object({ items: v.array(v.object({ tag: v.string(), count: v.number() })) }),
      }),
      (c) => c.json({ items: tagsOf(c.var.workspace) }),
    )
    .get(
      '/library/templates',
      describe({
        tag,
        summary: 'What a note can begin with',
        reply: v.object({ items: v.array(templateReply) }),
      }),
      (c) => {
        const ws = c.var.workspace;
        const own = listItems(ws, { view: 'templates', folder: null, sort: 'name', now: deps.now() });
        return c.json({
          items: [
            ...itemsOf(ws, own).map(({ id, name, preview }) => ({ id, name, use: preview, isOwn: true })),
            ...templates.map(({ id, name, use }) => ({ id, name, use, isOwn: false })),
          ],
        });
      },
    )
    .post(
      '/library/notes',
      requireRole('member'),
      describe({
        tag,
        summary: 'Create a note that begins with a template',
        status: 201,
        reply: v.object({ id: v.string(), title: v.string(), doc: v.string() }),
      }),
      body(
        v.strictObject({
          template: v.string(),
          title: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(titleLimit))),
          folder: v.optional(v.nullable(v.string())),
          links: v.optional(
            v.pipe(
              v.array(
                v.strictObject({
                  noun: v.picklist(recordNouns),
                  id: v.pipe(v.string(), v.regex(/^[\w.~-]{1,100}$/, 'must be an id')),
                }),
              ),
              v.maxLength(linkLimit),
            ),
          ),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const { template, title, folder = null, links = [] } = c.req.valid('json');
        if (folder !== null && ws.query.get('SELECT 1 FROM folders WHERE id = ?', [folder]) === undefined)
          return refuse(c, 'not-found', 'There is no such folder.');
        const begins = await bodyOf(ws, template);
        if (begins === undefined) return refuse(c, 'not-found', 'There is no such template.');
        const name = title ?? templates.find(({ id }) => id === template)?.name ?? '';
        const id = await createNote(ws, deps, { title: name, folder, links, body: begins });
        return c.json({ id, title: name, doc: noteDocument(id) }, 201);
      },
    );
}
