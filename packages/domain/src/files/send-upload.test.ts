import { describe, expect, it } from 'vitest';
import { sendUpload, UploadRefused, type SendOptions } from './send-upload.web.ts';

type Answer = (method: string, path: string, headers: Headers, body: number) => Response | null;

const reply = (status: number, headers: Record<string, string> = {}, body: string | null = null) =>
  new Response(body, { status, headers });

/** Sends 10 MB to a server that answers as told; null is a dead network. Answers what was asked. */
async function send(answer: Answer, part: Partial<SendOptions> = {}) {
  const asked: string[] = [];
  const sent: number[] = [];
  const outcome = await sendUpload({
    base: '/b',
    file: new Blob([new Uint8Array(10_000_000)]),
    name: 'a.bin',
    place: null,
    fileId: null,
    url: null,
    signal: new AbortController().signal,
    onUrl: () => undefined,
    onSent: (bytes) => sent.push(bytes),
    onWaiting: () => undefined,
    pause: () => Promise.resolve(),
    fetch: async (path, init) => {
      const headers = new Headers(init.headers);
      const size = init.body instanceof ArrayBuffer ? init.body.byteLength : 0;
      asked.push(`${init.method} ${headers.get('upload-offset') ?? ''}`.trim());
      const made = answer(init.method ?? '', path, headers, size);
      if (made === null) throw new TypeError('no network');
      return made;
    },
    ...part,
  }).catch((error: unknown) => error);
  return { outcome, asked, sent };
}

/** A server that keeps count; `before` may answer in its place. */
function server(before: (n: number) => Response | null | undefined = () => undefined) {
  let offset = 0;
  let patches = 0;
  const answer: Answer = (method, _path, headers, body) => {
    if (method === 'POST') return reply(201, { location: '/u/1' });
    if (method === 'HEAD') return reply(200, { 'upload-offset': String(offset) });
    const special = before(++patches);
    if (special !== undefined) return special;
    if (Number(headers.get('upload-offset')) !== offset) return reply(409);
    offset += body;
    return reply(204, { 'upload-offset': String(offset), ...(offset >= 10_000_000 ? { 'rapport-file': 'F' } : {}) });
  };
  return answer;
}

describe('an upload', () => {
  it('goes in pieces, each with its checksum', async () => {
    const sums: (string | null)[] = [];
    const plain = server();
    const { outcome, asked, sent } = await send((...all) => {
      if (all[0] === 'PATCH') sums.push(all[2].get('upload-checksum'));
      return plain(...all);
    });
    expect(outcome).toBe('F');
    expect(asked).toEqual(['POST', 'PATCH 0', 'PATCH 4194304', 'PATCH 8388608']);
    expect(sent).toEqual([0, 4_194_304, 8_388_608, 10_000_000]);
    expect(sums).toHaveLength(3);
    for (const sum of sums) expect(sum).toMatch(/^sha256 [\w+/]+=*$/);
  });

  it.each([
    ['a dead network', null],
    ['a server that restarts', reply(503)],
    ['a damaged piece', reply(460)],
    ['bytes that were received twice', reply(409)],
  ])('goes on from where the server is, after %s', async (_case, special) => {
    const { outcome, asked } = await send(server((n) => (n === 2 ? special : undefined)));
    expect([outcome, asked]).toEqual([
      'F',
      ['POST', 'PATCH 0', 'PATCH 4194304', 'HEAD', 'PATCH 4194304', 'PATCH 8388608'],
    ]);
  });

  it('says what the server waits for, and that the network is away when nobody answers', async () => {
    const said: (string | null)[] = [];
    const full = () => reply(503, {}, JSON.stringify({ error: { code: 'unavailable', message: 'The disk is full.' } }));
    const plain = server((patch) => (patch === 1 ? full() : patch === 2 ? null : undefined));
    const { outcome } = await send(plain, { onWaiting: (is, why) => is && said.push(why) });
    expect([outcome, said]).toEqual(['F', ['The disk is full.', null]]);
  });

  it('goes on with an earlier address, starts over where that is gone, and hears when it was done already', async () => {
    expect((await send(server(), { url: '/u/0' })).asked[0]).toBe('HEAD');
    const gone = server();
    const over = await send((...all) => (all[1] === '/u/0' ? reply(404) : gone(...all)), { url: '/u/0' });
    expect([over.outcome, over.asked.slice(0, 3)]).toEqual(['F', ['HEAD', 'POST', 'PATCH 0']]);
    const done = await send(() => reply(200, { 'upload-offset': '10000000', 'rapport-file': 'G' }), { url: '/u/0' });
    expect([done.outcome, done.asked]).toEqual(['G', ['HEAD']]);
  });

  it('ends with the server’s own sentence when it is refused', async () => {
    const no = reply(413, {}, JSON.stringify({ error: { code: 'too-large', message: 'Not uploaded. No room.' } }));
    const { outcome } = await send(() => no);
    expect(outcome).toBeInstanceOf(UploadRefused);
    expect((outcome as Error).message).toBe('Not uploaded. No room.');
  });

  it('ends when the person gives it up, also while it waits for the network', async () => {
    const controller = new AbortController();
    const { outcome } = await send(() => null, {
      signal: controller.signal,
      pause: async () => controller.abort(new Error('given up')),
    });
    expect((outcome as Error).message).toBe('given up');
  });
});
