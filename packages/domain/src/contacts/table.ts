import { recordTable } from '../records/table.ts';
import { contactType } from './schema.ts';

/** Contacts as a table. */
export const contactsTable = recordTable(contactType, [
  'name',
  'company',
  'jobTitle',
  'email',
  'phone',
  'lifecycle',
  'owner',
  'touchedAt',
  'tags',
]);
