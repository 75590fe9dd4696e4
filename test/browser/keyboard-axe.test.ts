import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TwoPeople, lane, panel, spoken, titlesOf, twoPeople, until } from './board-page.ts';
import { hasChromium } from './gallery-page.ts';
import { type BrowserPerson, type Rapport, axeClean, startRapport } from './harness.ts';

const desktop = { width: 1440, height: 900 };

describe.skipIf(!hasChromium)('with nothing but keys, and for everybody', () => {
  let rapport: Rapport;
  let two: TwoPeople;
  let page: Page;
  /** Somebody with demo data, for looking at screens that are full. */
  let noor: BrowserPerson;
  let full: { workspaceId: string; boardId: string; path: string };

  beforeAll(async () => {
    rapport = await startRapport();
    two = await twoPeople(rapport);
    page = two.ana.page;
    noor = await rapport.newPerson('Noor Haddad', { reducedMotion: 'reduce' });
    full = await rapport.newWorkspace(noor, 'Polarline');
    await noor.api('POST', `/api/v1/w/${full.workspaceId}/demo`);
    const { items } = await noor.api<{ items: { id: string }[] }>('GET', `/api/v1/w/${full.workspaceId}/boards`);
    full = { ...full, path: `/w/${full.workspaceId}/b/${items[0]?.id ?? full.boardId}` };
  });
  afterAll(async () => {
    await rapport?.close();
  });

  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = () =>
    page.evaluate<string | null>(
      'document.activeElement?.closest("[data-card]")?.querySelector(".t")?.textContent ?? null',
    );
  const said = () => until(() => spoken(page));

  it('a day on the pipeline without a mouse, told as it goes', async () => {
    await page.goto(two.path);
    await lane(page, 'Qualified').waitFor();
    await press('n');
    for (const [title, value] of [
      ['Alpha', '10k'],
      ['Beta', '20k'],
      ['Gamma', '30k'],
    ] as const) {
      await until(() => page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(
        'Title of the new deal',
      );
      await page.keyboard.type(title);
      await press('Tab', 'Tab');
      await page.keyboard.type(value);
      await press('Enter');
      await said().toContain(`Added ${title} to Qualified`);
    }
    await press('Escape');
    await until(focused).toBe('Gamma');
    await press('Home');
    expect(await focused()).toBe('Alpha');

    await press('Space');
    await said().toMatch(/Alpha.*picked up|Picked up.*Alpha/i);
    await press('ArrowRight', 'Space');
    await said().toMatch(/Alpha.*: dropped in Meeting, position 1 of 1/);
    expect(await titlesOf(page)).toMatchObject({ Qualified: ['Beta', 'Gamma'], Meeting: ['Alpha'] });
    await until(focused).toBe('Alpha');

    await press('m');
    await page.getByRole('option', { name: 'Proposal', exact: true }).waitFor();
    await page.keyboard.type('Propo');
    await press('Enter');
    await said().toContain('Moved “Alpha” to Proposal');
    await until(focused).toBe('Alpha');

    await press('e');
    await until(() => page.evaluate('document.activeElement.tagName')).toBe('INPUT');
    await press('Control+a');
    await page.keyboard.type('Alpha two');
    await press('Enter');
    await until(focused).toBe('Alpha two');

    await press('a');
    await page.getByRole('textbox', { name: 'Next activity' }).waitFor();
    await until(() => page.evaluate('document.activeElement.tagName')).toBe('INPUT');
    await page.keyboard.type('Call Ruth');
    await press('Enter');
    await until(() =>
      lane(page, 'Proposal')
        .getByRole('img', { name: /Call Ruth/ })
        .count(),
    ).toBe(1);

    await until(focused).toBe('Alpha two');
    await press('Enter');
    await panel(page).getByText('History').waitFor();
    expect(await panel(page).evaluate((aside) => aside.contains(document.activeElement))).toBe(true);
    await press('Escape');
    await until(focused).toBe('Alpha two');

    await press('ArrowLeft', 'ArrowLeft');
    await until(focused).toBe('Beta');
    await press('x', 'ArrowDown', 'x');
    await said().toContain('2 selected');
    await press('m');
    await page.getByRole('option', { name: 'Negotiation', exact: true }).waitFor();
    await page.keyboard.type('Nego');
    await press('Enter');
    await said().toContain('Moved 2 deals to Negotiation');
    await press('Escape', 'Control+z');
    await until(() => titlesOf(page)).toMatchObject({ Qualified: ['Beta', 'Gamma'], Negotiation: [] });

    for (let tabs = 0; tabs < 60 && (await focused()) === null; tabs++) await press('Tab');
    await press('Home');
    while ((await focused()) !== 'Beta') await press('ArrowLeft');
    await press('l');
    await page.getByRole('dialog').getByLabel('Reason').waitFor();
    await page.keyboard.type('No budget');
    await press('Enter');
    await said().toContain('Moved “Beta” to Lost');
    for (let tabs = 0; tabs < 60 && (await focused()) === null; tabs++) await press('Tab');
    while ((await focused()) !== 'Gamma') await press('ArrowLeft');
    await press('w');
    await said().toContain('Moved “Gamma” to Won');
    expect(await titlesOf(page)).toMatchObject({ Qualified: [], Proposal: ['Alpha two'] });

    await press('/');
    await page.keyboard.type('nothing like it');
    await until(() => page.locator('[data-card]').count()).toBe(0);
    await press('Escape');
    await until(() => page.locator('[data-card]').count()).toBe(1);
    await press('Control+k');
    await page.getByRole('combobox', { name: 'Find and do' }).waitFor();
    await press('Escape');
    await press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await press('Escape');
    await press('Control+z');
    await until(() => titlesOf(page)).toMatchObject({ Qualified: ['Gamma'] });
    await press('Control+Shift+z');
    await until(() => titlesOf(page)).toMatchObject({ Qualified: [] });
  });

  /** Light, then dark. */
  const clean = async (where: string, on: Page) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await on.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await axeClean(on), `${where}, ${colorScheme}`).toEqual([]);
    }
  };

  it('axe finds nothing before one is in: sign in, sign up, join', async () => {
    const context = await rapport.newContext({ reducedMotion: 'reduce' });
    const guest = await context.newPage();
    const { token } = await two.ana.api<{ token: string }>('POST', `${two.api}/invitations`, { role: 'member' });
    for (const [path, what] of [
      ['/sign-in', 'E-mail'],
      ['/sign-up', 'Your name'],
      [`/join/${token}`, 'Your name'],
    ] as const) {
      await guest.goto(path);
      await guest.getByLabel(what).first().waitFor();
      await clean(path, guest);
    }
    await context.close();
  });

  it('axe finds nothing on a full board and what opens on it', async () => {
    const on = noor.page;
    await on.goto(full.path);
    await on.locator('[data-card]').first().waitFor();
    await clean('board', on);
    await on.getByRole('button', { name: /^Filter$/ }).click();
    await clean('filters', on);
    await on.keyboard.press('Escape');
    await on.locator('[data-card]').first().focus();
    for (const [key, what] of [
      ['l', 'lost'],
      ['m', 'move'],
      ['a', 'activity'],
      ['?', 'keys'],
    ] as const) {
      await on.keyboard.press(key);
      await on.locator('dialog[open], [popover]:popover-open').first().waitFor();
      await clean(what, on);
      await on.keyboard.press('Escape');
      await until(() => on.locator('dialog[open], [popover]:popover-open').count()).toBe(0);
      await on.locator('[data-card]').first().focus();
    }
    await on.keyboard.press('x');
    await on.locator('.bulkbar').waitFor();
    await clean('selection', on);
    await on.keyboard.press('Escape');
    await on.locator('[data-card]').first().click();
    await panel(on).locator('.tl-i').first().waitFor();
    await clean('panel', on);
    await on.goto(`${full.path}?as=table`);
    await on.locator('tbody tr:not(.gap)').first().waitFor();
    await clean('table', on);
    await on.goto(`${full.path}?edit=stages`);
    await on.getByRole('dialog').getByText('Pipeline and stages').waitFor();
    await clean('stages', on);
  });

  it('axe finds nothing on the other pages, nor on an empty board', async () => {
    const on = noor.page;
    const base = `/w/${full.workspaceId}`;
    for (const [path, ready] of [
      [`${base}/reports`, 'h1'],
      [`${base}/live`, 'h1'],
      [`${base}/import`, 'h1'],
      [`${base}/settings/profile`, 'h2'],
      [`${base}/settings/members`, 'tbody tr'],
      [`${base}/settings/invitations`, 'h2'],
      [`${base}/settings/api-keys`, 'h2'],
      [`${base}/settings/general`, 'h2'],
      [`${base}/settings/pipelines`, 'h2'],
    ] as const) {
      await on.goto(path);
      await on.locator(`#main ${ready}`).first().waitFor();
      await on.waitForLoadState('networkidle');
      await clean(path, on);
    }
    const empty = await noor.api<{ id: string }>('POST', `/api/v1${base}/boards`, {
      name: 'Nothing yet',
      kind: 'deals',
    });
    await on.goto(`${base}/b/${empty.id}`);
    await on.getByRole('heading', { name: 'Qualified' }).waitFor();
    await clean('empty board', on);
  });

  it('nothing is wider than a phone, whatever stands in it', async () => {
    const on = noor.page;
    const base = `/w/${full.workspaceId}`;
    const board = full.path.split('/').at(-1) ?? '';
    const api = `/api/v1${base}`;
    const long = 'Unbreakable'.repeat(27);
    const rtl = 'مشروع تبريد المستودع الكبير في المدينة ‏(المرحلة ٢)';
    const made: string[] = [];
    for (const title of [long, rtl, `${'Many words that go on '.repeat(13)}`.trim()]) {
      const { id } = await noor.api<{ id: string }>('POST', `${api}/deals`, {
        board,
        title,
        company: title.slice(0, 300),
        labels: [title.slice(0, 60), 'B'],
        description: title,
        value: { minor: 123_456_789_00, currency: 'JPY' },
      });
      made.push(id);
    }
    const tooWide = () =>
      on.evaluate<string[]>(`(() => {
        const limit = innerWidth + 1;
        if (document.scrollingElement.scrollWidth <= limit) return [];
        return [...document.querySelectorAll('body *')].filter((each) => each.getBoundingClientRect().right > limit).slice(0, 5).map((each) => each.outerHTML.slice(0, 120));
      })()`);
    const paths = [
      `${full.path}`,
      `${full.path}?deal=${made[0]}`,
      `${full.path}?deal=${made[1]}`,
      `${full.path}?as=table`,
      `${full.path}?edit=stages`,
      `${base}/reports`,
      `${base}/live`,
      `${base}/import`,
      `${base}/settings/members`,
      `${base}/settings/profile`,
      '/sign-in',
    ];
    for (const width of [390, 320]) {
      await on.setViewportSize({ width, height: 800 });
      // What fits 320 fits 390; the screens that change most in between are looked at twice.
      for (const path of width === 320 ? paths : paths.slice(0, 4)) {
        await on.goto(path);
        await on.locator('h1:visible, h2:visible, dialog[open]').first().waitFor();
        await on.waitForLoadState('networkidle');
        expect(await tooWide(), `${path} at ${width}`).toEqual([]);
        const shots = process.env['SHOTS'];
        if (shots) await on.screenshot({ path: `${shots}/${width}-${path.replaceAll(/\W+/g, '_').slice(-40)}.png` });
      }
    }
    await on.setViewportSize(desktop);
    for (const path of [
      full.path,
      `${full.path}?deal=${made[0]}`,
      `${full.path}?deal=${made[1]}`,
      `${full.path}?as=table&q=${made.length}`,
      `${full.path}?as=table`,
    ]) {
      await on.goto(path);
      await on.locator('[data-card], tbody tr:not(.gap)').first().waitFor();
      const cut = await on.evaluate<string[]>(
        `[...document.querySelectorAll('[data-card], .deal-panel, .panel-head, .fields dd')].filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.outerHTML.slice(0, 160))`,
      );
      expect(cut, path).toEqual([]);
      const shots = process.env['SHOTS'];
      if (shots) await on.screenshot({ path: `${shots}/desktop-${path.replaceAll(/\W+/g, '_').slice(-40)}.png` });
    }
    expect(rapport.pageErrors).toEqual([]);
  });
});
