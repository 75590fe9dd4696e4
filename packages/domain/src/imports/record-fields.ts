import { select, text } from '@rapport/schema/fields';
import type { CustomField } from '../custom-fields.ts';
import type { RecordImport } from './record-import.ts';
import type { ImportField, ImportFields } from './target.ts';

/** Columns of people's files that name the company somebody works for. */
const companyOfContact: ImportFields = {
  company: {
    spec: select({ label: 'Company', options: [], open: true }),
    synonyms: [
      'company name',
      'account',
      'account name',
      'organization',
      'organisation',
      'organization name',
      'associated company',
      'associated company primary',
      'employer',
      'org',
      'person organization',
      'firma',
      'firmenname',
      'unternehmen',
      'arbeitgeber',
      'konto',
    ],
  },
  companySite: {
    spec: text({ label: 'Company: site or domain' }),
    synonyms: ['company domain', 'company domain name', 'company website', 'account website', 'organization website'],
  },
};

const parentOfCompany: ImportFields = {
  parent: {
    spec: select({ label: 'Part of (parent company)', options: [], open: true }),
    synonyms: [
      'parent company',
      'parent account',
      'parent',
      'subsidiary of',
      'parent organization',
      'muttergesellschaft',
      'mutterkonzern',
      'konzern',
    ],
  },
};

const companyWords = ['company', 'account', 'organization', 'organisation', 'firma', 'unternehmen'];

/** Another noun's fields under its prefix: `company.industry`, found as `Company industry` or `Account - Industry`. */
export function prefixedFields(
  prefix: string,
  noun: string,
  fields: ImportFields,
  words: readonly string[],
): ImportFields {
  const made: Record<string, ImportField> = {};
  for (const [key, { spec, synonyms, point }] of Object.entries(fields)) {
    if (key === 'name' || key === 'owner' || key.includes('.')) continue;
    const label = `${noun}: ${spec.label.charAt(0).toLowerCase()}${spec.label.slice(1)}`;
    made[`${prefix}${key}`] = {
      spec: { ...spec, label },
      synonyms: [spec.label, ...synonyms].flatMap((name) => words.map((word) => `${word} ${name}`)),
      ...(point === undefined ? {} : { point }),
    };
  }
  return made;
}

const customFields = (custom: readonly CustomField[]): ImportFields =>
  Object.fromEntries(custom.map(({ key, spec }) => [key, { spec, synonyms: [] }]));

/** Everything that a column can go to; custom fields are found by their label, and win over the rest. */
export function recordImportFields(
  main: RecordImport,
  companies: RecordImport,
  custom: readonly CustomField[],
  companyCustom: readonly CustomField[],
): ImportFields {
  const own = { ...customFields(custom), ...main.fields };
  if (main.noun === 'companies') return { ...own, ...parentOfCompany };
  return {
    ...own,
    ...companyOfContact,
    ...prefixedFields('company.', 'Company', { ...customFields(companyCustom), ...companies.fields }, companyWords),
  };
}
