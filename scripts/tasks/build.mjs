// Builds the web app and the server's bundle, each only when something that goes into it has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { must } from './run.mjs';

const ignored = new Set(['node_modules', 'dist', '.vite']);

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (ignored.has(entry.name) || entry.name.includes('.test.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

function hashOf(...folders) {
  const hash = createHash('sha256').update(readFileSync('pnpm-lock.yaml'));
  for (const folder of folders)
    for (const file of filesBelow(folder)) hash.update(`${file}\n`).update(readFileSync(file));
  return hash.digest('hex');
}

async function buildApp(name, output, finish = () => {}) {
  const stamp = join('.cache', `${name}.build`);
  const hash = hashOf('packages', join('apps', name));
  if (existsSync(join('apps', name, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  process.stderr.write(`rapport: building ${name}\n`);
  // The terminal's stdout is for the one line that says where to go.
  await must('vite', ['build', '--logLevel', 'warn'], { cwd: join('apps', name), stdio: ['ignore', 2, 2] });
  finish();
  mkdirSync('.cache', { recursive: true });
  writeFileSync(stamp, hash);
}

/** Lays compressed copies beside the files that browsers fetch, so that the server never compresses them itself. */
function compressWeb() {
  const folder = join('apps', 'web', 'dist');
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!/\.(js|css|svg|webmanifest)$/.test(name)) continue;
    const file = join(folder, name);
    const bytes = readFileSync(file);
    if (bytes.length < 1024) continue;
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }));
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

export const buildWeb = () => buildApp('web', 'dist/index.html', compressWeb);
export const buildServer = () => buildApp('server', 'dist/main.js');

export async function build() {
  await buildWeb();
  await buildServer();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await build();
