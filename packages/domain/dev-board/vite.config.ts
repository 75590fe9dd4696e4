import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

// The deal board alone, on a local document: `vite packages/domain/dev-board`. For work on the screen; ships with nothing.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../../../.cache/vite-board', import.meta.url)),
  plugins: [solid()],
  build: { outDir: fileURLToPath(new URL('../../../.cache/board-dev', import.meta.url)), emptyOutDir: true },
});
