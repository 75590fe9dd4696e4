import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type TwoPeople,
  card,
  carry,
  lane,
  moveByKey,
  panel,
  pickUp,
  sameBoard,
  setField,
  titlesOf,
  twoPeople,
  until,
} from './board-page.ts';
import { hasChromium } from './gallery-page.ts';
import { type Rapport, startRapport } from './harness.ts';

describe.skipIf(!hasChromium)('two people at once', () => {
  let rapport: Rapport;
  let two: TwoPeople;

  beforeAll(async () => {
    rapport = await startRapport();
    two = await twoPeople(rapport);
    for (const title of ['Apple', 'Birch', 'Cedar', 'Damson']) await two.addDeal(title);
    for (const title of ['Elder', 'Fir']) await two.addDeal(title, 'Meeting');
    await two.open();
  });
  afterAll(async () => {
    await rapport?.close();
  });

  const both = () => [two.ana, two.ben] as const;
  const offline = (isOffline: boolean) => Promise.all(both().map(({ context }) => context.setOffline(isOffline)));
  const saved = () =>
    Promise.all(both().map(({ page }) => page.getByText('All changes saved').first().waitFor({ timeout: 40_000 })));

  it('both carry one card and let go: it is in one place, the same for both', async () => {
    const [ana, ben] = [two.ana.page, two.ben.page];
    await Promise.all([pickUp(ana, 'Apple'), pickUp(ben, 'Apple')]);
    await Promise.all([carry(ana, { lane: 'Proposal' }), carry(ben, { lane: 'Negotiation' })]);
    await ana.locator('.slot.person').waitFor();
    await Promise.all([ana.mouse.up(), ben.mouse.up()]);
    await saved();
    const board = await sameBoard(ana, ben);
    expect(Object.values(board).flat().sort()).toEqual(['Apple', 'Birch', 'Cedar', 'Damson', 'Elder', 'Fir']);
    expect(board['Qualified']).not.toContain('Apple');
  });

  it('two cards let go in one slot: both are there, in one order', async () => {
    const [ana, ben] = [two.ana.page, two.ben.page];
    await Promise.all([pickUp(ana, 'Birch'), pickUp(ben, 'Cedar')]);
    await Promise.all([carry(ana, { lane: 'Meeting', before: 'Fir' }), carry(ben, { lane: 'Meeting', before: 'Fir' })]);
    await Promise.all([ana.mouse.up(), ben.mouse.up()]);
    await saved();
    const { Meeting } = await sameBoard(ana, ben);
    expect(Meeting?.[0]).toBe('Elder');
    expect(Meeting?.[3]).toBe('Fir');
    expect(Meeting?.slice(1, 3).sort()).toEqual(['Birch', 'Cedar']);
  });

  it('who put it where without knowing of the other is told, and may swap', async () => {
    const [ana, ben] = [two.ana.page, two.ben.page];
    await offline(true);
    await moveByKey(ana, 'Damson', 'Meeting');
    await moveByKey(ben, 'Damson', 'Proposal');
    await offline(false);
    await saved();
    const board = await sameBoard(ana, ben);
    const shown = board['Meeting']?.includes('Damson') ? 'Meeting' : 'Proposal';
    const other = shown === 'Meeting' ? 'Proposal' : 'Meeting';
    for (const page of [ana, ben]) {
      await card(page, 'Damson').click();
      const strip = panel(page).locator('.race');
      await strip.waitFor();
      expect(await strip.textContent()).toContain(shown);
      expect(await strip.textContent()).toContain(other);
    }
    await panel(ben).locator('.race').getByRole('button', { name: 'Swap' }).click();
    for (const page of [ana, ben]) {
      await lane(page, other).locator('[data-card]', { hasText: 'Damson' }).waitFor();
      await until(() => panel(page).locator('.race').count()).toBe(0);
      await page.keyboard.press('Escape');
    }
  });

  it('a field typed while the other drags that card: both changes stay', async () => {
    const [ana, ben] = [two.ana.page, two.ben.page];
    await card(ben, 'Elder').click();
    await panel(ben)
      .getByRole('button', { name: /^Value/ })
      .click();
    await ben.keyboard.type('4200');
    await pickUp(ana, 'Elder');
    await carry(ana, { lane: 'Proposal' });
    await until(() => panel(ben).locator('input').first().inputValue()).toBe('4200');
    await ana.mouse.up();
    await lane(ben, 'Proposal').locator('[data-card]', { hasText: 'Elder' }).waitFor();
    expect(await panel(ben).locator('input').first().inputValue()).toBe('4200');
    await ben.keyboard.press('Enter');
    await until(() => card(ana, 'Elder').textContent()).toContain('€4,200');
    expect((await sameBoard(ana, ben))['Proposal']).toContain('Elder');
    await ben.keyboard.press('Escape');
  });

  it('both offline: different fields merge, one field keeps one value and shows the other; saved is said only then', async () => {
    const [ana, ben] = [two.ana.page, two.ben.page];
    await offline(true);
    for (const page of [ana, ben]) await card(page, 'Fir').click();
    await setField(ana, /^Value/, '100');
    await setField(ben, /^Value/, '200');
    await setField(ana, /^Title/, 'Fir trees');
    await setField(ben, /^Description/, 'By the lake');
    for (const page of [ana, ben]) {
      await panel(page).getByRole('button', { name: 'Offline, 2 pending' }).click();
      await page.getByText('Nobody else sees these changes yet.').waitFor();
      await page.keyboard.press('Escape');
      expect(await card(page, 'Fir').textContent()).toContain('Pending');
      expect(await page.getByText('All changes saved').count()).toBe(0);
    }
    expect(await panel(ana).textContent()).not.toContain('By the lake');
    await offline(false);
    await saved();
    for (const page of [ana, ben]) {
      await until(() => panel(page).textContent()).toContain('By the lake');
      await until(() => card(page, 'Fir trees').textContent()).not.toContain('Pending');
      await panel(page).locator('.race').waitFor();
    }
    const shown = (await card(ana, 'Fir trees').textContent())?.includes('€100') ? '€100' : '€200';
    const other = shown === '€100' ? '€200' : '€100';
    await until(() => card(ben, 'Fir trees').textContent()).toContain(shown);
    for (const page of [ana, ben]) expect(await panel(page).locator('.race').textContent()).toContain(other);
    await panel(ana).locator('.race').getByRole('button', { name: 'Swap' }).click();
    for (const page of [ana, ben]) {
      await until(() => card(page, 'Fir trees').textContent()).toContain(other);
      await until(() => panel(page).locator('.race').count()).toBe(0);
    }
  });

  it('Keep closes the strip for both and leaves the value', async () => {
    const [ana, ben] = [two.ana.page, two.ben.page];
    await offline(true);
    await setField(ana, /^Value/, '300');
    await setField(ben, /^Value/, '500');
    await offline(false);
    await saved();
    for (const page of [ana, ben]) await panel(page).locator('.race').waitFor();
    const before = await titlesOf(ana);
    const value = await card(ana, 'Fir trees').locator('.v').textContent();
    await panel(ben).locator('.race').getByRole('button', { name: 'Keep' }).click();
    for (const page of [ana, ben]) {
      await until(() => panel(page).locator('.race').count()).toBe(0);
      await until(() => card(page, 'Fir trees').locator('.v').textContent()).toBe(value);
      await page.keyboard.press('Escape');
      await until(() => panel(page).count()).toBe(0);
    }
    expect(await titlesOf(ana)).toEqual(before);
  });

  it('deleted by one and edited by the other: bringing it back brings the edit', async () => {
    const [ana, ben] = [two.ana.page, two.ben.page];
    await offline(true);
    await card(ben, 'Fir trees').click();
    await setField(ben, /^Value/, '777');
    await ben.keyboard.press('Escape');
    await card(ana, 'Fir trees').focus();
    await ana.keyboard.press('Delete');
    await until(() => card(ana, 'Fir trees').count()).toBe(0);
    await offline(false);
    await saved();
    await until(() => card(ben, 'Fir trees').count()).toBe(0);
    await ana.keyboard.press('Control+z');
    for (const page of [ana, ben]) await until(() => card(page, 'Fir trees').textContent()).toContain('€777');
    expect(rapport.pageErrors).toEqual([]);
  });
});
