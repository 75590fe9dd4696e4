// What a device kept of documents that nobody opens on it again goes at its next contact: hidden since, or erased from.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRapport, type Rapport } from './harness.ts';

let rapport: Rapport;
beforeAll(async () => {
  rapport = await startRapport();
}, 120_000);
afterAll(() => rapport?.close());

/** Everything that this browser keeps of documents, as text. */
const keptBy = (page: { evaluate<T>(run: () => Promise<T>): Promise<T> }) =>
  page.evaluate(async () => {
    const texts: string[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      if (!name.startsWith('rapport-docs-')) continue;
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error(name));
      });
      for (const store of database.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve, reject) => {
          const request = database.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => resolve(request.result as unknown[]);
          request.onerror = () => reject(request.error ?? new Error(store));
        });
        for (const row of rows) {
          const { update } = row as { update?: Uint8Array };
          texts.push(update instanceof Uint8Array ? new TextDecoder().decode(update) : JSON.stringify(row));
        }
      }
      database.close();
    }
    return texts.join('\n');
  });

test('copies of closed documents go when they were hidden, or text was erased from them, while the device was away', async () => {
  const { host: noor, guest: ana, workspaceId, path: first, api } = await rapport.newPair('Noor Haddad', 'Ana Sørli');
  const board = async (name: string, title: string): Promise<string> => {
    const made = (await noor.api('POST', `${api}/boards`, { name, currency: 'EUR' })) as { id: string };
    await noor.api('POST', `${api}/deals`, { board: made.id, title });
    return made.id;
  };
  const hidden = await board('Mergers', 'Blue fjord');
  const erased = await board('Retail', 'Zora Quillfeather');
  await noor.page.goto(first);
  const visit = async (id: string, title: string) => {
    await ana.page.goto(`/w/${workspaceId}/b/${id}`);
    await ana.page.getByText(title).first().waitFor();
    await expect.poll(() => keptBy(ana.page), { timeout: 20_000 }).toContain(title);
  };
  await visit(hidden, 'Blue fjord');
  await visit(erased, 'Zora Quillfeather');

  await ana.page.goto('about:blank');
  await noor.api('PUT', `${api}/shares/${hidden}`, { kind: 'restricted', grants: [] });
  await noor.api('POST', `${api}/erasures`, { texts: ['Zora Quillfeather'] });

  // Back on another page: neither board is opened.
  await ana.page.goto(`/w/${workspaceId}/settings/profile`);
  await ana.page.getByRole('heading', { name: 'Profile' }).first().waitFor();
  await expect.poll(() => keptBy(ana.page), { timeout: 30_000 }).not.toContain('Zora Quillfeather');
  await expect.poll(() => keptBy(ana.page), { timeout: 30_000 }).not.toContain('Blue fjord');
  expect(rapport.pageErrors).toEqual([]);
  await ana.context.close();
  await noor.context.close();
});
