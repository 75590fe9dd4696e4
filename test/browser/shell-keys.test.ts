import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Rapport, axeClean, startRapport } from './harness.ts';

let rapport: Rapport;
beforeAll(async () => {
  rapport = await startRapport();
}, 120_000);
afterAll(() => rapport?.close());

test('the palette finds deals of the open board and things to do; the help lists the keys', async () => {
  const noor = await rapport.newPerson('Noor Haddad');
  const { workspaceId, path } = await rapport.newWorkspace(noor);
  const { page } = noor;
  await noor.api('POST', `/api/v1/w/${workspaceId}/demo`);
  await page.goto(path);
  await page.locator('.card').first().waitFor();
  const title = (await page.locator('.card .t').first().innerText()).trim();

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find and do' }).waitFor();
  await page.keyboard.type(title.slice(0, 12).toUpperCase());
  await page.getByRole('option', { name: title }).first().waitFor();
  expect(await axeClean(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.waitForURL(/deal=/);

  await page.goto(`/w/${workspaceId}/settings/profile`);
  await page.getByRole('heading', { name: 'Profile' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find and do' }).waitFor();
  await page.keyboard.type('new pipe');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'New pipeline' }).getByLabel('Name').fill('Renewals');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Main' }).getByText('Renewals').waitFor();
  await expect.poll(() => page.title(), { timeout: 15_000 }).toContain('Renewals');

  await page.getByRole('link', { name: 'Settings' }).first().click();
  await page.getByRole('heading', { name: 'Profile' }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).getByText('Find and do').waitFor();
  await page.keyboard.press('Escape');
  expect(rapport.pageErrors).toEqual([]);
  await noor.context.close();
});

test('a changed name and colour show at once for a colleague', async () => {
  const { host: noor, guest: ana, workspaceId } = await rapport.newPair('Noor Haddad', 'Ana Sorli');
  await noor.page.goto(`/w/${workspaceId}/settings/members`);
  await ana.page.goto(`/w/${workspaceId}/settings/profile`);
  await ana.page.getByLabel('Name', { exact: true }).fill('Ana Maria Sorli');
  await ana.page.keyboard.press('Enter');
  // It is on when the server has it, not when it is pressed.
  await ana.page.getByRole('radio', { name: 'Teal' }).click({ force: true });
  await noor.page.getByText('Ana Maria Sorli', { exact: true }).waitFor();
  await noor.page.locator('tr', { hasText: 'Ana Maria Sorli' }).locator('.av.p7').waitFor();
  expect(rapport.pageErrors).toEqual([]);
  await noor.context.close();
  await ana.context.close();
});
