import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { hasChromium } from './gallery-page.ts';
import { openNoteDesk, paragraph, text, until, written, type NoteDesk } from './note-desk.ts';

describe.skipIf(!hasChromium)('a note that several people write at once', () => {
  let desk: NoteDesk;
  beforeAll(async () => {
    desk = await openNoteDesk();
  });
  afterAll(() => desk?.close());

  it('shows what five people type into one paragraph, their carets, and undoes only one’s own', async () => {
    const { ana, ben, makeNote, show, client } = desk;
    const note = await makeNote('Five at once');
    await show(ana, note);
    await show(ben, note);
    const others = [await client(note), await client(note), await client(note)];
    await text(ana.page).click();
    await ana.page.keyboard.type('Start. ');
    await until(() => written(ben.page)).toContain('Start.');
    await until(() => others.every(({ doc }) => doc.getXmlFragment('body').toString().includes('Start.'))).toBe(true);
    const typing = others.map(async ({ doc }, index) => {
      for (let at = 0; at < 20; at++) {
        const words = (doc.getXmlFragment('body').get(0) as Y.XmlElement).get(0) as Y.XmlText;
        words.insert(Math.min(words.length, at * 2), String(index));
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    });
    await ben.page.locator('.note-editor p').first().click();
    await ben.page.keyboard.press('End');
    await Promise.all([
      ...typing,
      ana.page.keyboard.type('anaana', { delay: 20 }),
      ben.page.keyboard.type('benben', { delay: 20 }),
    ]);
    await until(async () => {
      const is = await written(ana.page);
      return [is.match(/[012]/g)?.length, is.match(/[abn]/g)?.length];
    }).toEqual([60, 'Start. anaanabenben'.match(/[abn]/g)?.length]);
    await until(() => written(ben.page)).toBe(await written(ana.page));
    await until(() => ana.page.locator('.caret .ptag').allInnerTexts()).toContain('Ben');
    const before = await written(ana.page);
    await text(ana.page).press('Control+z');
    await until(() => written(ana.page)).not.toBe(before);
    const after = await written(ana.page);
    expect(after.match(/[012]/g)).toHaveLength(60);
    expect([...after].filter((letter) => letter === 'e')).toHaveLength(2);
  });

  it('keeps the caret where it is seen while a colleague writes above it', async () => {
    const { ana, makeNote, show, client } = desk;
    const note = await makeNote('Long');
    const other = await client(note);
    const body = other.doc.getXmlFragment('body');
    body.insert(
      0,
      Array.from({ length: 80 }, (_, at) => paragraph(`Line ${at}`)),
    );
    await show(ana, note);
    await ana.page.locator('.note-editor p', { hasText: 'Line 15' }).click();
    const isSeen = () =>
      ana.page.locator('.note-editor p', { hasText: 'Line 15' }).evaluate((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      });
    expect(await isSeen()).toBe(true);
    for (let at = 0; at < 8; at++) {
      body.insert(0, [paragraph('above, 1'), paragraph('above, 2'), paragraph('above, 3'), paragraph('above, 4')]);
      await ana.page.waitForTimeout(60);
    }
    await until(() => ana.page.locator('.note-editor p', { hasText: 'above' }).count()).toBe(32);
    await until(isSeen).toBe(true);
    // Who has scrolled away is left where they are.
    await ana.page.mouse.move(700, 400);
    await ana.page.mouse.wheel(0, 3000);
    await until(isSeen).toBe(false);
    body.insert(0, [paragraph('last')]);
    await ana.page.locator('.note-editor p', { hasText: 'last' }).waitFor();
    await ana.page.waitForTimeout(200);
    expect(await isSeen()).toBe(false);
  });

  it('follows a colleague’s caret until one does something oneself', async () => {
    const { ana, ben, makeNote, show, client } = desk;
    const note = await makeNote('Followed');
    const writer = await client(note);
    writer.doc.getXmlFragment('body').insert(
      0,
      Array.from({ length: 80 }, (_, at) => paragraph(`Line ${at}`)),
    );
    await show(ana, note);
    await show(ben, note);
    const { page } = ana;
    await text(ben.page).click();
    await ben.page.keyboard.press('Control+End');
    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    await page.locator('.menu-i', { hasText: 'Ben Brook' }).click();
    const isSeen = (words: string) =>
      page.locator('.note-editor p', { hasText: words }).evaluate((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      });
    await until(() => isSeen('Line 79')).toBe(true);
    await ben.page.keyboard.press('Control+Home');
    await until(() => isSeen('Line 79')).toBe(false);
    await page.getByRole('button', { name: 'Following Ben' }).waitFor();
    await page.mouse.move(700, 400);
    await page.mouse.wheel(0, 200);
    await page.getByRole('button', { name: 'Follow', exact: true }).waitFor({ timeout: 20_000 });
    await ben.page.keyboard.press('Control+End');
    await page.waitForTimeout(400);
    expect(await isSeen('Line 79')).toBe(false);
  });

  it('takes what both wrote offline, and keeps both', async () => {
    const { ana, ben, makeNote, show } = desk;
    const note = await makeNote('Offline');
    await show(ana, note);
    await show(ben, note);
    await text(ana.page).click();
    await ana.page.keyboard.type('Shared line');
    await until(() => written(ben.page)).toContain('Shared line');
    await ana.context.setOffline(true);
    await ben.context.setOffline(true);
    await ana.page.keyboard.press('Home');
    await ana.page.keyboard.type('ana was here, ');
    await ana.page.getByRole('button', { name: /^Offline, \d+ pending$/ }).click();
    await ana.page.locator('.save-list', { hasText: 'Wrote “ana was here,” in Offline' }).waitFor({ timeout: 20_000 });
    await ana.page.keyboard.press('Escape');
    await ben.page.locator('.note-editor p').first().click();
    await ben.page.keyboard.press('End');
    await ben.page.keyboard.type(', ben was here');
    await ana.context.setOffline(false);
    await ben.context.setOffline(false);
    for (const { page } of [ana, ben]) await until(() => written(page)).toBe('ana was here, Shared line, ben was here');
  });

  it('leaves letters that are being composed alone, in Japanese, German and Arabic, also while a colleague types', async () => {
    const { ana, makeNote, show, client } = desk;
    const note = await makeNote('Composition');
    await show(ana, note);
    const other = await client(note);
    await text(ana.page).click();
    const session = await ana.context.newCDPSession(ana.page);
    const compose = async (steps: readonly string[], end: string) => {
      for (const step of steps) {
        await session.send('Input.imeSetComposition', {
          text: step,
          selectionStart: step.length,
          selectionEnd: step.length,
        });
        other.doc.getXmlFragment('body').insert(other.doc.getXmlFragment('body').length, [paragraph('remote')]);
        await ana.page.waitForTimeout(60);
      }
      await session.send('Input.insertText', { text: end });
    };
    await compose(['に', 'にほ', 'にほんご'], '日本語');
    await compose(['´', 'é'], 'é');
    await compose(['م', 'مر', 'مرح'], 'مرحبا');
    await until(() => ana.page.locator('.note-editor p').first().innerText()).toBe('日本語éمرحبا');
    await until(() => other.doc.getXmlFragment('body').get(0).toString()).toContain('日本語éمرحبا');
    expect(other.doc.getXmlFragment('body').toString().split('remote')).toHaveLength(9);
  });

  it('throws nothing on the way', () => {
    expect(desk.rapport.pageErrors).toEqual([]);
  });
});
