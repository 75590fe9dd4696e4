import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './board-page.ts';
import { hasChromium } from './gallery-page.ts';
import { type BrowserPerson, type Rapport, axeClean, startRapport } from './harness.ts';

interface Made {
  readonly id: string;
}

const field = (page: Page, label: string) =>
  page.locator('.record-cols').getByRole('button', { name: new RegExp(`^${label}:`) });
const value = (page: Page, label: string) => field(page, label).first().innerText();

describe.skipIf(!hasChromium)('the page of a contact', () => {
  let rapport: Rapport;
  let ana: BrowserPerson;
  let ben: BrowserPerson;
  let base: string;
  let api: string;
  let helle: string;
  let boardId: string;

  beforeAll(async () => {
    rapport = await startRapport();
    ({ host: ana, guest: ben, boardId, home: base, api } = await rapport.newPair('Ana Adams', 'Ben Brook'));
    const hollin = await ana.api<Made>('POST', `${api}/companies`, { name: 'Hollin & Sons Seafood' });
    const made = await ana.api<Made>('POST', `${api}/contacts`, {
      name: 'Helle Brandvold',
      jobTitle: 'Head of Logistics',
      lifecycle: 'customer',
      tags: ['Seafood', 'Export'],
      emails: [
        { value: 'helle@hollin.example', type: 'work' },
        { value: 'hb@brandvold.example', type: 'home' },
      ],
      phones: [{ value: '+47 555 01 274', type: 'mobile' }],
      companies: [{ id: hollin.id, role: 'Logistics' }],
    });
    helle = made.id;
    await ana.api('POST', `${api}/deals`, {
      board: boardId,
      title: 'Smokehouse retrofit',
      contact: helle,
      company: hollin.id,
    });
    for (const { page } of [ana, ben]) {
      await page.goto(`${base}/contacts/${helle}`);
      await page.getByRole('heading', { name: 'Helle Brandvold' }).waitFor();
    }
  });
  afterAll(async () => {
    await rapport?.close();
  });

  it('shows what is known, and belongs to, and is clean for assistive technology', async () => {
    await until(() => ana.page.locator('.record-cols .c1').innerText()).toContain('helle@hollin.example');
    await until(() => ana.page.locator('.record-cols .c1').innerText()).toContain('Hollin & Sons Seafood');
    await until(() => ana.page.locator('.record-cols .c3').innerText()).toContain('Smokehouse retrofit');
    if (process.env['SHOTS']) await ana.page.screenshot({ path: `${process.env['SHOTS']}/contact.png` });
    expect(await axeClean(ana.page)).toEqual([]);
  });

  it('lets two people edit one contact at once, and shows who is where', async () => {
    await field(ana.page, 'Job title').first().click();
    await ana.page.getByRole('textbox', { name: 'Job title' }).waitFor();
    // Ben sees Ana in the field.
    await ben.page.locator('.record-cols .halo, .record-cols .ptag').first().waitFor();
    await ana.page.keyboard.press('Control+a');
    await ana.page.keyboard.type('Chief of Logistics');
    await ana.page.keyboard.press('Enter');
    await field(ben.page, 'Department').first().click();
    await ben.page.keyboard.type('Cold chain');
    await ben.page.keyboard.press('Enter');
    await until(() => value(ben.page, 'Job title')).toContain('Chief of Logistics');
    await until(() => value(ana.page, 'Department')).toContain('Cold chain');
    await until(() => ana.page.locator('.record-cols .c2').innerText()).toMatch(/Ben set department/);
  });

  it('logs a call with one key, one line and Enter, live for the other, and takes it back', async () => {
    await ana.page
      .locator('h1')
      .first()
      .click({ position: { x: 1, y: 1 } })
      .catch(() => undefined);
    await ana.page.keyboard.press('Escape');
    await ana.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await ana.page.keyboard.press('a');
    await ana.page.keyboard.type('Herring season starts 10 January');
    await ana.page.keyboard.press('Enter');
    await until(() => ben.page.locator('.record-cols .c2').innerText()).toContain('Herring season starts 10 January');
    await until(() => ben.page.locator('.record-entry .txt').first().innerText()).toContain('called');
    await ana.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await ana.page.keyboard.press('Control+z');
    await until(() => ben.page.locator('.record-cols .c2').innerText()).not.toContain(
      'Herring season starts 10 January',
    );
  });

  it('merges what both wrote offline; one field that both wrote keeps the other value a press away', async () => {
    await ana.page.context().setOffline(true);
    await ben.page.context().setOffline(true);
    for (const [person, title, other, text] of [
      [ana, 'Director', 'Language', 'Norwegian'],
      [ben, 'Captain', 'Source', 'Trade fair'],
    ] as const) {
      await field(person.page, 'Job title').first().click();
      await person.page.keyboard.press('Control+a');
      await person.page.keyboard.type(title);
      await person.page.keyboard.press('Enter');
      await field(person.page, other).first().click();
      await person.page.keyboard.type(text);
      await person.page.keyboard.press('Enter');
    }
    await ana.page.context().setOffline(false);
    await ben.page.context().setOffline(false);
    for (const { page } of [ana, ben]) {
      await until(() => value(page, 'Language')).toContain('Norwegian');
      await until(() => value(page, 'Source')).toContain('Trade fair');
      await page.locator('.record-cols .race').first().waitFor({ timeout: 30_000 });
    }
    const before = await value(ana.page, 'Job title');
    await ana.page.locator('.race').getByRole('button', { name: 'Swap' }).first().click();
    await until(() => value(ben.page, 'Job title')).not.toBe(before);
    await until(() => ben.page.locator('.record-cols .race').count()).toBe(0);
  });

  it('names the company and lists the deals after a reload without a network', async () => {
    const { page } = ben;
    await until(() => page.locator('.record-cols .c3').innerText()).toContain('Smokehouse retrofit');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.context().setOffline(true);
    await page.reload();
    await until(() => page.locator('.record-head').innerText()).toContain('Hollin & Sons Seafood');
    await until(() => page.locator('.record-cols .c3').innerText()).toContain('Smokehouse retrofit');
    await page.context().setOffline(false);
  });

  it('shows the company of a deal by its name, follows a rename, and finds or makes one in the panel', async () => {
    const { page } = ana;
    await page.goto(`${base}/b/${boardId}`);
    const card = page.locator('[data-card]', { hasText: 'Smokehouse retrofit' });
    await until(() => card.innerText()).toContain('Hollin & Sons Seafood');
    const { items } = await ana.api<{ items: Made[] }>('GET', `${api}/companies?q=hollin`);
    await ben.api('PATCH', `${api}/companies/${items[0]?.id}`, { name: 'Hollin Group' });
    await until(() => card.innerText()).toContain('Hollin Group');
    await card.click();
    const panel = page.locator('.deal-panel');
    await panel.getByRole('link', { name: 'Helle Brandvold' }).first().waitFor();
    await panel.getByRole('button', { name: /^Company:/ }).click();
    await page.keyboard.type('Calder Hythe Port');
    await page.getByRole('option', { name: /Create company/ }).click();
    await until(() => card.innerText()).toContain('Calder Hythe Port');
    await panel.getByRole('link', { name: 'Calder Hythe Port' }).click();
    await page.getByRole('heading', { name: 'Calder Hythe Port' }).waitFor();
    await until(() => page.locator('.record-cols .c3').innerText()).toContain('Smokehouse retrofit');
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/company.png` });
    expect(await axeClean(page)).toEqual([]);
    await page.goto(`${base}/contacts/${helle}`);
  });

  it('has the fields that an admin adds in Settings, at once, in every open page', async () => {
    await ben.page.goto(`${base}/contacts/${helle}`);
    await ben.page.getByRole('heading', { name: 'Helle Brandvold' }).waitFor();
    const { page } = ana;
    await page.goto(`${base}/settings/fields`);
    await page.getByRole('tab', { name: 'Contacts' }).click();
    await page.getByRole('button', { name: 'New field' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Badge number');
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /Badge number/ }).waitFor();
    await field(ben.page, 'Badge number').first().click();
    await ben.page.keyboard.type('B-17');
    await ben.page.keyboard.press('Enter');
    await until(async () => (await ana.api<{ custom: object }>('GET', `${api}/contacts/${helle}`)).custom).toEqual({
      badgeNumber: 'B-17',
    });
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/fields.png` });
    expect(await axeClean(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove Badge number' }).click();
    await until(() => field(ben.page, 'Badge number').count()).toBe(0);
    await page.getByRole('button', { name: 'Restore' }).click();
    await until(() => value(ben.page, 'Badge number')).toContain('B-17');
  });

  it('works on a phone', async () => {
    const phone = await rapport.newPerson('Pia Phone', { viewport: { width: 390, height: 844 } });
    await rapport.join(ana, phone, base.slice('/w/'.length));
    await phone.page.goto(`${base}/contacts/${helle}`);
    await phone.page.getByRole('heading', { name: 'Helle Brandvold' }).waitFor();
    if (process.env['SHOTS']) await phone.page.screenshot({ path: `${process.env['SHOTS']}/contact-phone.png` });
    await phone.page.getByRole('tab', { name: 'Details' }).click();
    await until(() => phone.page.locator('.record-cols .c1').isVisible()).toBe(true);
    if (process.env['SHOTS'])
      await phone.page.screenshot({ path: `${process.env['SHOTS']}/contact-phone-details.png` });
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await axeClean(phone.page)).toEqual([]);
  });

  it('is not there for others when it is private, and opens by itself once it is shared', async () => {
    const secret = await ana.api<Made>('POST', `${api}/contacts`, { name: 'Vera Secret', private: true });
    await ana.page.goto(`${base}/contacts/${secret.id}`);
    await ana.page.getByRole('heading', { name: 'Vera Secret' }).waitFor();
    await ben.page.goto(`${base}/contacts/${secret.id}`);
    await until(() => ben.page.locator('main').innerText()).toContain('There is no such contact');
    expect(await ben.page.locator('body').innerText()).not.toContain('Vera');
    // Shared, it opens where he waits.
    await ana.api('PUT', `${api}/shares/${secret.id}`, { kind: 'everyone', level: 'view' });
    await ben.page.getByRole('heading', { name: 'Vera Secret' }).waitFor();
  });
});
