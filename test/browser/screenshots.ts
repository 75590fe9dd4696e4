// Makes the pictures of the README: `npm run screenshots`. Real server, real browsers, the product's own sample data.
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startRapport } from './harness.ts';

const picture = (name: string) => fileURLToPath(new URL(`../../docs/${name}.png`, import.meta.url));

const rapport = await startRapport();
try {
  const noor = await rapport.newPerson('Noor Haddad');
  const { workspaceId, path } = await rapport.newWorkspace(noor);
  await noor.api('POST', `/api/v1/w/${workspaceId}/demo`);
  const colleagues = await Promise.all(['Kofi Mensah', 'Lena Vogt'].map((name) => rapport.newPerson(name)));
  for (const colleague of colleagues) await rapport.join(noor, colleague, workspaceId);
  for (const { page } of [...colleagues, noor]) {
    await page.goto(path);
    await page.locator('.card').nth(20).waitFor();
  }
  const [kofi, lena] = colleagues;
  if (!kofi || !lena) throw new Error('the colleagues are missing');
  await hold(kofi.page, 'Milk intake', { x: 250, y: -40 });
  const edited = lena.page.locator('.card', { hasText: 'Ripening rooms' }).first();
  await edited.focus();
  await lena.page.keyboard.press('e');
  await noor.page.locator('.halo').first().waitFor();
  await noor.page.waitForTimeout(400);
  await noor.page.screenshot({ path: picture('board') });
} finally {
  await rapport.close();
}

/** Picks a card up with the mouse and keeps it in the air. */
async function hold(page: Page, title: string, by: { x: number; y: number }): Promise<void> {
  const card = page.locator('.card', { hasText: title }).first();
  await card.scrollIntoViewIfNeeded();
  const box = await card.boundingBox();
  if (!box) throw new Error(`${title} is not on the screen`);
  const from = { x: box.x + 60, y: box.y + 20 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 10 });
}
