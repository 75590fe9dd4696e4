import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import busboy from 'busboy';
import type { Context } from 'hono';
import * as v from 'valibot';
import { refuse } from '../http/api-error.node.ts';
import { fieldsOf } from '../http/body.node.ts';
import { isKnownEncoding } from './decode.node.ts';
import { importOptions, type ImportOptions } from './options.ts';

export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly options: ImportOptions;
}

interface Parts {
  file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> } | null;
  options: string | null;
}

const mostFields = 20;
const mostFieldBytes = 2 ** 20;

/** The parts `file` and `options` of a multipart body, or the answer that says what is wrong with them. */
export async function readUpload(c: Context): Promise<Upload | Response> {
  const type = c.req.header('content-type') ?? '';
  if (!type.startsWith('multipart/form-data'))
    return refuse(c, 'invalid', 'An import is multipart/form-data with the parts file and options.');
  // With an Idempotency-Key it was read whole already, to be known again.
  const body = c.req.raw.bodyUsed ? new Response(await c.req.arrayBuffer()).body : c.req.raw.body;
  const parts = await readParts(body, type).catch(() => null);
  if (parts === null || parts.file === null) return refuse(c, 'invalid', 'file is required.', { file: 'is required' });
  let json: unknown;
  try {
    json = parts.options === null ? {} : JSON.parse(parts.options);
  } catch {
    return refuse(c, 'invalid', 'options is not JSON.', { options: 'is not JSON' });
  }
  const read = v.safeParse(importOptions, json);
  if (!read.success) {
    const fields = fieldsOf(read.issues as never);
    const [[name, problem] = ['', 'is not valid']] = Object.entries(fields);
    return refuse(c, 'invalid', `${name || 'options'} ${problem}.`, fields);
  }
  if (read.output.encoding !== undefined && !isKnownEncoding(read.output.encoding))
    return refuse(c, 'invalid', 'encoding is not known.', { encoding: 'is not known' });
  const name = parts.file.name.replaceAll(/\p{Cc}/gu, '').slice(0, 200) || 'file.csv';
  return { name, bytes: parts.file.bytes, options: read.output };
}

/** Piece by piece as it comes: a body of many megabytes read in one go would keep everybody's edits waiting. */
async function readParts(body: ReadableStream<Uint8Array> | null, type: string): Promise<Parts> {
  const parts: Parts = { file: null, options: null };
  if (body === null) return parts;
  const parser = busboy({
    headers: { 'content-type': type },
    limits: { fields: mostFields, fieldSize: mostFieldBytes },
    defParamCharset: 'utf8',
  });
  parser.on('field', (field, value) => {
    if (field === 'options') parts.options = value;
  });
  parser.on('file', (field, stream, { filename }) => {
    // Raw bytes come without one, whatever the types say.
    const name = (filename as string | undefined) ?? '';
    if (field !== 'file') return void stream.resume();
    const pieces: Buffer[] = [];
    stream.on('data', (piece: Buffer) => void pieces.push(piece));
    // Of a body that was cut off: its end does not come. Unheard it would end the process.
    stream.on('error', () => undefined);
    stream.on('end', () => (parts.file = { name, bytes: joined(pieces) }));
  });
  await pipeline(Readable.fromWeb(body as NodeStream), parser);
  return parts;
}

/** In memory of their own, so that they can be handed to another thread. */
function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
