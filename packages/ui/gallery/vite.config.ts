import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

// The gallery alone: `vite packages/ui/gallery`. It is a tool for whoever works on the look and ships with nothing.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../../../.cache/vite-gallery', import.meta.url)),
  plugins: [solid()],
  build: { outDir: fileURLToPath(new URL('../../../.cache/gallery', import.meta.url)), emptyOutDir: true },
});
