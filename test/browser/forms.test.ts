import { createServer, type Server } from 'node:http';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BrowserPerson, type Rapport, axeClean, startRapport } from './harness.ts';

/** A machine with other work is slow, not wrong. */
const patient = { timeout: 30_000 };

let rapport: Rapport;
let noor: BrowserPerson;
let ana: BrowserPerson;
let ws: string;
let api: string;
let board: string;
let site: { readonly url: string; html: string; readonly server: Server };

/** Somebody else's web site. */
async function openSite(): Promise<typeof site> {
  const made = { url: '', html: '', server: createServer() };
  made.server.on('request', (_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>${made.html}</html>`);
  });
  await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', () => resolve()));
  const address = made.server.address();
  made.url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return made;
}

beforeAll(async () => {
  rapport = await startRapport({ env: { LIMIT_FORM_PER_ADDRESS: '1000' } });
  site = await openSite();
  ({ host: noor, guest: ana, workspaceId: ws, api } = await rapport.newPair('Noor Haddad', 'Ana Sørli'));
}, 180_000);
afterAll(async () => {
  await rapport?.close();
  site?.server.close();
});

const shot = async (page: Page, name: string) => {
  const folder = process.env['SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
};
const leads = async () => (await noor.api<{ items: Record<string, unknown>[] }>('GET', `${api}/leads`)).items;
/** Presses the button until it is taken: nobody is believed who answers within a second. */
async function send(page: Page | FrameLocator, done: string) {
  const button = page.getByRole('button', { name: 'Send' });
  await expect
    .poll(async () => {
      if (await page.getByRole('heading', { name: done }).isVisible()) return true;
      if (await button.isVisible()) await button.click({ timeout: 5000 }).catch(() => undefined);
      return page.getByRole('heading', { name: done }).isVisible();
    }, patient)
    .toBe(true);
}

test('two people build a form, by mouse and by keys, and each undoes their own', async () => {
  const { page } = noor;
  await page.goto(`/w/${ws}/forms`);
  await page.getByText('No form yet').waitFor(patient);
  await page.getByRole('button', { name: 'New form' }).click();
  await page.getByRole('list', { name: 'Fields' }).waitFor(patient);
  const url = page.url();
  const preview = page.frameLocator('.form-preview');
  await preview.getByLabel('Name').waitFor(patient);
  await preview.getByRole('button', { name: 'Send' }).waitFor();

  const other = ana.page;
  await other.goto(url);
  const fields = other.getByRole('list', { name: 'Fields' });
  await fields.waitFor(patient);
  await other.getByRole('button', { name: 'Add a field' }).click();
  await other.getByRole('menuitem', { name: 'Company' }).click();
  await other.getByRole('textbox', { name: 'Label' }).fill('Where do you work? <b>');
  await other.getByRole('textbox', { name: 'Label' }).press('Enter');
  await preview.getByLabel('Where do you work? <b>').waitFor(patient);
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('textbox', { name: 'Name, shown above the form' }).fill('Ask the shop');
  await page.getByRole('textbox', { name: 'Name, shown above the form' }).press('Enter');
  await other.frameLocator('.form-preview').getByRole('heading', { name: 'Ask the shop' }).waitFor(patient);

  const order = async () => (await fields.locator('[data-line] .med').allInnerTexts()).map((each) => each.trim());
  const first = await order();
  const grip = other.getByRole('button', { name: 'Move E-mail: arrow up or down' });
  await grip.focus();
  await other.keyboard.press('ArrowUp');
  await expect.poll(order, patient).toEqual([first[1], first[0], first[2], first[3]]);
  await expect.poll(() => grip.evaluate((each) => each === document.activeElement)).toBe(true);
  const from = await other.getByRole('button', { name: 'Move Name: arrow up or down' }).boundingBox();
  const to = await other.getByRole('button', { name: 'Move Message: arrow up or down' }).boundingBox();
  if (from === null || to === null) throw new Error('no grips');
  await other.mouse.move(from.x + 8, from.y + 8);
  await other.mouse.down();
  await other.mouse.move(to.x + 8, to.y + to.height, { steps: 4 });
  await other.mouse.up();
  await expect.poll(order, patient).toEqual([first[1], first[2], first[0], first[3]]);
  await other.getByRole('heading', { name: 'Forms' }).or(other.locator('.top')).first().click();
  await other.keyboard.press('Control+z');
  await expect.poll(order, patient).toEqual([first[1], first[0], first[2], first[3]]);
  // What Noor wrote stays.
  await other.frameLocator('.form-preview').getByRole('heading', { name: 'Ask the shop' }).waitFor();
  await fields.getByRole('button', { name: 'Remove Message' }).click();
  await preview.getByLabel('Message').waitFor({ state: 'detached', ...patient });
  await other.getByRole('button', { name: 'Undo' }).first().click();
  await preview.getByLabel('Message').waitFor(patient);
  await shot(other, 'form-builder');
  expect(await axeClean(other)).toEqual([]);

  await page.getByRole('switch', { name: /double opt-in/ }).isDisabled();
  await page.getByText('SMTP_URL').waitFor();
  await noor.api('POST', `${api}/boards`, { name: 'Press', kind: 'leads' });
  await page.getByRole('tab', { name: 'Publish' }).click();
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('combobox', { name: 'Its leads go to' }).click();
  await page.getByRole('option', { name: 'Press' }).click();
  const boardOf = async () => {
    const { board: to } = await noor.api<{ board: string }>('GET', `${api}/forms/${url.split('/').at(-1)}`);
    return (await noor.api<{ items: { id: string; name: string }[] }>('GET', `${api}/boards`)).items.find(
      ({ id }) => id === to,
    )?.name;
  };
  await expect.poll(boardOf, patient).toBe('Press');
  await page.locator('.top').click();
  await page.keyboard.press('Control+z');
  await expect.poll(boardOf, patient).toBe('Leads');
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(boardOf, patient).toBe('Press');
  await shot(page, 'form-settings');
  await page.getByRole('tab', { name: 'Publish' }).click();
  await page.getByRole('textbox', { name: /Sites that may show it/ }).fill(`${site.url}\nhttps://www.shop.example`);
  await page.getByRole('heading', { name: 'In your own pages' }).click();
  const popup = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Try it' }).click();
  const tried = await popup;
  await tried.getByText('This is a test').waitFor(patient);
  await tried.getByLabel('Name').fill('Test');
  await tried.getByLabel('E-mail').fill('test@shop.example');
  await send(tried, 'Thank you');
  await tried.getByText('No lead was made').waitFor();
  await tried.close();
  await page.getByRole('switch', { name: 'Takes answers' }).click();
  await page.locator('.top').getByText('On', { exact: true }).waitFor();
  await shot(page, 'form-publish');
  expect(await axeClean(page)).toEqual([]);
  const form = await noor.api<{ board: string }>('GET', `${api}/forms/${url.split('/').at(-1)}`);
  board = form.board;
  expect(rapport.pageErrors).toEqual([]);
});

test('a stranger fills it in, in a frame on another site, and it becomes a lead', async () => {
  const [form] = (await noor.api<{ items: { id: string }[] }>('GET', `${api}/forms`)).items;
  const id = form?.id ?? '';
  site.html = `<script async src="${rapport.url}/f/${id}/embed.js" data-title="Ask us"></script>`;
  const context = await rapport.newContext();
  const page = await context.newPage();
  await page.goto(`${site.url}/prices?utm_source=paper&utm_campaign=spring&secret=1`);
  const frame = page.frameLocator('iframe[title="Ask us"]');
  await frame.getByLabel('Name').waitFor(patient);
  const height = () => page.locator('iframe').evaluate((each) => (each as HTMLIFrameElement).offsetHeight);
  const inside = () => frame.locator('main').evaluate((each) => each.scrollHeight);
  await expect.poll(async () => (await height()) - (await inside()), patient).toBeLessThan(3);
  await frame.getByLabel('Name').fill('Eve Adler');
  await frame.getByLabel('E-mail').fill('eve@adler.example');
  await frame.getByLabel('Where do you work? <b>').fill('Adler & Co');
  await shot(page, 'form-framed');
  await send(frame, 'Thank you');
  await expect
    .poll(async () => (await leads())[0], patient)
    .toMatchObject({
      title: 'Eve Adler · Adler & Co',
      board,
      utmSource: 'paper',
      utmCampaign: 'spring',
      landingPage: `${site.url}/prices`,
    });
  expect(await context.cookies()).toEqual([]);

  // Messages are believed only where they come from the frame; afterwards people go where the form says.
  await noor.api('PATCH', `${api}/forms/${id}`, { redirect: `${site.url}/thanks` });
  await page.goto(`${site.url}/prices`);
  await frame.getByLabel('Name').waitFor(patient);
  await page.evaluate(() => {
    for (const said of [{ height: 99 }, { redirect: 'https://evil.example/' }]) postMessage({ rapportForm: said }, '*');
  });
  await frame.getByLabel('Name').fill('Eve Again');
  await frame.getByLabel('E-mail').fill('again@adler.example');
  await expect
    .poll(async () => {
      const button = frame.getByRole('button', { name: 'Send' });
      if (await button.isVisible()) await button.click({ timeout: 5000 }).catch(() => undefined);
      return page.url();
    }, patient)
    .toBe(`${site.url}/thanks`);
  // From its own page, too: the browser lets a form lead where its page says.
  await page.goto(`${rapport.url}/f/${id}`);
  await page.getByLabel('Name').fill('Eve Alone');
  await page.getByLabel('E-mail').fill('alone@adler.example');
  await expect
    .poll(async () => {
      const button = page.getByRole('button', { name: 'Send' });
      if (await button.isVisible()) await button.click({ timeout: 5000 }).catch(() => undefined);
      return page.url();
    }, patient)
    .toBe(`${site.url}/thanks`);
  await noor.api('PATCH', `${api}/forms/${id}`, { redirect: '' });

  // A site that the form does not name sees nothing of it.
  await noor.api('PATCH', `${api}/forms/${id}`, { origins: ['https://www.shop.example'] });
  await page.goto(`${site.url}/other`);
  await page.locator('iframe').waitFor();
  await expect.poll(() => page.frames().some((each) => each.url().startsWith('chrome-error:')), patient).toBe(true);
  await context.close();
});

test('its own page is for everybody: keys, phone, dark, right to left, without scripts', async () => {
  const { id } = await noor.api<{ id: string }>('POST', `${api}/forms`, {
    name: 'اسألنا',
    language: 'ar',
    active: true,
    intro: 'نحن هنا للمساعدة.',
    fields: [
      { field: 'name', required: true },
      { field: 'email', help: 'نرد على هذا العنوان', required: true },
      { field: 'country', options: ['مصر', 'الأردن'] },
      { field: 'message' },
    ],
    consents: [{ purpose: 'news', wording: 'أوافق على تلقي الأخبار', required: true }],
  });
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await rapport.newContext({ viewport: { width: 390, height: 844 }, colorScheme });
    const page = await context.newPage();
    await page.goto(`/f/${id}`);
    expect(await axeClean(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await shot(page, `form-page-${colorScheme}`);
    await context.close();
  }
  const context = await rapport.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`/f/${id}`);
  await page.locator('form').evaluate((form) => form.setAttribute('novalidate', ''));
  const button = page.getByRole('button', { name: 'إرسال' });
  await button.click();
  const alert = page.getByRole('alert');
  await alert.waitFor(patient);
  expect(await alert.getByRole('link').count()).toBe(3);
  await page.locator('#q-name').fill('Layla');
  await page.locator('#q-email').fill('layla@adler.example');
  await page.getByRole('checkbox').check();
  await shot(page, 'form-page-wrong');
  await expect
    .poll(async () => {
      if (await button.isVisible()) await button.click();
      return page.getByRole('heading', { name: 'شكرًا لك' }).isVisible();
    }, patient)
    .toBe(true);
  await expect.poll(async () => (await leads()).some(({ name }) => name === 'Layla'), patient).toBe(true);
  await context.close();

  // Whoever works here and has the app installed is shown the same page.
  const own = noor.page;
  await own.goto(`/w/${ws}/forms`);
  await own.getByRole('link', { name: 'اسألنا' }).waitFor(patient);
  await shot(own, 'forms-list');
  await own.getByRole('button', { name: 'Delete اسألنا' }).click();
  await own.getByRole('link', { name: 'اسألنا' }).waitFor({ state: 'detached', ...patient });
  await own.keyboard.press('Control+z');
  await own.getByRole('link', { name: 'اسألنا' }).waitFor(patient);
  await own.goto(`/f/${id}`);
  await own.getByRole('button', { name: 'إرسال' }).waitFor(patient);
});

test('a phone builds a form, too', async () => {
  const [form] = (await noor.api<{ items: { id: string; name: string }[] }>('GET', `${api}/forms?q=ask`)).items;
  const { page } = ana;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/w/${ws}/inbox`);
  await page.getByRole('button', { name: 'More' }).click(patient);
  await page.getByRole('menuitem', { name: 'Forms' }).click();
  await page.getByRole('link', { name: 'Ask the shop' }).click(patient);
  await expect.poll(() => page.url(), patient).toContain(`/forms/${form?.id}`);
  await page.getByRole('list', { name: 'Fields' }).waitFor(patient);
  await shot(page, 'form-builder-phone');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  // The longest word there is pushes nothing out of sight.
  const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
  const { consents } = await noor.api<{ consents: unknown[] }>('PATCH', `${api}/forms/${form?.id}`, {
    consents: [{ purpose: long.slice(0, 60), wording: `${long} ${long}` }],
  });
  expect(consents).toHaveLength(1);
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('list', { name: 'Consents' }).getByRole('button', { expanded: false }).click(patient);
  await page.getByRole('textbox', { name: 'Purpose' }).waitFor();
  expect(await page.locator('.form-part').evaluate((part) => part.scrollWidth <= part.clientWidth)).toBe(true);
  await shot(page, 'form-consents-phone');
  await page.getByRole('tab', { name: 'Publish' }).click();
  const address = await page.getByRole('textbox', { name: 'Address' }).locator('..').boundingBox();
  expect(address?.height).toBeGreaterThan(27);
  await page.getByRole('tab', { name: 'Answers' }).click();
  await page.getByRole('link', { name: 'Eve Adler · Adler & Co' }).first().waitFor(patient);
  await page.locator('.form-counts').getByText('for testing').waitFor();
  await shot(page, 'form-answers-phone');
  await page.getByRole('link', { name: 'Eve Adler · Adler & Co' }).first().click();
  await page.getByText('eve@adler.example').first().waitFor(patient);
  await page.goBack();
  await page.getByRole('tab', { name: 'Preview' }).click();
  await page.frameLocator('.form-preview').getByLabel('Name').waitFor();
  await shot(page, 'form-preview-phone');
  expect(await axeClean(page)).toEqual([]);
  expect(rapport.pageErrors).toEqual([]);
});
