import { readConfig } from './config.ts';
import { openDemo } from './demo.ts';
import { NewerFormat } from './operate/format.ts';
import { startServer, type RunningServer } from './server.ts';

/** Longer than any orderly stop takes, shorter than what starts us waits. */
const stopDeadlineMs = 4_500;

const config = readConfig(process.env, process.argv.slice(2));
if (!config.ok) {
  console.error(`rapport: ${config.error}`);
  process.exit(2);
}

let running: RunningServer | null = null;
let isStopping = false;
const stop = async () => {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), stopDeadlineMs).unref();
  await running?.close();
  process.exit(0);
};
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.on(signal, () => {
    stop().catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  });

try {
  running = await startServer(config.value);
  if (config.value.demo) {
    const { email, password } = await openDemo(running.services);
    console.log(`Demo: sign in as ${email} with the password ${password}`);
  }
  console.log(`Rapport is ready at ${running.url}`);
} catch (error) {
  const wrongSetting = settingAtFault(error, config.value);
  console.error(
    `rapport: ${wrongSetting ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))}`,
  );
  process.exit(wrongSetting === null ? 1 : 2);
}

/** One line that names the setting (or file) which this program cannot follow, or null when it is something else. */
function settingAtFault(
  error: unknown,
  { host, port, dataDir }: { host: string; port: number; dataDir: string },
): string | null {
  if (error instanceof NewerFormat) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `PORT ${port} on ${host} is in use by another program`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST ${host} is not an address of this machine`;
  if (code === 'EACCES' && port < 1024) return `PORT ${port} needs more rights than this user has`;
  if (['EACCES', 'EROFS', 'ENOTDIR', 'ENOENT'].includes(String(code))) return `DATA_DIR ${dataDir} cannot be written`;
  return null;
}
