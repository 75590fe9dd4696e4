import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeXlsx } from '../../packages/domain/src/imports/xlsx-fixture.node.ts';
import { panel, setField, twoPeople, until, type TwoPeople } from './board-page.ts';
import { axeClean, startRapport, type Rapport } from './harness.ts';

let rapport: Rapport;
let two: TwoPeople;
let workspaceId: string;
beforeAll(async () => {
  rapport = await startRapport();
  two = await twoPeople(rapport);
  ({ workspaceId } = two);
}, 120_000);
afterAll(() => rapport.close());

const shots = process.env['RAPPORT_SHOTS'];
const total = async (noun: string) =>
  (await two.ana.api<{ total: number }>('GET', `/api/v1/w/${workspaceId}/${noun}?limit=1`)).total;

test('contacts of a spreadsheet come in while a colleague works, and go again', { timeout: 180_000 }, async () => {
  const { ana, ben } = two;
  const { page } = ana;
  const deal = await two.addDeal('Fridges');
  await ben.page.goto(`${two.path}?deal=${deal}`);
  await panel(ben.page).waitFor();
  await page.goto(`/w/${workspaceId}/import`);
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  const rows = Array.from({ length: 1500 }, (_, at) => [
    `First ${at}`,
    `Last ${at}`,
    at === 3 ? 'nobody' : `p${at}@x.example`,
    `+49 ${at}`,
    `Company ${at % 40}`,
    'yes',
  ]);
  const buffer = Buffer.from(
    await makeXlsx({
      Notes: [
        ['Only', 'words'],
        ['a', 'b'],
      ],
      People: [['First name', 'Last name', 'Email', 'Mobile', 'Company', 'Newsletter'], ...rows],
    }),
  );
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  await page.setInputFiles('input[type=file]', { name: 'people-2026.xlsx', mimeType, buffer });
  // The name of the file says what the rows are; the sheet is asked for.
  await page.getByRole('button', { name: 'Contacts', pressed: true }).waitFor();
  await page.getByRole('combobox', { name: 'Sheet' }).click();
  await page.getByRole('option', { name: 'People' }).click();
  await page.getByRole('heading', { name: 'Rows that need a look' }).waitFor();
  await page.getByText('creates 40 companies').waitFor();
  expect(await axeClean(page)).toEqual([]);
  if (shots) await page.screenshot({ path: `${shots}/contacts.png` });
  await page.getByLabel('Email of row 5', { exact: true }).fill('somebody@x.example');
  await page.keyboard.press('Enter');
  await page.getByText('Fixed by you').waitFor();

  await page.getByRole('button', { name: 'Import 1,500 rows' }).click();
  await page.getByRole('heading', { name: /^Import/ }).waitFor();
  // Ben edits a deal at the same time: it is saved, and he is told.
  await setField(ben.page, /^Description/, 'Written during an import');
  await ben.page.getByText('All changes saved').first().waitFor();
  await page.getByRole('heading', { name: 'Imported people-2026.xlsx' }).waitFor({ timeout: 60_000 });
  expect([await total('contacts'), await total('companies')]).toEqual([1500, 40]);
  expect(await axeClean(page)).toEqual([]);
  if (shots) await page.screenshot({ path: `${shots}/contacts-done.png` });

  await page.getByRole('button', { name: 'Undo this import' }).click();
  await page.getByRole('heading', { name: 'Import of people-2026.xlsx undone' }).waitFor({ timeout: 60_000 });
  await until(async () => [await total('contacts'), await total('companies')]).toEqual([0, 0]);
  const kept = await ana.api<{ description: string }>('GET', `/api/v1/w/${workspaceId}/deals/${deal}`);
  expect(kept.description).toBe('Written during an import');
  expect(rapport.pageErrors).toEqual([]);
});

test('a vCard is contacts, by keyboard and on a phone', { timeout: 60_000 }, async () => {
  const { page } = two.ana;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/w/${workspaceId}/import`);
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  const card =
    'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Lovelace\r\nN:Lovelace;Ada;;;\r\nORG:Acme\r\nEMAIL;TYPE=WORK:ada@acme.example\r\nTEL;TYPE=CELL:+44 1\r\nPHOTO;ENCODING=b:AAAA\r\nEND:VCARD\r\n';
  await page.setInputFiles('input[type=file]', {
    name: 'ada.vcf',
    mimeType: 'text/vcard',
    buffer: Buffer.from(card),
  });
  await page.getByText('leaves photos and the like').waitFor();
  expect(await axeClean(page)).toEqual([]);
  if (shots) await page.screenshot({ path: `${shots}/vcard-phone.png`, fullPage: true });
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  expect(overflow).toBeLessThanOrEqual(0);
  const run = page.getByRole('button', { name: 'Import 1 row' });
  await run.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Imported ada.vcf' }).waitFor();
  expect(await total('contacts')).toBe(1);
});
