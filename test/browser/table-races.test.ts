import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './board-page.ts';
import { phone } from './finger.ts';
import { type BrowserPerson, type Rapport, axeClean, startRapport } from './harness.ts';

let rapport: Rapport;
let ana: BrowserPerson;
let ben: BrowserPerson;
let base: string;
let api: string;
let board: string;
const ids: Record<string, string> = {};
beforeAll(async () => {
  rapport = await startRapport();
  const pair = await rapport.newPair('Ana Adams', 'Ben Brook');
  ({ host: ana, guest: ben, home: base, path: board, api } = pair);
  const { boardId } = pair;
  for (const name of ['Aster', 'Birch'])
    ids[name] = (await ana.api<{ id: string }>('POST', `${api}/companies`, { name, employees: 1 })).id;
  ids['Dredger'] = (await ana.api<{ id: string }>('POST', `${api}/deals`, { board: boardId, title: 'Dredger' })).id;
}, 180_000);
afterAll(() => rapport?.close());

const row = (page: Page, name: string): Locator => page.getByRole('row').filter({ hasText: name });
const cell = async (page: Page, name: string, column: string): Promise<Locator> => {
  const heads = await page.getByRole('columnheader').allTextContents();
  const at = heads.findIndex((text) => text.startsWith(column));
  if (at < 0) throw new Error(`no column ${column} in ${heads.join()}`);
  return row(page, name).getByRole('gridcell').nth(at);
};
const text = async (page: Page, name: string, column: string) =>
  (await (await cell(page, name, column)).locator('bdi').first().textContent()) ?? '';
/** Opens the editor of a cell and types, without Enter. */
const type = async (page: Page, name: string, column: string, value: string) => {
  await (await cell(page, name, column)).click();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(value);
};
const mark = (page: Page, label: string): Locator => page.getByRole('button', { name: `Two values for ${label}` });
const both = (page: Page, label: string): Locator => page.getByRole('dialog', { name: `Two values for ${label}` });

test('two people type into one cell at once: both see both values, one swaps by keys, the mark goes for both, undo brings it back', async () => {
  const address = `${base}/companies?columns=name!,employees,phone&sort=name`;
  for (const { page } of [ana, ben]) {
    await page.goto(address);
    await row(page, 'Aster').waitFor();
  }
  await type(ana.page, 'Aster', 'Employees', '22');
  await type(ben.page, 'Aster', 'Employees', '33\n');
  await until(
    async () => (await ana.api<{ employees: number }>('GET', `${api}/companies/${ids['Aster']}`)).employees,
  ).toBe(33);
  // Ben’s is there by now, under what Ana types.
  await mark(ana.page, 'Employees').waitFor({ state: 'detached' });
  await ana.page.keyboard.press('Enter');
  await ana.page.getByText('Yours is kept beside it, in its cell.').first().waitFor();
  for (const { page } of [ana, ben]) {
    await mark(page, 'Employees').waitFor();
    await until(() => text(page, 'Aster', 'Employees')).toBe('33');
  }
  await (await cell(ana.page, 'Aster', 'Employees')).click();
  await ana.page.keyboard.press('Alt+Enter');
  await both(ana.page, 'Employees').waitFor();
  expect(await both(ana.page, 'Employees').locator('.race-line').allTextContents()).toEqual([
    'BBBen set 33shows',
    'AAYou set 22',
  ]);
  expect(await axeClean(ana.page)).toEqual([]);
  await ana.page.keyboard.press('Escape');
  await both(ana.page, 'Employees').waitFor({ state: 'detached' });
  await ana.page.keyboard.press('Alt+Enter');
  await both(ana.page, 'Employees').waitFor();
  await ana.page.keyboard.press('Enter');
  for (const { page } of [ana, ben]) {
    await until(() => text(page, 'Aster', 'Employees')).toBe('22');
    await until(() => mark(page, 'Employees').count()).toBe(0);
  }
  expect(await ana.page.evaluate('document.activeElement.getAttribute("role")')).toBe('grid');
  await ana.page.keyboard.press('ControlOrMeta+z');
  await until(() => text(ben.page, 'Aster', 'Employees')).toBe('33');
  await mark(ben.page, 'Employees').waitFor();
  await mark(ben.page, 'Employees').click();
  await both(ben.page, 'Employees').getByRole('button', { name: 'Keep' }).click();
  for (const { page } of [ana, ben]) await until(() => mark(page, 'Employees').count()).toBe(0);
  expect(await text(ana.page, 'Aster', 'Employees')).toBe('33');
  expect(rapport.pageErrors).toEqual([]);
}, 90_000);

test('a cell that is left untouched writes nothing over a colleague’s new value', async () => {
  await (await cell(ana.page, 'Birch', 'Employees')).click();
  await ana.page.keyboard.press('Enter');
  await ben.api('PATCH', `${api}/companies/${ids['Birch']}`, { employees: 7 });
  await until(() => text(ben.page, 'Birch', 'Employees')).toBe('7');
  await ana.page.keyboard.press('Enter');
  await until(() => text(ana.page, 'Birch', 'Employees')).toBe('7');
  expect(await mark(ana.page, 'Employees').count()).toBe(0);
}, 60_000);

test('a race of a deal shows in the table of all deals, in the board’s own table and on a phone', async () => {
  const [a, b] = [ana.api, ben.api];
  const edit = (who: typeof a, title: string) =>
    who('POST', `${api}/tables/deals/edits`, {
      edits: [{ id: ids['Dredger'], values: { company: title }, was: { company: null } }],
    });
  await edit(b, 'Havn');
  await edit(a, 'Hamn');
  await ana.page.goto(`${base}/deals?columns=title!,company`);
  await mark(ana.page, 'Company').click();
  await both(ana.page, 'Company').getByText('Havn').waitFor();
  await both(ana.page, 'Company').getByText('Hamn').waitFor();
  const small = await rapport.browser.newContext({
    baseURL: rapport.url,
    ...phone,
    storageState: await ana.context.storageState(),
  });
  const page = await small.newPage();
  await page.goto(`${base}/deals`);
  await mark(page, 'Company').waitFor();
  expect(await axeClean(page)).toEqual([]);
  await small.close();
  await ben.page.goto(`${board}?as=table`);
  await mark(ben.page, 'Company').click();
  await both(ben.page, 'Company').getByRole('button', { name: 'Swap' }).click();
  await until(() => mark(ana.page, 'Company').count()).toBe(0);
  await until(() => text(ana.page, 'Dredger', 'Company')).toBe('Hamn');
  expect(rapport.pageErrors).toEqual([]);
}, 90_000);
