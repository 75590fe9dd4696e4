import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { readUpload } from './read-upload.node.ts';

const body = Buffer.from(
  [
    '--x\r\nContent-Disposition: form-data; name="options"\r\n\r\n{"preview":true}\r\n',
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\nDeal name\nA\r\n',
    '--x--\r\n',
  ].join(''),
);
const app = new Hono().post('/', async (c) => {
  const upload = await readUpload(c);
  if (upload instanceof Response) return upload;
  return c.text(`${upload.name} ${new TextDecoder().decode(upload.bytes)}`);
});
const headers = { 'content-type': 'multipart/form-data; boundary=x' };
const send = (bytes: Uint8Array<ArrayBuffer>) => app.request('/', { method: 'POST', headers, body: bytes });

test('a body that is cut off anywhere is refused, and never taken for a shorter file', async () => {
  const answers = new Set<string>();
  for (let length = 0; length < body.length; length++) {
    const response = await send(new Uint8Array(body.subarray(0, length)));
    answers.add(response.status === 200 ? await response.text() : String(response.status));
  }
  // The last bytes only close the body.
  expect([...answers].sort()).toEqual(['400', 'a.csv Deal name\nA']);
  expect(await (await send(new Uint8Array(body))).text()).toBe('a.csv Deal name\nA');
});

test('raw bytes without a name are a file all the same', async () => {
  const unnamed = body.toString().replace('; filename="a.csv"', '').replace('text/csv', 'application/octet-stream');
  expect(await (await send(new Uint8Array(Buffer.from(unnamed)))).text()).toBe('file.csv Deal name\nA');
});

test('a body that was read before, to know the request by, is read again', async () => {
  const known = new Hono().use(async (c, next) => void (await c.req.arrayBuffer(), await next())).route('/', app);
  const response = await known.request('/', { method: 'POST', headers, body: new Uint8Array(body) });
  expect(await response.text()).toBe('a.csv Deal name\nA');
});
