import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from '../../apps/server/src/operate/commands.ts';
import { makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

export interface BusyTeam {
  readonly server: TestServer;
  readonly ana: Person;
  readonly id: string;
  readonly path: string;
}

/** A server with one workspace of sample deals. */
export async function openTeam(env: Record<string, string> = {}): Promise<BusyTeam> {
  const server = await openServer({ env });
  const ana = await signUp(server, 'Ana');
  const { id, path } = await makeWorkspace(ana);
  const demo = await ana.call('POST', `${path}/demo`, {});
  if (demo.status !== 201) throw new Error(`no sample data: ${JSON.stringify(demo.body)}`);
  return { server, ana, id, path };
}

/** Runs one of the administrator's commands in this process. Rejects as the command does. */
export async function runCommand(name: string, dataDir: string, args: string[] = [], values = {}) {
  const lines: string[] = [];
  const command = commands[name];
  if (command === undefined) throw new Error(`no command ${name}`);
  const context = {
    dataDir,
    publicUrl: 'http://localhost:1',
    now: Date.now,
    say: (line: string) => void lines.push(line),
  };
  const code = await command.run(context, args, values);
  return { code, text: lines.join('\n') };
}

export const makeFolderForTest = () => {
  const path = mkdtempSync(join(tmpdir(), 'rapport-operate-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

/** The bytes of every file below a folder, by path. */
export function bytesBelow(folder: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));
}

export const copyFolder = (from: string, to: string) => cpSync(from, to, { recursive: true });
