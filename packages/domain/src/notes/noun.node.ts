import type { Noun } from '../http/workspace-context.node.ts';
import { commentRoutes } from './comment-routes.ts';
import { versionRoutes } from './version-routes.ts';
import { exportRoutes } from './export-routes.ts';
import { handOverTasks } from './hand-over.node.ts';
import { mendRoutes } from './mend-routes.ts';
import { makeNoteKind } from './note-kind.ts';
import { noteRoutes } from './note-routes.ts';
import { taskRoutes } from './task-routes.ts';
import { purgeableNoteKind } from './purge.node.ts';
import { notesReadModel } from './read-model.ts';

/** Notes that people write together, as the server knows them. */
export const notes: Noun = {
  name: 'notes',
  kinds: [purgeableNoteKind(makeNoteKind())],
  readModel: notesReadModel,
  rowOwners: {
    notes: 'id',
    note_blocks: 'note_id',
    note_links: 'note_id',
    note_files: 'note_id',
    note_mentions: 'note_id',
    note_tasks: 'note_id',
    note_comments: 'note_id',
    note_versions: 'note_id',
    note_version_names: 'note_id',
  },
  shareable: [{ table: 'notes', noun: 'note', name: 'title' }],
  handOver: handOverTasks,
  projectionVersion: 2,
  routes: (deps) =>
    taskRoutes()
      .route('/', noteRoutes(deps))
      .route('/', commentRoutes(deps))
      .route('/', versionRoutes(deps))
      .route('/', mendRoutes())
      .route('/', exportRoutes()),
};
