import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BrowserPerson, type Rapport, axeClean, startRapport } from './harness.ts';

let rapport: Rapport;
beforeAll(async () => {
  rapport = await startRapport();
}, 180_000);
afterAll(() => rapport?.close());

/** A picture to look at, where somebody asks for one. */
const shot = async (page: Page, name: string) => {
  const folder = process.env['SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) });
};
const found = (person: BrowserPerson, api: string, id: string) =>
  person.api<{ jobTitle: string | null; mergedInto: string | null; points: { value: string }[] }>(
    'GET',
    `${api}/contacts/${id}`,
  );

test('a pair is suggested with reasons, merged field by field, and undone; a colleague’s edit of the one that goes lands in the one that stays', async () => {
  const { host: noor, guest: ana, workspaceId, api } = await rapport.newPair('Noor Haddad', 'Ana Sorli');
  const make = (values: object) => noor.api<{ id: string }>('POST', `${api}/contacts`, values);
  const emails = [{ value: 'helle@hollin.example' }];
  const stays = await make({
    name: 'Helle Brandvold',
    jobTitle: 'Head of Logistics',
    department: 'Cold chain',
    emails,
  });
  const goes = await make({
    name: 'Brandvold Helle',
    jobTitle: 'Logistics',
    emails,
    phones: [{ value: '+47 555 01 234' }],
  });
  await make({ name: 'Somebody Else' });

  const { page } = noor;
  await page.goto(`/w/${workspaceId}/duplicates`);
  await page.getByText('Names swapped').waitFor({ timeout: 60_000 });
  await page.getByText('Same e-mail').waitFor();
  expect(await axeClean(page)).toEqual([]);
  await shot(page, 'duplicates');
  await page.getByRole('link', { name: /^Merge Helle Brandvold and|^Merge Brandvold Helle and/ }).click();
  await page.getByRole('radio', { name: 'Helle Brandvold stays' }).waitFor();
  expect(await page.getByRole('radio', { name: 'Helle Brandvold stays' }).isChecked()).toBe(true);
  // By keys alone: the title of the other one.
  await page.getByRole('radio', { name: 'Job title of Brandvold Helle: Logistics' }).focus();
  await page.keyboard.press('Space');
  expect(await axeClean(page)).toEqual([]);
  await shot(page, 'merge');
  await page.getByRole('button', { name: 'Merge into “Helle Brandvold”' }).click();
  await page.waitForURL(new RegExp(`/contacts/${stays.id}$`), { timeout: 60_000 });
  expect((await found(noor, api, goes.id)).mergedInto).toBe(stays.id);
  const merged = await found(noor, api, stays.id);
  expect([merged.jobTitle, merged.points.map(({ value }) => value)]).toEqual([
    'Logistics',
    ['helle@hollin.example', '+47 555 01 234'],
  ]);

  // Ana still has the one that went: what she writes into it is in the one that stays.
  await ana.api('PATCH', `${api}/contacts/${goes.id}`, { department: 'Fish' });
  await expect
    .poll(async () => (await noor.api<{ department: string }>('GET', `${api}/contacts/${stays.id}`)).department, {
      timeout: 20_000,
    })
    .toBe('Fish');

  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await found(noor, api, goes.id)).mergedInto, { timeout: 20_000 }).toBeNull();
  // Undone but for what Ana wrote.
  expect(await noor.api('GET', `${api}/contacts/${stays.id}`)).toMatchObject({
    jobTitle: 'Head of Logistics',
    department: 'Fish',
  });
  expect(rapport.pageErrors).toEqual([]);
  for (const person of [noor, ana]) await person.context.close();
});

test('who is typed in as new is said to be there already, and a colleague’s offline edit of a merged contact is not lost', async () => {
  const { host: noor, guest: ana, workspaceId, api } = await rapport.newPair('Noor Haddad', 'Ana Sorli');
  const make = (values: object) => noor.api<{ id: string }>('POST', `${api}/contacts`, values);
  const emails = [{ value: 'kofi@mensah.example' }];
  const stays = await make({ name: 'Kofi Mensah', emails });

  const { page } = noor;
  await page.goto(`/w/${workspaceId}/settings/profile`);
  await page.getByRole('heading', { name: 'Profile' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find and do' }).fill('new contact');
  await page.getByRole('option', { name: 'New contact' }).click();
  const dialog = page.getByRole('dialog', { name: 'New contact' });
  await dialog.getByLabel('Name').fill('Mensah Kofi');
  await dialog.getByLabel('E-mail').fill('kofi@mensah.example');
  await dialog.getByText('may be here already').waitFor({ timeout: 30_000 });
  await dialog.getByText('Names swapped').waitFor();
  expect(await axeClean(page)).toEqual([]);
  await shot(page, 'new-contact');
  // It never stands in the way.
  await dialog.getByRole('button', { name: 'Create contact' }).click();
  await page.waitForURL(/\/contacts\/[0-9A-Z]{26}$/, { timeout: 60_000 });
  const goes = page.url().split('/').at(-1) ?? '';

  // Ana has it open, loses the network, and writes on.
  await ana.page.goto(`/w/${workspaceId}/contacts/${goes}`);
  await ana.page.getByText('All changes saved').first().waitFor({ timeout: 60_000 });
  await ana.page.waitForTimeout(2000);
  await ana.context.setOffline(true);
  await ana.page
    .getByRole('button', { name: /^Job title/ })
    .first()
    .click();
  await ana.page.keyboard.type('Head of Fish');
  await ana.page.keyboard.press('Enter');
  await noor.api('POST', `${api}/merges`, { noun: 'contact', into: stays.id, ids: [goes] });
  // Whoever looks at the old page is led on.
  await page.waitForURL(new RegExp(`/contacts/${stays.id}$`), { timeout: 60_000 });
  await ana.context.setOffline(false);
  await expect.poll(async () => (await found(noor, api, stays.id)).jobTitle, { timeout: 60_000 }).toBe('Head of Fish');
  await ana.page.waitForURL(new RegExp(`/contacts/${stays.id}$`), { timeout: 60_000 });
  expect(rapport.pageErrors).toEqual([]);
  for (const person of [noor, ana]) await person.context.close();
});

test('rows that are selected in the table become one', async () => {
  const noor = await rapport.newPerson('Noor Haddad');
  const { workspaceId } = await rapport.newWorkspace(noor);
  const api = `/api/v1/w/${workspaceId}`;
  for (const name of ['Ida Berg', 'Ida Bergh', 'Idah Berg']) await noor.api('POST', `${api}/contacts`, { name });
  const { page } = noor;
  await page.goto(`/w/${workspaceId}/contacts`);
  await page.getByText('Ida Bergh').first().waitFor({ timeout: 60_000 });
  for (const box of (await page.getByRole('row').getByRole('checkbox').all()).slice(-3))
    await box.check({ force: true });
  await page.getByRole('toolbar', { name: '3 selected' }).getByRole('button', { name: 'Merge' }).click();
  await page.getByRole('radio', { name: 'Ida Bergh stays' }).check({ force: true });
  await page.getByRole('button', { name: 'Merge into “Ida Bergh”' }).click();
  await page.waitForURL(/\/contacts\/[0-9A-Z]{26}$/, { timeout: 60_000 });
  expect((await noor.api<{ items: object[] }>('GET', `${api}/contacts`)).items).toHaveLength(1);
  expect(rapport.pageErrors).toEqual([]);
  await noor.context.close();
});

test('two who are not one are not suggested again, on a phone and in the dark', async () => {
  const noor = await rapport.newPerson('Noor Haddad', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  const { workspaceId } = await rapport.newWorkspace(noor);
  const api = `/api/v1/w/${workspaceId}`;
  const long = 'Nordic Refrigerated Logistics Cooperative of the Northern Warehouses';
  const make = (values: object) => noor.api<{ id: string }>('POST', `${api}/companies`, values);
  const one = await make({ name: long, website: 'https://nrl.example' });
  const two = await make({ name: `${long} Ltd`, website: 'https://www.nrl.example' });
  await make({ name: 'شركة الثلاجات', website: 'https://cold.example' });
  await make({ name: 'شركة الثلاجات', website: 'https://cold.example' });
  const { page } = noor;
  await page.goto(`/w/${workspaceId}/duplicates?noun=company`);
  await page.getByRole('button', { name: /Nordic.*are not the same/ }).waitFor({ timeout: 60_000 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await axeClean(page)).toEqual([]);
  await shot(page, 'duplicates-phone');
  await page.getByRole('button', { name: /Nordic.*are not the same/ }).click();
  await expect.poll(() => page.getByRole('listitem').count()).toBe(1);
  await page.reload();
  await page.getByRole('button', { name: /الثلاجات.*are not the same/ }).waitFor();
  expect(await page.getByRole('button', { name: /Nordic.*are not the same/ }).count()).toBe(0);
  await page.goto(`/w/${workspaceId}/merge?noun=company&ids=${one.id},${two.id}`);
  await page.getByRole('button', { name: /^Merge into/ }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await axeClean(page)).toEqual([]);
  await shot(page, 'merge-phone');
  expect(rapport.pageErrors).toEqual([]);
  await noor.context.close();
});
