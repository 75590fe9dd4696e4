import { Hono } from 'hono';
import * as v from 'valibot';
import { isCalendarDate } from '@rapport/schema/read-value';
import { refuse } from '../http/api-error.node.ts';
import { body, query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { listOf, pageById, unsortedQuery } from '../http/list.node.ts';
import { requireRole, type Query, type WorkspaceEnv } from '../http/workspace-context.node.ts';
import { findNote } from './note-rows.node.ts';
import { noteDocument } from './schema.ts';
import { editTask, type TaskChange } from './task-ops.ts';

const tag = 'Notes';
const taskReply = v.object({
  id: v.string(),
  note: v.string(),
  noteTitle: v.string(),
  text: v.string(),
  done: v.boolean(),
  assignee: v.nullable(v.string()),
  due: v.nullable(v.string()),
});

interface TaskRow {
  readonly note_id: string;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly done: number;
  readonly assignee: string | null;
  readonly due: string | null;
}

const select = `SELECT t.*, n.title FROM note_tasks t JOIN notes n ON n.id = t.note_id AND n.deleted_at IS NULL`;
const taskOf = ({ note_id, id, title, text, done, assignee, due }: TaskRow) => ({
  id,
  note: note_id,
  noteTitle: title,
  text,
  done: done === 1,
  assignee,
  due,
});
const findTaskRow = (rows: Query, note: string, id: string) => {
  const row = rows.get<TaskRow>(`${select} WHERE t.note_id = ? AND t.id = ?`, [note, id]);
  return row && taskOf(row);
};

/** Check-list items of notes as tasks. A change is an edit of the note's text, live for everyone who has it open. */
export function taskRoutes(): Hono<WorkspaceEnv> {
  return new Hono<WorkspaceEnv>()
    .get(
      '/notes/tasks',
      describe({
        tag,
        summary: 'Check-list items of notes',
        description: 'Open ones by due date, unless told otherwise. `note`: of one note alone.',
        reply: listOf(taskReply),
      }),
      query(
        v.strictObject({
          ...unsortedQuery,
          note: v.optional(v.string()),
          assignee: v.optional(v.string()),
          done: v.optional(v.picklist(['true', 'false', 'all']), 'false'),
        }),
      ),
      (c) => {
        const { limit, cursor, q, note, assignee, done } = c.req.valid('query');
        const where = [
          note === undefined ? null : ['t.note_id = ?', note],
          assignee === undefined ? null : ['t.assignee = ?', assignee],
          done === 'all' ? null : ['t.done = ?', done === 'true' ? 1 : 0],
        ].filter((each) => each !== null);
        const rows = c.var.workspace.query.all<TaskRow>(
          `${select} ${where.length === 0 ? '' : `WHERE ${where.map(([sql]) => sql).join(' AND ')}`}
           ORDER BY t.due IS NULL, t.due, t.note_id, t.id`,
          where.map(([, value]) => value ?? null),
        );
        const wanted = rows.map(taskOf).filter(({ text }) => text.toLowerCase().includes((q ?? '').toLowerCase()));
        return c.json(pageById(wanted, limit, cursor));
      },
    )
    .patch(
      '/notes/:id/tasks/:task',
      requireRole('member'),
      describe({ tag, summary: 'Change a check-list item', description: 'Null takes away.', reply: taskReply }),
      body(
        v.strictObject({
          done: v.optional(v.boolean()),
          assignee: v.optional(v.nullable(v.string())),
          due: v.optional(
            v.nullable(
              v.pipe(
                v.string(),
                v.check((text) => isCalendarDate(text), 'must be a date YYYY-MM-DD'),
              ),
            ),
          ),
        }),
      ),
      async (c) => {
        const ws = c.var.workspace;
        const [id, task] = [c.req.param('id'), c.req.param('task')];
        if (findNote(ws, id) === undefined) return refuse(c, 'not-found', 'There is no such note.');
        const change = c.req.valid('json') as TaskChange;
        if (change.assignee != null && ws.people.get(change.assignee) === null)
          return refuse(c, 'invalid', 'There is no such member.', { assignee: 'must be a member' });
        const isThere = await ws.hub.transact(noteDocument(id), ws.author(), (doc) => editTask(doc, task, change));
        if (!isThere) return refuse(c, 'not-found', 'There is no such item in this note.');
        return c.json(findTaskRow(ws.query, id, task) ?? null);
      },
    );
}
