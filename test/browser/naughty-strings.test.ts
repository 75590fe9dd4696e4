import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigListOfNaughtyStrings, ownNaughty } from '../system/naughty-strings.ts';
import { card, panel, twoPeople, type TwoPeople, until } from './board-page.ts';
import { hasChromium } from './gallery-page.ts';
import { type Rapport, startRapport } from './harness.ts';

interface Deal {
  readonly title: string;
  readonly company: string | null;
  readonly labels: readonly string[] | null;
  readonly description: string | null;
}

const bigList = bigListOfNaughtyStrings();
if (bigList === null)
  process.stderr.write('SKIPPED: the Big List is not on this machine, our own list alone is tried\n');
/** Those of the big list that try to run something; the rest of it goes through the API's test. */
const scripts = (bigList ?? []).filter(
  (text) => /script|onerror|onload|alert|<svg|<img/i.test(text) && text.length < 200,
);
const strings = [...new Set([...ownNaughty, ...scripts.slice(0, 15)])].filter((text) => text.trim() !== '');

describe.skipIf(!hasChromium)('odd text through the board', () => {
  let rapport: Rapport;
  let two: TwoPeople;
  let page: Page;
  const alarms: string[] = [];

  beforeAll(async () => {
    rapport = await startRapport();
    two = await twoPeople(rapport);
    for (const person of [two.ana, two.ben]) {
      person.page.on('dialog', (dialog) => {
        alarms.push(`a dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      person.page.on('console', (message) => {
        if (message.type() === 'error') alarms.push(`console: ${message.text()}`);
      });
      await person.context.addInitScript(
        `document.addEventListener('securitypolicyviolation', (event) => console.error('refused by policy: ' + event.violatedDirective + ' ' + event.blockedURI));`,
      );
    }
    await two.open();
    page = two.ana.page;
  });
  afterAll(async () => {
    await rapport?.close();
  });

  const deals = async () =>
    (await two.ana.api<{ items: Deal[] }>('GET', `${two.api}/deals?board=${two.boardId}&limit=500&sort=createdAt`))
      .items;
  /** Nothing ran, nothing was made of the text but text. */
  const nothingRan = async (on: Page) => {
    expect(alarms).toEqual([]);
    expect(
      await on.evaluate(
        '[globalThis.polluted, ({}).polluted, document.querySelectorAll(".board-frame script, .board-frame img:not([class]), .board-frame iframe, .deal-panel script, .deal-panel iframe").length]',
      ),
    ).toEqual([undefined, undefined, 0]);
  };

  it('quick add takes each as title and company, and shows it as it is to both, also after a reload', async () => {
    await page.locator('body').press('n');
    const title = page.getByLabel('Title of the new deal');
    const company = page.getByLabel('Company of the new deal');
    const wanted: [string, string][] = [];
    for (const text of strings) {
      await title.fill(text);
      await company.fill(text);
      // What the browser's own one-line field makes of it, without the edges that everybody trims.
      const typed = (await title.inputValue()).trim();
      if (typed === '') {
        await title.fill('');
        await company.fill('');
        continue;
      }
      await title.press('Enter');
      await until(() => title.inputValue()).toBe('');
      wanted.push([typed, typed]);
    }
    await page.keyboard.press('Escape');
    expect(wanted.length).toBeGreaterThan(40);
    await page.getByText('All changes saved').first().waitFor();
    expect((await deals()).map((deal) => [deal.title, deal.company]).sort()).toEqual(wanted.toSorted());
    for (const on of [two.ben.page, page]) {
      await on.reload();
      await on.locator('[data-card]').first().waitFor();
      const shown = new Set<string>();
      await until(async () => {
        const texts = await on.evaluate<string[]>(
          `(() => { const list = document.querySelector('.cards'); const found = [...list.querySelectorAll('[data-card] .t')].map((each) => each.textContent); list.scrollTop += 400; return found; })()`,
        );
        for (const text of texts) shown.add(text);
        return shown.size;
      }).toBe(new Set(wanted.map(([text]) => text)).size);
      expect([...shown].sort()).toEqual([...new Set(wanted.map(([text]) => text))].sort());
      await nothingRan(on);
    }
  });

  it('title in place, labels and description take the worst of them', async () => {
    const id = await two.addDeal('Odd one', 'Meeting');
    await card(page, 'Odd one').click();
    const dialog = () => page.locator('[popover]:popover-open');
    const worst = strings.filter((text) => /[<>{}="'\\;]|__proto__|constructor|‮/.test(text)).slice(0, 16);
    for (const text of worst) {
      await panel(page)
        .getByRole('button', { name: /^Title/ })
        .click();
      const title = panel(page).getByRole('textbox', { name: 'Title' });
      await title.fill(text);
      const typed = (await title.inputValue()).trim();
      await title.press('Enter');
      await until(() => panel(page).locator('h2 button').textContent()).toContain(typed);
      await panel(page)
        .getByRole('button', { name: /^Description/ })
        .click();
      const description = panel(page).getByRole('textbox', { name: 'Description' });
      await description.fill(`${text}\n${text}`);
      await description.press('Control+Enter');
      await until(() =>
        panel(page)
          .getByRole('button', { name: /^Description/ })
          .textContent(),
      ).toContain(typed);
      await panel(page)
        .getByRole('button', { name: /^Labels/ })
        .click();
      await dialog().locator('input').fill(text);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      await until(async () => (await two.ana.api<Deal>('GET', `${two.api}/deals/${id}`)).labels).toContain(typed);
      await nothingRan(page);
    }
    await page.getByText('All changes saved').first().waitFor();
    await page.reload();
    await panel(page).locator('.tl-i').first().waitFor();
    const last = worst.at(-1)?.trim() ?? '';
    expect(await panel(page).locator('h2 button').textContent()).toContain(last);
    await nothingRan(page);
    expect(rapport.pageErrors).toEqual([]);
  });
});
