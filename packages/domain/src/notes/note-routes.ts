import { Hono } from 'hono';
import * as v from 'valibot';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { listOf, listQuery } from '../http/list.node.ts';
import { tagsInput } from '../http/tags-input.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { mostChips, readChips } from './chips.node.ts';
import { createNote } from './create-note.node.ts';
import { listNotes, noteSorts } from './list-notes.node.ts';
import { thingOfLinks } from './note-place.node.ts';
import { findNote, noteReply } from './note-rows.node.ts';
import { editMeta, type MetaChange } from './ops.ts';
import { linkLimit, noteDocument, recordNouns, titleLimit } from './schema.ts';

const tag = 'Notes';
const recordId = v.pipe(v.string(), v.regex(/^[\w.~-]{1,100}$/, 'must be an id'));
export const link = v.strictObject({ noun: v.picklist(recordNouns), id: recordId });
const properties = {
  title: v.pipe(v.string(), v.trim(), v.maxLength(titleLimit)),
  folder: v.nullable(recordId),
  links: v.pipe(v.array(link), v.maxLength(linkLimit)),
  tags: tagsInput,
} as const;
const missing = 'There is no such note.';
const noFolder = 'There is no such folder.';
const isFolder = (ws: WorkspaceContext, id: string): boolean =>
  ws.query.get('SELECT 1 FROM folders WHERE id = ?', [id]) !== undefined;

/** Notes. Every write is an edit of the note's document and is live for everyone who has it open. */
export function noteRoutes(deps: NounDeps): Hono<WorkspaceEnv> {
  return new Hono<WorkspaceEnv>()
    .get(
      '/notes',
      describe({
        tag,
        summary: 'List the notes',
        description: `\`about\` is a record, e.g. \`deal/01J…\`: notes that are linked to it or mention it. Sorts by ${noteSorts.join(', ')}; newest edit first unless told otherwise.`,
        reply: listOf(v.object({ ...noteReply.entries, pinned: v.boolean() })),
      }),
      query(
        v.strictObject({
          ...listQuery,
          folder: v.optional(recordId),
          tag: v.optional(v.string()),
          about: v.optional(v.pipe(v.string(), v.regex(/^[a-z]+\/[\w.~-]{1,100}$/, 'must be like deal/<id>'))),
          createdBy: v.optional(recordId),
          deleted: v.optional(v.picklist(['true', 'false']), 'false'),
        }),
      ),
      (c) => {
        const { deleted, ...wanted } = c.req.valid('query');
        return c.json(listNotes(c.var.workspace, { ...wanted, isDeleted: deleted === 'true' }));
      },
    )
    .post(
      '/notes',
      requireRole('member'),
      describe({ tag, summary: 'Create a note', status: 201, reply: noteReply }),
      body(
        v.strictObject({
          title: properties.title,
          folder: v.optional(properties.folder),
          links: v.optional(properties.links),
          tags: v.optional(properties.tags),
        }),
      ),
      async (c) => {
        const { title, folder, links, tags } = c.req.valid('json');
        if (folder != null && !isFolder(c.var.workspace, folder)) return refuse(c, 'not-found', noFolder);
        const id = await createNote(c.var.workspace, deps, {
          title,
          ...(folder === undefined ? {} : { folder }),
          ...(links === undefined ? {} : { links }),
          ...(tags === undefined ? {} : { tags }),
        });
        return c.json(findNote(c.var.workspace, id) ?? null, 201);
      },
    )
    .get(
      '/notes/chips',
      describe({
        tag,
        summary: 'What records are called now, for the chips of a text',
        description: `\`of\`: up to ${mostChips} keys like deal/<id>, with commas. What you may not open is left out, like what is not there.`,
        reply: v.object({ items: v.array(v.looseObject({ noun: v.string(), id: v.string(), name: v.string() })) }),
      }),
      query(v.strictObject({ of: v.pipe(v.string(), v.maxLength(mostChips * 120)) })),
      (c) => c.json({ items: readChips(c.var.workspace.query, c.req.valid('query').of.split(',')) }),
    )
    .get('/notes/:id', describe({ tag, summary: 'A note', reply: noteReply }), (c) => {
      const note = findNote(c.var.workspace, c.req.param('id'));
      return note === undefined ? refuse(c, 'not-found', missing) : c.json(note);
    })
    .patch(
      '/notes/:id',
      requireRole('member'),
      describe({
        tag,
        summary: 'Change what a note is called, where it lies, its tags and links',
        description:
          '`link` and `unlink` add and remove single records; `links` replaces all. `pin` and `unpin`: whether the note ' +
          'stands at the top of a record that it is linked to.',
        reply: noteReply,
      }),
      body(
        v.strictObject({
          title: v.optional(properties.title),
          folder: v.optional(properties.folder),
          links: v.optional(properties.links),
          link: v.optional(properties.links),
          unlink: v.optional(properties.links),
          pin: v.optional(properties.links),
          unpin: v.optional(properties.links),
          tags: v.optional(properties.tags),
          deleted: v.optional(v.boolean()),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        const note = findNote(ws, id);
        if (note === undefined) return refuse(c, 'not-found', missing);
        const change = c.req.valid('json') as MetaChange;
        if (change.folder != null && !isFolder(ws, change.folder)) return refuse(c, 'not-found', noFolder);
        // From now on it is shared as its folder is, unless something was said of the note itself.
        if (change.folder !== undefined) ws.placeIn(id, change.folder ?? thingOfLinks(ws, note.links));
        await ws.hub.transact(noteDocument(id), ws.author(), (doc) => editMeta(doc, change, deps.now()));
        return c.json(findNote(ws, id) ?? null);
      },
    )
    .delete(
      '/notes/:id',
      requireRole('member'),
      describe({
        tag,
        summary: 'Put a note into the bin',
        description: 'PATCH {deleted: false} takes it out again.',
        status: 204,
      }),
      async (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        if (findNote(ws, id) === undefined) return refuse(c, 'not-found', missing);
        await ws.hub.transact(noteDocument(id), ws.author(), (doc) => editMeta(doc, { deleted: true }, deps.now()));
        return c.body(null, 204);
      },
    );
}
