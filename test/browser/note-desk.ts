import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import * as Y from 'yjs';
import { makeKey } from '../system/server-fixture.ts';
import { stockClient, type StockClient } from '../system/stock-client.ts';
import { type BrowserPerson, type Rapport, startRapport } from './harness.ts';

export interface MadeNote {
  readonly id: string;
  readonly doc: string;
}

/** Two colleagues at notes of one workspace. Close it in `afterAll`. */
export interface NoteDesk {
  readonly rapport: Rapport;
  readonly ana: BrowserPerson;
  readonly ben: BrowserPerson;
  readonly workspaceId: string;
  readonly boardId: string;
  /** Path of the workspace's API. */
  readonly api: string;
  makeNote(title: string, more?: object): Promise<MadeNote>;
  show(person: BrowserPerson, note: MadeNote): Promise<void>;
  /** A plain Yjs client that may edit the note; it is Ana by a key of hers. */
  client(note: MadeNote): Promise<StockClient>;
  exported(note: MadeNote, format: string): Promise<string>;
  paste(page: Page, kinds: Record<string, string>): Promise<void>;
  close(): Promise<void>;
}

/** A busy machine: what must come true may take a while. */
export const until = (read: () => unknown) => expect.poll(read, { timeout: 20_000 });
export const text = (page: Page) => page.locator('.note-editor .note-text');

/** What is written, without the names at others' carets. */
export const written = (page: Page): Promise<string> =>
  text(page).evaluate((root) => {
    const copy = root.cloneNode(true) as Element;
    for (const caret of copy.querySelectorAll('.caret, .ProseMirror-separator')) caret.remove();
    return [...copy.querySelectorAll('p, h1, h2, h3')]
      .map((block) => block.textContent)
      .join('\n')
      .replaceAll('\u2060', '');
  });

export const xml = (name: string, attributes: Record<string, unknown>, ...children: (Y.XmlElement | Y.XmlText)[]) => {
  const made = new Y.XmlElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string);
  made.insert(0, children);
  return made;
};
export const paragraph = (words: string) => xml('paragraph', {}, new Y.XmlText(words));

export async function openNoteDesk(): Promise<NoteDesk> {
  const rapport = await startRapport();
  const { host: ana, guest: ben, workspaceId, boardId, api } = await rapport.newPair('Ana Adams', 'Ben Brook');
  const clients: StockClient[] = [];
  return {
    rapport,
    ana,
    ben,
    workspaceId,
    boardId,
    api,
    makeNote: (title, more = {}) => ana.api<MadeNote>('POST', `${api}/notes`, { title, ...more }),
    async show({ page }, note) {
      await page.goto(`/w/${workspaceId}/n/${note.id}`);
      await text(page).waitFor({ timeout: 60_000 });
    },
    async client(note) {
      const call = async (method: string, path: string, body?: unknown) => ({
        status: 201,
        body: await ana.api(method, path, body),
      });
      const { key } = await makeKey({ call } as never, api, 'member');
      const made = await stockClient(rapport.url, workspaceId, note.doc, key);
      clients.push(made);
      return made;
    },
    async exported(note, format) {
      const answer = await ana.context.request.get(`${api}/notes/${note.id}/export?format=${format}`);
      return answer.text();
    },
    paste: (page, kinds) =>
      text(page).evaluate((target, given) => {
        const data = new DataTransfer();
        for (const [kind, value] of Object.entries(given)) data.setData(kind, value);
        target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      }, kinds),
    async close() {
      for (const each of clients) each.close();
      await rapport.close();
    },
  };
}
