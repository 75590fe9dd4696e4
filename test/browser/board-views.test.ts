import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TwoPeople, card, carry, lane, panel, pickUp, spoken, titlesOf, twoPeople, until } from './board-page.ts';
import { hasChromium } from './gallery-page.ts';
import { type Rapport, startRapport } from './harness.ts';

const dayMs = 86_400_000;

describe.skipIf(!hasChromium)('who is here and what they look at', () => {
  let rapport: Rapport;
  let two: TwoPeople;
  let ana: Page;
  let ben: Page;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    rapport = await startRapport();
    two = await twoPeople(rapport);
    const money = (minor: number) => ({ value: { minor, currency: 'EUR' } });
    ids['Apple'] = await two.addDeal('Apple', 'Qualified', {
      ...money(500_000),
      company: 'Orchard',
      labels: ['Fruit'],
    });
    ids['Birch'] = await two.addDeal('Birch', 'Meeting', { ...money(900_000), company: 'Orchard', labels: ['Wood'] });
    ids['Cedar'] = await two.addDeal('Cedar', 'Meeting', { ...money(100_000), company: 'Orchard', labels: ['Wood'] });
    for (let at = 1; at <= 30; at++) await two.addDeal(`Row ${at}`, 'Proposal');
    await two.open();
    [ana, ben] = [two.ana.page, two.ben.page];
  });
  afterAll(async () => {
    await rapport?.close();
  });

  it('a dragged card wears its carrier’s colour and name for the other, the slot is dashed, both go with the drop', async () => {
    await ana.locator('.top .avs').getByText('BB').first().waitFor();
    await pickUp(ben, 'Apple');
    await carry(ben, { lane: 'Meeting' });
    await until(() => card(ana, 'Apple').first().getAttribute('class')).toMatch(/halo p\d+/);
    await until(() => lane(ana, 'Meeting').locator('.slot.person').count()).toBe(1);
    expect(await ana.locator('.ptag').first().textContent()).toContain('Ben');
    await ben.keyboard.press('Escape');
    await until(() => ana.locator('.slot.person, .card.halo').count()).toBe(0);
    await ben.mouse.up();
    // By keys, too.
    await card(ben, 'Cedar').focus();
    for (const key of ['Space', 'ArrowLeft']) await ben.keyboard.press(key);
    await until(() => lane(ana, 'Qualified').locator('.slot.person').count()).toBe(1);
    await ben.keyboard.press('Escape');
    await until(() => ana.locator('.slot.person').count()).toBe(0);
    expect(await titlesOf(ana)).toMatchObject({ Qualified: ['Apple'], Meeting: ['Birch', 'Cedar'] });
  });

  it('following scrolls to the card that the other opens and shows what they filter, until one acts', async () => {
    await ana.getByRole('button', { name: 'Follow' }).click();
    await ana.getByRole('menuitemcheckbox', { name: /Ben Brook/ }).click();
    await until(() => ana.getByRole('button', { name: 'Following Ben' }).count()).toBe(1);
    await ben.locator('[data-card]', { hasText: 'Row 1' }).first().focus();
    await ben.keyboard.press('End');
    await ben.keyboard.press('Enter');
    await panel(ben).getByText('Row 30').first().waitFor();
    await panel(ana).getByText('Row 30').first().waitFor();
    await ana.waitForFunction(() => {
      const box = [...document.querySelectorAll('[data-card]')]
        .find((each) => each.querySelector('.t')?.textContent === 'Row 30')
        ?.getBoundingClientRect();
      return box !== undefined && box.top > 0 && box.bottom <= innerHeight;
    });
    await ben.keyboard.press('Escape');
    await until(() => panel(ana).count()).toBe(0);
    await ben.getByLabel('Search deals').fill('wood');
    await until(() => ana.locator('[data-card]').count()).toBe(2);
    await ana.mouse.click(700, 860);
    await until(() => spoken(ana)).toContain('No longer following Ben Brook');
    await ben.getByLabel('Search deals').fill('');
    await until(() => ben.locator('[data-card]').count()).toBeGreaterThan(5);
    expect(await ana.locator('[data-card]').count()).toBe(2);
    await ana.goto(two.path);
  });

  it('a view’s address shows the same in another browser, as board and as table', async () => {
    await ana.getByLabel('Search deals').fill('orchard');
    await until(() => ana.url()).toContain('q=orchard');
    await ana.getByRole('button', { name: /^Filter$/ }).click();
    await ana.getByRole('dialog', { name: 'Add a filter' }).getByRole('button', { name: 'Labels' }).click();
    await ana.getByRole('dialog', { name: 'Add a filter' }).getByLabel('Value').click();
    await ana.keyboard.type('Wood');
    await ana.keyboard.press('Enter');
    await ana.keyboard.press('Escape');
    await ana.getByRole('dialog', { name: 'Add a filter' }).getByRole('button', { name: 'Done' }).click();
    await until(() => ana.locator('[data-card]').count()).toBe(2);
    await ana.getByRole('button', { name: 'Sort' }).click();
    await ana.getByRole('menuitemcheckbox', { name: 'Value, largest first' }).click();
    await ana.getByRole('button', { name: 'Display' }).click();
    await ana.getByRole('menuitemcheckbox', { name: 'Company' }).click();
    await ana.keyboard.press('Escape');
    await until(() => ana.url()).toContain('hide=company');
    expect(ana.url()).toContain('sort=-value');
    await ben.goto(ana.url());
    await until(async () => (await titlesOf(ben))['Meeting']).toEqual(['Birch', 'Cedar']);
    expect(await titlesOf(ben)).toEqual(await titlesOf(ana));
    expect(await card(ben, 'Birch').textContent()).not.toContain('Orchard');
    await ben.goto(`${ana.url()}&as=table`);
    await until(() => ben.locator('tbody tr:not(.gap)').count()).toBe(2);
    expect(await ben.locator('tbody tr:not(.gap)').first().textContent()).toContain('Birch');
    expect(await ben.locator('.tbl-scroll').textContent()).toContain('2 deals');
  });

  it('a saved view is mine, or everybody’s when shared', async () => {
    const save = async (name: string, isShared: boolean) => {
      await ana.getByRole('button', { name: /^(Views|Only mine)$/ }).click();
      await ana.getByRole('menuitemcheckbox', { name: 'Save as a new view' }).click();
      await ana.getByRole('dialog').getByLabel('Name').fill(name);
      if (isShared) {
        await ana.getByRole('dialog').getByRole('combobox', { name: 'For' }).click();
        await ana.getByRole('option', { name: 'Everybody who may see this' }).click();
      }
      await ana.getByRole('dialog').getByRole('button', { name: 'Save view' }).click();
      await ana.getByRole('button', { name, exact: true }).waitFor();
    };
    await save('Only mine', false);
    await save('For all', true);
    await ben.goto(two.path);
    await ben.getByRole('button', { name: 'Views' }).click();
    await ben.getByRole('menuitemcheckbox', { name: 'For all' }).waitFor();
    expect(await ben.getByRole('menuitemcheckbox', { name: 'Only mine' }).count()).toBe(0);
    await ben.getByRole('menuitemcheckbox', { name: 'For all' }).click();
    await until(async () => (await titlesOf(ben))['Meeting']).toEqual(['Birch', 'Cedar']);
    expect(await ben.locator('[data-card]').count()).toBe(2);
    await ana.goto(two.path);
    await ana.getByRole('button', { name: 'Views' }).click();
    await ana.getByRole('menuitemcheckbox', { name: 'Only mine' }).waitFor();
    await ana.keyboard.press('Escape');
  });

  it('a link to a deal opens it beside its board; one to a deal that is gone says so', async () => {
    await ben.goto(`${two.path}?deal=${ids['Apple']}`);
    await panel(ben).getByRole('heading', { name: /Apple/ }).waitFor();
    await card(ben, 'Apple').waitFor();
    await two.ana.api('DELETE', `${two.api}/deals/${ids['Apple']}`);
    await panel(ben)
      .getByText(/^This deal is (gone|not on)/)
      .waitFor();
    await ben.getByRole('button', { name: 'Close' }).click();
    await until(() => ben.url()).not.toContain('deal=');
  });

  it('a deal that nobody touched for long rots, and says since when and what restarted its clock', async () => {
    await two.ana.api('PATCH', `${two.api}/deals/${ids['Cedar']}`, { labels: ['Old wood'] });
    await two.ben.context.clock.setFixedTime(Date.now() + 60 * dayMs);
    await ben.goto(two.path);
    await card(ben, 'Cedar').getByRole('img', { name: 'Rotting' }).waitFor();
    await until(() => ben.getByRole('button', { name: /^Rotting/ }).textContent()).toBe('Rotting32');
    await card(ben, 'Cedar').locator('.age-in').hover();
    const tip = () => ben.getByRole('tooltip').textContent();
    await until(tip).toMatch(/Nobody touched it for 60 days; this stage allows \d+ days\./);
    expect(await tip()).toMatch(/In Meeting for 60 days\./);
    expect(await tip()).toMatch(/Ana Adams changed the labels/);
    expect(await card(ben, 'Cedar').getAttribute('class')).toContain('rot2');
    expect(rapport.pageErrors).toEqual([]);
  });
});
