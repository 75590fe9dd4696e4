import { defineConfig } from 'vite';

/**
 * Few files for production: unbundled, the libraries' many small files cost a second and 100 MB at every start. The read
 * thread is a program of its own, without what it does not need.
 */
export default defineConfig({
  build: {
    ssr: true,
    rolldownOptions: {
      input: {
        main: 'src/main.ts',
        'read-worker': 'src/read-worker.ts',
        'backup-worker': 'src/backup-worker.ts',
        'erase-worker': 'src/erase-worker.ts',
        'restore-worker': 'src/restore-worker.ts',
        'store-worker': 'src/store-worker.ts',
        'thin-worker': 'src/thin-worker.ts',
        'file-worker': 'src/file-worker.ts',
        rapport: 'src/operate/rapport.ts',
      },
    },
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
