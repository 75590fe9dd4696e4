import type { Searchable } from '../search/searchable.ts';

/** How files are found: by name. */
export const searchedFiles: Searchable = {
  noun: 'file',
  table: 'files',
  id: 'id',
  title: 'name',
  columns: [],
  parent: 'place_id',
  isFound: 'deleted_at IS NULL',
};
