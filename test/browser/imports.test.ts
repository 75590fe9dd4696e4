import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeClean, startRapport, type BrowserPerson, type Rapport } from './harness.ts';

let rapport: Rapport;
let noor: BrowserPerson;
let workspaceId: string;
beforeAll(async () => {
  rapport = await startRapport();
  noor = await rapport.newPerson('Noor Haddad', { locale: 'en-GB' });
  ({ workspaceId } = await rapport.newWorkspace(noor));
});
afterAll(() => rapport.close());

const csv = (lines: readonly string[]) => ({
  name: 'deals.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['Deal ID,Deal name,Amount,Stage,Close date,Product', ...lines].join('\n')),
});
const deals = () => noor.api<{ total: number }>('GET', `/api/v1/w/${workspaceId}/deals?limit=1`);

test('a file becomes deals: questions, corrections, skipping, running, undo', async () => {
  const { page } = noor;
  await page.goto(`/w/${workspaceId}/import`);
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  expect(await axeClean(page)).toEqual([]);
  await page.setInputFiles(
    'input[type=file]',
    csv([
      'D1,Fridges,call me,Pilot,03/04/2026,GTXPro',
      'D2,Freezers,100.00,Pilot,05/06/2026,GTX Pro',
      'D3,Ovens,soon,Won,05/06/2026,GTX Pro',
      'D5,Stoves,1.00,Won,05/06/2026,GTX Pro',
      'D6,Hoods,2.00,Won,05/06/2026,GTX Pro',
      'D4,<img src=x onerror=alert(1)>,3.00,Won,05/06/2026,GTX Pro',
    ]),
  );
  await page.getByRole('heading', { name: 'Rows that need a look' }).waitFor();
  expect(await axeClean(page)).toEqual([]);

  // Nothing runs before the question is answered.
  const run = page.getByRole('button', { name: /^Import \d+ rows?/ });
  expect(await run.getAttribute('aria-disabled')).toBe('true');
  await page.getByRole('button', { name: /Day, month, year/ }).click();
  await page.getByLabel('Amount of row 2', { exact: true }).fill('12.50');
  await page.keyboard.press('Enter');
  await page.getByText('Fixed by you').waitFor();
  await page.getByRole('button', { name: 'Skip row 4' }).click();
  await page.getByText('Skipped by you').waitFor();
  await page.getByRole('button', { name: /^Use “GTX Pro” for all/ }).click();
  await page.getByRole('button', { name: 'Import 5 rows' }).click();
  await page.getByRole('heading', { name: 'Imported deals.csv' }).waitFor();
  expect((await deals()).total).toBe(5);
  expect(await axeClean(page)).toEqual([]);

  await page.getByRole('button', { name: 'Undo this import' }).click();
  await page.getByRole('heading', { name: 'Import of deals.csv undone' }).waitFor();
  expect((await deals()).total).toBe(0);
  expect(rapport.pageErrors).toEqual([]);
});

test('columns are mapped by keyboard, and a pasted table is a file, too', async () => {
  const { page } = noor;
  await page.goto(`/w/${workspaceId}/import`);
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  // As text: the tests are compiled without the browser's types.
  await page.evaluate(`
    const data = new DataTransfer();
    data.setData('text/plain', 'Was\\tWie viel\\nKühlung\\t3\\nOfen\\t4\\n');
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  `);
  const target = page.getByRole('combobox', { name: 'Was goes to' });
  await target.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('T');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Was goes to' }).getByText('Title').waitFor();
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await page.getByRole('heading', { name: /^Imported/ }).waitFor();
  expect((await deals()).total).toBe(2);
});

test('with several pipelines, the rows go where one says', async () => {
  const { id } = await noor.api<{ id: string }>('POST', `/api/v1/w/${workspaceId}/boards`, { name: 'Renewals' });
  const { page } = noor;
  await page.goto(`/w/${workspaceId}/import`);
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  await page.setInputFiles('input[type=file]', csv(['D1,Fridges,1.00,Pilot,2026-04-13,GTX Pro']));
  await page.getByRole('combobox', { name: 'Into the pipeline' }).click();
  await page.getByRole('option', { name: 'Renewals' }).click();
  await page.getByRole('button', { name: 'Import 1 row' }).click();
  await page.getByRole('heading', { name: /^Imported/ }).waitFor();
  const found = await noor.api<{ total: number }>('GET', `/api/v1/w/${workspaceId}/deals?board=${id}`);
  expect(found.total).toBe(1);
});

test('a viewer is told why nothing can be imported', async () => {
  const vera = await rapport.newPerson('Vera');
  await rapport.join(noor, vera, workspaceId, 'viewer');
  await vera.page.goto(`/w/${workspaceId}/import`);
  const choose = vera.page.getByRole('button', { name: 'Choose a file' });
  await choose.waitFor();
  expect(await choose.getAttribute('aria-disabled')).toBe('true');
});
