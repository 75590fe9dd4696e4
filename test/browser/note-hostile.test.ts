import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { hasChromium } from './gallery-page.ts';
import { openNoteDesk, paragraph, text, until, xml, type NoteDesk } from './note-desk.ts';

describe.skipIf(!hasChromium)('what is bad in a note', () => {
  let desk: NoteDesk;
  beforeAll(async () => {
    desk = await openNoteDesk();
  });
  afterAll(() => desk?.close());

  it('lets nothing in that could run, however it is pasted or written', async () => {
    const { ana, makeNote, show, exported, paste } = desk;
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
    const { ana, workspaceId, makeNote, client, exported } = desk;
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

  it('opens a table of millions of spanned cells, ten thousand tables deep, and a text of five megabytes', async () => {
    const { ana, makeNote, client, exported, workspaceId } = desk;
    const note = await makeNote('Hostile table');
    const hostile = await client(note);
    const body = hostile.doc.getXmlFragment('body');
    const cell = (span: number, words: string) => xml('tableCell', { colspan: span, rowspan: span }, paragraph(words));
    hostile.doc.transact(() => {
      body.insert(0, [
        paragraph('still here'),
        xml(
          'table',
          {},
          ...Array.from({ length: 20 }, (_, row) =>
            xml('tableRow', {}, cell(1_000_000, `wide ${row}`), cell(1_000_000_000, 'wider')),
          ),
        ),
      ]);
    });
    // One message of the wire takes two megabytes; what is bigger comes in parts, as a client would type it.
    const long = new Y.XmlText();
    hostile.doc.transact(() => body.insert(2, [xml('paragraph', {}, long)]));
    for (let part = 0; part < 5; part++) long.insert(long.length, 'a'.repeat(1_000_000));
    hostile.doc.transact(() => {
      let at: Y.XmlFragment = body;
      for (let depth = 0; depth < 10_000; depth += 3) {
        const inner = new Y.XmlElement('tableCell');
        at.insert(at.length, [xml('table', {}, xml('tableRow', {}, inner))]);
        at = inner;
      }
    });
    const begun = performance.now();
    await ana.page.goto(`/w/${workspaceId}/n/${note.id}`);
    const banner = ana.page.locator('.banner.danger');
    await banner.waitFor({ timeout: 30_000 });
    for (const said of ['nested too deeply', 'too long', '40 settings with a value that is not allowed'])
      await until(() => banner.innerText()).toContain(said);
    await until(() => ana.page.locator('.note-text').innerText()).toContain('still here');
    expect(performance.now() - begun).toBeLessThan(30_000);
    expect(await ana.page.locator('.note-text td').first().innerText()).toBe('wide 0');
    expect(hostile.doc.getXmlFragment('body').length).toBe(5);
    await banner.getByRole('button', { name: 'Take them out and edit' }).click();
    await text(ana.page).waitFor({ timeout: 30_000 });
    await until(() => banner.count()).toBe(0);
    await ana.page.locator('.note-editor p').first().click();
    await ana.page.keyboard.press('Home');
    await ana.page.keyboard.type('I am ');
    await until(() => exported(note, 'text')).toContain('I am still here');
    await until(() => ana.page.locator('.note-editor td').first().innerText()).toBe('wide 0');
  });

  it('gives way to hostile parts that come while it is open, and goes on when they are gone', async () => {
    const { ana, makeNote, show, client, exported } = desk;
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

  it('throws nothing on the way', () => {
    expect(desk.rapport.pageErrors).toEqual([]);
  });
});
