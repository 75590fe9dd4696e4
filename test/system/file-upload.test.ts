import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Upload } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../../apps/server/src/server.ts';
import { contentPath } from '../../apps/server/src/files/contents.ts';
import { fileTools, metadata, sha256, type FileTools } from './file-fixture.ts';
import { joinAs, makeKey, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

/** A machine with other work is slow, not wrong. */
const patient = { timeout: 20_000 };

let server: TestServer;
let ana: Person;
let ws: { id: string; path: string };
let url: string;

let files: FileTools;
const begin: FileTools['begin'] = (...args) => files.begin(...args);
const patch: FileTools['patch'] = (...args) => files.patch(...args);
const upload = (bytes: Uint8Array, about: Record<string, string>) => files.upload(ana, bytes, about);
const tus = { 'tus-resumable': '1.0.0' };
const contentsFolder = () => join(server.dataDir, 'workspaces', `${ws.id}.files`);
const isStored = (bytes: Uint8Array) => existsSync(contentPath(contentsFolder(), sha256(bytes)));
const errorOf = async (reply: Response) => ((await reply.json()) as { error: { code: string; message: string } }).error;

beforeAll(async () => {
  server = await openServer({ env: { LIMIT_FILE_BYTES: '30000000', LIMIT_STORAGE_BYTES: '40000000' } });
  ana = await signUp(server, 'Ana');
  ws = await makeWorkspace(ana);
  url = server.url + ws.path;
  files = fileTools(server, ws.path);
});
afterAll(() => server.stop());

describe('an upload', () => {
  test('by a stock client, in pieces, with a key', async () => {
    const { key } = await makeKey(ana, ws.path, 'member');
    const bytes = randomBytes(3_000_000);
    const sent = await new Promise<Upload>((resolve, reject) => {
      const client = new Upload(Readable.from([bytes]), {
        endpoint: `${url}/uploads`,
        headers: { authorization: `Bearer ${key}` },
        metadata: { filename: 'Übergabe 1.bin' },
        chunkSize: 700_000,
        uploadSize: bytes.length,
        onError: reject,
        onSuccess: () => resolve(client),
      });
      client.start();
    });
    expect(sent.url).toContain('/uploads/');
    const { items } = (await ana.call('GET', `${ws.path}/files`)).body;
    expect(items?.[0]).toMatchObject({
      name: 'Übergabe 1.bin',
      size: bytes.length,
      sha256: sha256(bytes),
      type: 'application/octet-stream',
      place: null,
    });
    expect(isStored(bytes)).toBe(true);
    const content = await fetch(`${url}/files/${String(items?.[0]?.['id'])}/content`, {
      headers: { cookie: ana.cookie },
    });
    expect(sha256(new Uint8Array(await content.arrayBuffer()))).toBe(sha256(bytes));
  });

  test('cut off in the middle goes on where it was, also after a restart of the server', async () => {
    const bytes = randomBytes(2_000_000);
    const begun = await begin(ana, bytes.length, { filename: 'cut.bin', sha256: sha256(bytes) });
    const where = begun.headers.get('location') ?? '';
    // A connection that dies after some of the bytes.
    await new Promise<void>((resolve) => {
      const cut = request(server.url + where, {
        method: 'PATCH',
        headers: {
          ...tus,
          cookie: ana.cookie,
          origin: server.url,
          'content-type': 'application/offset+octet-stream',
          'upload-offset': '0',
          'content-length': String(bytes.length),
        },
      });
      cut.on('error', () => resolve());
      cut.write(bytes.subarray(0, 900_000), () => setTimeout(() => cut.destroy(), 50));
    });
    const head = async () =>
      await fetch(server.url + where, { method: 'HEAD', headers: { ...tus, cookie: ana.cookie } });
    await expect.poll(async () => Number((await head()).headers.get('upload-offset')), patient).toBeGreaterThan(0);
    await expect.poll(async () => (await patch(ana, where, 1, new Uint8Array(1))).status, patient).toBe(409);

    await server.close();
    const again = await startServer({ ...server.config, port: server.port });
    Object.assign(server, again);
    // Connections that were kept open ended with the server; the client notices with the first request on each.
    const answers = () =>
      head().then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(answers, patient).toBe(200);
    const offset = Number((await head()).headers.get('upload-offset'));
    expect(offset).toBeGreaterThan(0);
    expect(offset).toBeLessThanOrEqual(900_000);
    const done = await patch(ana, where, offset, bytes.subarray(offset));
    expect(done.status, await done.clone().text()).toBe(204);
    const file = (await ana.call('GET', `${ws.path}/files/${done.headers.get('rapport-file')}`)).body;
    expect(file).toMatchObject({ sha256: sha256(bytes), size: bytes.length });
    // The answer was lost: asking again tells the same file, and does not make another.
    expect((await head()).headers.get('rapport-file')).toBe(file['id']);
    const repeated = await patch(ana, where, bytes.length, new Uint8Array(0));
    expect(repeated.headers.get('rapport-file')).toBe(file['id']);
    expect((await ana.call('GET', `${ws.path}/files/${String(file['id'])}`)).body['versions']).toBe(1);
  });

  test('a damaged piece is refused whole; a whole that is not what was announced is not kept', async () => {
    const bytes = randomBytes(10_000);
    const begun = await begin(ana, bytes.length, { filename: 'a.bin', sha256: sha256(randomBytes(5)) });
    const where = begun.headers.get('location') ?? '';
    const wrong = `sha256 ${createHash('sha256').update('other').digest('base64')}`;
    expect((await patch(ana, where, 0, bytes.subarray(0, 6000), { 'upload-checksum': wrong })).status).toBe(460);
    const right = `sha256 ${createHash('sha256').update(bytes.subarray(0, 6000)).digest('base64')}`;
    const first = await patch(ana, where, 0, bytes.subarray(0, 6000), { 'upload-checksum': right });
    expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '6000']);
    const last = await patch(ana, where, 6000, bytes.subarray(6000));
    expect([last.status, (await errorOf(last)).message]).toEqual([400, expect.stringContaining('checksums differ')]);
    expect(isStored(bytes)).toBe(false);
    expect((await fetch(server.url + where, { headers: { cookie: ana.cookie } })).status).toBe(404);
  });

  test('lies about size: more bytes than announced, with and without a length; nothing of it stays', async () => {
    const where = (await begin(ana, 100, { filename: 'a.bin' })).headers.get('location') ?? '';
    expect((await patch(ana, where, 0, randomBytes(200))).status).toBe(413);
    const endless = new ReadableStream<Uint8Array>({ pull: (to) => to.enqueue(new Uint8Array(1000)) });
    const reply = await fetch(server.url + where, {
      method: 'PATCH',
      headers: {
        ...tus,
        cookie: ana.cookie,
        origin: server.url,
        'content-type': 'application/offset+octet-stream',
        'upload-offset': '0',
      },
      body: endless,
      duplex: 'half',
    } as RequestInit).catch(() => null);
    if (reply !== null) expect(reply.status).toBe(413);
    const head = await fetch(server.url + where, { method: 'HEAD', headers: { ...tus, cookie: ana.cookie } });
    expect(head.headers.get('upload-offset')).toBe('0');
    expect(
      (
        await fetch(server.url + where, {
          method: 'DELETE',
          headers: { ...tus, cookie: ana.cookie, origin: server.url },
        })
      ).status,
    ).toBe(204);
  });

  test('lies about type: a picture or PDF in name only', async () => {
    const program = Buffer.concat([Buffer.from('MZ'), randomBytes(500)]);
    for (const [name, bytes] of [
      ['photo.png', program],
      ['photo.JPG', Buffer.from('<html><script>alert(1)</script>')],
      ['offer.pdf', Buffer.from('%!PS not a pdf')],
    ] as const) {
      const begun = await begin(ana, bytes.length, { filename: name });
      const reply = await patch(ana, begun.headers.get('location') ?? '', 0, bytes);
      expect([name, reply.status]).toEqual([name, 400]);
      expect((await errorOf(reply)).message).toMatch(/its content is .*Nothing of it was kept/);
      expect(isStored(bytes)).toBe(false);
    }
  });

  test('too large, no room, and what is announced counts at once', async () => {
    const large = await errorOf(await begin(ana, 30_000_001, { filename: 'a' }));
    expect([large.code, large.message]).toEqual(['too-large', expect.stringContaining('30 MB')]);
    const held = (await begin(ana, 29_000_000, { filename: 'held' })).headers.get('location') ?? '';
    const full = await errorOf(await begin(ana, 8_000_000, { filename: 'b' }));
    expect([full.code, full.message]).toEqual([
      'too-large',
      expect.stringMatching(/may take 40 MB; .*LIMIT_STORAGE_BYTES/),
    ]);
    await fetch(server.url + held, { method: 'DELETE', headers: { ...tus, cookie: ana.cookie, origin: server.url } });
    expect((await begin(ana, 8_000_000, { filename: 'b' })).status).toBe(201);
  });

  test('the protocol: version, content type, metadata, another’s upload, a viewer', async () => {
    const post = async (headers: Record<string, string>) =>
      (
        await fetch(`${url}/uploads`, {
          method: 'POST',
          headers: { cookie: ana.cookie, origin: server.url, ...headers },
        })
      ).status;
    expect(await post({ 'upload-length': '5' })).toBe(412);
    expect(await post({ ...tus })).toBe(400);
    expect(await post({ ...tus, 'upload-length': '-1' })).toBe(400);
    expect(await post({ ...tus, 'upload-length': '5', 'upload-metadata': 'filename %%%' })).toBe(400);
    expect(await post({ ...tus, 'upload-length': '5', 'upload-metadata': metadata({ place: '../../x' }) })).toBe(400);
    const where = (await begin(ana, 5, { filename: 'a' })).headers.get('location') ?? '';
    expect((await patch(ana, where, 0, new Uint8Array(5), { 'content-type': 'text/plain' })).status).toBe(415);
    const ben = await joinAs(server, ana, ws.path, 'Ben', 'member');
    expect((await patch(ben, where, 0, new Uint8Array(5))).status).toBe(404);
    const vic = await joinAs(server, ana, ws.path, 'Vic', 'viewer');
    expect((await begin(vic, 5, { filename: 'a' })).status).toBe(403);
    const options = await fetch(`${url}/uploads`, { method: 'OPTIONS', headers: { cookie: ana.cookie } });
    expect(options.headers.get('tus-extension')).toContain('checksum');
    expect((await fetch(`${url}/uploads/..%2f..%2fcontrol`, { headers: { cookie: ana.cookie } })).status).toBe(404);
  });

  test('names are cleaned, an empty file is a file, one content is kept once', async () => {
    const bytes = randomBytes(1000);
    const first = await upload(bytes, { filename: '../../\u202Egnp.exe\0' });
    const second = await upload(bytes, { filename: 'Copy.bin' });
    expect((await ana.call('GET', `${ws.path}/files/${first}`)).body['name']).toBe('gnp.exe');
    expect(first).not.toBe(second);
    const empty = await upload(new Uint8Array(0), { filename: 'empty.txt' });
    expect((await ana.call('GET', `${ws.path}/files/${empty}`)).body).toMatchObject({ size: 0, type: 'text/plain' });
    expect((await fetch(`${url}/files/${empty}/content`, { headers: { cookie: ana.cookie } })).status).toBe(200);
    expect(readdirSync(join(contentsFolder(), 'uploads')).some((name) => name.endsWith('.new'))).toBe(false);
  });
});

describe('a content', () => {
  const get = async (path: string, headers = {}) =>
    await fetch(`${url}/files/${path}`, { headers: { cookie: ana.cookie, ...headers } });

  test('is served so that nothing in it runs', async () => {
    const page = '<!doctype html><script>fetch("/api/v1/me")</script>';
    for (const name of ['page.html', 'drawing.svg', 'code.js', 'feed.xml']) {
      const body = name === 'drawing.svg' ? `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>` : page;
      const reply = await get(`${await upload(Buffer.from(body), { filename: name })}/content`);
      expect([name, reply.headers.get('content-type')]).toEqual([name, 'text/plain; charset=utf-8']);
      expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
      expect(reply.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
      expect(reply.headers.get('cache-control')).toContain('private');
    }
    const zip = Buffer.concat([Buffer.from('504b0304140000000000', 'hex'), randomBytes(100)]);
    const reply = await get(`${await upload(zip, { filename: 'a "b"\r\nx: y;ü.zip' })}/content`);
    expect(reply.headers.get('content-disposition')).toBe(
      `attachment; filename="a _b_x: y;_.zip"; filename*=UTF-8''a%20%22b%22x%3A%20y%3B%C3%BC.zip`,
    );
  });

  test('in parts, not again when it is known, and its older versions', async () => {
    const old = Buffer.from('The first text');
    const id = await upload(old, { filename: 'text.txt' });
    const part = await get(`${id}/content`, { range: 'bytes=4-8' });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, 'first', 'bytes 4-8/14']);
    expect(await (await get(`${id}/content`, { range: 'bytes=-4' })).text()).toBe('text');
    expect((await get(`${id}/content`, { range: 'bytes=99-' })).status).toBe(416);
    const etag = (await get(`${id}/content`)).headers.get('etag') ?? '';
    expect((await get(`${id}/content`, { 'if-none-match': etag })).status).toBe(304);

    const next = await upload(Buffer.from('The second text'), { filename: 'ignored.txt', file: id });
    expect(next).toBe(id);
    const { history, versions } = (await ana.call('GET', `${ws.path}/files/${id}`)).body as unknown as {
      history: { id: string; sha256: string }[];
      versions: number;
    };
    expect([versions, history.map((each) => each.sha256)[1]]).toEqual([2, sha256(old)]);
    expect(await (await get(`${id}/content?version=${history[1]?.id}`)).text()).toBe('The first text');
    expect((await get(`${id}/content`, { 'if-none-match': etag })).status).toBe(200);
    await ana.call('POST', `${ws.path}/files/${id}/versions/${history[1]?.id}/restore`, {});
    expect(await (await get(`${id}/content`)).text()).toBe('The first text');
    expect((await ana.call('GET', `${ws.path}/files/${id}`)).body).toMatchObject({ versions: 3, name: 'text.txt' });
  });

  test('that the disk lost is said to be gone', async () => {
    const bytes = randomBytes(100);
    const id = await upload(bytes, { filename: 'lost.bin' });
    const path = contentPath(contentsFolder(), sha256(bytes));
    expect(sha256(readFileSync(path))).toBe(sha256(bytes));
    await import('node:fs').then(({ rmSync }) => rmSync(path));
    expect((await get(`${id}/content`)).status).toBe(410);
  });
});
