import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const outDir = join(root, '.cache', 'browser-test', 'web');
const stamp = join(root, '.cache', 'browser-test', 'web.hash');

function* sourcesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (['node_modules', 'dist', '.vite'].includes(entry.name) || entry.name.includes('.test.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sourcesBelow(path);
    else yield path;
  }
}

/**
 * Builds the web app for browser tests, apart from the one that people use, and answers its folder. Nothing is built
 * when no source changed since the last time.
 */
export async function builtWeb(): Promise<string> {
  const hash = createHash('sha256').update(readFileSync(join(root, 'pnpm-lock.yaml')));
  for (const folder of ['packages', 'apps/web'])
    for (const file of sourcesBelow(join(root, folder))) hash.update(file).update(readFileSync(file));
  const now = hash.digest('hex');
  if (existsSync(join(outDir, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return outDir;
  const webRoot = join(root, 'apps', 'web');
  // NODE_ENV decides between Solid's development and production builds; the test runner sets it to test.
  process.env['NODE_ENV'] = 'production';
  await build({
    root: webRoot,
    configFile: join(webRoot, 'vite.config.ts'),
    mode: 'production',
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
  mkdirSync(join(root, '.cache', 'browser-test'), { recursive: true });
  writeFileSync(stamp, now);
  return outDir;
}
