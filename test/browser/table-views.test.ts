import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './board-page.ts';
import { type BrowserPerson, type Rapport, axeClean, startRapport } from './harness.ts';

let rapport: Rapport;
let ana: BrowserPerson;
let ben: BrowserPerson;
let vera: BrowserPerson;
let base: string;
beforeAll(async () => {
  rapport = await startRapport();
  const pair = await rapport.newPair('Ana Adams', 'Ben Brook');
  ({ host: ana, guest: ben, home: base } = pair);
  vera = await rapport.newPerson('Vera Vogt');
  await rapport.join(ana, vera, pair.workspaceId, 'viewer');
  for (const name of ['Aster', 'Birch']) await ana.api('POST', `/api/v1${base}/companies`, { name });
}, 180_000);
afterAll(() => rapport?.close());

const line = (page: Page, name: string | RegExp): Locator => page.getByRole('menuitemcheckbox', { name });
/** Opens the menu of views, by keys, from the button that is called so. */
const openMenu = async (page: Page, button: string) => {
  await page.getByRole('button', { name: button, exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menu', { name: 'Views' }).waitFor();
};
/** The line that begins so, chosen by keys. */
const press = async (page: Page, begins: string) => {
  await page.keyboard.press('End');
  const menu = page.getByRole('menu', { name: 'Views' });
  for (let steps = 0; steps < 12; steps++) {
    const id = await menu.getAttribute('aria-activedescendant');
    if ((await page.locator(`[id="${id}"]`).textContent())?.startsWith(begins)) break;
    await page.keyboard.press('ArrowUp');
  }
  await page.keyboard.press('Enter');
};
const rename = async (page: Page, from: string, to: string) => {
  await openMenu(page, from);
  await press(page, 'Rename');
  await page.getByRole('dialog', { name: 'Rename this view' }).waitFor();
  expect(await page.evaluate('document.activeElement.value')).toBe(from);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(to);
  await page.keyboard.press('Enter');
};

test('a view that everybody has is renamed, duplicated and deleted by keys, each with its undo; a viewer is told why not', async () => {
  const { page } = ana;
  await page.goto(`${base}/companies?q=a`);
  await page.getByText('Aster').waitFor();
  await openMenu(page, 'Views');
  await press(page, 'Save as a new view');
  const dialog = page.getByRole('dialog', { name: 'Save this view' });
  await dialog.getByLabel('Name').fill('With an a');
  await dialog.getByRole('combobox', { name: 'For' }).click();
  await page.getByRole('option', { name: 'Everybody who may see this' }).click();
  await dialog.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('button', { name: 'With an a', exact: true }).waitFor();

  await rename(page, 'With an a', 'Ä-Kunden (Überseecontainer)');
  await page.getByRole('button', { name: 'Ä-Kunden (Überseecontainer)', exact: true }).waitFor();
  await page.getByText('Renamed the view “With an a” to “Ä-Kunden (Überseecontainer)”').first().waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await page.getByRole('button', { name: 'With an a', exact: true }).waitFor();

  await openMenu(page, 'With an a');
  await press(page, 'Duplicate');
  await page.getByRole('button', { name: 'With an a (copy)', exact: true }).waitFor();
  expect(new URL(page.url()).searchParams.get('q')).toBe('a');
  await openMenu(page, 'With an a (copy)');
  await press(page, 'Delete');
  await page.getByRole('button', { name: 'Views', exact: true }).waitFor();
  await openMenu(page, 'Views');
  await until(() => line(page, 'With an a (copy)').count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await openMenu(page, 'Views');
  await line(page, 'With an a (copy)').waitFor();
  await page.keyboard.press('Escape');

  await vera.page.goto(`${base}/companies`);
  await vera.page.getByText('Aster').waitFor();
  await openMenu(vera.page, 'Views');
  await line(vera.page, /^With an a$/).click();
  await openMenu(vera.page, 'With an a');
  for (const name of [/^Rename/, /^Delete/]) {
    expect(await line(vera.page, name).getAttribute('aria-disabled')).toBe('true');
    expect(await line(vera.page, name).textContent()).toContain('You may only look');
  }
  expect(await axeClean(vera.page)).toEqual([]);
  await press(vera.page, 'Duplicate');
  await vera.page.getByRole('button', { name: 'With an a (copy)', exact: true }).waitFor();
  expect(rapport.pageErrors).toEqual([]);
}, 90_000);

test('two people rename one view at the same time: both see one name, and taking one’s own back leaves the other’s', async () => {
  await ana.page.goto(`${base}/companies`);
  await ana.page.getByText('Aster').waitFor();
  await openMenu(ana.page, 'Views');
  await line(ana.page, /^With an a$/).click();
  await ana.page.getByRole('button', { name: 'With an a', exact: true }).waitFor();
  await ben.page.goto(ana.page.url());
  await ben.page.getByRole('button', { name: 'With an a', exact: true }).waitFor();
  // The app itself is on the device by then.
  await ben.page.evaluate('navigator.serviceWorker?.ready.then(() => true)');
  await ben.context.setOffline(true);
  await rename(ana.page, 'With an a', 'As Ana calls it');
  await rename(ben.page, 'With an a', 'As Ben calls it');
  await ben.page.getByRole('button', { name: 'As Ben calls it', exact: true }).waitFor();
  await ben.context.setOffline(false);
  const shown = async (page: Page) => (await page.locator('.chip.add bdi').first().textContent()) ?? '';
  await until(async () => (await shown(ana.page)) === (await shown(ben.page))).toBe(true);
  const name = await shown(ana.page);
  expect(['As Ana calls it', 'As Ben calls it']).toContain(name);
  const loser = name === 'As Ana calls it' ? ben : ana;
  await loser.page.getByRole('grid').focus();
  await loser.page.keyboard.press('ControlOrMeta+z');
  await loser.page
    .getByText(/changed|since|stay/i)
    .first()
    .waitFor();
  expect([await shown(ana.page), await shown(ben.page)]).toEqual([name, name]);
  expect(rapport.pageErrors).toEqual([]);
}, 90_000);
