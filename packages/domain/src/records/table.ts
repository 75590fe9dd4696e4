import { email, instant, phone, reference, text } from '@rapport/schema/fields';
import type { TableColumnDef, TableDef } from '../tables/table-def.ts';
import type { RecordType } from './record-type.ts';

/** A noun of one-record documents as a table. `shown`: the columns that one sees first. */
export function recordTable(type: RecordType, shown: readonly string[]): TableDef {
  const hasCompany = !Object.hasOwn(type.fields, 'parent');
  const columns: TableColumnDef[] = [
    {
      key: 'name',
      spec: type.fields['name'] ?? text({ label: 'Name' }),
      sql: 't.name',
      isEditable: true,
      isNeverEmpty: true,
    },
    ...(hasCompany
      ? [
          {
            key: 'company',
            spec: reference({ label: 'Company', noun: 'company' }),
            sql: 't.main_company',
            isEditable: true,
          },
        ]
      : []),
    { key: 'email', spec: email({ label: 'E-mail' }), sql: 't.email', isEditable: true },
    { key: 'phone', spec: phone({ label: 'Phone' }), sql: 't.phone', isEditable: true },
    ...Object.entries(type.fields)
      .filter(([key]) => key !== 'name')
      .map(([key, spec]) => ({ key, spec, isEditable: key !== 'createdAt', isAbove: key === 'parent' })),
    { key: 'touchedAt', spec: instant({ label: 'Last touch' }), sql: 't.touched_at', isEditable: false },
    { key: 'editedAt', spec: instant({ label: 'Changed' }), sql: 't.edited_at', isEditable: false },
  ];
  return {
    noun: type.noun,
    plural: type.plural,
    table: type.plural,
    isListed: 't.deleted_at IS NULL AND t.merged_into IS NULL',
    title: 'name',
    columns,
    shown,
    searched: ['name', 'email', 'phone'],
    follows: [type.plural, 'companies', 'access'],
    raceColumns: { firstName: 'name', lastName: 'name', primaryCompany: 'company' },
    names: {
      company: { table: 'companies', name: 'name', isListed: 't.deleted_at IS NULL AND t.merged_into IS NULL' },
      contact: { table: 'contacts', name: 'name', isListed: 't.deleted_at IS NULL AND t.merged_into IS NULL' },
      deal: { table: 'deals', name: 'title', isListed: 't.deleted_at IS NULL' },
      // Teams are the server's, and known to everybody.
      team: { table: 'access_teams', name: 'name' },
    },
  };
}
