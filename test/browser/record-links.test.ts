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
/** The focus is nowhere: single keys are for the page. */
const leaveFields = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());

describe.skipIf(!hasChromium)('what belongs together', () => {
  let rapport: Rapport;
  let ana: BrowserPerson;
  let page: Page;
  let [base, api, boardId] = ['', '', ''];
  const made: Record<string, string> = {};

  beforeAll(async () => {
    rapport = await startRapport();
    ana = await rapport.newPerson('Ana Adams');
    page = ana.page;
    const workspace = await rapport.newWorkspace(ana);
    boardId = workspace.boardId;
    base = `/w/${workspace.workspaceId}`;
    api = `/api/v1/w/${workspace.workspaceId}`;
    const make = async (key: string, to: string, body: object) =>
      void (made[key] = (await ana.api<Made>('POST', api + to, body)).id);
    await make('hollin', '/companies', { name: 'Hollin Group' });
    await make('freight', '/companies', { name: 'Hollin Freight' });
    await make('helle', '/contacts', { name: 'Helle Brandvold' });
    await make('jon', '/contacts', { name: 'Jon Aasen' });
    await make('deal', '/deals', {
      board: boardId,
      title: 'Retrofit',
      company: made['hollin'],
      contact: made['helle'],
    });
  });
  afterAll(async () => {
    expect(rapport?.pageErrors).toEqual([]);
    await rapport?.close();
  });

  it('a deal has several people with roles, and another primary one by its menu, undone as one step', async () => {
    await page.goto(`${base}/b/${boardId}?deal=${made['deal']}`);
    const people = page.locator('.deal-people');
    await until(() => people.innerText()).toContain('Helle Brandvold');
    await people.getByRole('button', { name: 'Add' }).click();
    await page.keyboard.type('Jon');
    await page.getByRole('option', { name: 'Jon Aasen' }).click();
    await people.getByRole('button', { name: 'More for Jon Aasen' }).click();
    await page.getByRole('menuitem', { name: 'Say the role' }).click();
    await page.keyboard.type('Signs');
    await page.keyboard.press('Enter');
    await until(() => people.innerText()).toContain('Signs');
    await people.getByRole('button', { name: 'More for Jon Aasen' }).click();
    await page.getByRole('menuitem', { name: 'Make it the primary one' }).click();
    await until(
      async () => (await ana.api<{ contactName: string }>('GET', `${api}/deals/${made['deal']}`)).contactName,
    ).toBe('Jon Aasen');
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/deal-people.png` });
    expect(await axeClean(page)).toEqual([]);
    await leaveFields(page);
    await page.keyboard.press('Control+z');
    await until(
      async () => (await ana.api<{ contactName: string }>('GET', `${api}/deals/${made['deal']}`)).contactName,
    ).toBe('Helle Brandvold');
    await page.goto(`${base}/contacts/${made['jon']}`);
    await until(() => page.locator('.record-cols .c3').innerText()).toMatch(/Retrofit[\s\S]*Signs/);
    await page.getByRole('button', { name: 'More for Retrofit' }).click();
    await page.getByRole('menuitem', { name: 'Unlink' }).click();
    await until(() => page.locator('.record-cols .c3').innerText()).not.toContain('Retrofit');
  });

  it('a company lists its subsidiaries, makes and links them, and is never below itself', async () => {
    await page.goto(`${base}/companies/${made['hollin']}`);
    const related = page.locator('.record-cols .c3');
    await until(() => related.innerText()).toContain('Subsidiaries');
    await page.getByRole('button', { name: 'Add to Subsidiaries' }).click();
    await page.keyboard.type('Hollin Freight');
    await page.getByRole('option', { name: 'Hollin Freight' }).first().click();
    await until(() => related.innerText()).toContain('Hollin Freight');
    await page.getByRole('button', { name: 'Add to Subsidiaries' }).click();
    await page.keyboard.type('Hollin Cold Stores');
    await page.getByRole('option', { name: /Create company/ }).click();
    await until(() => related.innerText()).toContain('Hollin Cold Stores');
    expect(await axeClean(page)).toEqual([]);
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/subsidiaries.png` });
    await field(page, 'Part of').first().click();
    await page.keyboard.type('Hollin Freight');
    await page.getByRole('option', { name: 'Hollin Freight' }).first().click();
    await page.getByText('Hollin Freight is a part of Hollin Group already').first().waitFor();
    await page.keyboard.press('Escape');
    await related.getByRole('link', { name: 'Hollin Freight' }).click();
    await page.getByRole('heading', { name: 'Hollin Freight' }).waitFor();
    await page.locator('.record-head').getByRole('link', { name: 'Hollin Group' }).click();
    await page.getByRole('heading', { name: 'Hollin Group' }).waitFor();
  });

  it('fields that link to a record or hold a plan: made in Settings, set on a page and in a deal', async () => {
    await page.goto(`${base}/settings/fields`);
    for (const [tab, label, type, of] of [
      ['Contacts', 'Assistant', 'Link to a record', 'A contact'],
      ['Contacts', 'Visit', 'Plan: what and when', null],
      ['Deals', 'Partner', 'Link to a record', 'A company'],
    ] as const) {
      await page.getByRole('tab', { name: tab }).click();
      await page.getByRole('button', { name: 'New field' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Name' }).fill(label);
      await dialog.getByRole('combobox', { name: /^Type/ }).click();
      await page.getByRole('option', { name: type }).click();
      if (of !== null) {
        await dialog.getByRole('combobox', { name: /^Links to/ }).click();
        await page.getByRole('option', { name: of }).click();
      }
      await dialog.getByRole('button', { name: 'Add field' }).click();
      await page.getByRole('row', { name: new RegExp(label) }).waitFor();
    }
    await page.goto(`${base}/contacts/${made['helle']}`);
    await field(page, 'Assistant').first().click();
    await page.keyboard.type('Jon');
    await page.getByRole('option', { name: 'Jon Aasen' }).click();
    await until(() => field(page, 'Assistant').first().innerText()).toContain('Jon Aasen');
    await field(page, 'Visit').first().click();
    await page.keyboard.type('See the smokehouse, 24 Dec 2030');
    await page.keyboard.press('Enter');
    await until(
      async () => (await ana.api<{ custom: object }>('GET', `${api}/contacts/${made['helle']}`)).custom,
    ).toEqual({
      assistant: made['jon'],
      visit: { what: 'See the smokehouse', due: '2030-12-24' },
    });
    await page.reload();
    await until(() => field(page, 'Assistant').first().innerText()).toContain('Jon Aasen');
    await page.goto(`${base}/b/${boardId}?deal=${made['deal']}`);
    const partner = page.locator('.deal-panel').getByRole('button', { name: /^Partner:/ });
    await partner.click();
    await page.keyboard.type('Hollin Freight');
    await page.getByRole('option', { name: 'Hollin Freight' }).first().click();
    await until(() => partner.innerText()).toContain('Hollin Freight');
    await page.reload();
    await until(() => partner.innerText()).toContain('Hollin Freight');
  });

  it('a meeting and a call are each logged with one key, one line and Enter', async () => {
    await page.goto(`${base}/contacts/${made['helle']}`);
    await page.getByRole('heading', { name: 'Helle Brandvold' }).waitFor();
    for (const [key, line, verb] of [
      ['m', 'Toured the smokehouse', 'met'],
      ['c', 'Herring starts in January', 'called'],
    ] as const) {
      await leaveFields(page);
      await page.keyboard.press(key);
      await page.keyboard.type(line);
      await page.keyboard.press('Enter');
      await until(() => page.locator('.record-entry', { hasText: line }).first().innerText()).toContain(verb);
    }
  });

  it('J and K step through the list that one came from, in its order', async () => {
    await page.goto(`${base}/contacts?sort=-name`);
    await page.locator('.title-a', { hasText: 'Jon Aasen' }).click();
    await page.getByRole('heading', { name: 'Jon Aasen' }).waitFor();
    await until(() => page.locator('header.top').innerText()).toContain('1 of 2');
    await leaveFields(page);
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: 'Helle Brandvold' }).waitFor();
    await until(() => page.locator('header.top').innerText()).toContain('2 of 2');
    expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
    await leaveFields(page);
    await page.keyboard.press('k');
    await page.getByRole('heading', { name: 'Jon Aasen' }).waitFor();
  });
});
