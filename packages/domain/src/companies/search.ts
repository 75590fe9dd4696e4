import { isHereSql, searchedPoints } from '../records/found-by-points.ts';
import type { Searchable } from '../search/searchable.ts';

/** How companies are found. */
export const searchedCompanies: Searchable = {
  noun: 'company',
  table: 'companies',
  id: 'id',
  title: 'name',
  columns: [
    { field: 'website', column: 'website' },
    { field: 'industry', column: 'industry' },
    { field: 'tags', column: 'tags', isJson: true },
    { field: 'description', column: 'description' },
    { field: 'custom', column: 'custom', isJson: true },
  ],
  rows: searchedPoints('company'),
  isFound: isHereSql,
};
