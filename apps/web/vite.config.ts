import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';
import { serviceWorker } from './build/service-worker-plugin.ts';

// Controls to fill something in with: nothing of them is on a board that is only looked at.
const forms =
  /packages[\\/]ui[\\/]src[\\/](checkbox|combobox|date-field|dialog|inline-edit|month-picker|number-field|parsed-field|picker|progress-bar|race-strip|radio-cards|segmented|select|text-field|logic[\\/](dates|matching|number-input))\./;
const shared = (id: string) => /packages[\\/]ui[\\/]src|lucide-solid/.test(id) && !forms.test(id);

const apiTarget = process.env['API_URL'] ?? 'http://127.0.0.1:4321';

export default defineConfig({
  plugins: [solid({ ssr: false }), serviceWorker()],
  // `:dir()` stays as it is (Features.DirSelector): as a list of languages it would say nothing of a text's own letters.
  css: { lightningcss: { exclude: 4 } },
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
            // Not what of lib0 only the editor of notes needs.
            {
              name: 'sync',
              test: /node_modules.*[\\/](yjs|lib0(?![\\/](diff|hash|schema))|y-protocols)[\\/]/,
              priority: 4,
            },
            { name: 'solid', test: /node_modules[\\/].*(solid-js|@solidjs)[\\/]/, priority: 3 },
            // Controls that most pages share, in two files instead of sixty small ones: what a board is drawn with first, and
            // what is there to fill something in.
            { name: 'shared', test: shared, minShareCount: 4, priority: 2 },
            { name: 'forms', test: forms, minShareCount: 3, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: apiTarget },
      '^/f/': { target: apiTarget },
      '/sync': { target: apiTarget, ws: true },
      '/live': { target: apiTarget, ws: true },
    },
  },
});
