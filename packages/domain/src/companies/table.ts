import { recordTable } from '../records/table.ts';
import { companyType } from './schema.ts';

/** Companies as a table. */
export const companiesTable = recordTable(companyType, [
  'name',
  'industry',
  'website',
  'email',
  'phone',
  'employees',
  'revenue',
  'lifecycle',
  'owner',
  'touchedAt',
]);
