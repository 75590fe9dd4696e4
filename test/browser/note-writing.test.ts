import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { makeKey } from '../system/server-fixture.ts';
import { stockClient, type StockClient } from '../system/stock-client.ts';
import { hasChromium } from './gallery-page.ts';
import { type BrowserPerson, type Rapport, axeClean, startRapport } from './harness.ts';

interface Made {
  readonly id: string;
  readonly doc: string;
}

/** A busy machine: what must come true may take a while. */
const until = (read: () => unknown) => expect.poll(read, { timeout: 20_000 });
const text = (page: Page) => page.locator('.note-editor .note-text');

/** What is written, without the names at others' carets. */
const written = (page: Page) =>
  text(page).evaluate((root) => {
    const copy = root.cloneNode(true) as Element;
    for (const caret of copy.querySelectorAll('.caret, .ProseMirror-separator')) caret.remove();
    return [...copy.querySelectorAll('p, h1, h2, h3')]
      .map((block) => block.textContent)
      .join('\n')
      .replaceAll('\u2060', '');
  });

const xml = (name: string, attributes: Record<string, unknown>, ...children: (Y.XmlElement | Y.XmlText)[]) => {
  const made = new Y.XmlElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string);
  made.insert(0, children);
  return made;
};
const paragraph = (words: string) => xml('paragraph', {}, new Y.XmlText(words));

describe.skipIf(!hasChromium)('a note that people write together', () => {
  let rapport: Rapport;
  let ana: BrowserPerson;
  let ben: BrowserPerson;
  let api: string;
  let workspaceId: string;
  let boardId: string;
  const clients: StockClient[] = [];

  const makeNote = (title: string, more: object = {}) => ana.api<Made>('POST', `${api}/notes`, { title, ...more });
  const show = async ({ page }: BrowserPerson, note: Made) => {
    await page.goto(`/w/${workspaceId}/n/${note.id}`);
    await text(page).waitFor({ timeout: 60_000 });
  };
  const client = async (note: Made): Promise<StockClient> => {
    const call = async (method: string, path: string, body?: unknown) => ({
      status: 201,
      body: await ana.api(method, path, body),
    });
    const { key } = await makeKey({ call } as never, api, 'member');
    const made = await stockClient(rapport.url, workspaceId, note.doc, key);
    clients.push(made);
    return made;
  };
  const exported = async (note: Made, format: string) => {
    const answer = await ana.context.request.get(`${api}/notes/${note.id}/export?format=${format}`);
    return answer.text();
  };
  const paste = (page: Page, kinds: Record<string, string>) =>
    text(page).evaluate((target, given) => {
      const data = new DataTransfer();
      for (const [kind, value] of Object.entries(given)) data.setData(kind, value);
      target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, kinds);

  beforeAll(async () => {
    rapport = await startRapport();
    ana = await rapport.newPerson('Ana Adams');
    ben = await rapport.newPerson('Ben Brook');
    ({ workspaceId, boardId } = await rapport.newWorkspace(ana));
    await rapport.join(ana, ben, workspaceId);
    api = `/api/v1/w/${workspaceId}`;
  });
  afterAll(async () => {
    for (const each of clients) each.close();
    await rapport?.close();
  });

  it('shows what five people type into one paragraph, their carets, and undoes only one’s own', async () => {
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

  it('takes what both wrote offline, and keeps both', async () => {
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
    await ben.page.locator('.note-editor p').first().click();
    await ben.page.keyboard.press('End');
    await ben.page.keyboard.type(', ben was here');
    await ana.context.setOffline(false);
    await ben.context.setOffline(false);
    for (const { page } of [ana, ben]) await until(() => written(page)).toBe('ana was here, Shared line, ben was here');
  });

  it('leaves letters that are being composed alone, in Japanese, German and Arabic, also while a colleague types', async () => {
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

  it('writes Markdown as it is typed, and takes it pasted', async () => {
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

  it('lets nothing in that could run, however it is pasted or written', async () => {
    const note = await makeNote('Attacks');
    await show(ana, note);
    await text(ana.page).click();
    const attacks = [
      '<p>one<script>window.hit=1</script></p>',
      '<img src="x" onerror="window.hit=1"><img src="https://evil.example/pixel.png" alt="pixel">',
      '<a href="javascript:window.hit=1" onclick="window.hit=1">press</a><a href="data:text/html,x">data</a>',
      '<svg onload="window.hit=1"><a xlink:href="javascript:1">svg</a></svg><iframe srcdoc="<script>parent.hit=1</script>"></iframe>',
      '<p style="position:fixed;inset:0" class="app" onmouseover="window.hit=1">styled</p><form action="/x"><input autofocus onfocus="window.hit=1"></form>',
      '<table><tr><td colspan="1000000000">wide</td></tr></table><object data="x"></object><math><mtext></mtext></math>',
    ];
    for (const html of attacks) await paste(ana.page, { 'text/html': html });
    await until(() => text(ana.page).innerText()).toContain('styled');
    const left = await text(ana.page).evaluate((root) => ({
      hit: (globalThis as unknown as { hit?: number }).hit,
      bad: [
        ...root.querySelectorAll(
          'script, iframe, svg:not(.ico):not(.stage), object, form, math, [onclick], [onerror], [onmouseover], [onload]',
        ),
      ].map(({ outerHTML }) => outerHTML.slice(0, 80)),
      links: [...root.querySelectorAll('a')].map((link) => link.getAttribute('href')),
      pictures: root.querySelectorAll('img[src^="http"]').length,
    }));
    expect(left).toEqual({ hit: undefined, bad: [], links: ['https://evil.example/pixel.png'], pictures: 0 });
    expect(await exported(note, 'html')).not.toMatch(/<script|onerror=|javascript:|<iframe|<svg/);
  });

  it('opens a document that a hostile client wrote, says what it left out, and can be mended', async () => {
    const note = await makeNote('Hostile');
    const hostile = await client(note);
    hostile.doc.transact(() => {
      let at: Y.XmlFragment = hostile.doc.getXmlFragment('body');
      at.insert(0, [
        paragraph('still here'),
        xml('script', {}, new Y.XmlText('alert(1)')),
        paragraph('a'.repeat(1_500_000)),
      ]);
      for (let depth = 0; depth < 10_000; depth++) {
        const next = new Y.XmlElement('blockquote');
        at.insert(at.length, [next]);
        at = next;
      }
    });
    await ana.page.goto(`/w/${workspaceId}/n/${note.id}`);
    const banner = ana.page.locator('.banner.danger');
    await banner.waitFor({ timeout: 30_000 });
    for (const said of ['1 part of an unknown kind', '1 part that is nested too deeply', 'too long'])
      expect(await banner.innerText()).toContain(said);
    await until(() => ana.page.locator('.note-text').innerText()).toContain('still here');
    // Nothing was thrown away by looking at it.
    expect(hostile.doc.getXmlFragment('body').length).toBe(5);
    await banner.getByRole('button', { name: 'Take them out and edit' }).click();
    await text(ana.page).waitFor({ timeout: 30_000 });
    await until(() => banner.count()).toBe(0);
    await ana.page.locator('.note-editor p').first().click();
    await ana.page.keyboard.press('Home');
    await ana.page.keyboard.type('I am ');
    await until(() => exported(note, 'text')).toContain('I am still here');
  });

  it('gives way to hostile parts that come while it is open, and goes on when they are gone', async () => {
    const note = await makeNote('Hostile, live');
    await show(ana, note);
    await text(ana.page).click();
    await ana.page.keyboard.type('mine');
    const hostile = await client(note);
    hostile.doc.transact(() => {
      let at: Y.XmlFragment = hostile.doc.getXmlFragment('body');
      for (let depth = 0; depth < 3000; depth++) {
        const next = new Y.XmlElement('blockquote');
        at.insert(at.length, [next]);
        at = next;
      }
    });
    await ana.page.locator('.banner.danger').waitFor({ timeout: 30_000 });
    await until(() => ana.page.locator('.note-text').innerText()).toContain('mine');
    hostile.doc.getXmlFragment('body').delete(1, 1);
    await text(ana.page).waitFor({ timeout: 30_000 });
    await text(ana.page).click();
    await ana.page.keyboard.press('Control+End');
    await ana.page.keyboard.type(' and more');
    await until(() => exported(note, 'text')).toContain('mine and more');
  });

  it('shows a deal as it is now, and nothing of one that is hidden', async () => {
    const deal = await ana.api<Made>('POST', `${api}/deals`, {
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

  it('holds a thread to its words when their paragraph is split, and lets somebody answer and resolve it', async () => {
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
    await ben.page.locator('.com-reply').getByRole('button', { name: 'Reply' }).click();
    await until(() => page.locator('.com-text').allInnerTexts()).toEqual(['Staffed?', 'Yes']);
    expect(await axeClean(page)).toEqual([]);
    await ben.page.getByRole('button', { name: 'Resolve' }).click();
    await until(() => page.locator('.note-mark').count()).toBe(0);
    await page.getByRole('button', { name: 'Show 1 resolved' }).waitFor();
  });

  it('lets somebody comment who may not edit, from the very first word, and takes the page away with the share', async () => {
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
    await page.locator('.version-view').getByRole('button', { name: 'Restore' }).click();
    await until(() => written(page)).toBe('Order six housings, six of them');
    expect(await axeClean(page)).toEqual([]);
  });

  it('fits a phone, in the dark, with nothing that axe finds wrong', async () => {
    const note = await makeNote('A very long title that goes on and on, in a folder with a name that is longer still');
    const writer = await client(note);
    writer.doc
      .getXmlFragment('body')
      .insert(0, [
        paragraph('مرحبا بالعالم'),
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
    expect(await axeClean(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show comments, versions and links' }).click();
    await page.getByText('No comments').waitFor();
    expect(await axeClean(page)).toEqual([]);
    await context.close();
  });

  it('throws nothing on the way', () => {
    expect(rapport.pageErrors).toEqual([]);
  });
});
