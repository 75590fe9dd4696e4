import { expect, test } from 'vitest';
import { suggestedKey, type Preview } from './import-api.ts';

const column = (name: string, target: unknown, isUnique = true) => ({ column: name, target, isUnique });
const cases: readonly [string, readonly ReturnType<typeof column>[], string | null][] = [
  ['an id of its own', [column('opportunity_id', { make: 'text' })], 'opportunity_id'],
  ['not where a value comes twice', [column('opportunity_id', { make: 'text' }, false)], null],
  ['not what is a key anyway', [column('id', 'externalId')], null],
  ['no part of an address', [column('Address postal code', 'address:work.postalCode')], null],
  ['no postal code at all', [column('Zip code', { make: 'text' })], null],
  ['nothing that is left out', [column('No', null)], null],
];

test.each(cases)('%s', (_what, columns, key) => {
  const preview = {
    columns,
    fields: [{ key: 'address:work.postalCode', isList: true }],
    defaultKey: ['externalId', 'email'],
  } as unknown as Pick<Preview, 'columns' | 'fields' | 'defaultKey'>;
  expect(suggestedKey(preview)).toEqual(key === null ? null : [key]);
});
