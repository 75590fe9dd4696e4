import { applyPatch } from '@rapport/doc/patch';
import { Hono } from 'hono';
import * as v from 'valibot';
import { covers } from '../access/share.ts';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { findNote } from './note-rows.node.ts';
import { editMeta } from './ops.ts';
import { readComparison, readVersion, readVersions } from './read-jobs.node.ts';
import { replaceBody } from './restore.ts';
import { noteDocument, versionsRoot } from './schema.ts';

const tag = 'Notes';
const missing = 'There is no such note.';
const seqText = v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'must be the number of a version'), v.transform(Number));
const versionReply = v.object({
  seq: v.pipe(v.number(), v.description('The number of a version: its place in the log')),
  at: v.number(),
  from: v.pipe(v.number(), v.description('When that stretch of work began')),
  authors: v.array(v.string()),
  changes: v.number(),
  id: v.pipe(v.nullable(v.string()), v.description('Of a version that somebody named')),
  name: v.nullable(v.string()),
});
const node: v.GenericSchema = v.looseObject({});

interface Named {
  readonly id: string;
  readonly seq: number;
  readonly at: number;
  readonly by: string;
  readonly name: string;
}

const namedOf = (ws: WorkspaceContext, note: string): Named[] =>
  ws.query.all<Named>(
    `SELECT v.id, v.seq, v.at, v.by, n.name FROM note_versions v JOIN note_version_names n
       ON n.note_id = v.note_id AND n.id = v.id WHERE v.note_id = ? AND n.deleted_at IS NULL`,
    [note],
  );

/** A note's past: versions by pauses and authors, named ones, what changed between two, and back to one. */
export function versionRoutes(deps: NounDeps): Hono<WorkspaceEnv> {
  return new Hono<WorkspaceEnv>()
    .get(
      '/notes/:id/versions',
      describe({
        tag,
        summary: 'Versions of a note, newest first',
        description:
          'One a stretch of work (it ends with a pause, or when somebody else goes on), and those with a name.',
        reply: v.object({ items: v.array(versionReply) }),
      }),
      async (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        if (findNote(ws, id) === undefined) return refuse(c, 'not-found', missing);
        const points = await ws.read(readVersions, { note: id });
        const named = namedOf(ws, id).map(({ id: version, seq, at, by, name }) => ({
          seq,
          at,
          from: at,
          authors: [by],
          changes: 0,
          id: version,
          name,
        }));
        const items = [...points.map((point) => ({ ...point, id: null, name: null })), ...named];
        return c.json({ items: items.sort((a, b) => b.seq - a.seq || (a.name === null ? -1 : 1)) });
      },
    )
    .post(
      '/notes/:id/versions',
      requireRole('member'),
      describe({ tag, summary: 'Name the note as it is now', status: 201, reply: versionReply }),
      body(v.strictObject({ name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)) })),
      async (c) => {
        const ws = c.var.workspace;
        const note = c.req.param('id');
        if (findNote(ws, note) === undefined) return refuse(c, 'not-found', missing);
        const { name } = c.req.valid('json');
        const id = deps.newId();
        await ws.hub.transact(noteDocument(note), ws.author(), (doc) =>
          applyPatch(doc, [
            { root: versionsRoot, id, create: true, set: { name, by: ws.actor.memberId, at: deps.now() } },
          ]),
        );
        const made = namedOf(ws, note).find((each) => each.id === id);
        return c.json(made === undefined ? null : { ...made, from: made.at, authors: [made.by], changes: 0 }, 201);
      },
    )
    .patch(
      '/notes/:id/versions/:version',
      requireRole('member'),
      describe({ tag, summary: 'Give a named version another name', status: 204 }),
      body(v.strictObject({ name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)) })),
      async (c) => {
        const done = await changeNamed(c.var.workspace, c.req.param('id'), c.req.param('version'), c.req.valid('json'));
        return done ? c.body(null, 204) : refuse(c, 'not-found', 'There is no such version.');
      },
    )
    .delete(
      '/notes/:id/versions/:version',
      requireRole('member'),
      describe({ tag, summary: 'Take a version’s name away', description: 'The note’s past stays.', status: 204 }),
      async (c) => {
        const [note, id] = [c.req.param('id'), c.req.param('version')];
        const done = await changeNamed(c.var.workspace, note, id, { deletedAt: deps.now() });
        return done ? c.body(null, 204) : refuse(c, 'not-found', 'There is no such version.');
      },
    )
    .get(
      '/notes/:id/versions/:seq/content',
      describe({
        tag,
        summary: 'A note as it was',
        reply: v.object({ title: v.string(), nodes: v.array(node) }),
      }),
      async (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        if (findNote(ws, id) === undefined) return refuse(c, 'not-found', missing);
        const seq = v.safeParse(seqText, c.req.param('seq'));
        const version = seq.success && isVersion(ws, id, seq.output);
        if (!seq.success || !version) return refuse(c, 'not-found', 'There is no such version.');
        return c.json(await ws.read(readVersion, { note: id, seq: seq.output }));
      },
    )
    .get(
      '/notes/:id/compare',
      describe({
        tag,
        summary: 'What came and went between two versions, and through whom',
        description:
          'Elements and texts of both; `change` says {kind: added|removed, by}, and `altered` {by, was}: that attributes or marks of what stayed were others. Without `to`: the note as it is now.',
        reply: v.object({ nodes: v.array(node) }),
      }),
      query(v.strictObject({ from: seqText, to: v.optional(seqText) })),
      async (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        if (findNote(ws, id) === undefined) return refuse(c, 'not-found', missing);
        const { from, to = newestOf(ws, id) } = c.req.valid('query');
        if (from > to) return refuse(c, 'invalid', 'from is newer than to.', { from: 'must be the older version' });
        return c.json({ nodes: await ws.read(readComparison, { note: id, from, to }) });
      },
    )
    .post(
      '/notes/:id/restore',
      requireRole('member'),
      describe({
        tag,
        summary: 'Make the note what it was',
        description: 'As a new edit: nothing of the past is lost, and comments stay.',
        status: 204,
      }),
      body(v.strictObject({ seq: v.pipe(v.number(), v.integer(), v.minValue(1)) })),
      async (c) => {
        const ws = c.var.workspace;
        const id = c.req.param('id');
        if (findNote(ws, id) === undefined) return refuse(c, 'not-found', missing);
        if (!covers(ws.accessTo(id), 'edit')) return refuse(c, 'forbidden', 'You may not change this note.');
        const { seq } = c.req.valid('json');
        if (!isVersion(ws, id, seq)) return refuse(c, 'not-found', 'There is no such version.');
        const { title, nodes } = await ws.read(readVersion, { note: id, seq });
        await ws.hub.transact(noteDocument(id), ws.author(), (doc) => {
          replaceBody(doc, nodes);
          editMeta(doc, { title }, deps.now());
        });
        return c.body(null, 204);
      },
    );
}

const newestOf = (ws: WorkspaceContext, note: string): number =>
  ws.query.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM sync_log WHERE doc = ?', [noteDocument(note)])
    ?.seq ?? 0;

/** Whether the note's log has this number. */
const isVersion = (ws: WorkspaceContext, note: string, seq: number): boolean =>
  ws.query.get('SELECT 1 FROM sync_log WHERE seq = ? AND doc = ?', [seq, noteDocument(note)]) !== undefined;

async function changeNamed(
  ws: WorkspaceContext,
  note: string,
  id: string,
  set: { name?: string; deletedAt?: number },
): Promise<boolean> {
  if (findNote(ws, note) === undefined || !namedOf(ws, note).some((each) => each.id === id)) return false;
  await ws.hub.transact(noteDocument(note), ws.author(), (doc) => applyPatch(doc, [{ root: versionsRoot, id, set }]));
  return true;
}
