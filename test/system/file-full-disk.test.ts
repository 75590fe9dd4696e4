import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileTools, sha256, tusHeaders, type FileTools } from './file-fixture.ts';
import { makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

let server: TestServer;
let ana: Person;
let files: FileTools;
/** Where contents lie: a disk of 8 MB of its own; null where this user may not mount one. */
let disk: string | null = null;

beforeAll(async () => {
  server = await openServer();
  ana = await signUp(server, 'Ana');
  const { id, path } = await makeWorkspace(ana);
  files = fileTools(server, path);
  const folder = join(server.dataDir, 'workspaces', `${id}.files`);
  mkdirSync(folder, { mode: 0o700 });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' });
    disk = folder;
  } catch {
    // Not root, or a container that may not: the tests say that they were left out.
    rmSync(folder, { recursive: true });
  }
});
afterAll(async () => {
  if (disk !== null) execFileSync('umount', ['-l', disk]);
  await server.stop();
});

/** Leaves no room, or hardly any. */
function fill(folder: string, leftBytes = 0): string {
  const path = join(folder, 'filler');
  const file = openSync(path, 'w');
  const kept = join(folder, 'kept');
  const reserve = openSync(kept, 'w');
  if (leftBytes > 0) writeSync(reserve, new Uint8Array(leftBytes));
  closeSync(reserve);
  try {
    for (;;) writeSync(file, new Uint8Array(4096));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(file);
    rmSync(kept);
  }
  return path;
}
const saidBy = async (reply: Response) => ((await reply.json()) as { error: { code: string; message: string } }).error;

test('a disk that fills up in the middle of an upload: said so, whole pieces are kept, and it goes on', async (context) => {
  if (disk === null) return context.skip('no disk of its own can be mounted here');
  const bytes = new Uint8Array(randomBytes(3 * 1024 * 1024));
  const begun = await files.begin(ana, bytes.length, { filename: 'film.bin' });
  const where = begun.headers.get('location') ?? '';
  const half = 1024 * 1024;
  expect((await files.patch(ana, where, 0, bytes.subarray(0, half))).status).toBe(204);
  const offset = async () => {
    const head = await fetch(server.url + where, { method: 'HEAD', headers: tusHeaders(server, ana) });
    return Number(head.headers.get('upload-offset'));
  };

  // Room for a part of what comes: the disk takes that part before it says that it is full.
  const filler = fill(disk, 300 * 1024);
  const piece = bytes.subarray(half, 2 * half);
  const digest = Buffer.from(sha256(piece), 'hex').toString('base64');
  const proved = await files.patch(ana, where, half, piece, { 'upload-checksum': `sha256 ${digest}` });
  expect([proved.status, await saidBy(proved)]).toEqual([
    503,
    { code: 'unavailable', message: expect.stringContaining('disk is full') },
  ]);
  expect(await offset()).toBe(half);
  const plain = await files.patch(ana, where, half, piece);
  expect([plain.status, (await saidBy(plain)).message]).toEqual([
    503,
    expect.stringContaining('What has arrived is kept'),
  ]);
  const far = await offset();
  expect(far).toBeGreaterThanOrEqual(half);
  expect(far).toBeLessThan(2 * half);

  // None at all: nothing can begin, and nothing is left of it.
  const names = readdirSync(join(disk, 'uploads'));
  const rest = fill(join(disk, 'uploads'));
  const refused = await files.begin(ana, 10, { filename: 'more.txt' });
  expect([refused.status, (await saidBy(refused)).message]).toEqual([503, expect.stringContaining('disk is full')]);
  rmSync(rest);
  expect(readdirSync(join(disk, 'uploads'))).toEqual(names);

  rmSync(filler);
  const done = await files.patch(ana, where, far, bytes.subarray(far));
  expect(done.status).toBe(204);
  const content = await files.content(ana, done.headers.get('rapport-file') ?? '');
  expect(sha256(new Uint8Array(await content.arrayBuffer()))).toBe(sha256(bytes));
});
