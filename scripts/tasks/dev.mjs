// The server restarts and the browser reloads as files change. Open the address that vite prints.
import { exitCode } from './run.mjs';

const port = process.env.PORT ?? '4321';
const env = { ...process.env, PORT: port, API_URL: `http://127.0.0.1:${port}` };
const ended = await Promise.race([
  exitCode(
    process.execPath,
    ['--watch', '--watch-preserve-output', 'apps/server/src/main.ts', ...process.argv.slice(2)],
    { env },
  ),
  exitCode('vite', [], { env, cwd: 'apps/web' }),
]);
process.kill(process.pid, 'SIGTERM');
process.exit(ended);
