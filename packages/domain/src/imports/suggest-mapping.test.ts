import { expect, test } from 'vitest';
import { dealImportFields } from '../deals/import-fields.ts';
import { readCsv } from './read-csv.node.ts';
import { profileColumns } from './profile-columns.ts';
import { findSpellings } from './spellings.ts';
import { suggestMapping } from './suggest-mapping.ts';

const suggest = (header: string, rows: readonly string[] = []) => {
  const sheet = readCsv([header, ...rows].join('\n'), { hasHeader: true });
  if (!sheet.ok) throw new Error(sheet.error.message);
  const found = suggestMapping(profileColumns(sheet.value), dealImportFields([]));
  return Object.fromEntries(found.map(({ column, target }) => [column, target]));
};

test.each<[string, string, readonly string[], Record<string, unknown>]>([
  [
    'HubSpot',
    'Record ID,Deal Name,Deal Stage,Close Date,Create Date,Deal owner,Amount,Pipeline,Associated Company,Closed Lost Reason',
    [
      '8801,Fridges,Closed Won,2025-03-01 10:00,2025-01-02 09:00,Ana Ruiz,1200.50,Sales,Hollin,',
      '8802,Freezers,Proposal,2025-04-01 10:00,2025-01-03 09:00,Bo Li,300,Sales,Aune,',
    ],
    {
      'Record ID': { make: 'number', label: 'Record ID' },
      'Deal Name': 'title',
      'Deal Stage': 'stage',
      'Close Date': 'closeDate',
      'Create Date': 'createdAt',
      'Deal owner': 'owner',
      Amount: 'value',
      Pipeline: { make: 'text', label: 'Pipeline' },
      'Associated Company': 'company',
      'Closed Lost Reason': 'lostReason',
    },
  ],
  [
    'Pipedrive',
    'Deal - ID,Deal - Title,Deal - Organization,Deal - Contact person,Deal - Value,Deal - Currency,Deal - Stage,Deal - Status,Deal - Owner,Deal - Deal created,Deal - Expected close date,Deal - Won time,Deal - Lost reason,Deal - Label',
    ['17,Fridges,Hollin,Ruth A,"1,200",EUR,Proposal,Open,Ana Ruiz,2025-01-02 09:00:00,2025-04-01,,,Hot'],
    {
      'Deal - Title': 'title',
      'Deal - Organization': 'company',
      'Deal - Contact person': 'contact',
      'Deal - Value': 'value',
      'Deal - Currency': 'currency',
      'Deal - Stage': 'stage',
      'Deal - Status': 'status',
      'Deal - Owner': 'owner',
      'Deal - Deal created': 'createdAt',
      'Deal - Expected close date': 'expectedClose',
      'Deal - Won time': 'closedAt',
      'Deal - Lost reason': 'lostReason',
      'Deal - Label': 'labels',
    },
  ],
  [
    'Salesforce',
    'Opportunity ID,Opportunity Name,Account Name,Stage,Amount,Amount Currency,Close Date,Created Date,Opportunity Owner,Lead Source,Next Step,Loss Reason',
    ['0061x,Fridges,Hollin,Negotiation,1200,EUR,1/31/2025,1/2/2025,Ana Ruiz,Web,Call,'],
    {
      'Opportunity ID': { make: 'text', label: 'Opportunity ID' },
      'Opportunity Name': 'title',
      'Account Name': 'company',
      Stage: 'stage',
      Amount: 'value',
      'Amount Currency': 'currency',
      'Close Date': 'closeDate',
      'Created Date': 'createdAt',
      'Opportunity Owner': 'owner',
      'Lead Source': 'source',
      'Next Step': 'nextActivity',
      'Loss Reason': 'lostReason',
    },
  ],
  [
    'Zoho',
    'Record Id,Deal Name,Account Name,Contact Name,Stage,Amount,Closing Date,Deal Owner,Lead Source,Created Time,Reason For Loss,Description,Tag',
    ['zcrm_1,Fridges,Hollin,Ruth,Qualification,1200,2025-03-01,Ana Ruiz,Web,2025-01-02T09:00:00+01:00,,Text,hot'],
    {
      'Deal Name': 'title',
      'Account Name': 'company',
      'Contact Name': 'contact',
      Stage: 'stage',
      Amount: 'value',
      'Closing Date': 'closeDate',
      'Deal Owner': 'owner',
      'Lead Source': 'source',
      'Created Time': 'createdAt',
      'Reason For Loss': 'lostReason',
      Description: 'description',
      Tag: 'labels',
    },
  ],
  [
    'German',
    'Bezeichnung;Firma;Ansprechpartner;Betrag;Währung;Phase;Verantwortlich;Abschlussdatum;Erstellt am;Verlustgrund;Quelle;Bemerkung',
    ['Kühlung;Müller;Ruth;"1.200,50";EUR;Angebot;Ana Ruiz;01.03.2025;02.01.2025;;Messe;Text'],
    {
      Bezeichnung: 'title',
      Firma: 'company',
      Ansprechpartner: 'contact',
      Betrag: 'value',
      Währung: 'currency',
      Phase: 'stage',
      Verantwortlich: 'owner',
      Abschlussdatum: 'closeDate',
      'Erstellt am': 'createdAt',
      Verlustgrund: 'lostReason',
      Quelle: 'source',
      Bemerkung: 'description',
    },
  ],
  [
    'the sales pipeline of Maven',
    'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value',
    ['1C1I,Moses Frase,GTX Basic,Cancity,Won,2016-10-20,2017-03-01,1054'],
    {
      opportunity_id: { make: 'text', label: 'Opportunity id' },
      sales_agent: 'owner',
      account: 'company',
      deal_stage: 'stage',
      engage_date: 'createdAt',
      close_date: 'closeDate',
      close_value: 'value',
    },
  ],
])('%s', (_name, header, rows, expected) => {
  expect(suggest(header, rows)).toMatchObject(expected);
});

test('no two columns go to one field', () => {
  const targets = Object.values(suggest('Amount,Value,Deal Value', ['1,2,3'])).filter((target) => target === 'value');
  expect(targets).toHaveLength(1);
});

test('the name of a field does not count when the values cannot be it', () => {
  expect(suggest('Close Date,Amount', ['soon,a lot', 'later,little'])).not.toMatchObject({ Amount: 'value' });
});

test('empty columns are left out; few values that repeat make a select', () => {
  const rows = Array.from({ length: 12 }, (_, at) => `${['red', 'blue'][at % 2]},`);
  expect(suggest('Colour,Fax', rows)).toEqual({ Colour: { make: 'select', label: 'Colour' }, Fax: null });
});

test('spellings of one value are found, and what the workspace has is suggested', () => {
  const counts = new Map([
    ['GTXPro', 1480],
    ['GTX Basic', 3],
    ['gtx basic', 9],
  ]);
  const found = findSpellings('product', counts, ['GTX Pro']);
  expect(found.map(({ suggested }) => suggested)).toEqual(['GTX Pro', 'gtx basic']);
  expect(
    findSpellings(
      'product',
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
    ),
  ).toEqual([]);
});

test('a slip of the pen is noticed, by what is known, what is frequent and common words', () => {
  const counts = new Map([
    ['technolgy', 12],
    ['retail', 3],
    ['Consulting', 9],
    ['Consultng', 1],
    ['Branch 1', 5],
    ['Branch 2', 50],
  ]);
  const found = findSpellings('sector', counts, [], ['Technology', 'Retail']);
  expect(found.map(({ values, suggested }) => [values.map(({ value }) => value), suggested])).toEqual([
    [['technolgy', 'technology'], 'technology'],
    [['Consulting', 'Consultng'], 'Consulting'],
  ]);
  expect(findSpellings('company', new Map([['Hollin & Sons', 1]]), ['Hollyn & Sons'])[0]?.suggested).toBe(
    'Hollyn & Sons',
  );
});

test('a column that would become a second field of one name says where it came from', () => {
  const found = suggest('Deal Name,company_name,company', ['Fridges,Hollin,Hollin & Sons']);
  expect(found['company_name']).toBe('company');
  expect(found['company']).toEqual({ make: 'text', label: 'Company (imported)' });
});
