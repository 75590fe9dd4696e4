// Measures the server beside two others (docs/benchmarks.md). They are installed here and nowhere else.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { buildServer } from './build.mjs';
import { exitCode, must } from './run.mjs';

const source = 'test/bench/peers';
const folder = '.cache/bench/peers';
const stamp = `${folder}/node_modules/.installed`;
const hash = createHash('sha256')
  .update(readFileSync(`${source}/package-lock.json`))
  .digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
  process.stderr.write('rapport: installing the servers to compare with\n');
  rmSync(folder, { recursive: true, force: true });
  cpSync(source, folder, { recursive: true });
  // Their binaries come inside the packages, so no build script needs to run.
  await must('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
  writeFileSync(stamp, hash);
}
cpSync(source, folder, { recursive: true });
await buildServer();
process.exit(await exitCode(process.execPath, ['test/bench/main.ts', ...process.argv.slice(2)]));
