import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Rapport, axeClean, startRapport } from './harness.ts';

let rapport: Rapport;
beforeAll(async () => {
  rapport = await startRapport();
}, 120_000);
afterAll(() => rapport?.close());

test('an administrator sees health live, takes a backup and an export home, and goes back to a backup', async () => {
  const noor = await rapport.newPerson('Noor Haddad');
  const { workspaceId, path } = await rapport.newWorkspace(noor);
  const { page } = noor;
  await noor.api('POST', `/api/v1/w/${workspaceId}/demo`);
  await page.goto(path);
  await page.locator('.card').first().waitFor();
  await page.goto(`/w/${workspaceId}/settings/health`);
  await page.getByRole('row', { name: /^Saving takes .+ ms/ }).waitFor();
  await page.getByText('There is none yet.').waitFor();
  await page.getByText('Every value of every record can be read as it stands.').waitFor();
  expect(await axeClean(page)).toEqual([]);

  const [backup] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download a backup' }).click(),
  ]);
  expect(backup.suggestedFilename()).toMatch(/\.sqlite$/);
  expect(
    readFileSync(await backup.path())
      .subarray(0, 15)
      .toString(),
  ).toBe('SQLite format 3');
  await page.getByText(/The last one: .+ by Noor Haddad/).waitFor();

  const { items } = (await noor.api('GET', `/api/v1/w/${workspaceId}/deals?limit=1`)) as {
    items: readonly { id: string; title: string }[];
  };
  const [deal] = items;
  await noor.api('PATCH', `/api/v1/w/${workspaceId}/deals/${deal?.id}`, { title: 'Changed after the backup' });
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Restore a backup' }).click(),
  ]);
  await chooser.setFiles({ name: 'monday.sqlite', mimeType: '', buffer: readFileSync(await backup.path()) });
  await page.getByRole('dialog', { name: 'Go back to a backup' }).getByText('monday.sqlite').waitFor();
  expect(await axeClean(page)).toEqual([]);
  await page.getByRole('button', { name: 'Go back to it' }).click();
  await page.getByText(/Everything is as it was on .+ kept on the server in replaced-/).waitFor();
  expect(await noor.api('GET', `/api/v1/w/${workspaceId}/deals/${deal?.id}`)).toMatchObject({ title: deal?.title });

  const [zip] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export everything' }).click(),
  ]);
  expect(zip.suggestedFilename()).toMatch(/\.zip$/);
  expect(
    readFileSync(await zip.path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');

  const ana = await rapport.newPerson('Ana Sorli');
  await rapport.join(noor, ana, workspaceId);
  await ana.page.goto(`/w/${workspaceId}/settings/health`);
  await ana.page.getByRole('heading', { name: 'Profile' }).waitFor();
  expect(await ana.page.getByRole('link', { name: 'Health and backup' }).count()).toBe(0);
  expect(rapport.pageErrors).toEqual([]);
  await noor.context.close();
  await ana.context.close();
});
