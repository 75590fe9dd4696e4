import { activity } from '@rapport/domain/activity/noun.node';
import { makeBoards } from '@rapport/domain/boards/noun.node';
import { companiesDemo } from '@rapport/domain/companies/demo.node';
import { companies } from '@rapport/domain/companies/noun.node';
import { companyType } from '@rapport/domain/companies/schema';
import { contactsDemo } from '@rapport/domain/contacts/demo.node';
import { contacts } from '@rapport/domain/contacts/noun.node';
import { contactType } from '@rapport/domain/contacts/schema';
import { dealsDemo } from '@rapport/domain/deals/demo.node';
import { deals } from '@rapport/domain/deals/noun.node';
import { dealOps } from '@rapport/domain/deals/ops';
import type { DemoPart } from '@rapport/domain/demo/demo-part.node';
import { makeDemo } from '@rapport/domain/demo/noun.node';
import { makeDuplicates } from '@rapport/domain/duplicates/noun.node';
import { files } from '@rapport/domain/files/noun.node';
import { formsDemo } from '@rapport/domain/forms/demo.node';
import { makeForms } from '@rapport/domain/forms/noun.node';
import { purgeableForms } from '@rapport/domain/forms/purge.node';
import type { Noun } from '@rapport/domain/http/workspace-context.node';
import { imports } from '@rapport/domain/imports/noun.node';
import { inbox } from '@rapport/domain/inbox/noun.node';
import { leadsDemo } from '@rapport/domain/leads/demo.node';
import { makeLeads } from '@rapport/domain/leads/noun.node';
import { leadFields } from '@rapport/domain/leads/schema';
import { library } from '@rapport/domain/library/noun.node';
import { notesDemo } from '@rapport/domain/notes/demo.node';
import { notes } from '@rapport/domain/notes/noun.node';
import { records } from '@rapport/domain/records/noun.node';
import { reports } from '@rapport/domain/reports/noun.node';
import { makeSearch } from '@rapport/domain/search/noun.node';
import { recordTableEdits } from '@rapport/domain/records/table-edits';
import { dealsTableEdits } from '@rapport/domain/deals/table-edits';
import { leadsTableEdits } from '@rapport/domain/leads/table-edits';
import { makeTables } from '@rapport/domain/tables/noun.node';
import { workspace } from '@rapport/domain/workspace/noun.node';
import { boardTypes, recordTables } from './board-types.ts';
import { purgeableCards, purgeableStages } from '@rapport/domain/boards/purge.node';
import { purgeableNotes } from '@rapport/domain/notes/purge.node';
import { purgeableFolders } from '@rapport/domain/library/purge.node';
import { makePurge } from '@rapport/domain/purge/noun.node';
import type { Purgeable } from '@rapport/domain/purge/purgeable.node';
import { purgeableRecords } from '@rapport/domain/records/purge.node';
import { compared, fieldHolders, references } from './compared.ts';
import { searchables } from './searchables.ts';
import { tables } from './tables.ts';

/** The sample data, in the order in which it is added. */
export const demoParts: readonly DemoPart[] = [companiesDemo, contactsDemo, dealsDemo, leadsDemo, formsDemo, notesDemo];

/** What is emptied for good 30 days after it was deleted. */
export const purgeables: readonly Purgeable[] = [
  purgeableRecords(contactType),
  purgeableRecords(companyType),
  ...boardTypes.map(purgeableCards),
  purgeableStages(boardTypes),
  purgeableNotes,
  purgeableFolders,
  purgeableForms,
];

/** What this server is made of: a noun is one line. */
export const nouns: readonly Noun[] = [
  workspace,
  makeBoards(boardTypes, recordTables),
  deals,
  makeForms(leadFields),
  records,
  companies,
  contacts,
  makeLeads({ nouns: { company: companyType, contact: contactType, deal: dealOps }, compared, searchables }),
  notes,
  files,
  library,
  inbox,
  imports,
  reports,
  activity,
  makeDemo(demoParts),
  makeTables(tables, [dealsTableEdits, leadsTableEdits, recordTableEdits(contactType), recordTableEdits(companyType)]),
  makeSearch(searchables),
  makePurge(purgeables),
  makeDuplicates({ types: [contactType, companyType], compared, references, holders: fieldHolders, searchables }),
];
