import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Rapport, axeClean, startRapport } from './harness.ts';

let rapport: Rapport;
beforeAll(async () => {
  rapport = await startRapport();
}, 180_000);
afterAll(() => rapport?.close());

const openPalette = async (page: Page, text: string) => {
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Find and do' });
  await field.waitFor();
  await field.fill(text);
};
/** A picture to look at, where somebody asks for one. */
const shot = async (page: Page, name: string) => {
  const folder = process.env['SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) });
};
const options = (page: Page) => page.getByRole('listbox', { name: 'Results' }).getByRole('option');

test('records that a colleague made elsewhere are found with a slip; what was opened comes back, also offline', async () => {
  const { host: noor, guest: ana, workspaceId, boardId, path, api } = await rapport.newPair('Noor Haddad', 'Ana Sorli');
  const renewals = await ana.api<{ id: string }>('POST', `${api}/boards`, { name: 'Renewals', kind: 'deals' });
  const hidden = await ana.api<{ id: string }>('POST', `${api}/boards`, { name: 'Hidden', kind: 'deals' });
  await ana.api('PUT', `${api}/boards/${hidden.id}/share`, { kind: 'restricted', grants: [] });
  const make = (board: string, title: string, company = '') =>
    ana.api('POST', `${api}/deals`, { board, title, company });
  await make(renewals.id, 'Smokehouse retrofit', 'Hollin & Sons Seafood');
  await make(renewals.id, '<img src=x onerror=alert(1)> Smoke');
  await make(boardId, 'Blood-bank fridges', 'Wexcombe Hospice');
  const cleo = await rapport.newPerson('Cleo Ferro');
  await rapport.join(noor, cleo, workspaceId);
  await make(hidden.id, 'Smokeless secret');

  // On a page without any board.
  const { page } = cleo;
  await page.goto(`/w/${workspaceId}/settings/profile`);
  await page.getByRole('heading', { name: 'Profile' }).waitFor();
  await openPalette(page, 'smokehuose');
  await options(page).filter({ hasText: 'Smokehouse retrofit' }).first().waitFor();
  await page.getByRole('combobox').fill('smoke');
  await options(page).filter({ hasText: '<img src=x' }).first().waitFor();
  expect(await options(page).filter({ hasText: 'secret' }).count()).toBe(0);
  await page.getByRole('combobox').fill('holl sea');
  const line = options(page).filter({ hasText: 'Smokehouse retrofit' }).first();
  await line.locator('mark', { hasText: 'Holl' }).waitFor();
  expect(await axeClean(page)).toEqual([]);
  await shot(page, 'palette');
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`/b/${renewals.id}\\?.*deal=`), { timeout: 60_000 });
  await page.getByRole('dialog').or(page.locator('.panel')).getByText('Smokehouse retrofit').first().waitFor();
  // Stays long enough to have been opened.
  await expect
    .poll(() => page.evaluate((ws) => localStorage.getItem(`rapport.opened.${ws}`) ?? '', workspaceId), {
      timeout: 30_000,
    })
    .toContain('Smokehouse');
  await page.goto(path);
  await page.locator('.card', { hasText: 'Blood-bank' }).waitFor();
  // A device keeps what it receives once a second.
  await page.waitForTimeout(2500);

  await page.goto(`/w/${workspaceId}/settings/profile`);
  await page.getByRole('heading', { name: 'Profile' }).waitFor();
  await openPalette(page, '');
  await page.getByText('Opened last').waitFor();
  await options(page).filter({ hasText: 'Smokehouse retrofit' }).first().waitFor();
  await page.keyboard.press('Escape');
  await cleo.context.setOffline(true);
  await openPalette(page, 'bank');
  await options(page).filter({ hasText: 'Blood-bank fridges' }).first().waitFor({ timeout: 60_000 });
  await page.getByText('what is on this device').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  expect(rapport.pageErrors).toEqual([]);
  for (const person of [noor, ana, cleo]) await person.context.close();
});

test('on a phone, in the dark, with long names of both directions', async () => {
  const noor = await rapport.newPerson('Noor Haddad', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  const { workspaceId, boardId } = await rapport.newWorkspace(noor);
  const api = `/api/v1/w/${workspaceId}`;
  const long =
    'Refrigerated logistics for the northern warehouses of the cooperative, third extension of the frame contract';
  await noor.api('POST', `${api}/deals`, { board: boardId, title: long, company: 'Cold chain cooperative' });
  await noor.api('POST', `${api}/deals`, {
    board: boardId,
    title: 'ثلاجات لمستودعات التعاونية cooperative',
    company: 'شركة',
  });
  const { page } = noor;
  await page.goto(`/w/${workspaceId}/settings/profile`);
  await page.getByRole('heading', { name: 'Profile' }).waitFor();
  await openPalette(page, 'coop');
  await options(page).filter({ hasText: 'Refrigerated' }).first().waitFor();
  await options(page).filter({ hasText: 'ثلاجات' }).first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await axeClean(page)).toEqual([]);
  await shot(page, 'palette-phone');
  await noor.context.close();
});
