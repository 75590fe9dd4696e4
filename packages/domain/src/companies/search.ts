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
  rows: [
    {
      table: 'contact_points',
      record: 'record',
      field: 'email',
      column: 'value',
      where: "noun = 'company' AND kind = 'email'",
    },
    {
      table: 'contact_points',
      record: 'record',
      field: 'phone',
      column: 'value',
      where: "noun = 'company' AND kind = 'phone'",
    },
    {
      table: 'contact_points',
      record: 'record',
      field: 'address',
      column: 'normal',
      where: "noun = 'company' AND kind = 'address'",
    },
  ],
  isFound: 'deleted_at IS NULL AND merged_into IS NULL',
};
