import { companiesTable } from '@rapport/domain/companies/table';
import { contactsTable } from '@rapport/domain/contacts/table';
import { dealsTable } from '@rapport/domain/deals/table';
import { leadsTable } from '@rapport/domain/leads/table';
import type { TableDef } from '@rapport/domain/tables/table-def';

/** What is shown as a table: a noun is one entry. Data only: the read thread has it, too. */
export const tables: readonly TableDef[] = [dealsTable, leadsTable, contactsTable, companiesTable];
