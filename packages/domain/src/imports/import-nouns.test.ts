import { expect, test } from 'vitest';
import { nounOfColumns, nounOfFile } from './import-nouns.ts';

test.each([
  [['unique_id', 'first_name', 'surname', 'dob', 'email'], 'contacts'],
  [['Vorname', 'Nachname', 'E-Mail'], 'contacts'],
  [['Deal Name', 'First Name', 'Amount'], 'deals'],
  [['account', 'deal_stage', 'close_value'], 'deals'],
  [['name', 'Industry', 'Number-of-Employees'], 'companies'],
  [['a', 'b'], null],
  [[], null],
])('columns %j are of %s', (columns, noun) => {
  expect(nounOfColumns(columns)).toBe(noun);
});

test.each([
  ['fake_1000.csv', null],
  ['contacts-2026.csv', 'contacts'],
  ['sales_teams.csv', 'people'],
  ['sales_pipeline.csv', 'deals'],
])('a file called %s is of %s', (name, noun) => {
  expect(nounOfFile(name)).toBe(noun);
});
