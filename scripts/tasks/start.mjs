import { build } from './build.mjs';
import { exitCode } from './run.mjs';

await build();
const args = process.argv.slice(2).filter((arg) => arg !== '--');
process.exit(await exitCode(process.execPath, ['--enable-source-maps', 'apps/server/dist/main.js', ...args]));
