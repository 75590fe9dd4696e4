import type { Searchable } from '../search/searchable.ts';

/** How leads are found. */
export const searchedLeads: Searchable = {
  noun: 'lead',
  table: 'leads',
  id: 'id',
  title: 'title',
  columns: [
    { field: 'name', column: 'name' },
    { field: 'companyName', column: 'company_name' },
    { field: 'email', column: 'email' },
    { field: 'phone', column: 'phone' },
    { field: 'labels', column: 'labels', isJson: true },
    { field: 'source', column: 'source' },
    { field: 'message', column: 'message' },
    { field: 'custom', column: 'custom', isJson: true },
  ],
  parent: 'board_id',
  isFound: 'deleted_at IS NULL',
};
