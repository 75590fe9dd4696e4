import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { build, preview } from 'vite';
import { launchChromium } from './chromium.ts';

const configFile = fileURLToPath(new URL('../../packages/ui/gallery/vite.config.ts', import.meta.url));
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** True where a Chromium is installed; without one these tests are skipped, and say so. */
export const hasChromium = existsSync(executablePath);

export type Gallery = {
  open: (query: string, options?: BrowserContextOptions) => Promise<Page>;
  close: () => Promise<void>;
};

/** Builds packages/ui's gallery, serves it, and opens pages of it in a real browser. Page errors fail the test that looks at `errorsOf`. */
export async function openGallery(): Promise<Gallery> {
  await build({ configFile, logLevel: 'error' });
  const server = await preview({ configFile, preview: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
  const address = server.httpServer.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const browser = await launchChromium();
  return {
    open: async (query, options = { viewport: { width: 1440, height: 900 } }) => {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('close', () => {
        if (errors.length > 0) throw new Error(`The page failed: ${errors.join('; ')}`);
      });
      await page.goto(`http://127.0.0.1:${port}/${query}`);
      await page.locator('main').waitFor();
      return page;
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
