import { isHereSql, searchedPoints } from '../records/found-by-points.ts';
import type { Searchable } from '../search/searchable.ts';

/** How contacts are found. */
export const searchedContacts: Searchable = {
  noun: 'contact',
  table: 'contacts',
  id: 'id',
  title: 'name',
  columns: [
    { field: 'jobTitle', column: 'job_title' },
    { field: 'department', column: 'department' },
    { field: 'tags', column: 'tags', isJson: true },
    { field: 'source', column: 'source' },
    { field: 'description', column: 'description' },
    { field: 'custom', column: 'custom', isJson: true },
  ],
  rows: searchedPoints('contact'),
  links: [{ field: 'company', table: 'companies', id: 'id', name: 'name' }],
  isFound: isHereSql,
};
