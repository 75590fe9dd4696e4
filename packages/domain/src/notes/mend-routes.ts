import { Hono } from 'hono';
import { describe } from '../http/describe.node.ts';
import { refuse } from '../http/api-error.node.ts';
import { requireRole, type WorkspaceEnv } from '../http/workspace-context.node.ts';
import { mendStep } from './mend.ts';
import { findNote } from './note-rows.node.ts';
import { noteDocument } from './schema.ts';

const mostSteps = 10_000;

/** Takes out of a note what no editor can show. */
export function mendRoutes(): Hono<WorkspaceEnv> {
  return new Hono<WorkspaceEnv>().post(
    '/notes/:id/mend',
    requireRole('member'),
    describe({
      tag: 'Notes',
      summary: 'Take out of a note what an editor cannot show',
      description:
        'Parts of an unknown kind, too deep or with values that are not allowed. The note’s past keeps them.',
      status: 204,
    }),
    async (c) => {
      const ws = c.var.workspace;
      const id = c.req.param('id');
      if (findNote(ws, id) === undefined) return refuse(c, 'not-found', 'There is no such note.');
      for (let step = 0; step < mostSteps; step++)
        if (!(await ws.hub.transact(noteDocument(id), ws.author(), mendStep))) break;
      return c.body(null, 204);
    },
  );
}
