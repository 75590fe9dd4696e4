import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { type BrowserPerson, type Rapport, axeClean, startRapport } from './harness.ts';

/** A machine with other work is slow, not wrong. */
const patient = { timeout: 20_000 };

let rapport: Rapport;
let noor: BrowserPerson;
let ana: BrowserPerson;
let ws: string;
let api: string;
let noorId: string;

beforeAll(async () => {
  rapport = await startRapport();
  ({ host: noor, guest: ana, workspaceId: ws, api } = await rapport.newPair('Noor Haddad', 'Ana Sørli'));
  ({ id: noorId } = await noor.api<{ id: string }>('GET', `${api}/me`));
}, 180_000);
afterAll(() => rapport?.close());

const shot = async (page: Page, name: string) => {
  const folder = process.env['SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
};
const entry = (page: Page, text: string) => page.locator('.in-row', { hasText: text });
const say = async (note: string, text: string) => await ana.api('POST', `${api}/notes/${note}/comments`, { text });
const noteOf = async (title: string) => (await noor.api<{ id: string }>('POST', `${api}/notes`, { title })).id;

test('what a colleague says arrives live, with a count in the shell; done, undone, put off by keys', async () => {
  const { page } = noor;
  const note = await noteOf('Herring season');
  await page.goto(`/w/${ws}/inbox`);
  await page.getByText('Nothing waits for you').waitFor();
  await say(note, 'Is the landing hall live a week before?');
  await say(note, `@{member/${noorId}} can you ask Helle? <img src=x onerror=alert(1)>`);
  await entry(page, 'landing hall').waitFor();
  await entry(page, '<img src=x').getByText('Noor').waitFor();
  const count = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Inbox/ });
  await expect.poll(() => count.innerText(), { timeout: 20_000 }).toMatch(/2/);
  await shot(page, 'inbox');
  expect(await axeClean(page)).toEqual([]);

  await page.getByRole('tab', { name: /Mentions/ }).click();
  await expect.poll(() => page.locator('.in-row').count(), patient).toBe(1);
  await page.getByRole('tab', { name: /Open/ }).click();
  await entry(page, 'landing hall').getByRole('link').focus();
  await page.keyboard.press('e');
  await entry(page, 'landing hall').waitFor({ state: 'detached' });
  await expect.poll(() => count.innerText(), { timeout: 20_000 }).toMatch(/1/);
  await page.keyboard.press('Control+z');
  await entry(page, 'landing hall').waitFor();

  await entry(page, '<img src=x').getByRole('link').focus();
  await page.keyboard.press('h');
  await entry(page, '<img src=x').waitFor({ state: 'detached' });
  await page.getByRole('tab', { name: /Later/ }).click();
  await entry(page, '<img src=x')
    .getByText(/^until/)
    .waitFor();

  // Opening it reads it, and leads to where it was said.
  await page.getByRole('tab', { name: /Open/ }).click();
  await entry(page, 'landing hall').getByRole('link').click();
  await page.waitForURL(new RegExp(`/n/${note}`));
  await page.locator('.thread.is-on', { hasText: 'landing hall' }).waitFor();
  await expect.poll(() => count.innerText(), { timeout: 20_000 }).not.toMatch(/\d/);
  expect(rapport.pageErrors).toEqual([]);
});

test('marked done without a network, it is done on another device later', async () => {
  const note = await noteOf('Offline plan');
  await say(note, 'Marked while away');
  const { page, context } = noor;
  await page.goto(`/w/${ws}/inbox`);
  await entry(page, 'Marked while away').waitFor();
  await context.setOffline(true);
  await entry(page, 'Marked while away').getByRole('button', { name: 'Done' }).click();
  await entry(page, 'Marked while away').waitFor({ state: 'detached' });
  await context.setOffline(false);
  await expect
    .poll(async () => JSON.stringify(await noor.api('GET', `${api}/inbox?state=done`)), { timeout: 30_000 })
    .toContain('Marked while away');
});

test('what is not shared with one any more leaves the open inbox at once', async () => {
  const note = await noteOf('Soon secret');
  const page = ana.page;
  const { id: anaId } = await ana.api<{ id: string }>('GET', `${api}/me`);
  await noor.api('POST', `${api}/notes/${note}/comments`, { text: `@{member/${anaId}} look` });
  await page.goto(`/w/${ws}/inbox`);
  await entry(page, 'Soon secret').waitFor();
  await noor.api('PUT', `${api}/shares/${note}`, { kind: 'restricted', grants: [] });
  await entry(page, 'Soon secret').waitFor({ state: 'detached' });
});

test('on a phone: the count stands on More, and entries can be pressed', async () => {
  const note = await noteOf('عرض الموسم القادم لشركة هولين وأبنائه');
  await say(note, 'الموعد صحيح');
  const phone = await noor.context.newPage();
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.emulateMedia({ colorScheme: 'dark' });
  await phone.goto(`/w/${ws}/inbox`);
  await entry(phone, 'الموعد').waitFor();
  await phone.locator('.tabbar .badge').waitFor();
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await axeClean(phone)).toEqual([]);
  await shot(phone, 'inbox-phone');
  await phone.close();
});
