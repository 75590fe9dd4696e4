import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentPath } from '../../apps/server/src/files/contents.ts';
import { fileTools, sha256, type FileTools } from './file-fixture.ts';
import { makeFolderForTest, runCommand } from './operate-fixture.ts';
import { makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

const folder = makeFolderForTest();
// Several pieces, and no whole number of them.
const big = new Uint8Array(randomBytes(3 * 1024 * 1024 + 17));
let server: TestServer;
let ana: Person;
let id: string;
let path: string;
let files: FileTools;
let file: string;
let small: string;

const contents = () => join(server.dataDir, 'workspaces', `${id}.files`);
const call = (where: string, body?: Uint8Array<ArrayBuffer>) =>
  fetch(`${server.url}${path}/${where}`, {
    method: 'POST',
    headers: { cookie: ana.cookie, origin: server.url },
    ...(body === undefined ? {} : { body }),
  });
const backUp = async () => {
  const reply = await call('backups');
  return { lacking: reply.headers.get('rapport-lacking-files'), bytes: new Uint8Array(await reply.arrayBuffer()) };
};
const contentOf = async (which: string) => {
  const reply = await files.content(ana, which);
  return reply.status === 200 ? sha256(new Uint8Array(await reply.arrayBuffer())) : reply.status;
};
/** The backup as a file, changed with SQL. */
const changed = (name: string, bytes: Uint8Array, sql: string): Uint8Array<ArrayBuffer> => {
  const at = join(folder.path, name);
  writeFileSync(at, bytes);
  const database = new SqliteDatabase(at);
  database.exec(sql);
  const result = new Uint8Array(database.serialize());
  database.close();
  return result;
};

beforeAll(async () => {
  server = await openServer();
  ana = await signUp(server, 'Ana');
  ({ id, path } = await makeWorkspace(ana));
  files = fileTools(server, path);
  file = await files.upload(ana, big, { filename: 'big.bin' });
  small = await files.upload(ana, 'hello', { filename: 'hello.txt' });
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});

test('one file has everything, and brings the contents of files back by the button, while people work', async () => {
  const { bytes, lacking } = await backUp();
  expect([lacking, bytes.length > big.length]).toEqual(['0', true]);
  rmSync(contents(), { recursive: true });
  expect(await contentOf(file)).not.toBe(sha256(big));
  expect((await call('restorations', bytes)).status).toBe(200);
  expect([await contentOf(file), await contentOf(small)]).toEqual([sha256(big), sha256(Buffer.from('hello'))]);
  // What is in use holds them beside it, not once more within, for nobody else to read.
  const database = join(server.dataDir, 'workspaces', `${id}.sqlite`);
  expect(statSync(database).size).toBeLessThan(big.length);
  expect(statSync(database).mode & 0o077).toBe(0);
  expect(readdirSync(join(server.dataDir, 'workspaces')).filter((name) => /part|lean/.test(name))).toEqual([]);
});

test('the same file comes to another installation by the command', async () => {
  const { bytes } = await backUp();
  const from = join(folder.path, 'handed.sqlite');
  writeFileSync(from, bytes);
  const elsewhere = join(folder.path, 'elsewhere');
  expect((await runCommand('restore', elsewhere, [from])).code).toBe(0);
  const doctor = await runCommand('doctor', elsewhere);
  expect([doctor.code, doctor.text]).toEqual([0, expect.stringContaining('sound')]);
  expect(statSync(contentPath(join(elsewhere, 'workspaces', `${id}.files`), sha256(big))).size).toBe(big.length);
  expect(statSync(join(elsewhere, 'workspaces', `${id}.sqlite`)).size).toBeLessThan(big.length);
});

test('contents that are not what they are named, or have no name, are refused, and nothing of them is kept', async () => {
  const { bytes } = await backUp();
  rmSync(contentPath(contents(), sha256(big)));
  for (const [name, sql, sentence] of [
    ['wrong', `UPDATE backup_content_pieces SET bytes = zeroblob(17) WHERE piece = 3`, /not what it is named/],
    ['path', `UPDATE backup_contents SET sha256 = '../../x' WHERE size > 1000`, /has no checksum/],
    ['text', `UPDATE backup_content_pieces SET bytes = 'text' WHERE piece = 0`, /not what it is named/],
  ] as const) {
    const reply = await call('restorations', changed(name, bytes, sql));
    const { error } = (await reply.json()) as { error: { message: string } };
    expect([reply.status, error.message]).toEqual([400, expect.stringMatching(sentence)]);
    expect(error.message).not.toContain(server.dataDir);
  }
  expect(await contentOf(file)).not.toBe(sha256(big));
  expect((await call('restorations', bytes)).status).toBe(200);
  expect(await contentOf(file)).toBe(sha256(big));
});

test('a backup is made without contents that are damaged or gone, and says of how many files', async () => {
  const sound = await backUp();
  writeFileSync(contentPath(contents(), sha256(big)), Buffer.from('something else'));
  const damaged = await backUp();
  rmSync(contentPath(contents(), sha256(big)));
  const gone = await backUp();
  expect([damaged.lacking, gone.lacking]).toEqual(['1', '1']);
  expect((await call('restorations', gone.bytes)).status).toBe(200);
  expect(await contentOf(file)).not.toBe(sha256(big));
  // What is damaged here is whole in an older backup.
  writeFileSync(contentPath(contents(), sha256(big)), Buffer.from('something else'));
  expect((await call('restorations', sound.bytes)).status).toBe(200);
  expect(await contentOf(file)).toBe(sha256(big));
  expect(await contentOf(small)).toBe(sha256(Buffer.from('hello')));
});
