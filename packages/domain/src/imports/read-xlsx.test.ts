import { describe, expect, test } from 'vitest';
import { numberText, readXlsx } from './read-xlsx.node.ts';
import { makeXlsx } from './xlsx-fixture.node.ts';

const codeOf = async (bytes: Uint8Array, options?: Parameters<typeof readXlsx>[1]): Promise<string> => {
  const read = await readXlsx(bytes, options);
  return read.ok ? 'read' : read.error.code;
};

describe('spreadsheets', () => {
  test('texts, numbers, days and truths come as people wrote them', async () => {
    const bytes = await makeXlsx({
      'Müller & Co': [
        ['Name', 'Zip', 'Phone', 'Amount', 'Since', 'Seen', 'Mail'],
        ['Ada <b>"&', '01234', 491_701_234_567, 1234.5, { serial: 45_000 }, { serial: 45_000.5 }, true],
        [null, null, null, null, null, null, null],
        ['=1+1', null, 0.1 + 0.2, -3, null, null, false],
        [
          { raw: '<c r="@" t="str"><f>A1</f><v>made</v></c>' },
          { raw: '<c r="@" t="inlineStr"><is><t>in</t></is></c>' },
        ],
      ],
    });
    const read = await readXlsx(bytes);
    if (!read.ok) throw new Error(read.error.message);
    expect(read.sheets).toEqual(['Müller & Co']);
    expect(read.value.columns).toEqual(['Name', 'Zip', 'Phone', 'Amount', 'Since', 'Seen', 'Mail']);
    expect(read.value.rows).toEqual([
      {
        row: 2,
        cells: ['Ada <b>"&', '01234', '491701234567', '1234.5', '2023-03-15', '2023-03-15 12:00:00', 'true'],
      },
      { row: 4, cells: ['=1+1', '', '0.3', '-3', '', '', 'false'] },
      { row: 5, cells: ['made', 'in', '', '', '', '', ''] },
    ]);
  });

  test('a sheet is chosen by its name; the first one without', async () => {
    const bytes = await makeXlsx({ One: [['A'], ['1']], Two: [['B'], ['x']] });
    const second = await readXlsx(bytes, { sheet: 'Two' });
    expect(second.ok && [second.sheets, second.sheet, second.value.columns]).toEqual([['One', 'Two'], 'Two', ['B']]);
    const first = await readXlsx(bytes, { hasHeader: true });
    expect(first.ok && first.value.columns).toEqual(['A']);
    expect(await codeOf(bytes, { sheet: 'Three' })).toBe('no-such-sheet');
  });

  test.each<[string, string]>([
    ['1.234', '1.2340'],
    ['0.30000000000000004', '0.3'],
    ['4.9170123456789E13', '49170123456789'],
    ['-0', '0'],
    ['1E400', '1E400'],
  ])('the number %s reads %s', (raw, text) => expect(numberText(raw)).toBe(text));

  test('what is no table says so', async () => {
    expect(await codeOf(await makeXlsx({ Empty: [] }))).toBe('empty-file');
    expect(await codeOf(await makeXlsx({ Broken: [['A'], [{ raw: '<c r="@" t="s"><v>99</v></c>' }]] }))).toBe(
      'not-a-table',
    );
    expect(await codeOf(Uint8Array.from([0x50, 0x4b, 3, 4, 1, 2, 3]))).toBe('not-a-table');
    const whole = await makeXlsx({ A: [['A'], ['1']] });
    expect(await codeOf(whole.slice(0, whole.length - 60))).toBe('not-a-table');
  });

  test('a ZIP that unpacks to more than is allowed is left alone, whichever part is large', async () => {
    const bomb = await makeXlsx({ A: [['A'], ['1']] }, { 'xl/media/zeros.bin': '0'.repeat(5_000_000) });
    expect(bomb.length).toBeLessThan(50_000);
    expect(await codeOf(bomb, { unpackedBytes: 1_000_000 })).toBe('too-large');
    expect(await codeOf(bomb)).toBe('read');
  });

  test('a sheet that is a million columns wide is refused', async () => {
    const wide = await makeXlsx({ A: [['A', { raw: '<c r="XFD1"><v>1</v></c>' }], ['x']] });
    expect(await codeOf(wide)).toBe('too-many-columns');
  });
});
