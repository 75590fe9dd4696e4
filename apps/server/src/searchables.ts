import { searchedCompanies } from '@rapport/domain/companies/search';
import { searchedContacts } from '@rapport/domain/contacts/search';
import { searchedDeals } from '@rapport/domain/deals/search';
import { searchedFiles } from '@rapport/domain/files/search';
import { searchedLeads } from '@rapport/domain/leads/search';
import { searchedFolders } from '@rapport/domain/library/search';
import { searchedNotes } from '@rapport/domain/notes/search';
import type { Searchable } from '@rapport/domain/search/searchable';

/** What can be searched for: a noun is one entry. Data only: the read thread has it, too. */
export const searchables: readonly Searchable[] = [
  searchedDeals,
  searchedLeads,
  searchedContacts,
  searchedCompanies,
  searchedNotes,
  searchedFiles,
  searchedFolders,
];
