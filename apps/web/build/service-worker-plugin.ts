import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

/** Files from `public/` that the app needs without a network. */
const publicFiles = ['/theme.js', '/manifest.webmanifest', '/icon.svg', '/icon-192.png'];

/** What draws PDFs is larger than the rest together, and of no use without the files. */
const isLarge = (file: string): boolean => /\/pdf[.-]/.test(file);

/**
 * Writes `dist/sw.js`: the worker in `src/service-worker.js` with the list of this build's files and a version that
 * changes exactly when one of them does. Source maps are left out. In development there is no worker.
 */
export function serviceWorker(): Plugin {
  let root = '';
  return {
    name: 'rapport-service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      root = config.root;
    },
    async generateBundle(_options, bundle) {
      const files = Object.keys(bundle)
        .filter((file) => !file.endsWith('.map') && file !== 'index.html' && !isLarge(file))
        .map((file) => `/${file}`)
        .sort();
      const version = createHash('sha256').update(files.join('\n'));
      for (const file of publicFiles) version.update(await readFile(`${root}/public${file}`));
      const worker = await readFile(`${root}/src/service-worker.js`, 'utf8');
      version.update(worker).update(await readFile(`${root}/index.html`));
      this.emitFile({
        type: 'asset',
        fileName: 'sw.js',
        source: worker
          .replace('__VERSION__', version.digest('hex').slice(0, 12))
          .replace('__FILES__', JSON.stringify(['/', ...publicFiles, ...files])),
      });
    },
  };
}
