import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './board-page.ts';
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
  for (const name of ['Aster', 'Birch', 'Cedar', 'Dahlia'])
    ids[name] = (await ana.api<{ id: string }>('POST', `${api}/companies`, { name, tags: ['tree'] })).id;
  for (const title of ['Dredger', 'Ferry'])
    ids[title] = (await ana.api<{ id: string }>('POST', `${api}/deals`, { board: boardId, title })).id;
}, 120_000);
afterAll(() => rapport?.close());

const row = (page: Page, name: string): Locator => page.getByRole('row').filter({ hasText: name });
const choice = (page: Page, name: string): Locator =>
  page.locator('[role^=menuitem]').filter({ hasText: name }).first();
const names = (page: Page): Promise<string[]> => page.locator('.title-a').allTextContents();
const cell = async (page: Page, name: string, column: string): Promise<Locator> => {
  const heads = await page.getByRole('columnheader').allTextContents();
  const at = heads.findIndex((text) => text.startsWith(column));
  if (at < 0) throw new Error(`no column ${column} in ${heads.join()}`);
  return row(page, name).getByRole('gridcell').nth(at);
};
const text = async (page: Page, name: string, column: string) =>
  (await (await cell(page, name, column)).textContent()) ?? '';
const type = async (page: Page, name: string, column: string, value: string) => {
  await (await cell(page, name, column)).click();
  await page.keyboard.press('Enter');
  await page.keyboard.type(value);
};
const columns = '?columns=name!,employees,tags,phone&sort=name';

test('a colleague sees who edits which cell; rows go to the bin and tags are added and taken, each as one step', async () => {
  const { page } = ana;
  await page.goto(`${base}/companies${columns}`);
  await row(page, 'Aster').waitFor();
  await ben.page.goto(`${base}/companies${columns}`);
  await row(ben.page, 'Aster').waitFor();
  await type(page, 'Birch', 'Phone', '12');
  const theirs = await cell(ben.page, 'Birch', 'Phone');
  await theirs.locator('.ptag', { hasText: 'Ana' }).waitFor();
  expect(await theirs.getAttribute('class')).toContain('halo');
  await page.keyboard.press('Escape');
  await until(() => theirs.locator('.ptag').count()).toBe(0);

  await row(page, 'Birch').getByRole('checkbox').click();
  await row(page, 'Cedar').getByRole('checkbox').click();
  const bar = page.getByRole('toolbar', { name: '2 selected' });
  const changeTags = async (what: string, value: string) => {
    await bar.getByRole('button', { name: 'Change' }).click();
    await choice(page, 'Tags').click();
    await choice(page, what).click();
    await page.getByRole('combobox', { name: 'Tags' }).fill(value);
    await page.keyboard.press('Enter');
  };
  await changeTags('Add to tags', 'evergreen');
  await until(() => text(ben.page, 'Cedar', 'Tags')).toBe('treeevergreen');
  await changeTags('Take from tags', 'tree');
  await until(() => text(ben.page, 'Birch', 'Tags')).toBe('evergreen');
  expect(await axeClean(page)).toEqual([]);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await until(() => text(ben.page, 'Birch', 'Tags')).toBe('tree');

  await bar.getByRole('button', { name: 'Delete' }).click();
  await until(() => names(ben.page)).toEqual(['Aster', 'Dahlia']);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await until(() => names(ben.page)).toEqual(['Aster', 'Birch', 'Cedar', 'Dahlia']);
  expect(rapport.pageErrors).toEqual([]);
}, 90_000);

test('without a connection an edit waits and says so, outlives a reload, is sent, and overwrites nobody', async () => {
  const { page } = ana;
  await page.goto(`${base}/companies${columns}`);
  await row(page, 'Aster').waitFor();
  // The app itself is on the device by then.
  await page.evaluate('navigator.serviceWorker?.ready.then(() => true)');
  await ana.context.setOffline(true);
  await type(page, 'Aster', 'Employees', '11\n');
  await type(page, 'Dahlia', 'Employees', '22\n');
  await until(async () => (await cell(page, 'Aster', 'Employees')).getByRole('img').count()).toBe(1);
  expect(await text(page, 'Aster', 'Employees')).toBe('11');
  await page.getByRole('button', { name: 'Offline, 2 pending' }).click();
  await page.getByText('Changed employees').first().waitFor();
  await ben.api('PATCH', `${api}/companies/${ids['Dahlia']}`, { employees: 33 });
  await page.reload();
  await page.getByRole('button', { name: 'Offline, 2 pending' }).waitFor();
  await ana.context.setOffline(false);
  await until(
    async () => (await ben.api<{ employees: number }>('GET', `${api}/companies/${ids['Aster']}`)).employees,
  ).toBe(11);
  await page.getByRole('button', { name: '1 change not saved: why' }).click();
  await page.getByText('Somebody else changed it meanwhile, and theirs stays.').waitFor();
  expect((await ben.api<{ employees: number }>('GET', `${api}/companies/${ids['Dahlia']}`)).employees).toBe(33);
  await page.getByRole('button', { name: 'Take off the list' }).click();
  await page.getByText('All changes saved').first().waitFor();
  expect(rapport.pageErrors).toEqual([]);
}, 90_000);

test('a deal’s stage, plan and company change in their cells; a new one is begun on its board', async () => {
  const { page } = ben;
  await page.goto(`${base}/deals?columns=title!,stage,company,nextActivity&sort=title`);
  await row(page, 'Dredger').waitFor();
  await (await cell(page, 'Dredger', 'Stage')).click();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Proposal' }).waitFor();
  await page.keyboard.type('propo');
  await page.getByRole('option', { name: 'Meeting' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await until(() => text(page, 'Dredger', 'Stage')).toBe('Proposal');
  await (await cell(page, 'Dredger', 'Company')).click();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Cedar' }).click();
  await until(() => text(page, 'Dredger', 'Company')).toBe('Cedar');
  await (await cell(page, 'Ferry', 'Next activity')).click();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Next activity' });
  await dialog.getByLabel('Next activity').fill('Call the yard');
  await dialog.getByRole('button', { name: 'Plan', exact: true }).click();
  await until(() => text(page, 'Ferry', 'Next activity')).toContain('Call the yard');
  const deal = await ben.api<{ company: string; nextActivity: { what: string } }>(
    'GET',
    `${api}/deals/${ids['Dredger']}`,
  );
  expect(deal.company).toBe(ids['Cedar']);
  expect(await axeClean(page)).toEqual([]);
  await page.getByRole('button', { name: 'New deal' }).click();
  await page.waitForURL(/\/b\//);
  await until(() => page.evaluate('document.activeElement?.tagName')).toMatch(/INPUT|TEXTAREA/);
  // The same in the board's own table.
  await page.goto(`${board}?as=table`);
  await row(page, 'Ferry').waitFor();
  await (await cell(page, 'Ferry', 'Next activity')).click();
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await until(() => text(page, 'Ferry', 'Next activity')).not.toContain('Call the yard');
  await (await cell(page, 'Ferry', 'Company')).click();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Dahlia' }).click();
  await until(() => text(page, 'Ferry', 'Company')).toBe('Dahlia');
  expect(rapport.pageErrors).toEqual([]);
}, 90_000);
