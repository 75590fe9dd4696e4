import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TwoPeople, card, sameBoard, spoken, twoPeople, until } from './board-page.ts';
import { type Finger, carryTo, finger, lift, phone } from './finger.ts';
import { hasChromium } from './gallery-page.ts';
import { type Rapport, startRapport } from './harness.ts';
import { openFresh, putDeals } from './on-one-board.ts';

/** A phone shows the stages' names on tabs; the lane's own heading is hidden. */
const laneOf = (page: Page, stage: string) => page.locator('.lane', { has: page.locator('h2', { hasText: stage }) });

describe.skipIf(!hasChromium)('two people with a finger each', () => {
  let rapport: Rapport;
  let two: TwoPeople;
  let ines: Page;
  let omar: Page;
  let inesFinger: Finger;
  let omarFinger: Finger;

  beforeAll(async () => {
    rapport = await startRapport();
    two = await twoPeople(rapport);
    const people = [await rapport.newPerson('Ines Vega', phone), await rapport.newPerson('Omar Tal', phone)] as const;
    for (const person of people) await rapport.join(two.ana, person, two.workspaceId);
    [ines, omar] = [people[0].page, people[1].page];
    [inesFinger, omarFinger] = [await finger(ines), await finger(omar)];
  });
  afterAll(async () => {
    await rapport?.close();
  });

  /** Deals of its own for each test, on both phones. */
  async function openWith(titles: readonly string[]): Promise<void> {
    await putDeals(two, titles);
    await openFresh(two, [ines, omar], titles);
  }

  it('a card each into one stage: each sees the other’s finger, and both end with one order', async () => {
    await openWith(['Apple', 'Birch', 'Cedar']);
    await lift(ines, inesFinger, 'Apple');
    await until(() => card(omar, 'Apple').first().getAttribute('class')).toMatch(/halo p\d/);
    await lift(omar, omarFinger, 'Birch');
    await Promise.all([carryTo(ines, inesFinger, 'Meeting'), carryTo(omar, omarFinger, 'Meeting')]);
    await until(() => laneOf(omar, 'Meeting').locator('.slot.person').count()).toBe(1);
    await Promise.all([inesFinger.up(), omarFinger.up()]);
    await until(async () => (await sameBoard(ines, omar))['Meeting']?.toSorted()).toEqual(['Apple', 'Birch']);
    expect((await sameBoard(ines, omar))['Qualified']).toEqual(['Cedar']);
    await until(() => ines.locator('.slot.person, .card.halo').count()).toBe(0);
    expect(await spoken(ines)).toContain('Meeting');
  });

  it('one card under two fingers: it goes to one place, the same on both, and nobody’s finger is stuck', async () => {
    await openWith(['Damson', 'Elder']);
    await Promise.all([lift(ines, inesFinger, 'Damson'), lift(omar, omarFinger, 'Damson')]);
    await carryTo(ines, inesFinger, 'Meeting');
    await carryTo(omar, omarFinger, 'Proposal');
    await inesFinger.up();
    await laneOf(omar, 'Meeting').locator('[data-card]', { hasText: 'Damson' }).waitFor({ state: 'attached' });
    await omarFinger.up();
    // Omar saw where Ines put it and let go later: his is the last word, not a race.
    await until(async () => (await sameBoard(ines, omar))['Proposal']).toEqual(['Damson']);
    expect(await ines.locator('.carried').count()).toBe(0);
    expect(await omar.locator('.carried').count()).toBe(0);
    expect(rapport.pageErrors).toEqual([]);
  });
});
