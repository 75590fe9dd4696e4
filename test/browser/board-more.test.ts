import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TwoPeople, card, lane, moveByKey, panel, setField, twoPeople, until } from './board-page.ts';
import { hasChromium } from './gallery-page.ts';
import { type Rapport, axeClean, startRapport } from './harness.ts';

/** Long before any board keeps a closed deal: it goes into an archive. */
const longAgo = Date.parse('2024-02-10T00:00:00Z');

interface FoundDeal {
  readonly id: string;
  readonly title: string;
  readonly doc: string;
  readonly custom: Readonly<Record<string, unknown>>;
}

describe.skipIf(!hasChromium)('more of a board', () => {
  let rapport: Rapport;
  let two: TwoPeople;
  let renewals: string;

  /** Imports a file over the API and waits until it is done. */
  const importCsv = async (text: string): Promise<void> => {
    const answer = await two.ana.context.request.fetch(`${two.api}/imports`, {
      method: 'POST',
      headers: { origin: rapport.url },
      multipart: {
        file: { name: 'deals.csv', mimeType: 'text/csv', buffer: Buffer.from(text) },
        options: JSON.stringify({ noun: 'deals', board: two.boardId }),
      },
    });
    if (!answer.ok()) throw new Error(await answer.text());
    const { id } = (await answer.json()) as { id: string };
    await until(async () => (await two.ana.api<{ status: string }>('GET', `${two.api}/imports/${id}`)).status).toBe(
      'done',
    );
  };
  const dealNamed = async (title: string) => {
    const { items } = await two.ana.api<{ items: FoundDeal[] }>(
      'GET',
      `${two.api}/deals?q=${encodeURIComponent(title)}`,
    );
    const found = items.find((each) => each.title === title);
    if (!found) throw new Error(`no deal ${title}`);
    return found;
  };

  beforeAll(async () => {
    rapport = await startRapport();
    two = await twoPeople(rapport);
    const made = await two.ana.api<{ id: string }>('POST', `${two.api}/boards`, { name: 'Renewals', kind: 'deals' });
    renewals = made.id;
    for (const title of ['Apple', 'Birch', 'Cedar'])
      await two.addDeal(title, 'Qualified', { value: { minor: 100_000, currency: 'EUR' } });
    await two.open();
    await card(two.ana.page, 'Apple').waitFor();
  });
  afterAll(async () => {
    await rapport?.close();
  });

  it('fields that an import makes appear where the board is open: panel, table, filters, cards, stages', async () => {
    const { page } = two.ana;
    await card(page, 'Apple').click();
    await importCsv(
      [
        'Deal name,Stage,Product,Close date,Lost reason',
        'Maple,Qualified,GTX Pro,2026-12-24,',
        'Oak,Won,MG Special,2024-02-10,',
        'Yew,Lost,MG Special,2024-02-11,Price',
      ].join('\n'),
    );
    // The panel that was open all along has the new field; it is edited in place.
    await panel(page).getByText('Product', { exact: true }).waitFor();
    await panel(page)
      .getByRole('button', { name: /^Product/ })
      .click();
    await page.keyboard.type('GTX Basic');
    await page.keyboard.press('Enter');
    await until(async () => (await dealNamed('Apple')).custom.product).toBe('GTX Basic');
    await page.keyboard.press('Escape');
    // On cards, when asked for.
    await page.getByRole('button', { name: 'Display' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Product' }).click();
    await page.keyboard.press('Escape');
    await until(() => card(page, 'Maple').textContent()).toContain('Product GTX Pro');
    expect(page.url()).toContain('show=product');
    // As a filter.
    await page.getByRole('button', { name: 'Filter' }).click();
    const editor = page.getByRole('dialog', { name: 'Add a filter' });
    await editor.getByRole('button', { name: 'Product' }).click();
    await editor.getByRole('textbox', { name: 'Value' }).fill('basic');
    await editor.getByRole('button', { name: 'Done' }).click();
    await until(() => page.locator('[data-card] .t').allTextContents()).toEqual(['Apple']);
    await page.goto(two.path);
    // As a column of the table.
    await page.getByRole('tab', { name: 'Table' }).click();
    await page.getByRole('columnheader', { name: 'Product' }).waitFor();
    await until(() => page.getByRole('row', { name: /Maple/ }).textContent()).toContain('GTX Pro');
    await page.getByRole('tab', { name: 'Board' }).click();
    // As what a stage requires.
    const stage = `${two.api}/boards/${two.boardId}/stages/${two.stages.Meeting}`;
    await two.ana.api('PATCH', stage, { required: ['product'] });
    await moveByKey(page, 'Birch', 'Meeting');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Meeting needs a little more').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await two.ana.api('PATCH', stage, { required: [] });
  });

  it('a deal in an archive opens, is edited by two, reopens on the board, and goes back with undo', async () => {
    const { ana, ben } = two;
    const yew = await dealNamed('Yew');
    expect(yew.doc).toContain('~2024q1');
    for (const { page } of [ana, ben]) await page.goto(`${two.path}?deal=${yew.id}`);
    await panel(ben.page).getByText('Lost since').waitFor();
    await panel(ana.page).getByText('Feb 11, 2024').first().waitFor();
    await setField(ana.page, /^Value/, '5000');
    await until(() => panel(ben.page).locator('.right').textContent()).toContain('€5,000');
    expect(await card(ana.page, 'Yew').count()).toBe(0);
    await panel(ana.page).getByRole('button', { name: 'Reopen' }).click();
    await card(ben.page, 'Yew').waitFor();
    await until(() => panel(ben.page).getByRole('button', { name: 'Won' }).count()).toBe(1);
    expect(await dealNamed('Yew')).toMatchObject({ status: 'open', closedAt: null, doc: `board/${two.boardId}` });
    await ana.page.keyboard.press('Control+z');
    await until(() => card(ben.page, 'Yew').count()).toBe(0);
    expect(await dealNamed('Yew')).toMatchObject({
      status: 'lost',
      lostReason: 'Price',
      closedAt: longAgo + 86_400_000,
    });
    await ana.page.keyboard.press('Control+Shift+z');
    await card(ben.page, 'Yew').waitFor();
    for (const { page } of [ana, ben]) await page.keyboard.press('Escape');
  });

  it('deals move to a stage of another pipeline, ask for what it needs, and come back with undo to where they stood', async () => {
    const { page } = two.ana;
    const order = () => lane(page, 'Qualified').locator('[data-card] .t').allTextContents();
    await page.goto(two.path);
    await card(page, 'Birch').waitFor();
    const before = await order();
    const { items } = await two.ana.api<{ items: { id: string; name: string }[] }>(
      'GET',
      `${two.api}/boards/${renewals}/stages`,
    );
    const there = Object.fromEntries(items.map(({ id, name }) => [name, id]));
    await two.ana.api('PATCH', `${two.api}/boards/${renewals}/stages/${there.Proposal}`, { required: ['source'] });
    for (const title of ['Apple', 'Birch']) {
      await card(page, title).focus();
      await page.keyboard.press('x');
    }
    await page.keyboard.press('m');
    await page.getByRole('option', { name: 'Renewals…' }).click();
    await page.getByRole('option', { name: 'Proposal' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Proposal needs a little more').waitFor();
    await dialog.getByRole('button', { name: 'Source' }).click();
    await page.keyboard.type('Fair');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Move to Proposal' }).click();
    await until(order).toEqual(before.filter((title) => title !== 'Apple' && title !== 'Birch'));
    expect(await dealNamed('Apple')).toMatchObject({ board: renewals, stage: there.Proposal, source: 'Fair' });
    await page.keyboard.press('Control+z');
    await until(order).toEqual(before);
    // Without a connection it says so, and nothing changes.
    await two.ana.context.setOffline(true);
    await card(page, 'Cedar').focus();
    await page.keyboard.press('m');
    await page.getByRole('option', { name: 'Renewals…' }).click();
    await page.getByText('needs a connection').first().waitFor();
    await two.ana.context.setOffline(false);
    expect(await order()).toEqual(before);
    await page.keyboard.press('Control+Shift+z');
    await until(order).toEqual(before.filter((title) => title !== 'Apple' && title !== 'Birch'));
    // Its panel knows where it is now.
    const apple = await dealNamed('Apple');
    await page.goto(`${two.path}?deal=${apple.id}`);
    await panel(page).getByRole('button', { name: 'Open it there' }).click();
    await until(() => page.url()).toContain(renewals);
    await panel(page).getByText('Renewals').first().waitFor();
  });

  it('a closed lane says how many are in the archive; they are listed by the page and open in the panel', async () => {
    const { page } = two.ana;
    await importCsv(
      [
        'Deal name,Stage,Amount,Close date',
        ...Array.from({ length: 230 }, (_, at) => `Won ${at},Won,${at + 1},2024-0${1 + (at % 9)}-10`),
      ].join('\n'),
    );
    await two.addDeal('Fresh win', 'Won');
    await page.goto(`${two.path}?closed=1`);
    // Oak was won long ago, too; the fresh one is on the board itself.
    await lane(page, 'Won').getByRole('button', { name: '231 older in the archive' }).click();
    await until(() => page.url()).toContain('as=closed');
    const grid = page.getByRole('grid', { name: /^Won deals/ });
    await page.getByText('232 with those in the archive').waitFor();
    await page.getByRole('columnheader', { name: 'Value' }).getByRole('button').click();
    await grid.getByText('€1', { exact: true }).waitFor();
    // Far below the first page: it comes when it is scrolled to.
    await grid.evaluate((box) => box.scrollTo({ top: 1e6 }));
    await grid.getByText('Won 229', { exact: true }).waitFor();
    await grid.getByRole('button', { name: 'Won 229' }).click();
    await panel(page).getByText('Archive').waitFor();
    await setField(page, /^Value/, '999');
    await until(() => grid.textContent()).toContain('€999');
    expect(await axeClean(page)).toEqual([]);
  });

  it('a lane that moved through a colleague takes their tint, with name and difference, and loses it again', async () => {
    const { ana, ben } = two;
    await two.open();
    await card(ben.page, 'Cedar').waitFor();
    const head = lane(ben.page, 'Negotiation').locator('.lane-h');
    await moveByKey(ana.page, 'Cedar', 'Negotiation');
    await until(() => head.locator('.lane-tag').textContent()).toBe('Ana +€1,000');
    expect(await head.locator('.sums.moved').count()).toBe(1);
    expect(await lane(ana.page, 'Negotiation').locator('.lane-tag').count()).toBe(0);
    await until(() => head.locator('.lane-tag').count()).toBe(0);
  });

  it('an empty pipeline says what belongs in each stage; a viewer is offered nothing to add', async () => {
    const { page } = two.ana;
    const { id } = await two.ana.api<{ id: string }>('POST', `${two.api}/boards`, { name: 'Empty', kind: 'deals' });
    const path = `/w/${two.workspaceId}/b/${id}`;
    await page.goto(path);
    await lane(page, 'Qualified').getByText('Someone you have spoken to').waitFor();
    await lane(page, 'Verbal yes').getByText('They said yes').waitFor();
    await lane(page, 'Qualified')
      .getByRole('button', { name: /^Add a deal N?$/ })
      .click();
    await page.getByRole('textbox', { name: 'Title of the new deal' }).waitFor();
    const vic = await rapport.newPerson('Vic View');
    await rapport.join(two.ana, vic, two.workspaceId, 'viewer');
    await vic.page.goto(path);
    await vic.page.getByText('No deals yet').waitFor();
    expect(
      await vic.page
        .locator('.deal-page')
        .getByRole('button', { name: /^Add a deal/ })
        .count(),
    ).toBe(0);
    expect(await axeClean(vic.page)).toEqual([]);
    await vic.context.close();
  });

  it('long, German and right-to-left names keep their place and their direction', async () => {
    const { page } = two.ana;
    const names = ['صفقة أجهزة التبريد للمستشفى', 'Donaudampfschifffahrtsgesellschaft'.repeat(8).slice(0, 300)];
    for (const title of names)
      await two.addDeal(title, 'Proposal', { company: 'شركة النور', labels: [title.slice(0, 80)] });
    await page.goto(two.path);
    const rtl = card(page, names[0] ?? '');
    await rtl.waitFor();
    expect(await rtl.locator('.t').evaluate((title) => getComputedStyle(title).direction)).toBe('rtl');
    const fits = await page
      .locator('[data-card]')
      .evaluateAll((cards) => cards.every((each) => each.scrollWidth <= each.clientWidth + 1));
    expect(fits).toBe(true);
    await card(page, 'Donau').click();
    await panel(page).getByText('Donau').first().waitFor();
    expect(await panel(page).evaluate((box) => box.scrollWidth <= box.clientWidth)).toBe(true);
    // In a narrow column an Arabic name is cut at its own end, which is on the left.
    await two.addDeal('Souk', 'Proposal', { company: 'شركة الخليج للتبريد والتكييف والتجهيزات الصناعية المحدودة' });
    await page.goto(`${two.path}?as=table`);
    const company = page.getByRole('row', { name: /Souk/ }).locator('bdi', { hasText: 'شركة' });
    const cut = await company.evaluate((box) => ({
      direction: getComputedStyle(box).direction,
      isCut: box.scrollWidth > box.clientWidth,
      isInside: box.getBoundingClientRect().width <= (box.closest('td')?.clientWidth ?? 0),
    }));
    expect(cut).toEqual({ direction: 'rtl', isCut: true, isInside: true });
  });

  it('a filter is made with nothing but keys: field, condition, value', async () => {
    const { page } = two.ana;
    for (const company of ['Birch & Co', 'Elm Ltd']) await two.addDeal(`At ${company}`, 'Proposal', { company });
    await page.goto(two.path);
    await card(page, 'At Elm Ltd').waitFor();
    await page.getByRole('button', { name: 'Filter', exact: true }).press('Enter');
    await page.getByRole('dialog', { name: 'Add a filter' }).getByRole('button', { name: 'Company' }).press('Enter');
    const editor = page.getByRole('dialog', { name: 'Add a filter' });
    await until(() => editor.evaluate((box) => box.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.type('Elm');
    await page.keyboard.press('Enter');
    await until(() => page.locator('.pop').filter({ hasText: 'Elm Ltd' }).count()).toBeGreaterThan(0);
    // Esc closes the list of values, then the editor; what was chosen holds.
    await until(async () => {
      if ((await editor.count()) > 0) await page.keyboard.press('Escape');
      return editor.count();
    }).toBe(0);
    await until(() => page.locator('[data-card]').count()).toBe(1);
    await until(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true);
  });

  it('a new deal below many others comes into view as it is added, and has the focus when one is done', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => `Filler ${index},Proposal`);
    await importCsv(['Deal name,Stage', ...rows].join('\n'));
    const { page } = two.ana;
    await page.goto(two.path);
    await card(page, 'Filler 0').first().waitFor();
    await lane(page, 'Proposal').getByRole('button', { name: 'Add a deal to Proposal' }).click();
    await page.keyboard.type('Walk-in freezer');
    await page.keyboard.press('Enter');
    await until(() => card(page, 'Walk-in freezer').isVisible()).toBe(true);
    const lies = async () => {
      const [made, list] = await Promise.all([
        card(page, 'Walk-in freezer').boundingBox(),
        lane(page, 'Proposal').locator('.cards').boundingBox(),
      ]);
      return made !== null && list !== null && made.y >= list.y && made.y + made.height <= list.y + list.height + 1;
    };
    await until(lies).toBe(true);
    await page.keyboard.press('Escape');
    await until(() => page.evaluate(() => document.activeElement?.textContent ?? '')).toContain('Walk-in freezer');
  });

  it('? lists the keys of the board; signing out leaves nothing on the device but the look', async () => {
    const { page, context } = two.ana;
    await two.addDeal('Sorrel');
    await page.goto(two.path);
    await card(page, 'Sorrel').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator('[data-card]:focus').waitFor();
    await card(page, 'Sorrel').focus();
    // Something that could be undone, which is not to outlive the sign-out either.
    await page.keyboard.press('m');
    await page.getByRole('option', { name: 'Proposal', exact: true }).click();
    await page
      .getByText(/^Moved “Sorrel”/)
      .first()
      .waitFor();
    await page.keyboard.press('?');
    const help = page.getByRole('dialog');
    await help.getByText('Board', { exact: true }).waitFor();
    for (const key of ['New deal', 'Move to…', 'Won', 'Lost', 'Plan the next activity', 'Pick up, then arrows'])
      await help.getByText(key).first().waitFor();
    await page.keyboard.press('Escape');
    expect(await page.evaluate('Object.keys(localStorage).some((key) => key.startsWith("rapport:signals:"))')).toBe(
      true,
    );
    await page.getByRole('button', { name: /Frostvale/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
    const kept = await page.evaluate('Object.keys(localStorage)');
    expect((kept as string[]).filter((key) => !['rapport.theme', 'rapport.density'].includes(key))).toEqual([]);
    expect(await page.evaluate('Object.keys(sessionStorage)')).toEqual([]);
    const databases = await page.evaluate('indexedDB.databases().then((all) => all.map(({ name }) => name))');
    expect((databases as string[]).filter((name) => name.startsWith('rapport-docs'))).toEqual([]);
    await context.close();
    expect(rapport.pageErrors).toEqual([]);
  });
});
