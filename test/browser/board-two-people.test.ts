import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { card, lane, panel, until } from './board-page.ts';
import { hasChromium } from './gallery-page.ts';
import { type BrowserPerson, type Rapport, axeClean, startRapport } from './harness.ts';

interface Made {
  readonly id: string;
}

const head = (page: Page, name: string) => lane(page, name).locator('.lane-h');

describe.skipIf(!hasChromium)('a board with two people', () => {
  let rapport: Rapport;
  let ana: BrowserPerson;
  let ben: BrowserPerson;
  let path: string;
  let api: string;
  let stages: Record<string, string>;
  let boardId: string;

  const addDeal = async (title: string, stage: string, values: object = {}): Promise<string> => {
    const made = await ana.api<Made>('POST', `${api}/deals`, {
      board: boardId,
      stage: stages[stage],
      title,
      ...values,
    });
    return made.id;
  };

  beforeAll(async () => {
    rapport = await startRapport();
    ({ host: ana, guest: ben, path, boardId, api } = await rapport.newPair('Ana Adams', 'Ben Brook'));
    const { items } = await ana.api<{ items: { id: string; name: string }[] }>(
      'GET',
      `${api}/boards/${boardId}/stages`,
    );
    stages = Object.fromEntries(items.map(({ id, name }) => [name, id]));
    await addDeal('Fridges for Pelham', 'Qualified', { value: { minor: 4_000_000, currency: 'EUR' } });
    await addDeal('Alarms for Osprey', 'Qualified', { value: { minor: 1_000_000, currency: 'EUR' } });
    for (const { page } of [ana, ben]) {
      await page.goto(path);
      await card(page, 'Fridges for Pelham').waitFor();
    }
  });
  afterAll(async () => {
    await rapport?.close();
  });

  it('a card moved by keys moves for the other, sums and all, and its history says who', async () => {
    await card(ana.page, 'Fridges for Pelham').focus();
    await ana.page.keyboard.press('m');
    await ana.page.getByRole('option', { name: 'Proposal' }).click();
    await lane(ben.page, 'Proposal').locator('[data-card]').waitFor();
    await until(() => head(ben.page, 'Proposal').textContent()).toContain('€40,000');
    expect(await head(ben.page, 'Proposal').textContent()).toContain('€20,000 at 50%');
    expect(await head(ben.page, 'Qualified').textContent()).toContain('€10,000');
    await card(ben.page, 'Fridges for Pelham').click();
    await until(() => panel(ben.page).locator('.tl').textContent()).toContain('Ana moved Qualified → Proposal');
    await ben.page.keyboard.press('Escape');
    await until(() => panel(ben.page).count()).toBe(0);
  });

  it('undo takes back the own step; not what a colleague built on it', async () => {
    await ana.page.keyboard.press('Control+z');
    await lane(ben.page, 'Qualified').locator('[data-card]', { hasText: 'Fridges' }).waitFor();
    await ana.page.keyboard.press('Control+Shift+z');
    await lane(ben.page, 'Proposal').locator('[data-card]').waitFor();
    await card(ben.page, 'Fridges for Pelham').focus();
    await ben.page.keyboard.press('m');
    await ben.page.getByRole('option', { name: 'Negotiation' }).click();
    await lane(ana.page, 'Negotiation').locator('[data-card]').waitFor();
    await ana.page.keyboard.press('Control+z');
    await ana.page
      .getByText(/Not undone.*Ben/)
      .first()
      .waitFor();
    expect(await lane(ana.page, 'Negotiation').locator('[data-card]').count()).toBe(1);
  });

  it('quick add stays for the next deal; E edits the title on the card', async () => {
    const { page } = ana;
    await page.locator('body').press('n');
    await page.getByLabel('Title of the new deal').fill('Night market');
    await page.getByLabel('Value of the new deal').fill('12k');
    await page.keyboard.press('Enter');
    await card(ben.page, 'Night market').waitFor();
    expect(await page.getByLabel('Title of the new deal').inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await card(page, 'Night market').focus();
    await page.keyboard.press('e');
    await page.keyboard.type('Night market stalls');
    await page.keyboard.press('Enter');
    await card(ben.page, 'Night market stalls').waitFor();
    expect(await card(ben.page, 'Night market stalls').textContent()).toContain('€12,000');
  });

  it('lost asks for the reason, Esc puts back, used reasons are offered; reopening', async () => {
    const { page } = ana;
    await card(page, 'Night market stalls').focus();
    await page.keyboard.press('l');
    await page.getByRole('dialog').getByLabel('Reason').waitFor();
    await page.keyboard.press('Escape');
    expect(await card(page, 'Night market stalls').count()).toBe(1);
    await card(page, 'Night market stalls').focus();
    await page.keyboard.press('l');
    await page.getByRole('dialog').getByLabel('Reason').fill('Too dear');
    await page.keyboard.press('Enter');
    await until(() => card(ben.page, 'Night market stalls').count()).toBe(0);
    await card(ben.page, 'Alarms for Osprey').focus();
    await ben.page.keyboard.press('l');
    await ben.page.getByRole('dialog').getByRole('button', { name: 'Too dear' }).waitFor();
    await ben.page.keyboard.press('Escape');
    await page.goto(`${path}?closed=1`);
    await card(page, 'Night market stalls').click();
    await panel(page).getByRole('button', { name: 'Reopen' }).click();
    await card(ben.page, 'Night market stalls').waitFor();
    await page.keyboard.press('Escape');
  });

  it('a field that a colleague edits wears their name, on card and in panel', async () => {
    await card(ben.page, 'Alarms for Osprey').click();
    await panel(ben.page)
      .getByRole('button', { name: /^Value/ })
      .click();
    await until(() => card(ana.page, 'Alarms for Osprey').getAttribute('class')).toContain('halo');
    expect(await card(ana.page, 'Alarms for Osprey').locator('.ptag').textContent()).toContain('Ben');
    await ben.page.keyboard.type('22000');
    await ben.page.keyboard.press('Enter');
    await until(() => card(ana.page, 'Alarms for Osprey').textContent()).toContain('€22,000');
    await ben.page.keyboard.press('Escape');
    await until(() => card(ana.page, 'Alarms for Osprey').getAttribute('class')).not.toContain('halo');
  });

  it('the view is in the URL and survives a reload; the table shows and edits the same deals', async () => {
    const { page } = ana;
    await page.goto(path);
    await page.getByLabel('Search deals').fill('alarms');
    await until(() => page.url()).toContain('q=alarms');
    await page.reload();
    await card(page, 'Alarms for Osprey').waitFor();
    expect(await page.locator('[data-card]').count()).toBe(1);
    await page.getByRole('tab', { name: 'Table' }).click();
    const cell = page.locator('tbody').getByRole('gridcell', { name: '€22,000' });
    await cell.dblclick();
    await page.keyboard.type('30000');
    await page.keyboard.press('Enter');
    await until(() => card(ben.page, 'Alarms for Osprey').textContent()).toContain('€30,000');
    expect(await page.locator('.tbl-scroll').textContent()).toContain('1 deal');
  });

  it('is clean for axe: board, panel, table, stage editor', async () => {
    const { page } = ben;
    expect(await axeClean(page)).toEqual([]);
    await card(page, 'Alarms for Osprey').click();
    await panel(page).locator('.tl-i').first().waitFor();
    expect(await axeClean(page)).toEqual([]);
    await page.goto(`${path}?as=table`);
    await page.getByRole('gridcell', { name: 'Alarms for Osprey' }).waitFor();
    expect(await axeClean(page)).toEqual([]);
    await page.goto(`${path}?edit=stages`);
    await page.getByRole('dialog').getByText('Pipeline and stages').waitFor();
    expect(await axeClean(page)).toEqual([]);
  });

  it('stages: renamed for everyone; deleting one asks where its deals go', async () => {
    const { page } = ben;
    await page.goto(`${path}?edit=stages`);
    const rows = page.locator('.stage-row[data-line]');
    await rows.nth(1).getByLabel('Name').fill('First visit');
    await page.keyboard.press('Enter');
    await ana.page.goto(path);
    await lane(ana.page, 'First visit').waitFor();
    await rows
      .first()
      .getByRole('button', { name: /^Delete/ })
      .click();
    await page.getByRole('button', { name: 'Move and delete' }).click();
    await until(() => lane(ana.page, 'Qualified').count()).toBe(0);
    await lane(ana.page, 'First visit').locator('[data-card]', { hasText: 'Alarms' }).waitFor();
    expect(rapport.pageErrors).toEqual([]);
  });
});
