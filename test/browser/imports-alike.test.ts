import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeClean, startRapport, type BrowserPerson, type Rapport } from './harness.ts';

let rapport: Rapport;
let ana: BrowserPerson;
let workspaceId: string;
let boardId: string;
beforeAll(async () => {
  rapport = await startRapport();
  ana = await rapport.newPerson('Ana');
  ana.page.setDefaultTimeout(60_000);
  ({ workspaceId, boardId } = await rapport.newWorkspace(ana));
}, 120_000);
afterAll(() => rapport.close());

const shots = process.env['RAPPORT_SHOTS'];
const total = async (noun: string) =>
  (await ana.api<{ total: number }>('GET', `/api/v1/w/${workspaceId}/${noun}?limit=1`)).total;
const choose = async (name: string, text: string) => {
  await ana.page.goto(`/w/${workspaceId}/import`);
  await ana.page.getByRole('button', { name: 'Choose a file' }).waitFor();
  await ana.page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
};

test(
  'rows that are much like somebody: said why, taken or brought in, told at the end',
  { timeout: 180_000 },
  async () => {
    const { page } = ana;
    const head = 'First name,Last name,Email,Phone,Company\n';
    await choose('contacts.csv', `${head}Robert,Featherstone,robert@fab.example,+44 20 7946 0018,Fabricam\n`);
    await page.getByRole('button', { name: 'Import 1 row' }).click();
    await page.getByRole('heading', { name: 'Imported contacts.csv' }).waitFor({ timeout: 60_000 });

    await choose(
      'contacts.csv',
      `${head}Bob,Featherstone,bob@home.example,+44 20 7946 0018,Fabricam\nAda,Lovelace,ada@x.example,,\n`,
    );
    await page.getByRole('heading', { name: 'Much like others' }).waitFor();
    await page.getByText(/^Bob Featherstone is Robert Featherstone: .*Same phone/).waitFor();
    expect(await axeClean(page)).toEqual([]);
    if (shots) await page.screenshot({ path: `${shots}/alike.png` });
    await page
      .getByRole('radio', { name: 'Bring in as new' })
      .or(page.getByRole('button', { name: 'Bring in as new' }))
      .click();
    await page.getByText('Bob Featherstone may be Robert Featherstone').waitFor();
    await page.getByRole('button', { name: 'Import 2 rows' }).click();
    await page.getByRole('heading', { name: 'Imported contacts.csv' }).waitFor({ timeout: 60_000 });
    await page.getByText('Possible duplicates').waitFor();
    await page.getByRole('link', { name: 'Robert Featherstone' }).waitFor();
    expect(await axeClean(page)).toEqual([]);
    if (shots) {
      await page.screenshot({ path: `${shots}/alike-done.png` });
      await page.setViewportSize({ width: 390, height: 844 });
      await page.screenshot({ path: `${shots}/alike-done-phone.png` });
      await page.setViewportSize({ width: 1440, height: 900 });
    }
    expect(await total('contacts')).toBe(3);
    expect(rapport.pageErrors).toEqual([]);
  },
);

test('companies that deals name stay text where somebody says so', { timeout: 120_000 }, async () => {
  const { page } = ana;
  const before = await total('companies');
  await choose('deals.csv', 'Deal name,Company,Stage\nFridges,Adatum,Lead\nFreezers,Contoso,Lead\n');
  await page.getByText('creates 2 companies').waitFor();
  await page.getByRole('switch', { name: /^Become records/ }).click();
  await page.getByText('creates 2 companies').waitFor({ state: 'detached' });
  if (shots) await page.screenshot({ path: `${shots}/records-text.png` });
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await page.getByRole('heading', { name: 'Imported deals.csv' }).waitFor({ timeout: 60_000 });
  expect([await total('companies'), await total('deals')]).toEqual([before, 2]);
});

test('an amount that is typed without a currency is in that of the pipeline', { timeout: 120_000 }, async () => {
  const { page } = ana;
  await ana.api('PATCH', `/api/v1/w/${workspaceId}/boards/${boardId}`, { currency: 'USD' });
  const api = `/api/v1/w/${workspaceId}/companies`;
  const { id } = await ana.api<{ id: string }>('POST', api, { name: 'Adatum' });
  await page.goto(`/w/${workspaceId}/companies/${id}`);
  await page
    .getByRole('button', { name: /^Annual revenue/ })
    .first()
    .click();
  await page.keyboard.type('5000');
  await page.keyboard.press('Enter');
  const revenue = async () => (await ana.api<{ revenue: unknown }>('GET', `${api}/${id}`)).revenue;
  await expect.poll(revenue, { timeout: 30_000 }).toEqual({ minor: 500_000, currency: 'USD' });
});
