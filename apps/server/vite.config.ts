import { defineConfig } from 'vite';

/** One file for production: unbundled, the libraries' many small files cost a second and 100 MB at every start. */
export default defineConfig({
  build: {
    ssr: 'src/main.ts',
    target: 'node22',
    outDir: 'dist',
    minify: false,
    chunkSizeWarningLimit: 10_000,
  },
  ssr: {
    noExternal: true,
    // A native addon finds its binary beside its own files.
    external: ['better-sqlite3'],
  },
});
