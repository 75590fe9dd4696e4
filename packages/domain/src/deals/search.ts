import type { Searchable } from '../search/searchable.ts';

/** How deals are found. */
export const searchedDeals: Searchable = {
  noun: 'deal',
  table: 'deals',
  id: 'id',
  title: 'title',
  columns: [
    { field: 'company', column: 'company' },
    { field: 'contact', column: 'contact' },
    { field: 'labels', column: 'labels', isJson: true },
    { field: 'source', column: 'source' },
    { field: 'description', column: 'description' },
    { field: 'lostReason', column: 'lost_reason' },
    { field: 'custom', column: 'custom', isJson: true },
  ],
  links: [
    { field: 'company', table: 'companies', id: 'id', name: 'name' },
    { field: 'contact', table: 'contacts', id: 'id', name: 'name' },
  ],
  parent: 'board_id',
  isFound: 'deleted_at IS NULL',
};
