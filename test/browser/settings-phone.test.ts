import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './board-page.ts';
import { phone } from './finger.ts';
import { type BrowserPerson, type Rapport, startRapport } from './harness.ts';

let rapport: Rapport;
let ana: BrowserPerson;
let base: string;
beforeAll(async () => {
  rapport = await startRapport();
  ana = await rapport.newPerson('Ana Adams', phone);
  const { workspaceId } = await rapport.newWorkspace(ana);
  base = `/w/${workspaceId}/settings`;
}, 180_000);
afterAll(() => rapport?.close());

/** What is chosen in the row of sections, and whether all of it is in sight. */
const chosen = (page: Page) => async () => {
  const link = page.locator('.set-nav [aria-current]');
  const [row, own] = [await page.locator('.set-nav').boundingBox(), await link.boundingBox()];
  if (row === null || own === null) throw new Error('it is drawn');
  const isInSight = own.x >= row.x && own.x + own.width <= row.x + row.width;
  return `${await link.textContent()} ${isInSight ? 'in sight' : `at ${own.x} of ${row.width}`}`;
};

test('on a phone the chosen section is in sight: on load, when another is chosen, and on the way back', async () => {
  const { page } = ana;
  await page.goto(`${base}/health`);
  await page.locator('.set-nav [aria-current]').waitFor();
  await until(chosen(page)).toBe('Health and backup in sight');
  await page.getByRole('link', { name: 'API keys' }).click();
  await until(chosen(page)).toBe('API keys in sight');
  await page.goto(`${base}/profile`);
  await page.locator('.set-nav [aria-current]').waitFor();
  await until(chosen(page)).toBe('Profile in sight');
  await page.goBack();
  await until(chosen(page)).toBe('API keys in sight');
  // Nothing else was moved aside to show it.
  expect(await page.evaluate('document.scrollingElement.scrollLeft + document.querySelector(".set").scrollLeft')).toBe(
    0,
  );
  expect(rapport.pageErrors).toEqual([]);
}, 90_000);
