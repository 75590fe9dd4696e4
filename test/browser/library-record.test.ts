import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BrowserPerson, type Rapport, axeClean, startRapport } from './harness.ts';

let rapport: Rapport;
let noor: BrowserPerson;
let ana: BrowserPerson;
let ws: string;
let board: string;
let deal: string;

beforeAll(async () => {
  rapport = await startRapport();
  noor = await rapport.newPerson('Noor Haddad');
  const made = await rapport.newWorkspace(noor);
  [ws, board] = [made.workspaceId, made.boardId];
  ana = await rapport.newPerson('Ana Sørli');
  await rapport.join(noor, ana, ws);
  ({ id: deal } = await noor.api<{ id: string }>('POST', `/api/v1/w/${ws}/deals`, {
    board,
    title: 'Smokehouse retrofit',
  }));
}, 180_000);
afterAll(() => rapport?.close());

test('a note and a file on a deal: made in its panel, seen by a colleague, pinned, and undone', async () => {
  const { page } = noor;
  const panel = page.getByRole('complementary', { name: /Smokehouse/ });
  const theirs = ana.page.getByRole('complementary', { name: /Smokehouse/ });
  await page.goto(`/w/${ws}/b/${board}?deal=${deal}`);
  await ana.page.goto(`/w/${ws}/b/${board}?deal=${deal}`);
  await panel.getByRole('button', { name: 'Write a note' }).click();
  await page.getByRole('button', { name: /Empty note/ }).click();
  await page.waitForURL(/\/n\//);
  await theirs.getByRole('link', { name: /Smokehouse retrofit/ }).waitFor();
  await page.goBack();

  const choosing = page.waitForEvent('filechooser');
  await panel.getByRole('button', { name: 'Add files' }).click();
  await (await choosing).setFiles([{ name: 'Floor plan.txt', mimeType: 'text/plain', buffer: Buffer.from('kiln 2') }]);
  await theirs
    .getByRole('button', { name: /Floor plan\.txt/ })
    .first()
    .waitFor();
  await theirs.getByRole('button', { name: /^Floor plan\.txt/ }).click();
  await ana.page.getByText('kiln 2').waitFor();
  await ana.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

  await panel.getByRole('button', { name: 'Pin Smokehouse retrofit' }).click();
  await theirs.getByRole('button', { name: 'Unpin Smokehouse retrofit' }).waitFor();
  await page.keyboard.press('Control+z');
  await theirs.getByRole('button', { name: 'Pin Smokehouse retrofit' }).waitFor();
  await panel.getByRole('button', { name: 'Put Floor plan.txt into the bin' }).click();
  await theirs.getByRole('button', { name: /^Floor plan\.txt/ }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Undo/ }).click();
  await theirs.getByRole('button', { name: /^Floor plan\.txt/ }).waitFor();
  expect(await axeClean(page)).toEqual([]);
  if (process.env['SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SHOTS']}/deal-documents.png` });
  expect(rapport.pageErrors).toEqual([]);
});
