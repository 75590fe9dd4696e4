// Pictures of the gallery for comparing with the design by eye: node packages/ui/gallery/shots.mjs [folder]
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const folder = process.argv[2] ?? fileURLToPath(new URL('../../../.cache/gallery-shots', import.meta.url));
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
const desktop = { width: 1440, height: 900 };
const shots = [
  ['components', '?theme=light', { width: 1440, height: 1700 }],
  ['components-dark', '?theme=dark', { width: 1440, height: 1700 }],
  ['components-phone', '?theme=light', { width: 390, height: 2600 }],
  ['board', '?view=board&theme=light', desktop],
  ['board-dark', '?view=board&theme=dark', desktop],
  ['board-phone', '?view=board&theme=light', { width: 390, height: 844 }],
  ['table', '?view=table&theme=light', desktop],
];
try {
  for (const [name, query, viewport] of shots) {
    const page = await browser.newPage({ viewport });
    page.on('pageerror', (error) => process.stderr.write(`${name}: ${error.message}\n`));
    await page.goto(base + query);
    await page.waitForTimeout(700);
    await page.screenshot({ path: `${folder}/${name}.png` });
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
