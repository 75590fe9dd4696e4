import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { type BrowserPerson, type Rapport, axeClean, startRapport } from './harness.ts';
import { pdfOf, pngOf } from './library-files.ts';

/** A machine with other work is slow, not wrong. */
const patient = { timeout: 20_000 };

let rapport: Rapport;
let noor: BrowserPerson;
let ana: BrowserPerson;
let ws: string;
let board: string;
let at: string;

beforeAll(async () => {
  rapport = await startRapport();
  noor = await rapport.newPerson('Noor Haddad');
  ({ workspaceId: ws, boardId: board } = await rapport.newWorkspace(noor));
  ana = await rapport.newPerson('Ana Sørli');
  await rapport.join(noor, ana, ws);
  at = `/w/${ws}/library`;
}, 180_000);
afterAll(() => rapport?.close());

const row = (page: Page, name: string) => page.locator('.lib-row', { hasText: name });
const shot = async (page: Page, name: string) => {
  const folder = process.env['SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
};

test('a folder, a note from a template, files by button and by drop; a colleague sees them come', async () => {
  const { page } = noor;
  await page.goto(at);
  await page.getByText('Nothing in here yet').waitFor();
  await ana.page.goto(at);
  await shot(page, 'library-empty');
  await page.getByRole('button', { name: 'New folder' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Hollin & Sons');
  await page.keyboard.press('Enter');
  await row(page, 'Hollin & Sons').waitFor();
  await row(ana.page, 'Hollin & Sons').waitFor();
  await row(page, 'Hollin & Sons').getByRole('link').click();
  await page.waitForURL(/folder=/);

  await page.getByRole('button', { name: 'New note' }).click();
  await page.getByRole('button', { name: /Call report/ }).click();
  await page.waitForURL(/\/n\//);
  await page.goBack();
  await row(page, 'Call report').waitFor();

  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload' }).click();
  await (
    await choosing
  ).setFiles([
    { name: 'Kiln 2.png', mimeType: 'text/html', buffer: pngOf(240, 160) },
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('<script>alert(1)</script> smoke at 28 °C') },
  ]);
  await row(page, 'Kiln 2.png').waitFor();
  await row(page, 'notes.txt').waitFor();
  // Dropped from the device.
  await page.evaluate(
    (pdf) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(pdf)], 'Offer.pdf', { type: 'application/pdf' }));
      const target = document.querySelector('.lib-main');
      target?.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }));
      target?.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [...pdfOf('Offer for Hollin')],
  );
  await row(page, 'Offer.pdf').waitFor();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['pasted'], 'pasted.txt'));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await row(page, 'pasted.txt').waitFor();
  await shot(page, 'library-folder');
  expect(await axeClean(page)).toEqual([]);

  await row(ana.page, 'Hollin & Sons').getByRole('link').click();
  await row(ana.page, 'Offer.pdf').getByRole('link').click();
  await ana.page.locator('.file-pages canvas').first().waitFor();
  await shot(ana.page, 'library-pdf');
  await ana.page.getByRole('button', { name: 'Close' }).click();
  await row(ana.page, 'Kiln 2.png').getByRole('link').click();
  const image = ana.page.getByRole('img', { name: 'Kiln 2.png' });
  await image.waitFor();
  await expect.poll(() => image.evaluate((img) => (img as HTMLImageElement).naturalWidth), patient).toBe(240);
  await shot(ana.page, 'library-image');
  expect(await axeClean(ana.page)).toEqual([]);
  await ana.page.getByRole('button', { name: 'Close' }).click();
  await row(ana.page, 'notes.txt').getByRole('link').click();
  await ana.page.getByText('<script>alert(1)</script>').waitFor();
  await ana.page.getByRole('button', { name: 'Close' }).click();
  expect(rapport.pageErrors).toEqual([]);
});

test('by keys alone: rename, star, move, bin, and undo of each', async () => {
  const { page } = ana;
  await page.goto(at);
  const folder = row(page, 'Hollin & Sons');
  await folder.getByRole('link').focus();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Name' }).fill('Hollin');
  await page.keyboard.press('Enter');
  await row(page, 'Hollin').getByRole('link', { name: 'Hollin', exact: true }).waitFor();
  await page.keyboard.press('Control+z');
  await folder.waitFor();

  await folder.getByRole('link').focus();
  await page.keyboard.press('s');
  await page.getByRole('link', { name: 'Favourites' }).click();
  await folder.waitFor();

  await folder.getByRole('link').click();
  await row(page, 'notes.txt').getByRole('link').focus();
  await page.keyboard.press('m');
  await page.getByRole('option', { name: 'Library', exact: true }).click();
  await row(page, 'notes.txt').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await row(page, 'notes.txt').waitFor();

  await row(page, 'notes.txt').getByRole('link').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('x');
  await page.getByText('2 selected').waitFor();
  await page.keyboard.press('Delete');
  await expect.poll(() => page.locator('.lib-row').count(), patient).toBe(3);
  await page.getByRole('link', { name: 'Bin' }).click();
  await expect.poll(() => page.locator('.lib-row').count(), patient).toBe(2);
  await page.keyboard.press('Control+z');
  await page.getByText('The bin is empty').waitFor();
  expect(rapport.pageErrors).toEqual([]);
});

test('tags of a file are set from its menu, lead to all that has them, and are undone', async () => {
  const { page } = noor;
  const note = await noor.api<{ id: string }>('POST', `/api/v1/w/${ws}/notes`, {
    title: 'Smoke test',
    tags: ['Smoke'],
  });
  expect(note.id).not.toBe('');
  await page.goto(at);
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload' }).click();
  await (await choosing).setFiles([{ name: 'Kiln.txt', mimeType: 'text/plain', buffer: Buffer.from('28') }]);
  await row(page, 'Kiln.txt').getByRole('link').focus();
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog', { name: 'Tags of “Kiln.txt”' });
  await dialog.getByRole('button', { name: 'Smoke' }).click();
  await dialog.getByRole('textbox').fill('Smoke, مدخنة, Smoke, 2026');
  expect(await axeClean(page)).toEqual([]);
  await shot(page, 'library-tags');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => row(page, 'Kiln.txt').locator('.label').allInnerTexts(), patient)
    .toEqual(['Smoke', 'مدخنة', '2026']);
  await page
    .getByRole('link', { name: /^Smoke/ })
    .first()
    .click();
  await page.waitForURL(/tag=Smoke/);
  await row(page, 'Kiln.txt').waitFor();
  await row(page, 'Smoke test').waitFor();
  await page.goBack();
  await row(page, 'Kiln.txt').waitFor();
  await page.keyboard.press('Control+z');
  await expect.poll(() => row(page, 'Kiln.txt').locator('.label').count(), patient).toBe(0);
});

test('a line is dragged onto a folder; what is found shows where', async () => {
  const { page } = noor;
  await page.goto(at);
  await noor.api('POST', `/api/v1/w/${ws}/notes`, { title: 'Loose note' });
  await row(page, 'Loose note').dragTo(row(page, 'Hollin & Sons'));
  await row(page, 'Loose note').waitFor({ state: 'detached' });
  await page.getByRole('searchbox', { name: 'Find in the library' }).fill('What we promised');
  await expect.poll(() => page.locator('.lib-row mark').count(), { timeout: 15_000 }).toBeGreaterThan(0);
  await shot(page, 'library-search');
  expect(rapport.pageErrors).toEqual([]);
});

test('a private folder is nobody else’s; a viewer finds no way to change', async () => {
  await noor.api('POST', `/api/v1/w/${ws}/folders`, { name: 'Board papers', private: true });
  const vic = await rapport.newPerson('Vic Viewer');
  await rapport.join(noor, vic, ws, 'viewer');
  await vic.page.goto(at);
  await row(vic.page, 'Hollin & Sons').waitFor();
  expect(await row(vic.page, 'Board papers').count()).toBe(0);
  expect(await vic.page.getByRole('button', { name: 'New note' }).count()).toBe(0);
  await row(vic.page, 'Hollin & Sons').getByRole('link').focus();
  await vic.page.keyboard.press('Delete');
  await vic.page.getByText('You may only look at').first().waitFor();
  await vic.context.close();
});

test('an upload that the network cut goes on when it is back, and after a reload', async () => {
  const { page, context } = ana;
  await page.goto(at);
  await row(page, 'Hollin & Sons').waitFor();
  let pieces = 0;
  await context.route('**/uploads/*', async (route) => {
    if (route.request().method() === 'PATCH' && ++pieces > 1) await route.abort('connectionreset');
    else await route.continue();
  });
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload' }).click();
  await (await choosing).setFiles([{ name: 'large.bin', mimeType: '', buffer: Buffer.alloc(9_000_000, 7) }]);
  await page.getByText('waits for the network').waitFor();
  await shot(page, 'library-upload');
  await page.reload();
  await page.getByText('waits for the network').waitFor();
  await context.unroute('**/uploads/*');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await row(page, 'large.bin').waitFor({ timeout: 60_000 });
  const { items } = await ana.api<{ items: { name: string; size: number }[] }>('GET', `/api/v1/w/${ws}/files?q=large`);
  expect(items).toMatchObject([{ name: 'large.bin', size: 9_000_000 }]);
});

test('on a phone, in the dark', async () => {
  const phone = await noor.context.newPage();
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.emulateMedia({ colorScheme: 'dark' });
  await noor.api('POST', `/api/v1/w/${ws}/folders`, { name: 'ملفات العملاء في الشرق الأوسط وشمال أفريقيا' });
  await phone.goto(at);
  await row(phone, 'Hollin & Sons').waitFor();
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await axeClean(phone)).toEqual([]);
  await shot(phone, 'library-phone');
  await phone.close();
});

test('beside a note stands the tree: its folder is open, a colleague’s new note comes, one leads to it', async () => {
  const { page } = noor;
  const inner = await noor.api<{ id: string }>('POST', `/api/v1/w/${ws}/folders`, { name: 'Inner' });
  const folder = await noor.api<{ id: string }>('POST', `/api/v1/w/${ws}/folders`, { name: 'Deep', folder: inner.id });
  const make = (title: string) =>
    noor.api<{ id: string }>('POST', `/api/v1/w/${ws}/notes`, { title, folder: folder.id });
  const first = await make('First in the deep');
  await page.goto(`/w/${ws}/n/${first.id}`);
  const tree = page.getByRole('navigation', { name: 'Notes' });
  await tree.getByRole('link', { name: 'First in the deep' }).waitFor();
  expect(await tree.getByRole('link', { name: 'First in the deep' }).getAttribute('aria-current')).toBe('page');
  await ana.api('POST', `/api/v1/w/${ws}/notes`, { title: 'Second in the deep', folder: folder.id });
  await tree.getByRole('link', { name: 'Second in the deep' }).click();
  await page.getByRole('textbox', { name: 'Title' }).waitFor();
  await shot(page, 'note-tree');
  await tree.getByRole('button', { name: 'Deep' }).press('ArrowLeft');
  await tree.getByRole('link', { name: 'First in the deep' }).waitFor({ state: 'detached' });
  expect(await axeClean(page)).toEqual([]);
});

test('a note and a file on a deal: made in its panel, seen by a colleague, pinned, and undone', async () => {
  const { page } = noor;
  const made = await noor.api<{ id: string }>('POST', `/api/v1/w/${ws}/deals`, { board, title: 'Smokehouse retrofit' });
  const deal = made.id;
  const panel = page.getByRole('complementary', { name: /Smokehouse/ });
  const theirs = ana.page.getByRole('complementary', { name: /Smokehouse/ });
  await page.goto(`/w/${ws}/b/${board}?deal=${deal}`);
  await ana.page.goto(`/w/${ws}/b/${board}?deal=${deal}`);
  await panel.getByRole('button', { name: 'Write a note' }).click();
  await page.getByRole('button', { name: /Empty note/ }).click();
  await page.waitForURL(/\/n\//);
  await theirs.getByRole('link', { name: /Smokehouse retrofit/ }).waitFor();
  await page.goBack();

  const choosing = page.waitForEvent('filechooser');
  await panel.getByRole('button', { name: 'Add files' }).click();
  await (await choosing).setFiles([{ name: 'Floor plan.txt', mimeType: 'text/plain', buffer: Buffer.from('kiln 2') }]);
  await theirs
    .getByRole('button', { name: /Floor plan\.txt/ })
    .first()
    .waitFor();
  await theirs.getByRole('button', { name: /^Floor plan\.txt/ }).click();
  await ana.page.getByText('kiln 2').waitFor();
  await ana.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

  await panel.getByRole('button', { name: 'Pin Smokehouse retrofit' }).click();
  await theirs.getByRole('button', { name: 'Unpin Smokehouse retrofit' }).waitFor();
  await page.keyboard.press('Control+z');
  await theirs.getByRole('button', { name: 'Pin Smokehouse retrofit' }).waitFor();
  await panel.getByRole('button', { name: 'Pin Smokehouse retrofit' }).waitFor();
  await theirs.getByText('wrote the note').waitFor();
  await panel.getByRole('button', { name: 'Put Floor plan.txt into the bin' }).click();
  await theirs.getByRole('button', { name: /^Floor plan\.txt/ }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Undo/ }).click();
  await theirs.getByRole('button', { name: /^Floor plan\.txt/ }).waitFor();
  expect(await axeClean(page)).toEqual([]);
  await shot(page, 'deal-documents');
  expect(rapport.pageErrors).toEqual([]);
});

test('a contact’s page has its notes and files, too', async () => {
  const { page } = noor;
  const contact = await noor.api<{ id: string }>('POST', `/api/v1/w/${ws}/contacts`, { name: 'Helle Brandvold' });
  await page.goto(`/w/${ws}/contacts/${contact.id}`);
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add files' }).click();
  await (await choosing).setFiles([{ name: 'Card.txt', mimeType: 'text/plain', buffer: Buffer.from('Helle') }]);
  await page.getByRole('button', { name: /^Card\.txt/ }).waitFor();
  await page.getByText('attached').first().waitFor();
  await shot(page, 'contact-documents');
  await page.getByRole('button', { name: 'Write a note', exact: true }).last().click();
  await page.getByRole('button', { name: /Handover/ }).click();
  await page.waitForURL(/\/n\//);
  expect(rapport.pageErrors).toEqual([]);
});

test('without a connection the places that were looked at can be read, also after a reload', async () => {
  const lea = await rapport.newPerson('Lea Lindqvist');
  const { workspaceId } = await rapport.newWorkspace(lea, 'Elsewhere');
  const api = `/api/v1/w/${workspaceId}`;
  const folder = await lea.api<{ id: string }>('POST', `${api}/folders`, { name: 'Season', folder: null });
  await lea.api('POST', `${api}/folders`, { name: 'Never opened', folder: null });
  await lea.api('POST', `${api}/notes`, { title: 'Kiln plan', folder: folder.id });
  const { page, context } = lea;
  await page.goto(`/w/${workspaceId}/library`);
  await row(page, 'Season').getByRole('link').click();
  await row(page, 'Kiln plan').waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await expect.poll(() => page.evaluate(() => caches.keys()), patient).not.toEqual([]);
  await context.setOffline(true);
  await page.reload();
  await row(page, 'Kiln plan').waitFor();
  await page.getByText('As it was when this device was last connected').waitFor();
  await page.goto(`/w/${workspaceId}/library`);
  await row(page, 'Season').waitFor();
  await row(page, 'Never opened').getByRole('link').click();
  await page.getByText('The library cannot be had now').waitFor();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Nothing in here yet').waitFor();
  await page.goto(`/w/${workspaceId}/library?folder=${folder.id}`);
  await row(page, 'Kiln plan').waitFor();
  await expect.poll(() => page.locator('.lib-old').count(), patient).toBe(0);
  expect(rapport.pageErrors).toEqual([]);
  await context.close();
});

test('a new note is named without a press of the mouse, and what follows the title is its text', async () => {
  const { page } = ana;
  await page.goto(at);
  await page.getByRole('button', { name: 'New note' }).click();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/n\//);
  await page.locator('.note-title:focus').waitFor();
  await page.locator('.note-text').waitFor();
  await page.keyboard.type('Site visit');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Cold room');
  await expect.poll(() => page.locator('.note-text').textContent(), patient).toBe('Cold room');
  await page.goBack();
  await row(page, 'Site visit').waitFor();
  expect(rapport.pageErrors).toEqual([]);
});
