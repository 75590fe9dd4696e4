import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { until } from './board-page.ts';
import { everythingKept } from './everything-kept.ts';
import { type Rapport, startRapport } from './harness.ts';

let rapport: Rapport;
beforeAll(async () => {
  rapport = await startRapport();
}, 120_000);
afterAll(() => rapport?.close());

/** Waits until the device has the board and the lists. */
async function isKept(page: Page): Promise<void> {
  await until(() => everythingKept(page)).toContain('Qualified');
  await until(() => everythingKept(page)).toContain('New business');
}

/** Waits until the worker has the app, too. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await until(() => page.evaluate(() => caches.keys())).not.toEqual([]);
  await isKept(page);
}

test('without a network a reload opens the app and the last board, and says so', async () => {
  const noor = await rapport.newPerson('Noor Haddad');
  const { path } = await rapport.newWorkspace(noor);
  const { page, context } = noor;
  await page.goto(path);
  await page.getByText('All changes saved').waitFor();
  await settle(page);
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('navigation', { name: 'Main' }).getByText('New business').waitFor();
  await page.getByRole('heading', { name: 'Qualified' }).waitFor();
  await page.getByRole('button', { name: /^Offline/ }).click();
  await page.getByText('You are offline. Keep working.').waitFor();
  await page.getByRole('button', { name: 'Try now' }).waitFor();
  await context.setOffline(false);
  await page.getByText('All changes saved').first().waitFor();
  expect(rapport.pageErrors).toEqual([]);
  await context.close();
});

test('a record that this device never had says so offline, and opens by itself; what the page asked in vain is asked again', async () => {
  const noor = await rapport.newPerson('Noor Haddad');
  const { path, workspaceId } = await rapport.newWorkspace(noor);
  const { page, context } = noor;
  const made = async (name: string) => {
    const contact = { firstName: name, lastName: 'Fjeld' };
    return (await noor.api<{ id: string }>('POST', `/api/v1/w/${workspaceId}/contacts`, contact)).id;
  };
  const [opened, unopened] = [await made('Marit'), await made('Oda')];
  await page.goto(`/w/${workspaceId}/contacts/${opened}`);
  await page.getByText('added this').waitFor();
  await until(() => everythingKept(page)).toContain('Marit');
  await page.goto(path);
  await page.getByText('All changes saved').waitFor();
  await settle(page);
  await context.setOffline(true);
  await page.goto(`/w/${workspaceId}/contacts/${unopened}`);
  await page.getByRole('heading', { name: 'This contact is not on this device' }).waitFor();
  await page.goto(`/w/${workspaceId}/contacts/${opened}`);
  await page.getByText('Changes show when you are online again.').waitFor();
  await context.setOffline(false);
  await page.getByText('added this').waitFor();
  await context.setOffline(true);
  await page.goto(`/w/${workspaceId}/contacts/${unopened}`);
  await page.getByRole('heading', { name: 'This contact is not on this device' }).waitFor();
  await context.setOffline(false);
  await page.getByRole('heading', { name: 'Oda Fjeld' }).waitFor();
  expect(rapport.pageErrors).toEqual([]);
  await context.close();
});

test('signing out leaves nothing of the workspace on the device', async () => {
  const noor = await rapport.newPerson('Noor Haddad');
  const { path } = await rapport.newWorkspace(noor);
  const { page, context } = noor;
  await page.goto(path);
  await page.getByText('All changes saved').waitFor();
  await isKept(page);
  await page.getByRole('button', { name: 'Frostvale' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  const left = await page.evaluate<{ documents: string[]; text: string }>(`(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    const values = await new Promise((resolve) => {
      const opening = indexedDB.open('rapport-shell', 1);
      opening.onsuccess = () => {
        const reading = opening.result.transaction('values').objectStore('values').getAll();
        reading.onsuccess = () => resolve(reading.result);
      };
    });
    return { documents: databases.filter((name) => name.startsWith('rapport-docs-')), text: JSON.stringify(values) };
  })()`);
  expect(left.documents).toEqual([]);
  expect(left.text).not.toContain('Frostvale');
  expect(left.text).not.toContain('Noor');
  await page.goto(path);
  await page.waitForURL('**/sign-in**');
  await context.close();
});
