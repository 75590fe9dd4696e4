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
  rows: [
    {
      table: 'contact_points',
      record: 'record',
      field: 'email',
      column: 'value',
      where: "noun = 'contact' AND kind = 'email'",
    },
    {
      table: 'contact_points',
      record: 'record',
      field: 'phone',
      column: 'value',
      where: "noun = 'contact' AND kind = 'phone'",
    },
    {
      table: 'contact_points',
      record: 'record',
      field: 'address',
      column: 'normal',
      where: "noun = 'contact' AND kind = 'address'",
    },
  ],
  links: [{ field: 'company', table: 'companies', id: 'id', name: 'name' }],
  isFound: 'deleted_at IS NULL AND merged_into IS NULL',
};
