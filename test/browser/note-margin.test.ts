import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from './gallery-page.ts';
import { axeClean } from './harness.ts';
import { openNoteDesk, text, until, written, type NoteDesk } from './note-desk.ts';

describe.skipIf(!hasChromium)('comments and versions of a note', () => {
  let desk: NoteDesk;
  beforeAll(async () => {
    desk = await openNoteDesk();
  });
  afterAll(() => desk?.close());

  it('holds a thread to its words when their paragraph is split, and lets somebody answer and resolve it', async () => {
    const { ana, ben, makeNote, show } = desk;
    const note = await makeNote('Comments');
    await show(ana, note);
    await show(ben, note);
    const page = ana.page;
    await text(page).click();
    await page.keyboard.type('We count back from Friday 2 January now');
    await text(page).evaluate((root) => {
      const node = root.querySelector('p')?.firstChild;
      if (node) getSelection()?.setBaseAndExtent(node, 19, node, 35);
    });
    await page.getByRole('button', { name: 'Comment (Ctrl+Alt+M)' }).click();
    await page.keyboard.type('Staffed?');
    await page.keyboard.press('Control+Enter');
    await until(() => ben.page.locator('.note-mark').allInnerTexts()).toEqual(['Friday 2 January']);
    // Split in front of it: the editor makes the words anew in a new paragraph.
    await text(page).evaluate((root) => {
      const node = root.querySelector('p')?.firstChild;
      if (node) getSelection()?.setBaseAndExtent(node, 9, node, 9);
    });
    await text(page).focus();
    await page.keyboard.press('Enter');
    for (const each of [page, ben.page])
      await until(() => each.locator('.note-mark').allInnerTexts()).toEqual(['Friday 2 January']);
    await ben.page.locator('.com-reply textarea').fill('Yes');
    await page.locator('.com-writing', { hasText: 'Ben is writing' }).waitFor({ timeout: 20_000 });
    expect(await ben.page.locator('.com-writing', { hasText: 'writing' }).count()).toBe(0);
    await ben.page.locator('.com-reply').getByRole('button', { name: 'Reply' }).click();
    await until(() => page.locator('.com-text').allInnerTexts()).toEqual(['Staffed?', 'Yes']);
    await until(() => page.locator('.com-writing', { hasText: 'writing' }).count()).toBe(0);
    expect(await axeClean(page)).toEqual([]);
    await ben.page.getByRole('button', { name: 'Resolve' }).click();
    await until(() => page.locator('.note-mark').count()).toBe(0);
    await page.getByRole('button', { name: 'Show 1 resolved' }).waitFor();
  });

  it('lets somebody comment who may not edit, from the very first word, and takes the page away with the share', async () => {
    const { ana, ben, api, makeNote, show, exported } = desk;
    const note = await makeNote('For comments only');
    await show(ana, note);
    await text(ana.page).click();
    await ana.page.keyboard.type('Hollin starts the season');
    await until(() => exported(note, 'text')).toContain('Hollin starts the season');
    const { items } = await ana.api<{ items: { id: string; name: string }[] }>('GET', `${api}/members`);
    const grants = [{ to: 'member', id: items.find(({ name }) => name === 'Ben Brook')?.id, level: 'comment' }];
    await ana.api('PUT', `${api}/shares/${note.id}`, { kind: 'restricted', grants });
    await show(ben, note);
    await until(() => text(ben.page).getAttribute('contenteditable')).toBe('false');
    await text(ben.page).evaluate((root) => {
      const node = root.querySelector('p')?.firstChild;
      (root as HTMLElement).focus();
      if (node) getSelection()?.setBaseAndExtent(node, 0, node, 6);
    });
    await ben.page.getByRole('button', { name: 'Comment (Ctrl+Alt+M)' }).click();
    await ben.page.keyboard.type('Since when?');
    await ben.page.keyboard.press('Control+Enter');
    await until(() => ana.page.locator('.note-mark').allInnerTexts()).toEqual(['Hollin']);
    await until(() => ana.page.locator('.com-text').allInnerTexts()).toEqual(['Since when?']);
    await ana.api('PUT', `${api}/shares/${note.id}`, { kind: 'restricted', grants: [] });
    await ben.page.getByText('This note cannot be shown').waitFor();
    await until(() => ben.page.content()).not.toContain('Hollin');
  });

  it('names a version, shows what changed since, goes back, and finds and replaces', async () => {
    const { ana, makeNote, show, exported } = desk;
    const note = await makeNote('Versions');
    await show(ana, note);
    const page = ana.page;
    await text(page).click();
    await page.keyboard.type('Order six housings, six of them');
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page.getByPlaceholder('Name this version').fill('Before the call');
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.locator('.ver', { hasText: 'Before the call' }).waitFor();
    await page.locator('.note-editor p').first().click();
    await page.keyboard.press('Control+f');
    await page.getByRole('textbox', { name: 'Find' }).fill('six');
    await until(() => page.locator('.find-bar [role="status"]').innerText()).toContain('of 2');
    await page.getByRole('textbox', { name: 'Replace with' }).fill('26');
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await until(() => written(page)).toBe('Order 26 housings, 26 of them');
    await page.keyboard.press('Escape');
    await until(() => exported(note, 'text')).toContain('Order 26 housings');
    await page.locator('.ver', { hasText: 'Before the call' }).locator('.ver-b').click();
    await until(() => page.locator('.version-view del').allInnerTexts()).toEqual(['six housings, six']);
    expect(await page.locator('.version-view ins').allInnerTexts()).toEqual(['26 housings, 26']);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await text(page).evaluate((root) => {
      const node = root.querySelector('p')?.firstChild;
      if (node) getSelection()?.setBaseAndExtent(node, 0, node, 5);
    });
    await text(page).focus();
    await page.keyboard.press('Control+b');
    await until(() => exported(note, 'markdown')).toContain('**Order**');
    await page.locator('.ver', { hasText: 'Before the call' }).locator('.ver-b').click();
    await until(() => page.locator('.version-view .is-altered').getAttribute('title')).toBe('Ana Adams: was not bold');
    expect(await page.locator('.version-view .is-altered strong').innerText()).toBe('Order');
    await page.locator('.version-view').getByRole('button', { name: 'Restore' }).click();
    await until(() => written(page)).toBe('Order six housings, six of them');
    expect(await axeClean(page)).toEqual([]);
  });

  it('throws nothing on the way', () => {
    expect(desk.rapport.pageErrors).toEqual([]);
  });
});
