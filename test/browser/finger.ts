import type { Page } from 'playwright-core';
import { card } from './board-page.ts';

/** A phone as browsers tell of one. */
export const phone = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
} as const;

/** A finger: down, moves, up, through the browser's own input. */
export interface Finger {
  down(x: number, y: number): Promise<unknown>;
  to(x: number, y: number): Promise<unknown>;
  up(): Promise<unknown>;
}

/** The finger of whoever has this page; one at a time. */
export async function finger(page: Page): Promise<Finger> {
  const session = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: at === undefined ? [] : [at] });
  return {
    down: (x, y) => send('touchStart', { x, y }),
    to: (x, y) => send('touchMove', { x, y }),
    up: () => send('touchEnd'),
  };
}

/** Lifts a card by a long press. */
export async function lift(page: Page, touch: Finger, title: string): Promise<void> {
  const at = await card(page, title).boundingBox();
  if (!at) throw new Error(`${title} is drawn`);
  await touch.down(at.x + 60, at.y + 20);
  await page.locator('.carried').waitFor();
}

/** Carries what was lifted over a stage's tab until the board turns there, and on to the top of its list. */
export async function carryTo(page: Page, touch: Finger, stage: string): Promise<void> {
  const tab = await page.getByRole('tab', { name: new RegExp(stage) }).boundingBox();
  if (!tab) throw new Error('the stage has a tab');
  await touch.to(tab.x + 20, tab.y + 40);
  await touch.to(tab.x + 20, tab.y + 12);
  const current = page.locator('.lane[data-current]', { has: page.locator('h2', { hasText: stage }) });
  await current.waitFor();
  const list = await current.locator('.cards').boundingBox();
  if (!list) throw new Error('the lane is drawn');
  await touch.to(list.x + 60, list.y + 4);
  await current.locator('.slot:not(.person)').waitFor();
}
