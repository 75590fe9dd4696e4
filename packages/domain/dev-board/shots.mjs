// Pictures of the deal board, for comparing with the design by eye: node packages/domain/dev-board/shots.mjs [folder] [name…]
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const folder = process.argv[2] ?? fileURLToPath(new URL('../../../.cache/board-shots', import.meta.url));
const only = process.argv.slice(3);
mkdirSync(folder, { recursive: true });
const configFile = fileURLToPath(new URL('./vite.config.ts', import.meta.url));
await build({ configFile, logLevel: 'warn' });
const server = await preview({ configFile, preview: { port: 0, host: '127.0.0.1' } });
const address = server.httpServer.address();
const base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
});
const desktop = { width: 1220, height: 900 };
const phone = { width: 390, height: 844 };
const shots = [
  ['board', '?pending', desktop],
  ['board-dark', '?theme=dark', desktop],
  ['board-phone', '', phone],
  ['board-closed', '?closed=1&sort=-value', { width: 1700, height: 900 }],
  ['board-5000', '?n=5000&quiet', desktop],
  ['empty', '?n=0', desktop],
  ['panel', '?deal=deal00003&race=deal00003', desktop],
  ['panel-dark', '?deal=deal00003&theme=dark', desktop],
  ['panel-phone', '?deal=deal00003', phone],
  ['reader', '?reader&deal=deal00003', desktop],
  ['table', '?as=table', desktop],
  ['filters', '?f=value:gte:50000&f=labels:is:Tender,Renewal&chip=mine', desktop],
  [
    'stages',
    '',
    desktop,
    async (page) => {
      await page.click('.name-b');
      await page.getByText('Edit stages').click();
    },
  ],
  [
    'lost',
    '?quiet',
    desktop,
    async (page) => {
      await page.locator('[data-card]').first().focus();
      await page.keyboard.press('l');
    },
  ],
  [
    'quick-add',
    '?quiet',
    desktop,
    async (page) => {
      await page.keyboard.press('n');
      await page.keyboard.type('Night market fridges');
    },
  ],
  [
    'bulk',
    '?quiet',
    desktop,
    async (page) => {
      await page.locator('[data-card]').first().focus();
      for (const key of ['x', 'ArrowDown', 'x', 'ArrowDown', 'x', 'm']) await page.keyboard.press(key);
    },
  ],
  [
    'dragging',
    '?quiet',
    desktop,
    async (page) => {
      const card = await page.locator('[data-card]').nth(2).boundingBox();
      await page.mouse.move(card.x + 40, card.y + 20);
      await page.mouse.down();
      await page.mouse.move(card.x + 150, card.y + 60, { steps: 5 });
      await page.mouse.move(card.x + 560, card.y + 40, { steps: 10 });
    },
  ],
];
try {
  for (const [name, query, viewport, act] of shots) {
    if (only.length > 0 && !only.includes(name)) continue;
    const page = await browser.newPage({ viewport });
    page.on('pageerror', (error) => process.stderr.write(`${name}: ${error.stack}\n`));
    page.on('console', (message) => message.type() === 'error' && process.stderr.write(`${name}: ${message.text()}\n`));
    await page.goto(base + query);
    await page.waitForTimeout(500);
    await act?.(page);
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${folder}/${name}.png` });
    process.stdout.write(`${name}: ${await page.evaluate(() => document.documentElement.dataset.timing)}\n`);
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
