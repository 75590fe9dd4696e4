import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './board-page.ts';
import { type BrowserPerson, type Rapport, axeClean, startRapport } from './harness.ts';

let rapport: Rapport;
let ana: BrowserPerson;
let ben: BrowserPerson;
let base: string;
let api: string;
beforeAll(async () => {
  rapport = await startRapport();
  ({ host: ana, guest: ben, home: base, api } = await rapport.newPair('Ana Adams', 'Ben Brook'));
  for (let at = 1; at <= 24; at++)
    await ana.api('POST', `${api}/companies`, {
      name: `Company ${String(at).padStart(2, '0')}`,
      industry: at % 2 === 0 ? 'Ports' : 'Dairies',
      employees: at,
      revenue: { minor: at * 100_000, currency: 'EUR' },
    });
}, 120_000);
afterAll(() => rapport?.close());

const choice = (page: Page, name: string): Locator =>
  page.locator('[role^=menuitem]').filter({ hasText: name }).first();
const grid = (page: Page): Locator => page.getByRole('grid');
const row = (page: Page, name: string): Locator => page.getByRole('row').filter({ hasText: name });
const names = (page: Page): Promise<string[]> => page.locator('.title-a').allTextContents();
/** The cell of a row in a column. */
const cell = async (page: Page, name: string, column: string): Promise<Locator> => {
  const heads = await page.getByRole('columnheader').allTextContents();
  const at = heads.findIndex((text) => text.startsWith(column));
  if (at < 0) throw new Error(`no column ${column} in ${heads.join()}`);
  return row(page, name).getByRole('gridcell').nth(at);
};

test('two people work in one table: sorted by several, filtered, grouped, edited in place and seen at once', async () => {
  const { page } = ana;
  await page.goto(`${base}/companies`);
  await row(page, 'Company 01').waitFor();
  await ben.page.goto(`${base}/companies`);
  await row(ben.page, 'Company 01').waitFor();
  expect(await axeClean(page)).toEqual([]);
  await page.keyboard.press('/');
  await page.locator('input[type=search]:focus').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('n');
  await page.getByRole('dialog', { name: 'New company' }).waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Industry', exact: true }).click();
  await page.getByRole('button', { name: 'Employees', exact: true }).click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: /^Employees/ }).click({ modifiers: ['Shift'] });
  await until(async () => (await names(page)).slice(0, 3)).toEqual(['Company 23', 'Company 21', 'Company 19']);
  expect(new URL(page.url()).searchParams.get('sort')).toBe('industry,-employees');

  await (await cell(page, 'Company 23', 'Phone')).click();
  await page.keyboard.press('Enter');
  await page.keyboard.type('+45 20 30 40 50');
  await page.keyboard.press('Enter');
  await until(async () => (await cell(ben.page, 'Company 23', 'Phone')).textContent()).toContain('+45 20 30 40 50');
  // Esc leaves what was there.
  await (await cell(page, 'Company 21', 'Phone')).click();
  await page.keyboard.press('Enter');
  await page.keyboard.type('nothing');
  await page.keyboard.press('Escape');
  expect(await (await cell(page, 'Company 21', 'Phone')).textContent()).toBe('');
  await page.keyboard.press('Control+z');
  await until(async () => (await cell(ben.page, 'Company 23', 'Phone')).textContent()).toBe('');

  await page.getByRole('button', { name: 'Group by', exact: true }).click();
  await choice(page, 'Industry').click();
  await page.getByRole('button', { name: /^Dairies\s*12/ }).waitFor();
  await page.getByRole('button', { name: /^Dairies\s*12/ }).click();
  await until(async () => (await names(page)).includes('Company 23')).toBe(false);
  await page.getByText('Employees 144 · Annual revenue €144,000').waitFor();
  expect(await axeClean(page)).toEqual([]);

  await page.goto(`${base}/companies`);
  await row(page, 'Company 01').waitFor();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Filter' });
  await dialog.getByRole('button', { name: 'Condition' }).click();
  await dialog.getByPlaceholder('Text').fill('company 0');
  await page.keyboard.press('Tab');
  await until(async () => (await names(page)).length).toBe(9);
  expect(await axeClean(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.reload();
  await until(async () => (await names(page)).length).toBe(9);
  expect(rapport.pageErrors).toEqual([]);
}, 90_000);

test('ranges go to a spreadsheet and come back; many rows change as one step; what cannot be is told', async () => {
  const { page } = ben;
  await ben.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${base}/companies?columns=name!,industry,employees&sort=name`);
  await row(page, 'Company 01').waitFor();
  await (await cell(page, 'Company 01', 'Industry')).click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+c');
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('Dairies\t1\nPorts\t2');
  await page.evaluate(`navigator.clipboard.writeText('Bakeries\\t70\\nFarms\\tmany')`);
  await page.keyboard.press('Control+v');
  await page
    .getByText(/One cell was not pasted\. Row 2, Employees/)
    .first()
    .waitFor();
  await until(async () => (await cell(page, 'Company 01', 'Employees')).textContent()).toBe('70');
  await until(async () => (await cell(page, 'Company 02', 'Industry')).textContent()).toBe('Farms');
  expect(await (await cell(page, 'Company 02', 'Employees')).textContent()).toBe('2');

  await row(page, 'Company 03').getByRole('checkbox').click();
  await row(page, 'Company 06')
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  expect(
    await page.evaluate(
      `[...document.querySelectorAll('tfoot td')].map((cell) => Math.round(cell.getBoundingClientRect().top)).filter((top, at, all) => top !== all[0])`,
    ),
  ).toEqual([]);
  const bar = page.getByRole('toolbar', { name: '4 selected' });
  await bar.getByRole('button', { name: 'Change' }).click();
  await choice(page, 'Employees').click();
  await page.getByLabel('Employees of all 4').fill('500');
  await page.keyboard.press('Enter');
  const four = ['Company 03', 'Company 04', 'Company 05', 'Company 06'];
  const employees = () => Promise.all(four.map(async (name) => (await cell(page, name, 'Employees')).textContent()));
  await until(employees).toEqual(['500', '500', '500', '500']);
  // A colleague's later change stays when the step is taken back.
  const { items } = await ana.api<{ items: { id: string; name: string }[] }>('GET', `${api}/companies?q=Company%2005`);
  await ana.api('PATCH', `${api}/companies/${items[0]?.id}`, { employees: 501 });
  await until(employees).toEqual(['500', '500', '501', '500']);
  await page.keyboard.press('Escape');
  await grid(page).focus();
  await page.keyboard.press('Control+z');
  await until(employees).toEqual(['3', '4', '501', '6']);
  expect(rapport.pageErrors).toEqual([]);
}, 90_000);

test('a view is saved for a team or for everybody, and a phone shows rows as lines', async () => {
  const { page } = ana;
  const { items } = await ana.api<{ items: { id: string; name: string }[] }>('GET', `${api}/members`);
  const idOf = (name: string) => items.find((each) => each.name === name)?.id ?? '';
  await ana.api('POST', `${api}/teams`, { name: 'North team', members: [idOf('Ana Adams'), idOf('Ben Brook')] });
  await ana.api('POST', `${api}/teams`, { name: 'Ana alone', members: [idOf('Ana Adams')] });
  const saveFor = async (who: string, name: string) => {
    await page.getByRole('button', { name: /^(Views|Of .*)$/ }).click();
    await choice(page, 'Save as a new view').click();
    const dialog = page.getByRole('dialog', { name: 'Save this view' });
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('combobox', { name: 'For' }).click();
    await page.getByRole('option', { name: who }).click();
    await dialog.getByRole('button', { name: 'Save view' }).click();
    await page.getByRole('button', { name, exact: true }).waitFor();
  };
  await page.goto(`${base}/companies?q=company+2`);
  await row(page, 'Company 20').waitFor();
  await saveFor('Ana alone', 'Of Ana alone');
  await saveFor('North team', 'Of the north');
  await ben.page.goto(`${base}/companies`);
  await ben.page.getByRole('button', { name: 'Views' }).click();
  await choice(ben.page, 'Of the north').waitFor();
  expect(await ben.page.getByText('Of Ana alone').count()).toBe(0);
  await choice(ben.page, 'Of the north').click();
  await until(async () => (await names(ben.page)).length).toBe(5);
  await page.goto(`${base}/companies?q=company+1&columns=name,employees`);
  await row(page, 'Company 10').waitFor();
  await page.getByRole('button', { name: 'Views' }).click();
  await choice(page, 'Save as a new view').click();
  const dialog = page.getByRole('dialog', { name: 'Save this view' });
  await dialog.getByLabel('Name').fill('The teens');
  await dialog.getByRole('combobox', { name: 'For' }).click();
  await page.getByRole('option', { name: 'Everybody who may see this' }).click();
  await dialog.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('button', { name: 'The teens' }).waitFor();
  const phone = await rapport.browser.newContext({
    baseURL: rapport.url,
    viewport: { width: 390, height: 844 },
    storageState: await ben.context.storageState(),
  });
  const small = await phone.newPage();
  await small.goto(`${base}/companies`);
  await small.locator('.title-a').first().waitFor();
  await small.getByRole('button', { name: 'Views' }).click();
  await choice(small, 'The teens').click();
  await until(async () => (await names(small)).length).toBe(10);
  expect(await axeClean(small)).toEqual([]);
  expect(await small.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  await phone.close();
  expect(rapport.pageErrors).toEqual([]);
}, 90_000);
