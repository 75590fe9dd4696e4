import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { card, carry, lane, moveByKey, pickUp, sameBoard, setField, titlesOf, until } from './board-page.ts';
import { hasChromium } from './gallery-page.ts';
import { onOneBoard } from './on-one-board.ts';

describe.skipIf(!hasChromium)('undo with colleagues about', () => {
  const board = onOneBoard(['Apple', 'Birch', 'Cedar', 'Damson']);

  const undo = (page: Page) => page.keyboard.press('Control+z');
  const redo = (page: Page) => page.keyboard.press('Control+Shift+z');
  const inLane = (page: Page, stage: string, title: string) =>
    lane(page, stage).locator('[data-card]', { hasText: title }).waitFor();

  it('a drag goes back to its very slot, and forth again, for both', async () => {
    const { ana, ben } = board();
    await pickUp(ana, 'Birch');
    await carry(ana, { lane: 'Proposal' });
    await ana.mouse.up();
    await inLane(ben, 'Proposal', 'Birch');
    await undo(ana);
    await until(async () => (await titlesOf(ben))['Qualified']).toEqual(['Apple', 'Birch', 'Cedar', 'Damson']);
    await redo(ana);
    await inLane(ben, 'Proposal', 'Birch');
    await undo(ana);
    await inLane(ben, 'Qualified', 'Birch');
  });

  it('one’s own steps can be undone after a reload, in this tab alone; a colleague’s later change stays', async () => {
    const { ana, ben, two } = board();
    await moveByKey(ana, 'Apple', 'Meeting');
    await moveByKey(ana, 'Birch', 'Meeting');
    await moveByKey(ana, 'Cedar', 'Meeting');
    await inLane(ben, 'Meeting', 'Cedar');
    await moveByKey(ben, 'Birch', 'Negotiation');
    await inLane(ana, 'Negotiation', 'Birch');
    await ana.reload();
    await inLane(ana, 'Negotiation', 'Birch');
    await undo(ana);
    await inLane(ben, 'Qualified', 'Cedar');
    await undo(ana);
    await ana
      .getByText(/Not undone: Ben changed/)
      .first()
      .waitFor();
    await ana.reload();
    await inLane(ana, 'Negotiation', 'Birch');
    await undo(ana);
    await inLane(ben, 'Qualified', 'Apple');
    const other = await two.ana.context.newPage();
    await other.goto(two.path);
    await inLane(other, 'Qualified', 'Apple');
    await other.keyboard.press('Control+z');
    await other.getByText('Nothing to undo').first().waitFor();
    await other.close();
  });

  it('what a colleague built on stays theirs, and the rest of the step is taken back', async () => {
    const { ana, ben } = board();
    await card(ana, 'Apple').focus();
    for (const key of ['x', 'ArrowDown', 'x', 'ArrowDown', 'x']) await ana.keyboard.press(key);
    await ana.locator('.bulkbar', { hasText: '3 selected' }).waitFor();
    await ana.keyboard.press('m');
    await ana.getByRole('option', { name: 'Meeting', exact: true }).click();
    await until(async () => (await titlesOf(ben))['Meeting']?.length).toBe(3);
    await ana.keyboard.press('Escape');
    await moveByKey(ben, 'Birch', 'Negotiation');
    await inLane(ana, 'Negotiation', 'Birch');
    await undo(ana);
    await ana
      .getByText(/Undone in part: Ben changed the place since/)
      .first()
      .waitFor();
    expect(await sameBoard(ana, ben)).toMatchObject({
      Qualified: ['Apple', 'Cedar', 'Damson'],
      Meeting: [],
      Negotiation: ['Birch'],
    });
    // Hers alone is what she takes back, too.
    await undo(ben);
    await inLane(ana, 'Meeting', 'Birch');
    await moveByKey(ben, 'Birch', 'Qualified');
    await inLane(ana, 'Qualified', 'Birch');
  });

  it('an added deal goes by undo, unless a colleague wrote in it', async () => {
    const { ana, ben } = board();
    await ana.locator('body').press('n');
    await ana.getByLabel('Title of the new deal').fill('Elder');
    await ana.keyboard.press('Enter');
    await ana.keyboard.press('Escape');
    await card(ben, 'Elder').waitFor();
    await undo(ana);
    await until(() => card(ben, 'Elder').count()).toBe(0);
    await redo(ana);
    await card(ben, 'Elder').click();
    await setField(ben, /^Value/, '900');
    await ben.keyboard.press('Escape');
    await until(() => card(ana, 'Elder').textContent()).toContain('€900');
    await undo(ana);
    await ana
      .getByText(/Not undone: Ben changed/)
      .first()
      .waitFor();
    expect(await card(ben, 'Elder').count()).toBe(1);
  });

  it('a field, a deletion and a loss come back by one press each', async () => {
    const { ana, ben, two } = board();
    await card(ana, 'Cedar').click();
    await setField(ana, /^Value/, '1200');
    await setField(ana, /^Value/, '1500');
    await until(() => card(ben, 'Cedar').textContent()).toContain('€1,500');
    await ana.keyboard.press('Escape');
    await undo(ana);
    await until(() => card(ben, 'Cedar').textContent()).toContain('€1,200');
    await card(ana, 'Cedar').focus();
    await ana.keyboard.press('Delete');
    await until(() => card(ben, 'Cedar').count()).toBe(0);
    await undo(ana);
    await until(() => card(ben, 'Cedar').textContent()).toContain('€1,200');
    await card(ana, 'Cedar').focus();
    await ana.keyboard.press('l');
    await ana.getByRole('dialog').getByLabel('Reason').fill('Too dear');
    await ana.keyboard.press('Enter');
    await until(() => card(ben, 'Cedar').count()).toBe(0);
    await undo(ana);
    await card(ben, 'Cedar').waitFor();
    const { items } = await two.ana.api<{ items: object[] }>('GET', `${two.api}/deals?board=${two.boardId}&limit=500`);
    expect(items).toContainEqual(expect.objectContaining({ title: 'Cedar', status: 'open', lostReason: null }));
  });

  it('stages: added, renamed, recoloured, moved, deleted with deals; each seen live, each one step', async () => {
    const { ana, ben, two, rapport } = board();
    await ben.goto(`${two.path}?edit=stages`);
    const rows = ben.locator('.stage-row[data-line]');
    const names = () => ana.locator('.lane h2').allTextContents();
    const before = await names();
    await ben.getByRole('button', { name: 'Add a stage' }).click();
    await until(names).toContain('New stage');
    await rows.last().waitFor();
    const made = ben.locator('.stage-row[data-line]', { has: ben.getByRole('button', { name: 'Delete New stage' }) });
    await made.getByLabel('Name').fill('Legal');
    await ben.keyboard.press('Enter');
    await until(names).toContain('Legal');
    const legal = ben.locator('.stage-row[data-line]', { has: ben.getByRole('button', { name: 'Delete Legal' }) });
    await legal.getByLabel('Colour of the ring').click();
    await ben.getByRole('menuitemcheckbox', { name: 'Colour 7', exact: true }).click();
    const ring = () =>
      lane(ana, 'Legal')
        .locator('.lane-h svg')
        .first()
        .evaluate((mark) => mark.outerHTML);
    await until(ring).toContain('person-7');
    const order = await names();
    await legal.getByRole('button', { name: /^Move Legal/ }).press('ArrowUp');
    await until(async () => (await names()).indexOf('Legal')).toBe(order.indexOf('Legal') - 1);
    await ben.keyboard.press('Escape');
    for (let steps = 0; steps < 4; steps++) await undo(ben);
    await until(names).toEqual(before);
    await ben
      .getByRole('button', { name: /^New business/ })
      .first()
      .waitFor();
    await ben.goto(`${two.path}?edit=stages`);
    await ben.getByRole('button', { name: 'Delete Qualified' }).click();
    await ben.getByText(/Where do the \d+ deals of “Qualified” go/).waitFor();
    await ben.getByLabel('Move them to').click();
    await ben.getByRole('option', { name: 'Proposal' }).click();
    await ben.getByRole('button', { name: 'Move and delete' }).click();
    await until(names).not.toContain('Qualified');
    await inLane(ana, 'Proposal', 'Apple');
    await ben.keyboard.press('Escape');
    await undo(ben);
    await until(names).toContain('Qualified');
    await inLane(ana, 'Qualified', 'Apple');
    expect((await sameBoard(ana, ben))['Proposal']).toEqual([]);
    expect(rapport.pageErrors).toEqual([]);
  });
});
