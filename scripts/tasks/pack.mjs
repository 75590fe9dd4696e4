// Puts what runs into one folder that needs nothing but Node 22.13 or later: `npm run pack -- FOLDER` (default .cache/pack).
// The Dockerfile uses it; it serves as well for a machine that has no npm.
import { cpSync, existsSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from './build.mjs';

const target = resolve(process.argv[2] ?? '.cache/pack');
if (existsSync(target) && readdirSync(target).length > 0) {
  process.stderr.write(`rapport: ${target} is not empty\n`);
  process.exit(2);
}
await build();

const copy = (path, from = path) => cpSync(from, join(target, path), { recursive: true, dereference: true });
mkdirSync(target, { recursive: true });
for (const path of ['LICENSE', 'apps/server/dist', 'apps/web/dist']) copy(path);
// What the bundle leaves outside: a native addon, and the page that shows the API. Of each only what is read at run time.
const modules = 'apps/server/node_modules';
const outside = {
  'better-sqlite3': ['LICENSE', 'package.json', 'lib', 'prebuilds'],
  '@scalar/api-reference': ['package.json', 'dist/index.js', 'dist/browser/standalone.js'],
};
for (const [name, paths] of Object.entries(outside))
  for (const path of paths) copy(join(modules, name, path), join(realpathSync(join(modules, name)), path));
writeFileSync(join(target, 'package.json'), `${JSON.stringify({ name: 'rapport', private: true, type: 'module' })}\n`);
process.stdout.write(`${target}: start it with node apps/server/dist/main.js\n`);
