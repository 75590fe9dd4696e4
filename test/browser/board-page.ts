import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { BrowserPerson, Rapport } from './harness.ts';

/** How tests find their way on a deal board. */
export const card = (page: Page, title: string): Locator =>
  page.locator('[data-card]', { has: page.locator('.t', { hasText: title }) });
export const lane = (page: Page, name: string): Locator =>
  page.locator('.lane', { has: page.getByRole('heading', { name, exact: true }) });
export const panel = (page: Page): Locator => page.locator('.deal-panel');
/** What the screen reader was told last. */
export const spoken = (page: Page): Promise<string> =>
  page.evaluate(`[...document.querySelectorAll('[aria-live]')].map((each) => each.textContent).join(' ')`);

/** Two people, a server and a busy machine: what must come true may take a while. */
export const until = (read: () => unknown) => expect.poll(read, { timeout: 15_000, interval: 50 });

/** Titles by lane, as a page shows them from top to bottom. */
export const titlesOf = (page: Page): Promise<Record<string, string[]>> =>
  page.evaluate(
    `Object.fromEntries([...document.querySelectorAll('.lane')].map((lane) => [lane.querySelector('h2').textContent, [...lane.querySelectorAll('[data-card] .t')].map((title) => title.textContent)]))`,
  );

/** Waits until both show the same board, and answers it. */
export async function sameBoard(a: Page, b: Page): Promise<Record<string, string[]>> {
  await until(async () => JSON.stringify(await titlesOf(a)) === JSON.stringify(await titlesOf(b))).toBe(true);
  return titlesOf(a);
}

async function boxOf(target: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await target.boundingBox();
  if (!box) throw new Error('it is not drawn');
  return box;
}

/** Presses a card and carries it a little, so that the drag has begun. */
export async function pickUp(page: Page, title: string): Promise<void> {
  const from = await boxOf(card(page, title));
  await page.mouse.move(from.x + 40, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 48, from.y + 20, { steps: 3 });
  await page.locator('.carried').waitFor();
}

/** Carries what was picked up to the top of a lane, or before one of its cards. */
export async function carry(page: Page, to: { lane: string; before?: string }): Promise<void> {
  const list = await boxOf(lane(page, to.lane).locator('.cards'));
  const y = to.before === undefined ? list.y + 3 : (await boxOf(card(page, to.before))).y + 3;
  await page.mouse.move(list.x + 60, y, { steps: 4 });
  await lane(page, to.lane).locator('.slot:not(.person)').waitFor();
}

/** Opens a deal's panel and types a value into one of its fields. */
export async function setField(page: Page, field: RegExp, text: string): Promise<void> {
  await panel(page).getByRole('button', { name: field }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
  // In long text Enter alone is a new line.
  await page.keyboard.press('Control+Enter');
}

/** Moves a card by the key for it. */
export async function moveByKey(page: Page, title: string, stage: string): Promise<void> {
  await card(page, title).focus();
  await page.keyboard.press('m');
  await page.getByRole('option', { name: stage, exact: true }).click();
}

export interface TwoPeople {
  readonly ana: BrowserPerson;
  readonly ben: BrowserPerson;
  readonly workspaceId: string;
  readonly boardId: string;
  readonly path: string;
  /** Where the workspace's API is. */
  readonly api: string;
  /** Ids of the board's stages by name. */
  readonly stages: Readonly<Record<string, string>>;
  /** Adds a deal over the API; answers its id. */
  addDeal(title: string, stage?: string, values?: object): Promise<string>;
  /** Opens the board for both. */
  open(): Promise<void>;
}

/** Ana's workspace, which Ben has joined; nobody has a page open yet. */
export async function twoPeople(rapport: Rapport): Promise<TwoPeople> {
  const { host: ana, guest: ben, workspaceId, boardId, path, api } = await rapport.newPair('Ana Adams', 'Ben Brook');
  interface Named {
    readonly id: string;
    readonly name: string;
  }
  const { items } = await ana.api<{ items: Named[] }>('GET', `${api}/boards/${boardId}/stages`);
  const stages = Object.fromEntries(items.map(({ id, name }) => [name, id]));
  return {
    ana,
    ben,
    workspaceId,
    boardId,
    path,
    api,
    stages,
    async addDeal(title, stage = 'Qualified', values = {}) {
      const body = { board: boardId, stage: stages[stage], title, ...values };
      return (await ana.api<Named>('POST', `${api}/deals`, body)).id;
    },
    async open() {
      await Promise.all(
        [ana, ben].map(async ({ page }) => {
          await page.goto(path);
          await page.locator('.lane').first().waitFor();
          await page.getByText('All changes saved').first().waitFor();
        }),
      );
    },
  };
}
