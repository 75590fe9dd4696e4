// Run by itself: `node test/bench/browser.ts`. Figures of the board in a real Chromium, for the person who looks at it.
import { gzipSync } from 'node:zlib';
import { applyPatch } from '@rapport/doc/patch';
import { stagesOf } from '@rapport/domain/boards/board';
import { startRapport } from '../browser/harness.ts';
import { fillBoard } from './board-fixture.ts';
import { measureDrags } from './browser-drag.ts';
import { median } from './statistics.ts';

const cards = 5000;
const rounds = 3;

const rapport = await startRapport();
const ana = await rapport.newPerson('Ana Adams');
const { workspaceId, boardId, path } = await rapport.newWorkspace(ana);
const workspace = await rapport.server.services.host.open(workspaceId);
let remoteCard = '';
await workspace.hub.transact(`board/${boardId}`, { actor: 'server', via: 'server' }, (doc) => {
  if (stagesOf(doc).length > 0) remoteCard = fillBoard(doc, cards)[0] ?? '';
});

const painted: number[] = [];
let scriptBytes = 0;
for (let round = 0; round < rounds; round++) {
  const context = await rapport.newContext({ storageState: await ana.context.storageState() });
  const page = await context.newPage();
  const scripts: Promise<number>[] = [];
  // In the page itself: what the debugger tells of a socket comes late on a busy machine.
  await page.addInitScript(() => {
    const Plain = globalThis.WebSocket;
    globalThis.WebSocket = class extends Plain {
      constructor(...args: ConstructorParameters<typeof WebSocket>) {
        super(...args);
        this.addEventListener('message', ({ data }) => {
          if (data instanceof ArrayBuffer && data.byteLength > 100_000) performance.mark('document-received');
        });
      }
    };
    const look = (): void => {
      if (document.querySelector('[data-card]') === null) requestAnimationFrame(look);
      // The frame after the one that has it: by then it is on the screen.
      else requestAnimationFrame(() => performance.mark('first-card'));
    };
    requestAnimationFrame(look);
  });
  page.on('response', (response) => {
    if (response.url().endsWith('.js') && !response.url().endsWith('/sw.js'))
      scripts.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(path);
  await page.locator('[data-card]').first().waitFor();
  painted.push(
    await page.evaluate(
      () =>
        new Promise<number>((resolve) =>
          requestAnimationFrame(() =>
            setTimeout(() => {
              const received = performance.getEntriesByName('document-received')[0]?.startTime ?? Number.NaN;
              const [shown] = performance.getEntriesByName('first-card');
              resolve((shown?.startTime ?? performance.now()) - received);
            }),
          ),
        ),
    ),
  );
  if (round === 0) scriptBytes = (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0);
  if (round === rounds - 1) {
    await page.locator(`[data-card="${remoteCard}"]`).waitFor();
    await page.evaluate(() => {
      const touched = new Set<Element>();
      Object.assign(globalThis, { touched });
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const card = (target instanceof Element ? target : target.parentElement)?.closest('[data-card]');
          if (card) touched.add(card);
        }
      }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    await workspace.hub.transact(`board/${boardId}`, { actor: 'server', via: 'server' }, (doc) => {
      applyPatch(doc, [{ root: 'cards', id: remoteCard, set: { title: 'Touched from afar' } }]);
    });
    await page.getByText('Touched from afar').waitFor();
    const touched = await page.evaluate(() => (globalThis as unknown as { touched: Set<Element> }).touched.size);
    console.log(`cards whose DOM a remote change touched: ${touched}`);
    // On a page of its own load: the observer above would be paid for by each frame.
    await page.goto(path);
    await page.locator('[data-card]').first().waitFor();
    await measureDrags(page);
  }
  await context.close();
}
console.log(
  `${cards} cards, document received to painted: ${median(painted).toFixed(0)} ms (${painted.map((ms) => ms.toFixed(0)).join(', ')})`,
);
console.log(`scripts loaded by the board's page: ${(scriptBytes / 1000).toFixed(0)} KB gzipped`);
await rapport.close();
