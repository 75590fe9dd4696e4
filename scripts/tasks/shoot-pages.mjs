import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];

/**
 * Builds a page by its Vite config and takes pictures of it, for comparing with the design by eye. A shot is
 * `[name, query, viewport, act?]`; `act(page)` is done before the picture.
 */
export async function shootPages({ configFile, folder, shots }) {
  mkdirSync(folder, { recursive: true });
  await build({ configFile, logLevel: 'warn' });
  const server = await preview({ configFile, preview: { port: 0, host: '127.0.0.1' } });
  const address = server.httpServer.address();
  const base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: flags,
  });
  try {
    for (const [name, query, viewport, act] of shots) {
      const page = await browser.newPage({ viewport });
      page.on('pageerror', (error) => process.stderr.write(`${name}: ${error.stack}\n`));
      page.on(
        'console',
        (message) => message.type() === 'error' && process.stderr.write(`${name}: ${message.text()}\n`),
      );
      await page.goto(base + query);
      await page.waitForTimeout(700);
      await act?.(page);
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${folder}/${name}.png` });
      const timing = await page.evaluate(() => document.documentElement.dataset.timing);
      process.stdout.write(`${name}${timing === undefined ? '' : `: ${timing}`}\n`);
      await page.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
}
