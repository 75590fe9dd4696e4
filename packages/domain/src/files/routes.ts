import { err, ok, type Result } from '@rapport/doc/result';
import { Hono } from 'hono';
import * as v from 'valibot';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { tagsInput } from '../http/tags-input.node.ts';
import { listOf, pageById, unsortedQuery } from '../http/list.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import {
  type FoundFile,
  fileReply,
  findFile,
  listFiles,
  useReply,
  usesOf,
  versionReply,
  versionsOf,
} from './list-files.node.ts';
import { parsePlace, refusalOf } from './place.node.ts';
import { changeFile, storeFile } from './store-file.node.ts';

const tag = 'Files';
const missing = 'There is no such file.';
const noPlace = 'is not a place: folder/<id>, note/<id>, deal/<id>, company/<id>, contact/<id> or null';

/** A file for whoever may change it, or why this caller does not. */
function fileToChange(
  ws: WorkspaceContext,
  id: string,
): Result<FoundFile, readonly ['not-found' | 'forbidden', string]> {
  const known = findFile(ws, id);
  if (known === undefined) return err(['not-found', missing]);
  return known.access === 'edit' ? ok(known) : err(['forbidden', 'You may look at this file, but not change it.']);
}

/** What is said of files; their bytes come and go by the server's upload and content routes. */
export function fileRoutes(deps: NounDeps): Hono<WorkspaceEnv> {
  return new Hono<WorkspaceEnv>()
    .get(
      '/files',
      describe({
        tag,
        summary: 'List the files, the newest first',
        description: '`place`: only what is attached to it; empty is the library itself. `bin`: only deleted ones.',
        reply: listOf(fileReply),
      }),
      query(
        v.strictObject({
          ...unsortedQuery,
          place: v.optional(v.string()),
          by: v.optional(v.string()),
          tag: v.optional(v.string()),
          bin: v.optional(v.picklist(['0', '1']), '0'),
        }),
      ),
      (c) => {
        const { limit, cursor, q, place: text, by, tag: tagged, bin } = c.req.valid('query');
        const place = text === undefined ? undefined : parsePlace(text);
        if (text !== undefined && place === undefined)
          return refuse(c, 'invalid', `place ${noPlace}.`, { place: noPlace });
        const files = listFiles(c.var.workspace, {
          bin: bin === '1',
          ...(place === undefined ? {} : { place }),
          ...(q === undefined ? {} : { q }),
          ...(by === undefined ? {} : { by }),
          ...(tagged === undefined ? {} : { tag: tagged }),
        });
        return c.json(pageById(files, limit, cursor));
      },
    )
    .get(
      '/files/:id',
      describe({
        tag,
        summary: 'A file and its versions',
        description: '`uses`: notes that show it, beside its place.',
        reply: v.object({ ...fileReply.entries, history: v.array(versionReply), uses: v.array(useReply) }),
      }),
      (c) => {
        const ws = c.var.workspace;
        const known = findFile(ws, c.req.param('id'));
        if (known === undefined) return refuse(c, 'not-found', missing);
        const { id } = known.file;
        return c.json({ ...known.file, history: versionsOf(ws, id), uses: usesOf(ws, id) });
      },
    )
    .patch(
      '/files/:id',
      requireRole('member'),
      describe({ tag, summary: 'Rename, move or tag a file', reply: fileReply }),
      body(
        v.strictObject({
          name: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(1000))),
          place: v.optional(v.nullable(v.string())),
          tags: v.optional(tagsInput),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        const known = fileToChange(ws, id);
        if (!known.ok) return refuse(c, ...known.error);
        const input = c.req.valid('json');
        const place = input.place === undefined ? undefined : parsePlace(input.place);
        if (input.place !== undefined) {
          if (place === undefined) return refuse(c, 'invalid', `place ${noPlace}.`, { place: noPlace });
          const refusal = refusalOf(ws, place);
          if (refusal !== null) return refuse(c, refusal.code, `Not moved. ${refusal.message}`);
        }
        await changeFile(ws, id, {
          ...(input.name === undefined ? {} : { name: input.name }),
          ...(place === undefined ? {} : { place }),
          ...(input.tags === undefined ? {} : { tags: input.tags }),
        });
        return c.json(findFile(ws, id)?.file);
      },
    )
    .delete(
      '/files/:id',
      requireRole('member'),
      describe({ tag, summary: 'Put a file into the bin, where it stays for 30 days', reply: fileReply }),
      async (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        const known = fileToChange(ws, id);
        if (!known.ok) return refuse(c, ...known.error);
        if (known.value.file.deletedAt === null) await changeFile(ws, id, { deletedAt: deps.now() });
        return c.json(findFile(ws, id)?.file);
      },
    )
    .post(
      '/files/:id/restore',
      requireRole('member'),
      describe({ tag, summary: 'Take a file out of the bin', reply: fileReply }),
      async (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        const known = fileToChange(ws, id);
        if (!known.ok) return refuse(c, ...known.error);
        if (known.value.file.deletedAt !== null) await changeFile(ws, id, { deletedAt: null });
        return c.json(findFile(ws, id)?.file);
      },
    )
    .post(
      '/files/:id/versions/:version/restore',
      requireRole('member'),
      describe({
        tag,
        summary: 'Make an older version the newest again',
        description: 'As a version of its own: nothing of the history is lost.',
        reply: fileReply,
      }),
      async (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        const known = fileToChange(ws, id);
        const old = versionsOf(ws, id).find((version) => version.id === c.req.param('version'));
        if (old === undefined) return refuse(c, 'not-found', 'There is no such version.');
        if (!known.ok) return refuse(c, ...known.error);
        const version = { ...old, id: deps.newId(), by: ws.actor.memberId, at: deps.now() };
        await storeFile(ws, { id, name: known.value.file.name, place: known.value.place, version });
        return c.json(findFile(ws, id)?.file);
      },
    );
}
