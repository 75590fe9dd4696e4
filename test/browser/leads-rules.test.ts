import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { until } from './board-page.ts';
import { axeClean, startRapport, type BrowserPerson, type Rapport } from './harness.ts';

let rapport: Rapport;
let ana: BrowserPerson;
let ben: BrowserPerson;
let base: string;
let board: string;
let path: string;
const shots = process.env['RAPPORT_SHOTS'];

beforeAll(async () => {
  rapport = await startRapport();
  const pair = await rapport.newPair('Ana Ruiz', 'Ben Oduya');
  const { workspaceId } = pair;
  ({ host: ana, guest: ben, api: base } = pair);
  board = (await ana.api<{ id: string }>('POST', `${base}/boards`, { name: 'Inbox', kind: 'leads' })).id;
  path = `/w/${workspaceId}/leads/${board}`;
}, 120_000);
afterAll(() => rapport.close());

const rules = (page: Page) => page.getByRole('list', { name: 'Rules' }).getByRole('listitem');
/** Names somebody in a rule, or (without one open) in that for all other leads. */
const pick = async (page: Page, within: string, option: string) => {
  await page.locator(within).getByRole('button', { name: 'Goes to' }).click();
  await page.getByRole('option', { name: option }).first().click();
  await page.keyboard.press('Escape');
};

test(
  'rules are made, tried out, put in order and taken back; a colleague sees each at once',
  { timeout: 120_000 },
  async () => {
    const [a, b] = [ana.page, ben.page];
    await Promise.all([a.goto(`${path}/assignment`), b.goto(`${path}/assignment`)]);
    await b.getByText('No rule yet').waitFor();
    await a.getByRole('button', { name: 'Add a rule' }).click();
    await pick(a, '.rule-body', 'Ben Oduya');
    await until(async () => rules(b).allInnerTexts()).toEqual([
      expect.stringContaining('Every lead goes to Ben Oduya'),
    ]);
    // A condition counts once it can be asked.
    await a.getByRole('button', { name: 'Condition' }).click();
    await a.getByRole('combobox', { name: 'Column' }).click();
    await a.getByRole('option', { name: 'Country' }).click();
    await a.getByRole('combobox', { name: 'Condition' }).click();
    await a.getByRole('option', { name: 'is', exact: true }).click();
    await a.getByRole('textbox', { name: 'Value', exact: true }).fill('DE');
    await a.keyboard.press('Enter');
    await until(async () => rules(b).allInnerTexts()).toEqual([
      expect.stringContaining('Country is DE goes to Ben Oduya'),
    ]);
    await a.getByRole('button', { name: 'Done' }).click();
    await a.getByRole('button', { name: 'Add a rule' }).click();
    await pick(a, '.rule-body', 'Ana Ruiz');
    await a.getByRole('button', { name: 'Done' }).click();
    await until(() => rules(b).count()).toBe(2);

    await b.getByRole('textbox', { name: 'Country' }).fill('de');
    await b.getByRole('button', { name: 'Try it out' }).click();
    await b.getByText('Country is DE → Ben Oduya.').waitFor();
    expect(await axeClean(a)).toEqual([]);
    if (shots) await a.screenshot({ path: `${shots}/assignment.png` });
    const given = await ana.api<{ assignedWhy: string }>('POST', `${base}/leads`, {
      name: 'Kim',
      country: 'DE',
      board,
    });
    expect(given.assignedWhy).toBe('Country is DE → Ben Oduya');

    // By key: the rule for all comes first and takes them all.
    await a.getByRole('button', { name: /^Move rule 2/ }).focus();
    await a.keyboard.press('ArrowUp');
    await until(async () => (await rules(b).allInnerTexts())[0]).toContain('Every lead');
    // Ben deletes it, and takes that back; Ana's order stays.
    await b.getByRole('button', { name: 'Delete rule 1' }).click();
    await until(() => rules(a).count()).toBe(1);
    await b.keyboard.press('Control+z');
    await until(async () => (await rules(a).allInnerTexts())[0]).toContain('Every lead');
    await a.keyboard.press('Control+z');
    await until(async () => (await rules(b).allInnerTexts())[0]).toContain('Country is DE');

    // By mouse: the second rule is dragged above the first.
    const second = (await a.getByRole('button', { name: /^Move rule 2/ }).boundingBox()) ?? { x: 0, y: 0 };
    const first = (await a.getByRole('button', { name: /^Move rule 1/ }).boundingBox()) ?? { x: 0, y: 0 };
    await a.mouse.move(second.x + 6, second.y + 6);
    await a.mouse.down();
    await a.mouse.move(first.x + 6, first.y - 4, { steps: 4 });
    await a.mouse.up();
    await until(async () => (await rules(b).allInnerTexts())[0]).toContain('Every lead');

    await pick(a, '.rule-rest', 'Ana Ruiz');
    await until(
      async () => (await ana.api<{ otherwise: unknown }>('GET', `${base}/boards/${board}/assignment`)).otherwise,
    ).not.toBeNull();
    expect(rapport.pageErrors).toEqual([]);
  },
);

test('weights are changed while both see what they come to', { timeout: 120_000 }, async () => {
  const [a, b] = [ana.page, ben.page];
  for (const name of ['Kit', 'Lou', 'Max'])
    await ana.api('POST', `${base}/leads`, { name, email: `${name}@firm.example`, source: 'Fair', board });
  await Promise.all([a.goto(`${path}/score`), b.goto(`${path}/score`)]);
  const warm = (page: Page) => page.locator('[data-warmth="warm"]').innerText();
  await until(() => warm(b)).toBe('0');
  await a.getByRole('button', { name: 'Count a field' }).click();
  await a.getByRole('textbox', { name: 'Value', exact: true }).fill('fair');
  await a.keyboard.press('Enter');
  await until(() => warm(b)).toBe('3');
  await a.getByRole('textbox', { name: 'Points for: Has an e-mail' }).fill('60');
  await a.keyboard.press('Enter');
  await until(() => b.locator('[data-warmth="hot"]').innerText()).toBe('3');
  await b.getByRole('textbox', { name: 'Points for: Has an e-mail' }).waitFor();
  expect(await b.getByRole('textbox', { name: 'Points for: Has an e-mail' }).inputValue()).toBe('60');
  expect(await axeClean(a)).toEqual([]);
  if (shots) await a.screenshot({ path: `${shots}/score.png` });
  const listed = await ana.api<{ items: { score: number }[] }>(
    'GET',
    `${base}/leads?board=${board}&sort=-score&limit=1`,
  );
  expect(listed.items[0]?.score).toBe(95);
  await a.keyboard.press('Escape');
  await a.locator('body').click({ position: { x: 5, y: 5 } });
  await a.keyboard.press('Control+z');
  await until(() => warm(b)).toBe('3');
  await b.setViewportSize({ width: 390, height: 844 });
  expect(await b.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  if (shots) await b.screenshot({ path: `${shots}/score-phone.png` });
  await b.goto(`${path}/assignment`);
  await rules(b).first().waitFor();
  if (shots) await b.screenshot({ path: `${shots}/assignment-phone.png` });
  expect(rapport.pageErrors).toEqual([]);
});

test('the inbox shows scores, and is ordered and filtered by them', { timeout: 120_000 }, async () => {
  const { page } = ana;
  await ana.api('POST', `${base}/leads`, { name: 'Strong', email: 's@firm.example', phone: '+47 555 01 274', board });
  await ana.api('POST', `${base}/leads`, { name: 'Weak', board });
  await page.goto(`${path}?sort=-score`);
  const card = (title: string) => page.locator('[data-card]', { hasText: title });
  await card('Strong').waitFor();
  const scoreOf = async (title: string) => Number(await card(title).locator('.score-mark').innerText());
  await until(() => scoreOf('Weak')).toBeLessThan(40);
  expect(await scoreOf('Strong')).toBeGreaterThan(await scoreOf('Weak'));
  await until(async () => (await page.locator('[data-card] .t').allInnerTexts()).at(-1)).toBe('Weak');
  if (shots) await page.screenshot({ path: `${shots}/inbox.png` });

  // A weight that somebody changes elsewhere shows on the cards at once.
  const before = await scoreOf('Weak');
  await ben.api('PUT', `${base}/boards/${board}/score`, { weights: [{ id: 'recent', points: 25 }] });
  await until(() => scoreOf('Weak')).toBe(before + 15);

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('button', { name: 'Score', exact: true }).click();
  await page.getByRole('textbox', { name: 'Value' }).fill('40');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Done' }).click();
  await until(() => card('Weak').count()).toBe(0);
  await card('Strong').locator('.t').click();
  const why = page.getByRole('list', { name: 'Why this score' });
  await why.getByText('Has a phone').waitFor();
  expect(await axeClean(page)).toEqual([]);
  if (shots) await page.screenshot({ path: `${shots}/lead-panel.png` });
  await page.goto(`${path}?as=table&sort=-score`);
  await page.getByRole('columnheader', { name: /^Score/ }).waitFor();
  expect(rapport.pageErrors).toEqual([]);
});

test('somebody who is away is marked so, by themselves or an admin, and passed by', { timeout: 120_000 }, async () => {
  const workspace = path.replace(/\/leads\/.*/, '');
  const a = ana.page;
  await a.goto(`${workspace}/settings/members`);
  await a.getByRole('button', { name: 'More for Ben Oduya' }).click();
  await a.getByRole('menuitem', { name: 'Away until…' }).click();
  const field = a.getByRole('dialog', { name: 'Ben Oduya: away' }).getByRole('textbox', { name: 'Away until' });
  await field.fill('+2w');
  expect(await axeClean(a)).toEqual([]);
  if (shots !== undefined) await a.screenshot({ path: `${shots}/away-dialog.png` });
  await field.press('Enter');
  const row = a.getByRole('row', { name: /Ben Oduya/ });
  await row.getByText(/^Away until/).waitFor();
  if (shots !== undefined) await a.screenshot({ path: `${shots}/away-members.png` });
  const benId = (await ben.api<{ id: string }>('GET', `${base}/me`)).id;
  await ana.api('PUT', `${base}/boards/${board}/assignment`, {
    rules: [],
    otherwise: { way: 'first', members: [benId] },
  });
  const lead = async () =>
    (await ana.api<{ owner: string | null }>('POST', `${base}/leads`, { board, name: 'L' })).owner;
  expect(await lead()).toBe(null);

  // Ben is back earlier, and says so himself.
  const b = ben.page;
  await b.goto(`${workspace}/settings/profile`);
  const own = b.getByRole('textbox', { name: 'Away until' });
  await until(() => own.inputValue()).not.toBe('');
  await own.fill('');
  await own.press('Enter');
  await b.getByText('You are back').first().waitFor();
  expect(await lead()).toBe(benId);
  await b.getByRole('button', { name: 'Undo' }).first().click();
  await until(() => own.inputValue()).not.toBe('');
  if (shots !== undefined) await b.screenshot({ path: `${shots}/away-profile.png` });
  await ana.api('PATCH', `${base}/members/${benId}`, { awayUntil: null });
});
