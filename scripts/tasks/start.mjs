// How the C library allocates for the server: large buffers come from the operating system and go back to it, instead
// of leaving holes in a heap that never shrinks. Documents come and go all day, and without this a third more memory
// stays behind them. Other C libraries ignore it; whoever sets the variables otherwise is heard.
import allocation from '../server-environment.json' with { type: 'json' };
import { build } from './build.mjs';
import { exitCode } from './run.mjs';

await build();
const args = process.argv.slice(2).filter((arg) => arg !== '--');
const env = { ...allocation, ...process.env };
process.exit(await exitCode(process.execPath, ['apps/server/dist/main.js', ...args], { env }));
