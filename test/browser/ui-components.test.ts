import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gallery, hasChromium, openGallery } from './gallery-page.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Violation = { id: string; nodes: string[] };
async function violations(page: Page): Promise<Violation[]> {
  await page.evaluate(axe);
  return page.evaluate<
    Violation[]
  >(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    .then((result) => result.violations.map((each) => ({ id: each.id, nodes: each.nodes.map((node) => node.target.join(' ') + ' ' + (node.any[0]?.message ?? node.all[0]?.message ?? '')).slice(0, 4) })))`);
}

describe.skipIf(!hasChromium)('the components', () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(async () => {
    await gallery.close();
  });

  it.each([
    ['components, light', '?theme=light'],
    ['components, dark', '?theme=dark'],
    ['board', '?view=board&theme=light'],
    ['table', '?view=table&theme=light&count=1000'],
  ])('%s: axe finds nothing', async (_, query) => {
    const page = await gallery.open(query);
    await page.waitForTimeout(250);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('fits a 320 px screen without scrolling sideways', async () => {
    const page = await gallery.open('', { viewport: { width: 320, height: 700 } });
    const wide = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.sheet')].filter((el) => el.scrollWidth > el.clientWidth).map((el) => el.className + ' ' + el.scrollWidth)`,
    );
    expect(wide).toEqual([]);
    await page.context().close();
  });

  it('menu: one highlight, reasons, a further list, focus goes back', async () => {
    const page = await gallery.open('');
    const button = page.getByRole('button', { name: 'Move to…' });
    await button.focus();
    await page.keyboard.press('Enter');
    const lit = page.locator('.menu-i.on');
    expect(await lit.textContent()).toContain('Negotiation');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await lit.textContent()).toContain('Only Sales may close deals');
    await page.keyboard.press('Enter');
    expect(await lit.count()).toBe(1);
    await page.keyboard.press('o');
    await page.keyboard.press('ArrowRight');
    expect(await lit.textContent()).toContain('Renewals');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.locator('.menu-i').count()).toBe(0);
    expect(await button.evaluate((element) => element.matches(':focus'))).toBe(true);
    await page.context().close();
  });

  it('a value in place: Enter commits, Esc takes back, a problem stays and says what to type', async () => {
    const page = await gallery.open('');
    const value = page.locator('.fields button.inline').first();
    await value.click();
    await page.keyboard.type('lots');
    await page.keyboard.press('Enter');
    expect(await page.locator('.inline-error').textContent()).toContain('Type an amount');
    await page.keyboard.press('Escape');
    expect(await value.textContent()).toContain('€40,000');
    await page.keyboard.press('Enter');
    await page.keyboard.type('52.5k');
    await page.keyboard.press('Enter');
    expect(await value.textContent()).toContain('€52,500');
    expect(await value.evaluate((element) => element.matches(':focus'))).toBe(true);
    await page.context().close();
  });

  it('pickers: search, choose, create', async () => {
    const page = await gallery.open('');
    await page.getByLabel('Labels').click();
    await page.keyboard.type('Urgent');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect(await page.locator('.pickf-many').textContent()).toBe('TenderUrgent');
    await page.getByLabel('Owner', { exact: true }).click();
    await page.keyboard.type('inés');
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('Owner', { exact: true }).textContent()).toContain('Ines Valdivia');
    await page.context().close();
  });

  it('days: typed and picked', async () => {
    const page = await gallery.open('');
    const field = page.getByLabel('Close date', { exact: true });
    await field.fill('+2w');
    await field.press('Enter');
    expect(await field.inputValue()).toBe('Dec 5, 2026');
    await page.getByRole('button', { name: 'Pick close date' }).click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await field.inputValue()).toBe('Dec 12, 2026');
    await page.context().close();
  });

  it('a dialog holds the focus; toasts offer Undo and rise above what has the focus', async () => {
    const page = await gallery.open('');
    await page.getByRole('button', { name: 'Mark as lost…' }).click();
    expect(await page.evaluate(`document.activeElement.closest('dialog') !== null`)).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog').count()).toBe(0);
    await page.getByRole('button', { name: 'Toast' }).click();
    expect(await page.locator('.toast').textContent()).toContain('Undo');
    await page.locator('.toast .do').click();
    expect(await page.locator('.toast').count()).toBe(0);
    await page.context().close();
  });

  it('? lists the keys; keys are left alone while typing', async () => {
    const page = await gallery.open('?view=board');
    await page.locator('[data-card="c0"]').focus();
    await page.keyboard.press('?');
    expect(await page.locator('.keys-help').textContent()).toContain('New deal');
    await page.keyboard.press('n');
    await page.keyboard.press('Escape');
    expect(await page.locator('.toast').count()).toBe(0);
    await page.keyboard.press('g');
    await page.keyboard.press('b');
    expect(await page.locator('.toast').textContent()).toContain('Board');
    await page.context().close();
  });

  it('table: arrows, edit, error in its cell, selection, 100,000 rows', async () => {
    const page = await gallery.open('?view=table');
    const grid = page.getByRole('grid', { name: 'Deals' });
    const here = page.locator('td.is-focus');
    await grid.focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    await page.keyboard.type('lots');
    await page.keyboard.press('Enter');
    expect(await page.locator('.cell-problem').textContent()).toContain('Type an amount');
    await page.keyboard.press('Escape');
    await page.keyboard.type('7');
    await page.keyboard.type('5k');
    await page.keyboard.press('Enter');
    expect(await page.locator('tr[data-index="1"]').textContent()).toContain('€75,000');
    expect(await here.evaluate((element) => element.closest('tr')?.dataset.index)).toBe('2');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    expect(await page.locator('tr.sel').count()).toBe(2);
    await page.keyboard.press('Control+End');
    await page.waitForSelector('tr[data-index="99999"] td.is-focus');
    expect(await page.locator('tbody tr').count()).toBeLessThan(60);
    await page.context().close();
  });
});
