import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from './gallery-page.ts';
import { axeClean } from './harness.ts';
import { openNoteDesk, paragraph, text, until, xml, type NoteDesk } from './note-desk.ts';

describe.skipIf(!hasChromium)('writing a note', () => {
  let desk: NoteDesk;
  beforeAll(async () => {
    desk = await openNoteDesk();
  });
  afterAll(() => desk?.close());

  it('writes Markdown as it is typed, and takes it pasted', async () => {
    const { ana, makeNote, show, exported, paste } = desk;
    const note = await makeNote('Markdown');
    await show(ana, note);
    const page = ana.page;
    await text(page).click();
    await page.keyboard.type('# Season');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Live on **10 January** at `28 °C`');
    await page.keyboard.press('Enter');
    await page.keyboard.type('- first');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.type('/quo');
    await page.locator('.note-suggest .menu-i.on', { hasText: 'Quote' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('said');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await paste(page, {
      'text/plain':
        '## Pasted\n\n- [x] done\n- [ ] open\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)> **bold**\n',
    });
    await page.locator('.note-editor h2', { hasText: 'Pasted' }).waitFor();
    await until(() => exported(note, 'markdown')).toContain('- [x] done\n- [ ] open');
    const markdown = await exported(note, 'markdown');
    expect(markdown).toContain('## Season\n\nLive on **10 January** at `28 °C`\n\n- first\n\n> said');
    expect(markdown).toContain('| a | b |\n| --- | --- |\n| 1 | 2 |');
    expect(markdown).toContain('**bold**');
    expect(markdown).not.toMatch(/(?<!\\)\]\(<?javascript/);
  });

  it('shows a deal as it is now, and nothing of one that is hidden', async () => {
    const { ana, ben, api, boardId, makeNote, show, client } = desk;
    const deal = await ana.api<{ id: string }>('POST', `${api}/deals`, {
      board: boardId,
      title: 'Smokehouse retrofit',
      value: { minor: 4_000_000, currency: 'EUR' },
    });
    const secret = await makeNote('A secret of Ana');
    await ana.api('PUT', `${api}/shares/${secret.id}`, { kind: 'restricted', grants: [] });
    const note = await makeNote('Chips');
    const writer = await client(note);
    const mention = (noun: string, ref: string) => xml('mention', { noun, ref, mid: `M${ref}` });
    writer.doc
      .getXmlFragment('body')
      .insert(0, [xml('paragraph', {}, mention('deal', deal.id), mention('note', secret.id))]);
    await show(ana, note);
    await show(ben, note);
    await until(() => text(ben.page).innerText()).toContain('Smokehouse retrofit');
    await until(() => text(ana.page).innerText()).toContain('A secret of Ana');
    expect(await ben.page.content()).not.toContain('A secret of Ana');
    await until(() => ben.page.locator('.mention.nobody').count()).toBe(1);
    const { items } = await ana.api<{ items: { id: string; name: string }[] }>(
      'GET',
      `${api}/boards/${boardId}/stages`,
    );
    const stage = items.find(({ name }) => name === 'Proposal') ?? items[1];
    await ana.api('POST', `${api}/deals/${deal.id}/move`, { stage: stage?.id ?? '' });
    await ana.api('PATCH', `${api}/deals/${deal.id}`, { value: { minor: 5_000_000, currency: 'EUR' } });
    await until(() => text(ben.page).innerText()).toContain(`${stage?.name} · €50,000`);
  });

  it('fits a phone, in the dark, with nothing that axe finds wrong', async () => {
    const { ana, workspaceId, rapport, makeNote, client } = desk;
    const note = await makeNote('A very long title that goes on and on, in a folder with a name that is longer still');
    const writer = await client(note);
    writer.doc
      .getXmlFragment('body')
      .insert(0, [
        paragraph('مرحبا بالعالم'),
        xml('bulletList', {}, xml('listItem', {}, paragraph('أولا'))),
        xml('blockquote', {}, paragraph('يجب')),
        xml(
          'taskList',
          {},
          xml(
            'taskItem',
            { checked: false, due: '2026-11-20' },
            paragraph('Donaudampfschifffahrtsgesellschaft'.repeat(4)),
          ),
        ),
      ]);
    const context = await rapport.newContext({
      storageState: await ana.context.storageState(),
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
      hasTouch: true,
    });
    const page = await context.newPage();
    await page.goto(`/w/${workspaceId}/n/${note.id}`);
    await page.locator('.note-task').waitFor({ timeout: 30_000 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(
      await page
        .locator('.note-editor p')
        .first()
        .evaluate((each) => getComputedStyle(each).direction),
    ).toBe('rtl');
    // Bullets and bars stand where their first paragraph begins, also where that only has its letters to say so.
    for (const [what, direction] of [
      ['.note-editor ul:has(li > p)', 'rtl'],
      ['.note-editor blockquote', 'rtl'],
      ['.note-editor .note-task', 'ltr'],
    ] as const)
      expect(
        await page
          .locator(what)
          .first()
          .evaluate((each) => getComputedStyle(each).direction),
      ).toBe(direction);
    expect(await axeClean(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show comments, versions and links' }).click();
    await page.getByText('No comments').waitFor();
    expect(await axeClean(page)).toEqual([]);
    await context.close();
  });

  it('throws nothing on the way', () => {
    expect(desk.rapport.pageErrors).toEqual([]);
  });
});
