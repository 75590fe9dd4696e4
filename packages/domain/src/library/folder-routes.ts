import { applyPatch } from '@rapport/doc/patch';
import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { openShare, privateShare, sharedWith } from '../access/share.ts';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { listOf, pageById, unsortedQuery } from '../http/list.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { changeFolderPatch, cleanFolderName, folderDoc, folderNameLimit, newFolderPatch } from './folder.ts';

const tag = 'Library';
const missing = 'There is no such folder.';
const folderReply = v.object({
  id: v.string(),
  name: v.string(),
  folder: v.pipe(v.nullable(v.string()), v.description('The folder that it lies in; null: the library itself')),
  by: v.string(),
  createdAt: v.number(),
  changedAt: v.number(),
  deletedAt: v.nullable(v.number()),
  access: v.picklist(['view', 'comment', 'edit']),
  shared: v.picklist(['everyone', 'some', 'private']),
});
const name = v.pipe(
  v.string(),
  v.maxLength(folderNameLimit),
  v.check((text) => cleanFolderName(text) !== '', 'must not be empty'),
);

interface FolderRow {
  readonly id: string;
  readonly name: string;
  readonly by: string;
  readonly created_at: number;
  readonly changed_at: number;
  readonly deleted_at: number | null;
}

const replyOf = (ws: WorkspaceContext, row: FolderRow) => ({
  id: row.id,
  name: row.name,
  folder: ws.parentOf(row.id),
  by: row.by,
  createdAt: row.created_at,
  changedAt: row.changed_at,
  deletedAt: row.deleted_at,
  access: ws.accessTo(row.id),
  shared: sharedWith(ws.shareOf(row.id)),
});
const find = (ws: WorkspaceContext, id: string) => {
  const row = ws.query.get<FolderRow>('SELECT * FROM folders WHERE id = ?', [id]);
  return row && replyOf(ws, row);
};

/** Folders. What lies in what is the server's; the rest is an operation on the folder's document. */
export function folderRoutes(deps: NounDeps): Hono<WorkspaceEnv> {
  const change = async (
    c: Context<WorkspaceEnv>,
    id: string,
    to: Parameters<typeof changeFolderPatch>[0],
  ): Promise<Response> => {
    const ws = c.var.workspace;
    await ws.hub.transact(folderDoc(id), ws.author(), (doc) => void applyPatch(doc, changeFolderPatch(to)));
    return c.json(find(ws, id));
  };
  return new Hono<WorkspaceEnv>()
    .get(
      '/folders',
      describe({ tag, summary: 'List the folders, by name', reply: listOf(folderReply) }),
      query(v.strictObject(unsortedQuery)),
      (c) => {
        const { limit, cursor, q } = c.req.valid('query');
        const ws = c.var.workspace;
        const rows = ws.query
          .all<FolderRow>('SELECT * FROM folders WHERE deleted_at IS NULL ORDER BY name COLLATE NOCASE, id')
          .filter((row) => q === undefined || row.name.toLowerCase().includes(q.toLowerCase()));
        const page = pageById(rows, limit, cursor);
        return c.json({ ...page, items: page.items.map((row) => replyOf(ws, row)) });
      },
    )
    .post(
      '/folders',
      requireRole('member'),
      describe({
        tag,
        summary: 'Create a folder',
        description: 'In `folder` it is shared as that is. `private`: until you share it, you alone may open it.',
        status: 201,
        reply: folderReply,
      }),
      body(
        v.strictObject({ name, folder: v.optional(v.nullable(v.string())), private: v.optional(v.boolean(), false) }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const input = c.req.valid('json');
        const parent = input.folder ?? null;
        if (parent !== null && find(ws, parent) === undefined) return refuse(c, 'not-found', missing);
        const id = deps.newId();
        // Before there is anything to see.
        if (parent !== null) ws.placeIn(id, parent);
        if (input.private) ws.shareNew(id, privateShare);
        else if (parent === null) ws.shareNew(id, openShare);
        const made = { name: input.name, folder: parent, by: ws.actor.memberId, at: deps.now() };
        await ws.hub.create(folderDoc(id), ws.author(), (doc) => void applyPatch(doc, newFolderPatch(made)));
        return c.json(find(ws, id), 201);
      },
    )
    .get('/folders/:id', describe({ tag, summary: 'A folder', reply: folderReply }), (c) => {
      const folder = find(c.var.workspace, c.req.param('id'));
      return folder === undefined ? refuse(c, 'not-found', missing) : c.json(folder);
    })
    .patch(
      '/folders/:id',
      requireRole('member'),
      describe({
        tag,
        summary: 'Rename or move a folder',
        description: 'Moving takes the right to edit both; what lies in it comes along, and is shared as it is.',
        reply: folderReply,
      }),
      body(v.strictObject({ name: v.optional(name), folder: v.optional(v.nullable(v.string())) })),
      async (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        if (find(ws, id) === undefined) return refuse(c, 'not-found', missing);
        const input = c.req.valid('json');
        if (input.folder !== undefined) {
          if (input.folder !== null && find(ws, input.folder) === undefined) return refuse(c, 'not-found', missing);
          const placed = ws.placeIn(id, input.folder);
          if (!placed.ok)
            return refuse(c, 'conflict', 'Not moved. A folder cannot lie in itself, or in what lies in it.');
        }
        return change(c, id, {
          ...(input.name === undefined ? {} : { name: input.name }),
          ...(input.folder === undefined ? {} : { folder: input.folder }),
        });
      },
    )
    .delete(
      '/folders/:id',
      requireRole('member'),
      describe({
        tag,
        summary: 'Put a folder into the bin, with what lies in it',
        reply: folderReply,
      }),
      async (c) => {
        const id = c.req.param('id');
        if (find(c.var.workspace, id) === undefined) return refuse(c, 'not-found', missing);
        return change(c, id, { deletedAt: deps.now() });
      },
    )
    .post(
      '/folders/:id/restore',
      requireRole('member'),
      describe({ tag, summary: 'Take a folder out of the bin, with what lies in it', reply: folderReply }),
      async (c) => {
        const id = c.req.param('id');
        if (find(c.var.workspace, id) === undefined) return refuse(c, 'not-found', missing);
        return change(c, id, { deletedAt: null });
      },
    );
}
