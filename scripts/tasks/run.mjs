// Shared by the tasks: run a command of the project's own tools and stop at the first failure.
import { spawn } from 'node:child_process';

/** Runs a command to its end and resolves with its exit code; signals that reach this process reach the child. */
export function exitCode(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const forward = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const each of signals) process.off(each, forward);
      resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1));
    });
  });
}

/** Runs a command and ends this process with its exit code unless that is 0. */
export async function must(command, args, options) {
  const code = await exitCode(command, args, options);
  if (code !== 0) process.exit(code);
}
