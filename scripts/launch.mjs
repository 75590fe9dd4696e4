// Brings what a fresh machine lacks (pnpm, a current Node, the locked packages), then runs one task.
// Plain Node >= 18 without dependencies, because it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const toolsDir = join(root, '.tools');
const [task = 'start', ...rest] = process.argv.slice(2);

const say = (line) => process.stderr.write(`rapport: ${line}\n`);
const fail = (line, code = 1) => {
  say(line);
  process.exit(code);
};

/** better-sqlite3 13 crashes on Node 20, so an older Node is replaced rather than tried. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const nodeIsCurrent = major > 22 || (major === 22 && minor >= 13);

const hashOf = (...files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
};

/** Runs `make` unless the stamp says that these inputs were handled before. */
function once(stampName, hash, make) {
  const stamp = join(toolsDir, `${stampName}.stamp`);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  make();
  mkdirSync(toolsDir, { recursive: true });
  writeFileSync(stamp, hash);
}

function run(command, args, options) {
  const done = spawnSync(command, args, { stdio: ['ignore', 2, 2], ...options });
  if (done.error) fail(`${command} could not be started: ${done.error.message}`);
  if (done.status !== 0) fail(`${command} ${args.join(' ')} failed (exit ${done.status})`);
}

once('tools', hashOf('tools/package-lock.json') + nodeIsCurrent, () => {
  say(nodeIsCurrent ? 'bringing pnpm' : `bringing pnpm and Node 24 (this machine has ${process.versions.node})`);
  rmSync(join(toolsDir, 'node_modules'), { recursive: true, force: true });
  mkdirSync(toolsDir, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(root, 'tools', file), join(toolsDir, file));
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: toolsDir });
});

const broughtNode = join(toolsDir, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin');
if (!nodeIsCurrent && !existsSync(broughtNode))
  fail(
    `Node ${process.versions.node} is too old and no newer one can be brought to ${process.platform}-${process.arch}. Install Node 22.13 or later.`,
  );
const path = [
  join(root, 'node_modules', '.bin'),
  ...(nodeIsCurrent ? [] : [broughtNode]),
  join(toolsDir, 'node_modules', '.bin'),
  process.env.PATH,
].join(delimiter);
const env = { ...process.env, PATH: path };
const node = nodeIsCurrent ? process.execPath : join(broughtNode, 'node');

const installed = existsSync(join(root, 'node_modules', '.modules.yaml'));
once('packages', hashOf('pnpm-lock.yaml', 'pnpm-workspace.yaml') + (installed ? '' : ' missing'), () => {
  say('installing packages');
  run('pnpm', ['install', '--frozen-lockfile', '--reporter=append-only'], { cwd: root, env });
});

const script = join(root, 'scripts', 'tasks', `${task}.mjs`);
if (!existsSync(script)) fail(`no task '${task}'`, 2);
const child = spawn(node, [script, ...rest], { cwd: root, env, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
