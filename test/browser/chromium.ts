import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Debian as root: the distribution's own. Slow once, then it is there. */
function installWithApt(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  try {
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { stdio: 'ignore' });
  } catch {
    // No network or no such package: the one from npm is tried next.
    return undefined;
  }
  return usual.find((path) => existsSync(path));
}

/** Starts a real Chromium: $CHROMIUM, the machine's, one from Debian's packages, or the one that npm can bring. */
export async function launchChromium(): Promise<Browser> {
  const installed = process.env['CHROMIUM'] ?? usual.find((path) => existsSync(path)) ?? installWithApt();
  if (installed !== undefined) return chromium.launch({ executablePath: installed, args: flags });
  const { default: packed } = await import('@sparticuz/chromium');
  return chromium.launch({ executablePath: await packed.executablePath(), args: [...packed.args, ...flags] });
}
