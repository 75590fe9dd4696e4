import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TwoPeople, card, panel, twoPeople, until } from './board-page.ts';
import { carryTo, finger, lift, phone } from './finger.ts';
import { hasChromium } from './gallery-page.ts';
import { type BrowserPerson, type Rapport, axeClean, startRapport } from './harness.ts';

describe.skipIf(!hasChromium)('a board on a phone', () => {
  let rapport: Rapport;
  let two: TwoPeople;
  let ines: BrowserPerson;

  beforeAll(async () => {
    rapport = await startRapport();
    two = await twoPeople(rapport);
    ines = await rapport.newPerson('Ines Vega', phone);
    await rapport.join(two.ana, ines, two.workspaceId);
    for (const title of ['Apple', 'Birch', 'Cedar'])
      await two.addDeal(title, 'Qualified', { value: { minor: 100_000, currency: 'EUR' }, company: 'Orchard' });
  });
  afterAll(async () => {
    await rapport?.close();
  });

  it('a long press lifts a card; over a stage’s tab it goes there, and a short swipe only scrolls', async () => {
    const { page } = ines;
    await page.goto(two.path);
    await card(page, 'Apple').waitFor();
    const touch = await finger(page);
    const at = await card(page, 'Apple').boundingBox();
    if (!at) throw new Error('it is drawn');
    await touch.down(at.x + 60, at.y + 20);
    await touch.to(at.x + 60, at.y - 40);
    await touch.up();
    expect(await page.locator('.carried').count()).toBe(0);
    await lift(page, touch, 'Apple');
    await carryTo(page, touch, 'Meeting');
    await touch.up();
    const moved = async () =>
      (await two.ana.api<{ items: { title: string }[] }>('GET', `${two.api}/deals?stage=${two.stages.Meeting}`)).items;
    await until(async () => (await moved()).map(({ title }) => title)).toEqual(['Apple']);
  });

  it('the panel is a sheet with its head in place, Move to… moves, and nothing is wider than the screen', async () => {
    const { page } = ines;
    await page.goto(two.path);
    await card(page, 'Birch').tap();
    await panel(page).getByRole('heading', { name: 'Birch' }).waitFor();
    await until(async () => (await panel(page).boundingBox())?.x).toBe(0);
    expect(await panel(page).boundingBox()).toMatchObject({ width: 390, height: 844 });
    const top = await panel(page).locator('.panel-top').boundingBox();
    await panel(page)
      .locator('.cols')
      .evaluate((box) => box.scrollTo({ top: 1e4 }));
    expect(await panel(page).locator('.panel-top').boundingBox()).toEqual(top);
    expect(await axeClean(page)).toEqual([]);
    await panel(page).getByRole('button', { name: 'More' }).tap();
    await page.getByRole('menuitem', { name: /Move to/ }).tap();
    await page.getByRole('option', { name: 'Proposal' }).tap();
    await until(() => panel(page).locator('[aria-current="step"]').textContent()).toContain('Proposal');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });

  it('the table is a list of two lines a deal; a tap opens one; stages can be edited', async () => {
    const { page } = ines;
    await page.goto(two.path);
    await page.getByRole('button', { name: 'Display' }).tap();
    await page.getByRole('menuitemcheckbox', { name: 'Table' }).tap();
    const line = page.locator('.deal-line', { hasText: 'Cedar' });
    await until(() => line.textContent()).toBe('Cedar€1,000QualifiedOrchard');
    expect(await axeClean(page)).toEqual([]);
    await line.tap();
    await panel(page).getByRole('heading', { name: 'Cedar' }).waitFor();
    await page.goto(`${two.path}?edit=stages`);
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect((await dialog.boundingBox())?.width).toBe(390);
    const days = dialog.getByRole('textbox', { name: 'Rots after' }).first();
    await days.fill('30');
    await page.keyboard.press('Enter');
    const stages = async () =>
      (await two.ana.api<{ items: { rotDays: number }[] }>('GET', `${two.api}/boards/${two.boardId}/stages`)).items;
    await until(async () => (await stages())[0]?.rotDays).toBe(30);
    expect(await axeClean(page)).toEqual([]);
    expect(rapport.pageErrors).toEqual([]);
  });
});
