import { expect, test } from 'vitest';
import { companyImport } from '../companies/import-fields.ts';
import { contactImport } from '../contacts/import-fields.ts';
import { prepare } from './prepare.ts';
import { readCsv } from './read-csv.node.ts';
import { readRow, type ReadRow } from './read-rows.ts';
import { recordImportFields } from './record-fields.ts';

/** How a program exports: its header, and one row of it as it writes them. */
interface Shape {
  readonly header: string;
  readonly row: string;
  /** Column → where it goes; every other column of the header is expected to become a field of its own or be left out. */
  readonly goes: Readonly<Record<string, string>>;
}

function goesOf(noun: 'contacts' | 'companies', { header, row }: Shape) {
  const main = noun === 'contacts' ? contactImport : companyImport;
  const sheet = readCsv(`${header}\n${row}`, { hasHeader: true });
  if (!sheet.ok) throw new Error(sheet.error.message);
  const fields = recordImportFields(main, companyImport, [], []);
  const prepared = prepare(sheet.value, fields, [], { formats: {}, aliases: {} });
  const goes = Object.fromEntries(
    [...prepared.targets].flatMap(([column, target]) => (typeof target === 'string' ? [[column, target]] : [])),
  );
  const [first] = sheet.value.rows;
  if (!first) throw new Error('no row');
  const read: ReadRow = readRow(first, prepared.columns, 'EUR').read;
  return { goes, read };
}

const contacts: Readonly<Record<string, Shape>> = {
  HubSpot: {
    header:
      'Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Contact owner,Primary Associated Company ID,Associated Company,Lead Status,Lifecycle Stage,Job Title,Street Address,City,State/Region,Postal Code,Country/Region,Create Date,Email Domain,Original Source,Unsubscribed from all email',
    row: '101,Ada,Lovelace,ada@x.example,+44 1,+44 2,Ana Ruiz,900,Acme,New,Customer,Engineer,1 Main St,London,England,E1,United Kingdom,2025-01-02 10:00,x.example,Organic,Yes',
    goes: {
      'Record ID': 'externalId',
      'First Name': 'firstName',
      'Last Name': 'lastName',
      Email: 'email',
      'Phone Number': 'phone',
      'Mobile Phone Number': 'phone:mobile',
      'Contact owner': 'owner',
      'Associated Company': 'company',
      'Lifecycle Stage': 'lifecycle',
      'Job Title': 'jobTitle',
      'Street Address': 'address/street',
      City: 'address/city',
      'State/Region': 'address/region',
      'Postal Code': 'address/postalCode',
      'Country/Region': 'address/country',
      'Create Date': 'createdAt',
      'Original Source': 'source',
      'Unsubscribed from all email': 'optOut:newsletter',
    },
  },
  Pipedrive: {
    header:
      'Person - ID,Person - Name,Person - Label,Person - Organization,Person - Email - Work,Person - Email - Home,Person - Email - Other,Person - Phone - Work,Person - Phone - Mobile,Person - Owner,Person - Person created,Person - Job title',
    row: '17,Ada Lovelace,Hot lead,Acme,a@w.example,a@h.example,a@o.example,+44 1,+44 2,Ana Ruiz,2025-01-02 09:00:00,Engineer',
    goes: {
      'Person - ID': 'externalId',
      'Person - Name': 'name',
      'Person - Label': 'tags',
      'Person - Organization': 'company',
      'Person - Email - Work': 'email:work',
      'Person - Email - Home': 'email:home',
      'Person - Email - Other': 'email:other',
      'Person - Phone - Work': 'phone:work',
      'Person - Phone - Mobile': 'phone:mobile',
      'Person - Owner': 'owner',
      'Person - Person created': 'createdAt',
      'Person - Job title': 'jobTitle',
    },
  },
  Salesforce: {
    header:
      'Contact ID,Salutation,First Name,Middle Name,Last Name,Title,Department,Account Name,Email,Phone,Mobile,Home Phone,Fax,Mailing Street,Mailing City,Mailing State/Province,Mailing Zip/Postal Code,Mailing Country,Other City,Birthdate,Lead Source,Contact Owner,Email Opt Out,Description,Asst. Phone',
    row: '0031x,Ms.,Ada,K,Lovelace,Engineer,R&D,Acme,ada@x.example,+44 1,+44 2,+44 3,+44 4,1 Main St,London,England,E1,UK,Paris,1990-12-10,Web,Ana Ruiz,1,Likes engines,+44 9',
    goes: {
      'Contact ID': 'externalId',
      'First Name': 'firstName',
      'Middle Name': 'middleName',
      'Last Name': 'lastName',
      Title: 'jobTitle',
      Department: 'department',
      'Account Name': 'company',
      Email: 'email',
      Phone: 'phone',
      Mobile: 'phone:mobile',
      'Home Phone': 'phone:home',
      Fax: 'phone:fax',
      'Mailing Street': 'address/street',
      'Mailing City': 'address/city',
      'Mailing State/Province': 'address/region',
      'Mailing Zip/Postal Code': 'address/postalCode',
      'Mailing Country': 'address/country',
      'Other City': 'address:other/city',
      Birthdate: 'birthday',
      'Lead Source': 'source',
      'Contact Owner': 'owner',
      'Email Opt Out': 'optOut:newsletter',
      Description: 'description',
    },
  },
  Zoho: {
    header:
      'Contact Id,Contact Owner,Lead Source,First Name,Last Name,Account Name,Email,Secondary Email,Title,Department,Phone,Mobile,Mailing Street,Mailing City,Mailing Zip,Mailing Country,Twitter,Skype ID,Date of Birth,Email Opt Out,Created Time,Tag,Description',
    row: 'zcrm_1,Ana Ruiz,Web,Ada,Lovelace,Acme,a@x.example,b@x.example,Engineer,R&D,+44 1,+44 2,1 Main St,London,E1,UK,ada,ada.l,1990-12-10,false,2025-01-02 09:00:00,vip,Likes engines',
    goes: {
      'Contact Id': 'externalId',
      'Contact Owner': 'owner',
      'Lead Source': 'source',
      'First Name': 'firstName',
      'Last Name': 'lastName',
      'Account Name': 'company',
      Email: 'email',
      'Secondary Email': 'email:other',
      Title: 'jobTitle',
      Department: 'department',
      Phone: 'phone',
      Mobile: 'phone:mobile',
      'Mailing Street': 'address/street',
      'Mailing City': 'address/city',
      'Mailing Zip': 'address/postalCode',
      'Mailing Country': 'address/country',
      Twitter: 'social:twitter',
      'Skype ID': 'social:skype',
      'Date of Birth': 'birthday',
      'Email Opt Out': 'optOut:newsletter',
      'Created Time': 'createdAt',
      Tag: 'tags',
      Description: 'description',
    },
  },
  Twenty: {
    header:
      'Id,Name / First Name,Name / Last Name,Emails / Primary Email,Emails / Additional Emails,Phones / Primary Phone Number,Phones / Primary Phone Calling Code,Job Title,City,Linkedin / Link URL,X / Link URL,Company / Name,Creation date',
    row: '20202020-aa,Ada,Lovelace,a@x.example,"[""b@x.example""]",612345678,+33,Engineer,Paris,https://linkedin.com/in/ada,https://x.com/ada,Acme,2025-01-02T09:00:00Z',
    goes: {
      Id: 'externalId',
      'Name / First Name': 'firstName',
      'Name / Last Name': 'lastName',
      'Emails / Primary Email': 'email',
      'Emails / Additional Emails': 'email:other',
      'Phones / Primary Phone Number': 'phone',
      'Phones / Primary Phone Calling Code': 'phone/callingCode',
      'Job Title': 'jobTitle',
      City: 'address/city',
      'Linkedin / Link URL': 'social:linkedin',
      'X / Link URL': 'social:twitter',
      'Company / Name': 'company',
      'Creation date': 'createdAt',
    },
  },
  'an address book': {
    header:
      'First Name,Last Name,Organization Name,Organization Title,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Street,Address 1 - City,Address 1 - Postal Code,Address 1 - Country,Website 1 - Value',
    row: 'Ada,Lovelace,Acme,Engineer,1990-12-10,Likes engines,* myContacts,* Work,a@w.example,Home,a@h.example,Mobile,+44 1,Home,1 Main St,London,E1,UK,https://ada.example',
    goes: {
      'First Name': 'firstName',
      'Last Name': 'lastName',
      'Organization Name': 'company',
      'Organization Title': 'jobTitle',
      Birthday: 'birthday',
      Notes: 'description',
      Labels: 'tags',
      'E-mail 1 - Label': 'email/type',
      'E-mail 1 - Value': 'email',
      'E-mail 2 - Label': 'email/type',
      'E-mail 2 - Value': 'email',
      'Phone 1 - Label': 'phone/type',
      'Phone 1 - Value': 'phone',
      'Address 1 - Label': 'address/type',
      'Address 1 - Street': 'address/street',
      'Address 1 - City': 'address/city',
      'Address 1 - Postal Code': 'address/postalCode',
      'Address 1 - Country': 'address/country',
      'Website 1 - Value': 'social:website',
    },
  },
};

const companies: Readonly<Record<string, Shape>> = {
  HubSpot: {
    header:
      'Record ID,Company name,Company owner,Company Domain Name,Phone Number,Street Address,City,State/Region,Postal Code,Country/Region,Industry,Number of Employees,Annual Revenue,Lifecycle Stage,Type,Create Date,Parent Company,LinkedIn Company Page,Year Founded,Description',
    row: '900,Acme,Ana Ruiz,acme.example,+44 1,1 Main St,London,England,E1,United Kingdom,Retail,120,1200000,Customer,Partner,2025-01-02 10:00,Holding,https://linkedin.com/company/acme,1998,Makes things',
    goes: {
      'Record ID': 'externalId',
      'Company name': 'name',
      'Company owner': 'owner',
      'Company Domain Name': 'domain',
      'Phone Number': 'phone',
      'Street Address': 'address/street',
      City: 'address/city',
      'State/Region': 'address/region',
      'Postal Code': 'address/postalCode',
      'Country/Region': 'address/country',
      Industry: 'industry',
      'Number of Employees': 'employees',
      'Annual Revenue': 'revenue',
      'Lifecycle Stage': 'lifecycle',
      'Create Date': 'createdAt',
      'Parent Company': 'parent',
      'LinkedIn Company Page': 'social:linkedin',
      'Year Founded': 'founded',
      Description: 'description',
    },
  },
  Pipedrive: {
    header:
      'Organization - ID,Organization - Name,Organization - Label,Organization - Address,Organization - City/town/village/locality of Address,Organization - ZIP/Postal code of Address,Organization - Country of Address,Organization - Owner,Organization - Organization created,Organization - Industry',
    row: '5,Acme,Customer,1 Main St,London,E1,UK,Ana Ruiz,2025-01-02 09:00:00,Retail',
    goes: {
      'Organization - ID': 'externalId',
      'Organization - Name': 'name',
      'Organization - Label': 'tags',
      'Organization - Address': 'address/street',
      'Organization - City/town/village/locality of Address': 'address/city',
      'Organization - ZIP/Postal code of Address': 'address/postalCode',
      'Organization - Country of Address': 'address/country',
      'Organization - Owner': 'owner',
      'Organization - Organization created': 'createdAt',
      'Organization - Industry': 'industry',
    },
  },
  Salesforce: {
    header:
      'Account ID,Account Name,Parent Account,Type,Industry,Employees,Annual Revenue,Phone,Fax,Website,Billing Street,Billing City,Billing Zip/Postal Code,Billing Country,Shipping City,Account Owner,Account Source,Description',
    row: '0011x,Acme,Holding,Customer,Retail,120,1200000,+44 1,+44 2,www.acme.example,1 Main St,London,E1,UK,Leeds,Ana Ruiz,Web,Makes things',
    goes: {
      'Account ID': 'externalId',
      'Account Name': 'name',
      'Parent Account': 'parent',
      Type: 'lifecycle',
      Industry: 'industry',
      Employees: 'employees',
      'Annual Revenue': 'revenue',
      Phone: 'phone',
      Fax: 'phone:fax',
      Website: 'website',
      'Billing Street': 'address:billing/street',
      'Billing City': 'address:billing/city',
      'Billing Zip/Postal Code': 'address:billing/postalCode',
      'Billing Country': 'address:billing/country',
      'Shipping City': 'address:shipping/city',
      'Account Owner': 'owner',
      'Account Source': 'source',
      Description: 'description',
    },
  },
  Zoho: {
    header:
      'Account Id,Account Owner,Account Name,Phone,Website,Parent Account,Industry,Employees,Annual Revenue,Billing Street,Billing City,Billing Code,Billing Country,Created Time,Description,Tag',
    row: 'zcrm_5,Ana Ruiz,Acme,+44 1,http://acme.example,Holding,Retail,120,1200000,1 Main St,London,E1,UK,2025-01-02 09:00:00,Makes things,vip',
    goes: {
      'Account Id': 'externalId',
      'Account Owner': 'owner',
      'Account Name': 'name',
      Phone: 'phone',
      Website: 'website',
      'Parent Account': 'parent',
      Industry: 'industry',
      Employees: 'employees',
      'Annual Revenue': 'revenue',
      'Billing Street': 'address:billing/street',
      'Billing City': 'address:billing/city',
      'Billing Code': 'address:billing/postalCode',
      'Billing Country': 'address:billing/country',
      'Created Time': 'createdAt',
      Description: 'description',
      Tag: 'tags',
    },
  },
  Twenty: {
    header:
      'Id,Name,Domain Name / Link URL,Address / Address 1,Address / City,Address / Post Code,Address / Country,Employees,Linkedin / Link URL,ARR / Amount,Account Owner,Creation date',
    row: '2020-bb,Acme,https://acme.example,1 Main St,London,E1,UK,120,https://linkedin.com/company/acme,1200000,Ana Ruiz,2025-01-02T09:00:00Z',
    goes: {
      Id: 'externalId',
      Name: 'name',
      'Domain Name / Link URL': 'website',
      'Address / Address 1': 'address/street',
      'Address / City': 'address/city',
      'Address / Post Code': 'address/postalCode',
      'Address / Country': 'address/country',
      Employees: 'employees',
      'Linkedin / Link URL': 'social:linkedin',
      'ARR / Amount': 'revenue',
      'Account Owner': 'owner',
      'Creation date': 'createdAt',
    },
  },
};

test.each(Object.entries(contacts))('contacts as %s exports them', (_name, shape) => {
  const { goes, read } = goesOf('contacts', shape);
  expect(goes).toEqual(shape.goes);
  // All that reaches Ada is read, and all of one address is one address.
  const addresses = (read.points?.[''] ?? []).filter(({ kind }) => kind === 'address');
  expect(addresses.length).toBe(
    new Set(Object.values(shape.goes).flatMap((key) => /^address[^/]*/.exec(key)?.[0] ?? [])).size,
  );
});

test.each(Object.entries(companies))('companies as %s exports them', (_name, shape) => {
  const { goes, read } = goesOf('companies', shape);
  expect(goes).toEqual(shape.goes);
  expect(read.values['name']).toBe('Acme');
});

test('an address book’s labels are the types of what stands beside them', () => {
  const { read } = goesOf('contacts', contacts['an address book'] ?? { header: '', row: '', goes: {} });
  expect(read.points?.['']).toEqual([
    { kind: 'email', type: 'work', value: 'a@w.example' },
    { kind: 'email', type: 'home', value: 'a@h.example' },
    { kind: 'phone', type: 'mobile', value: '+44 1' },
    { kind: 'address', type: 'home', value: { street: '1 Main St', city: 'London', postalCode: 'E1', country: 'UK' } },
    { kind: 'social', type: 'website', value: 'https://ada.example' },
  ]);
});
