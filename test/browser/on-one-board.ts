import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type TwoPeople, card, twoPeople, until } from './board-page.ts';
import { type BrowserPerson, type Rapport, startRapport } from './harness.ts';

/** Puts these deals on the board instead of those that are there. */
export async function putDeals(two: TwoPeople, titles: readonly string[]): Promise<void> {
  const { items } = await two.ana.api<{ items: { id: string }[] }>(
    'GET',
    `${two.api}/deals?board=${two.boardId}&limit=500`,
  );
  for (const { id } of items) await two.ana.api('DELETE', `${two.api}/deals/${id}`);
  for (const title of titles) await two.addDeal(title);
}

/** Opens the board on these pages, which may still show something else of it, and waits for these deals and no others. */
export async function openFresh(two: TwoPeople, pages: readonly Page[], titles: readonly string[]): Promise<void> {
  for (const page of pages) {
    await page.goto(two.path);
    for (const title of titles) await card(page, title).waitFor();
    await until(() => page.locator('[data-card]').count()).toBe(titles.length);
    await page.getByText('All changes saved').first().waitFor({ state: 'attached' });
  }
}

/** What `onOneBoard` gives to each test. */
export interface OneBoard {
  readonly rapport: Rapport;
  readonly two: TwoPeople;
  readonly ana: Page;
  readonly ben: Page;
  /** Gives somebody another role; null takes them out of the workspace. */
  setRole(person: BrowserPerson, role: string | null): Promise<void>;
}

/**
 * Ana and Ben on one board of a server of their own. Each test begins with these deals in the first stage, both online,
 * Ben a member and nothing open, whatever the test before it did or where it failed.
 */
export function onOneBoard(titles: readonly string[]): () => OneBoard {
  let rapport: Rapport | undefined;
  let two: TwoPeople | undefined;
  const now = (): OneBoard => {
    if (!rapport || !two) throw new Error('The board is there from beforeAll on');
    const { ana, api } = two;
    return {
      rapport,
      two,
      ana: two.ana.page,
      ben: two.ben.page,
      async setRole(person, role) {
        const { items } = await ana.api<{ items: { id: string; name: string }[] }>('GET', `${api}/members`);
        const id = items.find(({ name }) => name === person.name)?.id ?? '';
        if (id === '' && role !== null) await rapport?.join(ana, person, two?.workspaceId ?? '', role);
        else if (role === null) await ana.api('DELETE', `${api}/members/${id}`);
        else await ana.api('PATCH', `${api}/members/${id}`, { role });
      },
    };
  };
  beforeAll(async () => {
    rapport = await startRapport();
    two = await twoPeople(rapport);
  });
  beforeEach(async () => {
    const { two: people, ana, ben, setRole } = now();
    for (const { context } of [people.ana, people.ben]) await context.setOffline(false);
    await setRole(people.ben, 'member');
    await putDeals(people, titles);
    await openFresh(people, [ana, ben], titles);
  });
  afterAll(async () => {
    await rapport?.close();
  });
  return now;
}
