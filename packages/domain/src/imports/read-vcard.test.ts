import { describe, expect, test } from 'vitest';
import { isVcard, readVcards } from './read-vcard.node.ts';

function rowsOf(text: string): Record<string, string>[] {
  const read = readVcards(text);
  if (!read.ok) throw new Error(read.error.message);
  const { columns, rows } = read.value;
  return rows.map(({ cells }) =>
    Object.fromEntries(columns.flatMap((column, at) => (cells[at] ? [[column, cells[at]]] : []))),
  );
}
const card = (...lines: string[]): string => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');
const problemsOf = (text: string): string[] => {
  const read = readVcards(text);
  return read.ok ? read.value.problems.map(({ row, message }) => `${row} ${message}`) : [read.error.code];
};

describe('vCards as rows', () => {
  test.each<[string, string[], Record<string, string>]>([
    [
      '2.1: bare types, quoted-printable with soft breaks, charsets',
      [
        'VERSION:2.1',
        'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BC=',
        'rg;;;',
        'NOTE;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Gr=FC=DFe=0D=0Aaus K=F6ln',
        'ADR;WORK;QUOTED-PRINTABLE:;;Rue =E9troite 1;Paris;;75001;France',
        'TEL;CELL;PREF:+49 170 1',
        'TEL;WORK;FAX:+49 30 2',
        'EMAIL;INTERNET:j@muell.example',
      ],
      {
        'Last name': 'Müller',
        'First name': 'Jürg',
        Note: 'Grüße\naus Köln',
        'Address type': 'work',
        'Address street': 'Rue étroite 1',
        'Address city': 'Paris',
        'Address postal code': '75001',
        'Address country': 'France',
        'Phone (mobile)': '+49 170 1',
        Fax: '+49 30 2',
        'E-mail': 'j@muell.example',
      },
    ],
    [
      '3.0: folded lines, escapes, groups with labels',
      [
        'VERSION:3.0',
        'FN:Ana Ru',
        ' iz',
        'N:Ruiz;Ana;Maria,Pia;;',
        'ORG:Hollin\\, Sons\\; Co;Sales;North',
        'item1.EMAIL;type=INTERNET:a@x.example',
        'item1.X-ABLabel:_$!<Other>!$_',
        'item2.TEL:1',
        'item2.X-ABLabel:Reception',
        'NOTE:one\\ntwo\\\\three',
        'CATEGORIES:VIP,North\\, far',
      ],
      {
        Name: 'Ana Ruiz',
        'Last name': 'Ruiz',
        'First name': 'Ana',
        'Middle name': 'Maria Pia',
        Company: 'Hollin, Sons; Co',
        Department: 'Sales, North',
        'E-mail (other)': 'a@x.example',
        'Phone (other)': '1',
        Note: 'one\ntwo\\three',
        Tags: 'VIP; North, far',
      },
    ],
    [
      '4.0: lists in quotes, URIs, what is preferred comes first',
      [
        'VERSION:4.0',
        'FN:Bo Li',
        'TEL;VALUE=uri;TYPE="work,voice":tel:+1-418-656-9254;ext=102',
        'EMAIL;TYPE=work:second@x.example',
        'EMAIL;TYPE=work;PREF=1:mailto:first@x.example',
        'BDAY:19801224',
        'UID:urn:uuid:1',
      ],
      {
        Name: 'Bo Li',
        'Phone (work)': '+1-418-656-9254 ext. 102',
        'E-mail (work)': 'first@x.example; second@x.example',
        Birthday: '19801224',
        UID: 'urn:uuid:1',
      },
    ],
    [
      'several addresses, each with its type',
      ['VERSION:3.0', 'FN:X', 'ADR;TYPE=home:;;A 1;B;;1;C', 'ADR;TYPE=work:;;D 2;E;;2;F'],
      {
        Name: 'X',
        'Address type': 'home',
        'Address street': 'A 1',
        'Address city': 'B',
        'Address postal code': '1',
        'Address country': 'C',
        'Address 2 type': 'work',
        'Address 2 street': 'D 2',
        'Address 2 city': 'E',
        'Address 2 postal code': '2',
        'Address 2 country': 'F',
      },
    ],
  ])('%s', (_name, lines, expected) => expect(rowsOf(card(...lines))).toEqual([expected]));

  test('photos and keys are passed over and said, also when their bytes are not folded as they should be', () => {
    const text = card('VERSION:2.1', 'FN:Pia', 'PHOTO;JPEG;ENCODING=BASE64:', '/9j/4AAQ', 'SkZJRg==', '', 'TEL:5');
    expect(rowsOf(text)).toEqual([{ Name: 'Pia', Phone: '5' }]);
    expect(problemsOf(text)).toEqual(['1 has a photo: not imported']);
  });

  test('several versions in one file, line ends of any kind, a card inside of a card', () => {
    const text = `${card('VERSION:2.1', 'FN:One').replaceAll('\r\n', '\n')}${card(
      'VERSION:2.1',
      'FN:Two',
      'AGENT:',
      'BEGIN:VCARD',
      'FN:Agent',
      'END:VCARD',
      'TEL:2',
    )}${card('VERSION:4.0', 'FN:Three')}`;
    expect(rowsOf(text)).toEqual([{ Name: 'One' }, { Name: 'Two', Phone: '2' }, { Name: 'Three' }]);
  });

  test('a file that is cut off keeps what is whole, and says so', () => {
    const text = `${card('VERSION:3.0', 'FN:One')}BEGIN:VCARD\nFN:Two\nBEGIN:VCARD\nFN:Three\nno property here`;
    expect(rowsOf(text)).toEqual([{ Name: 'One' }, { Name: 'Two' }, { Name: 'Three' }]);
    expect(problemsOf(text)).toEqual([
      '2 does not end: the file may be cut off',
      '3 has 1 line that cannot be read',
      '3 does not end: the file may be cut off',
    ]);
  });

  test.each(['BEGIN:VCARD\nEND:VCARD', 'BEGIN:VCARD', 'BEGIN:VCARD\nVERSION:9\n:\n;;;\nEND:VCARD'])(
    'a card of nothing is no row: %j',
    (text) => expect(problemsOf(text)).toEqual(['empty-file']),
  );

  test.each<[string, boolean]>([
    ['\uFEFFbegin:vcard\n', true],
    ['Name,BEGIN:VCARD\n', false],
  ])('%j is a vCard: %s', (text, is) => expect(isVcard(text)).toBe(is));
});
