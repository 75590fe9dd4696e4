import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** A server under measurement, in a process of its own. */
export interface ServerProcess {
  readonly pid: number;
  /** CPU that the operating system has charged to it so far, all threads, ms. */
  cpuMs(): number;
  /** Resident memory, MB. */
  residentMb(): number;
  stop(): Promise<void>;
}

const startDeadlineMs = 30_000;
const stopDeadlineMs = 15_000;

/** Starts `node args…` and resolves when it prints `readyText`. What it prints otherwise is shown only when it fails. */
export async function startProcess(options: {
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  readyText: string;
}): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...options.args], {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start ${options.args.join(' ')}`);
  // A bench that ends by an error must not leave servers behind.
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  let output = '';
  child.once('exit', (code, signal) => {
    process.off('exit', end);
    if (code !== 0 && signal !== 'SIGTERM') process.stderr.write(`a server ended (${code ?? signal}): ${output}\n`);
  });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready in time: ${output}`)), startDeadlineMs);
    const read = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-4000);
      if (!output.includes(options.readyText)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`ended with ${String(code)}: ${output}`)));
  });
  return { pid, cpuMs: () => cpuMs(pid), residentMb: () => residentMb(pid), stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopDeadlineMs);
  await ended;
  clearTimeout(timer);
}

function cpuMs(pid: number): number {
  // Nanoseconds of each thread; /proc/PID/stat counts in hundredths of a second, too coarse for a short load.
  try {
    let ns = 0;
    for (const task of readdirSync(`/proc/${pid}/task`))
      ns += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]);
    if (ns > 0) return ns / 1e6;
  } catch {
    // A kernel without schedstat, or a thread that ended meanwhile.
  }
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function residentMb(pid: number): number {
  const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kb) / 1024;
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no free port');
  return address.port;
}
