import type { Searchable } from '../search/searchable.ts';

/** How notes are found: by title, tags, and every paragraph. */
export const searchedNotes: Searchable = {
  noun: 'note',
  table: 'notes',
  id: 'id',
  title: 'title',
  columns: [{ field: 'tags', column: 'tags', isJson: true }],
  rows: [
    { table: 'note_blocks', record: 'note_id', field: 'text', column: 'text' },
    { table: 'note_comments', record: 'note_id', field: 'comments', column: 'text', where: 'deleted_at IS NULL' },
  ],
  parent: 'folder',
  isFound: 'deleted_at IS NULL',
};
