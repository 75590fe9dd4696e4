import { build } from './build.mjs';
import { exitCode } from './run.mjs';

await build();
const args = process.argv.slice(2).filter((arg) => arg !== '--');
process.exit(await exitCode(process.execPath, ['apps/server/dist/main.js', ...args]));
