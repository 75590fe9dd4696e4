// The administrator's commands, from the built bundle; `npm run rapport` alone lists them.
import { buildServer } from './build.mjs';
import { exitCode } from './run.mjs';

await buildServer();
process.exit(await exitCode(process.execPath, ['apps/server/dist/rapport.js', ...process.argv.slice(2)]));
