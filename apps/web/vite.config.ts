import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';
import { serviceWorker } from './build/service-worker-plugin.ts';

const apiTarget = process.env['API_URL'] ?? 'http://127.0.0.1:4321';

export default defineConfig({
  plugins: [solid({ ssr: false }), serviceWorker()],
  build: {
    target: 'es2022',
    // Fonts and icons stay files: the browser then fetches only those that the page's letters need.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    rollupOptions: {
      output: {
        // What changes with every release apart from what rarely does, so that an update is a small download.
        codeSplitting: {
          groups: [
            { name: 'sync', test: /node_modules[\\/].*(yjs|lib0|y-protocols)[\\/]/ },
            { name: 'solid', test: /node_modules[\\/].*(solid-js|@solidjs)[\\/]/ },
            // Controls that most pages share: one file instead of thirty small ones.
            { name: 'shared', test: /packages[\\/]ui[\\/]src|lucide-solid/, minShareCount: 4 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: apiTarget },
      '/sync': { target: apiTarget, ws: true },
      '/live': { target: apiTarget, ws: true },
    },
  },
});
