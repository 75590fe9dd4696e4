import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TwoPeople, card, lane, twoPeople, until } from './board-page.ts';
import { hasChromium } from './gallery-page.ts';
import { type Rapport, startRapport } from './harness.ts';

/** Keeps a part of the app back until it is let through, or fails it; every other file comes at once. */
async function holdBack(page: Page, name: string) {
  let asked = 0;
  let decide: (what: 'continue' | 'abort') => void = () => undefined;
  let decided = new Promise<'continue' | 'abort'>((resolve) => (decide = resolve));
  await page.route(new RegExp(`/assets/${name}-.*\\.js$`), async (route) => {
    asked++;
    await route[await decided]();
  });
  return {
    isAskedFor: () => until(() => asked).toBeGreaterThan(0),
    letThrough() {
      decide('continue');
      decided = Promise.resolve('continue');
    },
    fail: () => decide('abort'),
  };
}

describe.skipIf(!hasChromium)('what the first look at a board does not need', () => {
  let rapport: Rapport;
  let two: TwoPeople;

  beforeAll(async () => {
    rapport = await startRapport();
    two = await twoPeople(rapport);
    for (const title of ['Apple', 'Birch']) await two.addDeal(title);
  });
  afterAll(async () => {
    await rapport?.close();
  });

  /** The board in a browser that has nothing of the app yet, and keeps nothing. */
  async function freshPage(): Promise<Page> {
    const context = await rapport.newContext({
      serviceWorkers: 'block',
      storageState: await two.ana.context.storageState(),
    });
    return context.newPage();
  }

  it('keys pressed before it has come go where they were meant to go', async () => {
    const page = await freshPage();
    const overlays = await holdBack(page, 'deal-board-overlays');
    await page.goto(two.path);
    await card(page, 'Apple').focus();
    await page.keyboard.press('m');
    // Taken for shortcuts of the board these would select it, lose it and add another.
    await page.keyboard.type('xnl prop');
    for (let n = 0; n < 4; n++) await page.keyboard.press('Home');
    await overlays.isAskedFor();
    overlays.letThrough();
    const field = page.getByRole('combobox', { name: 'Move to' });
    await until(() => field.inputValue()).toBe('xnl prop');
    expect(await page.locator('.bulkbar').count()).toBe(0);
    await field.fill('prop');
    await page.keyboard.press('Enter');
    await lane(page, 'Proposal').locator('[data-card]', { hasText: 'Apple' }).waitFor();
    await page.context().close();
  });

  it('the palette takes what is typed while it comes, Enter included', async () => {
    const page = await freshPage();
    const palette = await holdBack(page, 'palette');
    await page.goto(two.path);
    await card(page, 'Birch').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('settings');
    await page.keyboard.press('Enter');
    await palette.isAskedFor();
    palette.letThrough();
    await page.waitForURL(/\/settings/);
    await page.context().close();
  });

  it('what cannot be had is said, the board goes on, and it comes when the network is back', async () => {
    const page = await freshPage();
    const overlays = await holdBack(page, 'deal-board-overlays');
    await page.goto(two.path);
    await card(page, 'Birch').focus();
    await page.keyboard.press('m');
    await overlays.isAskedFor();
    overlays.fail();
    await page.getByText('This part of the app is not on this device yet').first().waitFor();
    await card(page, 'Birch').waitFor();
    overlays.letThrough();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.getByRole('option', { name: 'Meeting', exact: true }).click();
    await lane(page, 'Meeting').locator('[data-card]', { hasText: 'Birch' }).waitFor();
    await page.context().close();
    expect(rapport.pageErrors).toEqual([]);
  });
});
