import { describe, expect, test } from 'vitest';
import { pointFields, pointKey, pointNamed } from './points.ts';
import { readPoints, type PointCell } from './read-points.ts';

const keyOf = (column: string): string | null => {
  const point = pointNamed(column);
  return point && pointKey(point);
};

test.each<[string, string | null]>([
  ['Email', 'email'],
  ['E-mail 1 - Value', 'email'],
  ['E-mail 1 - Type', 'email/type'],
  ['E-mail 1 - Label', 'email/type'],
  ['email_work', 'email:work'],
  ['Person - Email - Home', 'email:home'],
  ['Secondary Email', 'email:other'],
  ['Emails / Primary Email', 'email'],
  ['Emails / Additional Emails', 'email:other'],
  ['E-Mail-Adresse', 'email'],
  ['E-mail (work)', 'email:work'],
  ['Email Opt Out', null],
  ['Email Domain', null],
  ['Last email date', null],
  ['Mailing Street', 'address/street'],
  ['Mailing State/Province', 'address/region'],
  ['Mailing Zip/Postal Code', 'address/postalCode'],
  ['Billing Country', 'address:billing/country'],
  ['Other City', 'address:other/city'],
  ['Street Address', 'address/street'],
  ['State/Region', 'address/region'],
  ['Country/Region', 'address/country'],
  ['Postal Code', 'address/postalCode'],
  ['PLZ', 'address/postalCode'],
  ['Straße', 'address/street'],
  ['Address 1 - Street', 'address/street'],
  ['Address 2 city', 'address/city'],
  ['Address 2 type', 'address/type'],
  ['Address line 2', 'address/street2'],
  ['Address / Address 1', 'address/street'],
  ['Address / Address 2', 'address/street2'],
  ['Address 2', 'address/street2'],
  ['Address line 1', 'address/street'],
  ['Address street 2', 'address/street2'],
  ['Organization - City/town/village/locality of Address', 'address/city'],
  ['Organization - ZIP/Postal code of Address', 'address/postalCode'],
  ['Phone', 'phone'],
  ['Phone Number', 'phone'],
  ['Mobile Phone Number', 'phone:mobile'],
  ['Phone (mobile)', 'phone:mobile'],
  ['Business Phone', 'phone:work'],
  ['Handy', 'phone:mobile'],
  ['Fax', 'phone:fax'],
  ['phone_other', 'phone:other'],
  ['Phones / Primary Phone Calling Code', 'phone/callingCode'],
  ['Phones / Primary Phone Country Code', null],
  ['Asst. Phone', null],
  ['LinkedIn URL', 'social:linkedin'],
  ['linkedin_url', 'social:linkedin'],
  ['Linkedin / Link URL', 'social:linkedin'],
  ['X / Link URL', 'social:twitter'],
  ['Twitter Username', 'social:twitter'],
  ['Twitter Bio', null],
  ['Website', 'social:website'],
  ['Website 2', 'social:website'],
  ['Address PO box', 'address/street2'],
  ['Profile (google talk)', 'social'],
  ['Name', null],
  ['Company', null],
  ['Country Code', null],
  ['First name', null],
  ['Status', null],
  ['', null],
])('the column %j is %s', (column, key) => {
  expect(keyOf(column)).toBe(key);
  if (key !== null) expect(pointFields()).toHaveProperty([key]);
});

const read = (row: Record<string, string>) =>
  readPoints(
    Object.entries(row).flatMap(([column, text]): PointCell[] => {
      const point = pointNamed(column);
      return point ? [{ point, text, column }] : [];
    }),
  );

describe('the ways to reach somebody', () => {
  test('a type may stand in a column beside it; several in one cell are several', () => {
    const { points } = read({
      'E-mail 1 - Type': '* Work',
      'E-mail 1 - Value': 'a@x.example ::: b@x.example',
      'E-mail 2 - Type': 'Home',
      'E-mail 2 - Value': 'Ada <c@x.example>; A@X.example',
      'Phone 1 - Type': 'Mobile',
      'Phone 1 - Value': '+1 212; 555',
    });
    expect(points).toEqual([
      { kind: 'email', type: 'work', value: 'a@x.example' },
      { kind: 'email', type: 'work', value: 'b@x.example' },
      { kind: 'email', type: 'home', value: 'c@x.example' },
      { kind: 'phone', type: 'mobile', value: '+1 212' },
      { kind: 'phone', type: 'mobile', value: '555' },
    ]);
  });
  test('parts of an address come together, and two addresses stay two', () => {
    const { points } = read({
      'Mailing Street': '1 Main St',
      'Mailing City': 'Austin',
      'Mailing Zip/Postal Code': '12345',
      'Other Street': '2 Side St',
      'Address 3 street': 'Third 3',
      'Address 3 type': 'Home',
    });
    expect(points).toEqual([
      { kind: 'address', type: '', value: { street: '1 Main St', city: 'Austin', postalCode: '12345' } },
      { kind: 'address', type: 'other', value: { street: '2 Side St' } },
      { kind: 'address', type: 'home', value: { street: 'Third 3' } },
    ]);
  });
  test('lists as JSON, and a calling code beside its number', () => {
    const { points } = read({
      'Emails / Primary Email': 'a@x.example',
      'Emails / Additional Emails': '["b@x.example","a@x.example"]',
      'Phones / Primary Phone Number': '612345678',
      'Phones / Primary Phone Calling Code': '+33',
      'Phones / Additional Phones': '[{"number":"7","callingCode":"+1"}]',
    });
    expect(points.map(({ value }) => value)).toEqual(['a@x.example', 'b@x.example', '+33 612345678', '+17']);
  });
  test('what is no address or number is said, with what it is', () => {
    expect(read({ Email: 'nobody at x', Phone: 'call assistant' }).problems).toEqual([
      { column: 'Email', message: '“nobody at x” is not an e-mail address' },
      { column: 'Phone', message: '“call assistant” is not a phone number' },
    ]);
  });
});
