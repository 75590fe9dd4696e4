import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import { noteDocument } from './schema.ts';
import { editTask, findTask } from './task-ops.ts';

const batch = 200;

/**
 * Gives the open check-list items of one person to another, or to nobody: ordinary edits of the notes by the caller. What
 * is done keeps the name of whoever did it; so does what lies in notes that the caller may not edit. Answers how many.
 */
export async function handOverTasks(ws: WorkspaceContext, from: string, to: string | null): Promise<number> {
  let [handed, after] = [0, ''];
  for (;;) {
    const notes = ws.query.all<{ note: string }>(
      `SELECT DISTINCT t.note_id AS note FROM note_tasks t JOIN notes n ON n.id = t.note_id AND n.deleted_at IS NULL
       WHERE t.assignee = ? AND t.done = 0 AND t.note_id > ? ORDER BY t.note_id LIMIT ${batch}`,
      [from, after],
    );
    for (const { note } of notes) {
      if (ws.accessTo(note) !== 'edit') continue;
      const tasks = ws.query.all<{ id: string }>(
        'SELECT id FROM note_tasks WHERE note_id = ? AND assignee = ? AND done = 0 ORDER BY id',
        [note, from],
      );
      handed += await ws.hub.transact(noteDocument(note), ws.author(), (doc) => {
        // Somebody may have given it away meanwhile.
        const theirs = tasks.filter(({ id }) => findTask(doc, id)?.getAttribute('assignee') === from);
        return theirs.filter(({ id }) => editTask(doc, id, { assignee: to })).length;
      });
    }
    after = notes.at(-1)?.note ?? '';
    if (notes.length < batch) return handed;
  }
}
