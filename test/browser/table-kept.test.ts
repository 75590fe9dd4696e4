import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './board-page.ts';
import { everythingKept } from './everything-kept.ts';
import { type BrowserPerson, type Rapport, axeClean, startRapport } from './harness.ts';

let rapport: Rapport;
let ana: BrowserPerson;
let ben: BrowserPerson;
let base: string;
let api: string;
const ids: Record<string, string> = {};
beforeAll(async () => {
  rapport = await startRapport();
  ana = await rapport.newPerson('Ana Adams');
  ben = await rapport.newPerson('Ben Brook');
  const { workspaceId } = await rapport.newWorkspace(ana);
  await rapport.join(ana, ben, workspaceId);
  [base, api] = [`/w/${workspaceId}`, `/api/v1/w/${workspaceId}`];
  for (const name of ['Aster', 'Birch', 'Cedar'])
    ids[name] = (await ana.api<{ id: string }>('POST', `${api}/companies`, { name, employees: 1 })).id;
}, 180_000);
afterAll(() => rapport?.close());

const row = (page: Page, name: string): Locator => page.getByRole('row').filter({ hasText: name });
const names = (page: Page): Promise<string[]> => page.locator('.title-a').allTextContents();
const cell = async (page: Page, name: string, column: string): Promise<Locator> => {
  const heads = await page.getByRole('columnheader').allTextContents();
  return row(page, name)
    .getByRole('gridcell')
    .nth(heads.findIndex((text) => text.startsWith(column)));
};
/** Waits until this device keeps such a text. */
const isKept = (page: Page, text: string) => until(async () => (await everythingKept(page)).includes(text)).toBe(true);
const goOffline = async ({ page, context }: BrowserPerson) => {
  // The app itself is on the device by then.
  await page.evaluate('navigator.serviceWorker?.ready.then(() => true)');
  await context.setOffline(true);
};
const columns = '?columns=name!,employees,phone&sort=name';

test('a table outlives a reload without a connection: rows, their age, an edit that is sent later', async () => {
  const { page } = ana;
  await page.goto(`${base}/companies${columns}`);
  await row(page, 'Cedar').waitFor();
  await isKept(page, '"version":1');
  await goOffline(ana);
  await page.reload();
  await until(() => names(page)).toEqual(['Aster', 'Birch', 'Cedar']);
  await page
    .getByText('No connection. This was kept here a moment ago. What you change is sent when there is one.')
    .waitFor();
  expect(await axeClean(page)).toEqual([]);
  await (await cell(page, 'Birch', 'Employees')).click();
  await page.keyboard.press('Enter');
  await page.keyboard.type('42\n');
  await until(async () => (await cell(page, 'Birch', 'Employees')).textContent()).toBe('42');
  await (await cell(page, 'Birch', 'Employees')).getByRole('img', { name: 'Not saved: no connection' }).waitFor();
  await page.reload();
  await until(async () => (await cell(page, 'Birch', 'Employees')).textContent()).toBe('42');
  // A view that was never looked at here says that it cannot be shown, instead of lines that never come.
  await page.getByRole('button', { name: 'Employees', exact: true }).click();
  await page.getByText('The table cannot be shown').waitFor();
  await page.goto(`${base}/companies${columns}`);
  await until(() => names(page)).toEqual(['Aster', 'Birch', 'Cedar']);
  await ana.api('POST', `${api}/companies`, { name: 'Dahlia' });
  await ana.context.setOffline(false);
  await until(
    async () => (await ben.api<{ employees: number }>('GET', `${api}/companies/${ids['Birch']}`)).employees,
  ).toBe(42);
  await until(() => names(page)).toEqual(['Aster', 'Birch', 'Cedar', 'Dahlia']);
  expect(await page.getByText('This was kept here').count()).toBe(0);
  expect(rapport.pageErrors).toEqual([]);
}, 90_000);

test('rows of a record that is no longer shared leave the device, and signing out leaves nothing', async () => {
  const { page } = ben;
  await page.goto(`${base}/companies${columns}`);
  await row(page, 'Cedar').waitFor();
  await isKept(page, ids['Cedar'] ?? '');
  await page.goto(`${base}/settings/profile`);
  await page.locator('.set-nav').waitFor();
  await ana.api('PUT', `${api}/shares/${ids['Cedar']}`, { kind: 'restricted', grants: [] });
  await until(async () => (await everythingKept(page)).includes(ids['Cedar'] ?? '')).toBe(false);
  expect(await everythingKept(page)).toContain(ids['Birch'] ?? '');
  await page.goto(`${base}/companies${columns}`);
  await row(page, 'Birch').waitFor();
  await isKept(page, '"version":1');
  await page
    .getByRole('button', { name: /Frostvale/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/sign-in/);
  await page.getByLabel('Password').waitFor();
  // The page may still be on its way there.
  const isLeft = () =>
    everythingKept(page).then(
      (kept) => kept.includes(ids['Birch'] ?? ''),
      () => true,
    );
  await until(isLeft).toBe(false);
  expect(rapport.pageErrors).toEqual([]);
}, 90_000);
