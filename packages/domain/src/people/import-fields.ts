import { email, select, text } from '@rapport/schema/fields';
import type { ImportFields } from '../imports/target.ts';
import { roles } from './roles.ts';

/** Where the columns of a file of people can go, and what other programs call them, English and German. */
export const peopleImportFields: ImportFields = {
  name: {
    spec: text({ label: 'Name', max: 200 }),
    synonyms: [
      'full name',
      'sales agent',
      'agent',
      'sales rep',
      'rep',
      'user',
      'user name',
      'member',
      'person',
      'employee',
      'display name',
      'mitarbeiter',
      'vollständiger name',
    ],
  },
  firstName: { spec: text({ label: 'First name', max: 100 }), synonyms: ['given name', 'forename', 'vorname'] },
  lastName: { spec: text({ label: 'Last name', max: 100 }), synonyms: ['surname', 'family name', 'nachname'] },
  email: {
    spec: email({ label: 'E-mail' }),
    synonyms: ['email', 'email address', 'mail', 'user email', 'work email', 'e-mail-adresse'],
  },
  team: {
    spec: text({ label: 'Team', max: 200 }),
    synonyms: [
      'manager',
      'sales manager',
      'team name',
      'group',
      'department',
      'office',
      'regional office',
      'region',
      'territory',
      'abteilung',
      'gruppe',
      'standort',
    ],
  },
  role: {
    spec: select({ label: 'Role', options: roles.map((id) => ({ id, label: id })) }),
    synonyms: ['user role', 'permission', 'permissions', 'access level', 'rolle'],
    isFixed: true,
  },
};
