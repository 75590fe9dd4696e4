import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gallery, hasChromium, openGallery } from './gallery-page.ts';

type Move = { ids: string[]; laneId: string; afterId: string | null; beforeId: string | null };
const inPage = <Value>(page: Page, code: string): Promise<Value> => page.evaluate<Value>(code);
const lastMove = (page: Page) => inPage<Move | undefined>(page, 'demo.moves.at(-1)');
const laneOrder = (page: Page, lane: string) => inPage<string[]>(page, `demo.lanes()[${JSON.stringify(lane)}]`);
const card = (page: Page, id: string) => page.locator(`[data-card="${id}"]`);
const list = (page: Page, lane: string) => page.locator(`[data-lane="${lane}"] .cards`);
const spoken = (page: Page) => page.locator('[data-announcer="polite"]').textContent();

async function dragTo(page: Page, id: string, x: number, y: number): Promise<void> {
  const box = await card(page, id).boundingBox();
  if (box === null) throw new Error(`Card ${id} is not drawn.`);
  await page.mouse.move(box.x + 40, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 30, { steps: 3 });
  await page.mouse.move(x, y, { steps: 6 });
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

describe.skipIf(!hasChromium)('the board', () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(async () => {
    await gallery.close();
  });

  it('drops into the gap between two cards, where the pointer is', async () => {
    const page = await gallery.open('?view=board');
    const above = await card(page, 'c1').boundingBox();
    if (above === null) throw new Error('no card');
    await dragTo(page, 'c0', above.x + 100, above.y + above.height + 2);
    expect(await page.locator('.slot').count()).toBe(1);
    expect(await card(page, 'c0').getAttribute('class')).toContain('ghost');
    await page.mouse.up();
    expect(await lastMove(page)).toEqual({ ids: ['c0'], laneId: 'survey', afterId: 'c1', beforeId: 'c6' });
    expect((await laneOrder(page, 'survey')).slice(0, 3)).toEqual(['c1', 'c0', 'c6']);
    expect(await page.locator('.carried, .slot').count()).toBe(0);
    await page.context().close();
  });

  it('drops under the last card and into an empty lane', async () => {
    const page = await gallery.open('?view=board&count=15');
    const lane = await list(page, 'verbal').boundingBox();
    if (lane === null) throw new Error('no lane');
    await dragTo(page, 'c0', lane.x + 50, lane.y + 400);
    await page.mouse.up();
    expect(await lastMove(page)).toEqual({ ids: ['c0'], laneId: 'verbal', afterId: null, beforeId: null });
    await dragTo(page, 'c1', lane.x + 50, lane.y + 500);
    await page.mouse.up();
    expect(await lastMove(page)).toEqual({ ids: ['c1'], laneId: 'verbal', afterId: 'c0', beforeId: null });
    await page.context().close();
  });

  it('does nothing when a card is put back, or Esc is pressed', async () => {
    const page = await gallery.open('?view=board');
    const own = await card(page, 'c5').boundingBox();
    if (own === null) throw new Error('no card');
    await dragTo(page, 'c5', own.x + 60, own.y + 40);
    await page.mouse.up();
    await dragTo(page, 'c5', own.x + 500, own.y + 200);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(await inPage<number>(page, 'demo.moves.length')).toBe(0);
    expect(await page.locator('.carried, .slot, .dragbar').count()).toBe(0);
    await page.context().close();
  });

  it('offers the drop bar while dragging', async () => {
    const page = await gallery.open('?view=board');
    const own = await card(page, 'c0').boundingBox();
    if (own === null) throw new Error('no card');
    await dragTo(page, 'c0', own.x + 90, own.y + 60);
    const won = await page.locator('[data-drop="won"]').boundingBox();
    if (won === null) throw new Error('no drop bar');
    await page.mouse.move(won.x + 20, won.y + 20, { steps: 4 });
    await page.waitForSelector('[data-drop="won"].over');
    await page.mouse.up();
    expect(await inPage(page, 'demo.dropped')).toEqual([{ slot: 'won', ids: ['c0'] }]);
    await page.context().close();
  });

  it('moves all selected cards as one', async () => {
    const page = await gallery.open('?view=board');
    for (const id of ['c0', 'c5', 'c6'])
      await card(page, id).click({ modifiers: ['Control'], position: { x: 60, y: 10 } });
    expect(await page.locator('.card.is-selected').count()).toBe(3);
    const target = await card(page, 'c2').boundingBox();
    if (target === null) throw new Error('no card');
    await dragTo(page, 'c0', target.x + 60, target.y + 10);
    expect(await page.locator('.carried .badge').textContent()).toBe('3');
    await page.mouse.up();
    expect(await lastMove(page)).toEqual({
      ids: ['c0', 'c5', 'c6'],
      laneId: 'proposal',
      afterId: null,
      beforeId: 'c2',
    });
    await page.context().close();
  });

  it('is wholly usable by keys, and says what happens', async () => {
    const page = await gallery.open('?view=board');
    await card(page, 'c0').focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.dataset.card')).toBe('c5');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate('document.activeElement.dataset.card')).toBe('c6');
    await page.keyboard.press('Space');
    expect(await spoken(page)).toContain('picked up. In Site survey, position 2 of 13.');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    expect(await spoken(page)).toContain('Over Proposal, position 3 of 14.');
    await page.keyboard.press('Space');
    expect(await lastMove(page)).toEqual({ ids: ['c6'], laneId: 'proposal', afterId: 'c7', beforeId: 'c12' });
    expect(await page.evaluate('document.activeElement.dataset.card')).toBe('c6');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Escape');
    expect(await inPage<number>(page, 'demo.moves.length')).toBe(1);
    await page.keyboard.press('Space');
    await page.keyboard.press('w');
    expect(await inPage(page, 'demo.dropped')).toEqual([{ slot: 'won', ids: ['c6'] }]);
    await page.keyboard.press('x');
    expect(await page.locator('.card.is-selected').count()).toBe(1);
    await page.context().close();
  });

  it('says why a locked card stays', async () => {
    const page = await gallery.open('?view=board');
    await card(page, 'c2').focus();
    await page.keyboard.press('Space');
    expect(await page.locator('.toast').textContent()).toContain('Ask Noor');
    await page.context().close();
  });

  it('draws only what is in view, and a colleague’s change touches one card', async () => {
    const page = await gallery.open('?view=board&count=5000');
    expect(await page.locator('[data-card]').count()).toBeLessThan(120);
    const touched = await page.evaluate(`new Promise((done) => {
      const seen = new Set();
      const watch = new MutationObserver((list) => { for (const m of list) seen.add((m.target.nodeType === 3 ? m.target.parentElement : m.target).closest('[data-card]')?.dataset.card ?? 'outside'); });
      for (const lane of document.querySelectorAll('.cards')) watch.observe(lane, { subtree: true, childList: true, attributes: true, characterData: true });
      demo.setCards('c5', 'title', 'Renamed by Ana');
      setTimeout(() => done([...seen]), 50);
    })`);
    expect(touched).toEqual(['c5']);
    const kept = await page.evaluate(`(() => {
      const before = new Map([...document.querySelectorAll('[data-card]')].map((el) => [el.dataset.card, el]));
      demo.move({ ids: ['c5'], laneId: 'survey', afterId: 'c1', beforeId: 'c6' });
      const changed = [...document.querySelectorAll('[data-card]')].filter((el) => before.has(el.dataset.card) && before.get(el.dataset.card) !== el).map((el) => el.dataset.card);
      return changed;
    })()`);
    expect(kept).toEqual(['c5']);
    await page.context().close();
  });

  it('keeps the focus on a card that a colleague moves', async () => {
    const page = await gallery.open('?view=board');
    await card(page, 'c0').focus();
    await page.evaluate(`demo.move({ ids: ['c0'], laneId: 'proposal', afterId: 'c2', beforeId: 'c7' })`);
    expect(await page.evaluate('document.activeElement.dataset.card')).toBe('c0');
    await page.context().close();
  });

  it('scrolls 5,000 cards without losing its place', async () => {
    const page = await gallery.open('?view=board&count=5000');
    const lane = list(page, 'qualified');
    for (const top of [2000, 20_000, 60_000, 90_000]) {
      await lane.evaluate((element, to) => element.scrollTo({ top: to }), top);
      await page.waitForTimeout(60);
    }
    const gaps = await lane.evaluate((element) => {
      const view = element.getBoundingClientRect();
      const boxes = [...element.querySelectorAll('[data-card]')]
        .map((each) => each.getBoundingClientRect())
        .filter((box) => box.bottom > view.top && box.top < view.bottom);
      const sorted = boxes.sort((a, b) => a.top - b.top);
      return {
        count: sorted.length,
        gaps: sorted.slice(1).map((box, index) => Math.round(box.top - (sorted[index]?.bottom ?? 0))),
      };
    });
    expect(gaps.count).toBeGreaterThan(6);
    expect(new Set(gaps.gaps)).toEqual(new Set([6]));
    await page.context().close();
  });

  it('shows a colleague’s drag and edit in their colour', async () => {
    const page = await gallery.open('?view=board');
    await page.evaluate(
      `demo.setFar([{ person: demo.colleague(5), ids: ['c0'], laneId: 'survey', afterId: 'c1', x: 0.5, y: 120 }]); demo.setHolder({ id: 'c7', colour: 11 });`,
    );
    expect(await page.locator('.slot.person.p5').count()).toBe(1);
    expect(await page.locator('.far .ptag').textContent()).toContain('Mateus');
    expect(await card(page, 'c7').getAttribute('class')).toContain('halo p11');
    await page.context().close();
  });

  it('on a phone shows one lane, and a long press carries a card to another', async () => {
    const page = await gallery.open('?view=board', {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    expect(await page.locator('.lane:visible').count()).toBe(1);
    const box = await card(page, 'c5').boundingBox();
    const tab = await page.locator('[data-lane-tab="proposal"]').boundingBox();
    if (box === null || tab === null) throw new Error('not drawn');
    const touch = await page.context().newCDPSession(page);
    const at = (type: string, x?: number, y?: number) =>
      touch.send('Input.dispatchTouchEvent', {
        type: type as 'touchStart',
        touchPoints: x === undefined || y === undefined ? [] : [{ x, y }],
      });
    await at('touchStart', box.x + 60, box.y + 20);
    await page.waitForSelector('.carried');
    await at('touchMove', box.x + 70, box.y - 20);
    await at('touchMove', tab.x + 10, tab.y + 10);
    await page.waitForSelector('[data-lane="proposal"]:visible');
    const lane = await list(page, 'proposal').boundingBox();
    if (lane === null) throw new Error('not drawn');
    // The lower half of the first card, as the lane stands without the open slot.
    await at('touchMove', lane.x + 60, lane.y + 62);
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    expect(await page.locator('[data-lane="proposal"] .slot').count()).toBe(1);
    await at('touchEnd');
    await expect.poll(() => page.evaluate('demo.moves.length'), { timeout: 15_000 }).toBe(1);
    expect(await lastMove(page)).toEqual({ ids: ['c5'], laneId: 'proposal', afterId: 'c2', beforeId: 'c7' });
    await page.context().close();
  });
});
