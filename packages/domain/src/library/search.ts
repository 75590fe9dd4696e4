import type { Searchable } from '../search/searchable.ts';

/** How folders are found. */
export const searchedFolders: Searchable = {
  noun: 'folder',
  table: 'folders',
  id: 'id',
  title: 'name',
  columns: [],
  parent: 'folder',
  isFound: 'deleted_at IS NULL',
};
