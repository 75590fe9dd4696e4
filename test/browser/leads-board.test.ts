import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { card, carry, lane, panel, pickUp, until } from './board-page.ts';
import { hasChromium } from './gallery-page.ts';
import { type BrowserPerson, type Rapport, axeClean, startRapport } from './harness.ts';

interface Found {
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

describe.skipIf(!hasChromium)('an inbox of leads with two people', () => {
  let rapport: Rapport;
  let ana: BrowserPerson;
  let ben: BrowserPerson;
  let api: string;
  let path: string;

  const addLead = async (name: string, more: object = {}): Promise<string> =>
    (await ana.api<{ id: string }>('POST', `${api}/leads`, { name, ...more })).id;
  /** For looking at, where somebody says into which folder. */
  const shot = async (page: Page, name: string) => {
    const folder = process.env['SHOTS'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
  };
  const convertDialog = ({ page }: BrowserPerson) => page.getByRole('dialog', { name: /^Convert/ });

  beforeAll(async () => {
    rapport = await startRapport({
      env: { LIMIT_REQUESTS_PER_SECOND: '10000', LIMIT_REQUEST_BURST: '10000' },
    });
    const pair = await rapport.newPair('Ana Adams', 'Ben Brook');
    const { workspaceId } = pair;
    ({ host: ana, guest: ben, api } = pair);
    path = `/w/${workspaceId}/leads`;
  }, 120_000);
  afterAll(async () => {
    await rapport?.close();
  });

  it('is offered where there is none, made by one press, and filled by keys', { timeout: 90_000 }, async () => {
    const { page } = ana;
    await page.goto(path);
    await page.getByRole('button', { name: 'Open the lead inbox' }).click();
    await page.getByRole('heading', { name: 'No leads yet' }).waitFor();
    path = new URL(page.url()).pathname;
    expect(await axeClean(page)).toEqual([]);
    await ben.page.goto(path);
    await ben.page.getByRole('heading', { name: 'No leads yet' }).waitFor();
    await page.locator('body').press('n');
    await page.getByLabel('Name of the new lead').fill('Nina Fjord');
    await page.getByLabel('Company of the new lead').fill('Fjord Foods');
    await page.getByLabel('E-mail of the new lead').fill('nina@fjord.example');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await card(ben.page, 'Nina Fjord · Fjord Foods').waitFor();
    // Nobody owns it by having typed it: that is what the rules and the chips are for.
    await page.getByRole('button', { name: /^Unassigned/ }).click();
    await until(() => card(page, 'Nina Fjord').count()).toBe(1);
    await page.getByRole('button', { name: /^Mine/ }).click();
    await until(() => card(page, 'Nina Fjord').count()).toBe(0);
    // The table of all leads makes one in the inbox, too.
    await page.goto(path.replace(/\/leads.*/, '/leads/all'));
    await page.getByRole('button', { name: 'New lead' }).click();
    await page.getByLabel('Name of the new lead').waitFor();
    expect(new URL(page.url()).pathname).toMatch(/\/leads\/(?!all)/);
    await page.goto(path);
    await card(page, 'Nina Fjord').waitFor();
  });

  it(
    'a card that is dragged moves for the other; disqualifying asks why; undo takes it back',
    { timeout: 90_000 },
    async () => {
      await addLead('Dora Drag');
      await card(ana.page, 'Dora Drag').waitFor();
      await pickUp(ana.page, 'Dora Drag');
      await carry(ana.page, { lane: 'Working' });
      await ana.page.mouse.up();
      await lane(ben.page, 'Working').locator('[data-card]', { hasText: 'Dora Drag' }).waitFor();
      await card(ana.page, 'Dora Drag').focus();
      await ana.page.keyboard.press('l');
      await ana.page
        .getByRole('dialog', { name: /disqualified/ })
        .getByLabel('Reason')
        .fill('No budget');
      await ana.page.getByRole('dialog').getByRole('button', { name: 'Disqualify' }).click();
      await until(() => card(ben.page, 'Dora Drag').count()).toBe(0);
      await ana.page.keyboard.press('Control+z');
      await lane(ben.page, 'Working').locator('[data-card]', { hasText: 'Dora Drag' }).waitFor();
    },
  );

  it('converting offers who is there, and Ctrl+Z takes all of it back', { timeout: 120_000 }, async () => {
    const { page } = ana;
    const contact = await ana.api<{ id: string }>('POST', `${api}/contacts`, {
      firstName: 'Olga',
      lastName: 'Hav',
      emails: [{ value: 'olga@hav.example' }],
    });
    const lead = await addLead('Olga Hav', { companyName: 'Hav AS', email: 'olga@hav.example', message: 'Call me.' });
    await card(page, 'Olga Hav').focus();
    await page.keyboard.press('w');
    const dialog = convertDialog(ana);
    await dialog.getByText('Same e-mail').first().waitFor();
    await dialog.getByText('Qualified').waitFor();
    expect(await dialog.getByRole('radio', { name: /Olga Hav.*Same e-mail/ }).isChecked()).toBe(true);
    expect(await axeClean(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Convert', exact: true }).click();
    await until(() => card(ben.page, 'Olga Hav').count()).toBe(0);
    await page.getByText('Converted “Olga Hav · Hav AS”').first().waitFor();
    const [made] = (await ana.api<Found>('GET', `${api}/leads?status=converted`)).items;
    expect(made).toMatchObject({ id: lead, converted: { contact: contact.id } });
    const deals = await ana.api<Found>('GET', `${api}/deals`);
    expect(deals.items).toMatchObject([{ title: 'Olga Hav · Hav AS', contact: contact.id }]);
    // An address without the inbox in it leads to the same place.
    await page.goto(`${path.replace(/leads\/.*/, 'leads')}?deal=${lead}`);
    await panel(page).getByRole('link', { name: 'Olga Hav', exact: true }).waitFor();
    // What is known of it beside its fields, as on a deal.
    await panel(page).getByRole('button', { name: 'Write a note' }).waitFor();
    await ana.api('POST', `${api}/notes`, { title: 'Olga wants blue', links: [{ noun: 'lead', id: lead }] });
    await panel(page)
      .getByRole('link', { name: /Olga wants blue/ })
      .waitFor({ timeout: 30_000 });
    await shot(page, 'lead-panel');
    await page.keyboard.press('Escape');
  });

  it('from a private inbox, what is new is only mine until I say otherwise', { timeout: 120_000 }, async () => {
    const { page } = ana;
    const board = await ana.api<{ id: string }>('POST', `${api}/boards`, { name: 'Few', kind: 'leads', private: true });
    const lead = { board: board.id, name: 'Petra Privat', companyName: 'Privat GmbH', email: 'p@privat.example' };
    await ana.api('POST', `${api}/leads`, lead);
    await page.goto(path.replace(/leads.*/, `leads/${board.id}`));
    await card(page, 'Petra Privat').focus();
    await page.keyboard.press('w');
    const dialog = convertDialog(ana);
    await dialog.getByRole('radio', { name: /Only me/ }).waitFor({ timeout: 30_000 });
    expect(await dialog.getByRole('radio', { name: /Only me/ }).isChecked()).toBe(true);
    await dialog.getByText('No deal').first().waitFor();
    await shot(page, 'lead-convert-private');
    expect(await axeClean(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Convert', exact: true }).click();
    await until(() => dialog.count()).toBe(0);
    const named = (who: BrowserPerson) =>
      who.api<{ items: { name: string }[] }>('GET', `${api}/contacts?q=Privat`).then(({ items }) => items.length);
    expect([await named(ana), await named(ben)]).toEqual([1, 0]);
    await page.goto(path);
  });

  it(
    'what was converted comes back with one undo, the deal and the company with it',
    { timeout: 120_000 },
    async () => {
      const { page } = ana;
      await addLead('Una Undo', { companyName: 'Undo Ltd', email: 'una@undo.example' });
      await card(page, 'Una Undo').focus();
      await page.keyboard.press('w');
      await convertDialog(ana)
        .getByRole('radio', { name: /New company/ })
        .waitFor();
      await convertDialog(ana).getByRole('button', { name: 'Convert', exact: true }).click();
      await until(() => card(ben.page, 'Una Undo').count()).toBe(0);
      await until(() => convertDialog(ana).count()).toBe(0);
      const named = async (what: string) => (await ana.api<Found>('GET', `${api}/${what}?q=Undo`)).items.length;
      await until(() => named('companies')).toBe(1);
      await page.keyboard.press('Control+z');
      await lane(ben.page, 'New').locator('[data-card]', { hasText: 'Una Undo' }).waitFor();
      await until(async () => [await named('companies'), await named('deals')]).toEqual([0, 0]);
      await page.keyboard.press('Control+Shift+z');
      await until(() => card(ben.page, 'Una Undo').count()).toBe(0);
      await until(async () => [await named('companies'), await named('deals')]).toEqual([1, 1]);
    },
  );

  it('who is slower is told that somebody converted it already', { timeout: 120_000 }, async () => {
    const lead = await addLead('Rae Race', { email: 'rae@race.example' });
    await card(ben.page, 'Rae Race').focus();
    await ben.page.keyboard.press('w');
    await convertDialog(ben)
      .getByRole('radio', { name: /New contact/ })
      .waitFor();
    await ana.api('POST', `${api}/leads/${lead}/convert`, { company: 'none', contact: 'new' });
    await convertDialog(ben).getByRole('button', { name: 'Convert', exact: true }).click();
    await ben.page.getByText('Nothing was changed: Ana Adams converted this lead already.').first().waitFor();
    await until(() => convertDialog(ben).count()).toBe(0);
    expect((await ana.api<Found>('GET', `${api}/contacts?q=Rae`)).items).toHaveLength(1);
  });

  it(
    'offline edits and moves arrive on return; converting says that it needs a connection',
    { timeout: 120_000 },
    async () => {
      await addLead('Olaf Offline', { email: 'olaf@off.example' });
      await card(ana.page, 'Olaf Offline').waitFor();
      await card(ben.page, 'Olaf Offline').waitFor();
      await ana.context.setOffline(true);
      await card(ana.page, 'Olaf Offline').focus();
      await ana.page.keyboard.press('m');
      await ana.page.getByRole('option', { name: 'Nurturing' }).click();
      await lane(ana.page, 'Nurturing').locator('[data-card]', { hasText: 'Olaf' }).waitFor();
      await card(ana.page, 'Olaf Offline').focus();
      await ana.page.keyboard.press('w');
      await convertDialog(ana)
        .getByText(/Converting needs a connection/)
        .waitFor();
      await ana.page.keyboard.press('Escape');
      await until(() => convertDialog(ana).count()).toBe(0);
      await ana.context.setOffline(false);
      await lane(ben.page, 'Nurturing').locator('[data-card]', { hasText: 'Olaf' }).waitFor({ timeout: 30_000 });
      expect(rapport.pageErrors).toEqual([]);
    },
  );
});
