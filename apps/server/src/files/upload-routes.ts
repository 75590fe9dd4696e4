import { findFile } from '@rapport/domain/files/list-files.node';
import { cleanName } from '@rapport/domain/files/file-name';
import type { FilePlace } from '@rapport/domain/files/file';
import { parsePlace, refusalOf } from '@rapport/domain/files/place.node';
import { refuse, type ErrorCode } from '@rapport/domain/http/api-error.node';
import { describe } from '@rapport/domain/http/describe.node';
import { requireRole, type WorkspaceContext } from '@rapport/domain/http/workspace-context.node';
import { err, ok, type Result } from '@rapport/doc/result';
import { Hono, type Context } from 'hono';
import type { ApiEnv } from '../http/api-context.ts';
import { readableBytes } from '../operate/readable-bytes.ts';
import type { Services } from '../services.ts';
import { isSha256 } from './contents.ts';
import { finishUpload } from './finish-upload.ts';
import { byteCount, pieceType, readChecksum, readMetadata, tusExtensions, tusVersion } from './upload-headers.ts';
import { uploadKeptMs, type Upload } from './uploads.ts';

const tag = 'Files';
const missing = 'There is no such upload (any more). Start it again.';

/** The protocol's own statuses beside the API's. */
const refuseAs = (status: 412 | 415 | 423 | 460, code: ErrorCode, message: string): Response =>
  new Response(JSON.stringify({ error: { code, message } }), {
    status,
    headers: { 'content-type': 'application/json', 'tus-resumable': tusVersion },
  });

const noSpace = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

interface Wanted {
  readonly name: string;
  readonly place: FilePlace;
  /** The file that gets a version; null: a new one. */
  readonly fileId: string | null;
  readonly announced: string | null;
}

/** Where an upload goes, from its metadata, as far as the caller may put it there. */
function wantedOf(
  ws: WorkspaceContext,
  metadata: ReadonlyMap<string, string>,
): Result<Wanted, { code: ErrorCode; message: string }> {
  const name = metadata.get('filename') ?? metadata.get('name') ?? '';
  const announced = metadata.get('sha256') ?? null;
  if (announced !== null && !isSha256(announced))
    return err({ code: 'invalid', message: 'sha256 must be 64 hexadecimal digits in lower case.' });
  const fileId = metadata.get('file');
  if (fileId !== undefined) {
    const known = findFile(ws, fileId);
    if (known === undefined) return err({ code: 'not-found', message: 'There is no such file.' });
    if (known.access !== 'edit')
      return err({ code: 'forbidden', message: 'You may look at this file, but not change it.' });
    return ok({ name: cleanName(name || known.file.name), place: known.place, fileId, announced });
  }
  const place = parsePlace(metadata.get('place') ?? null);
  if (place === undefined) return err({ code: 'invalid', message: 'place is not a place such as folder/<id>.' });
  const refusal = refusalOf(ws, place);
  return refusal === null ? ok({ name: cleanName(name), place, fileId: null, announced }) : err(refusal);
}

/** Resumable uploads. Mounted at `/w/:ws/uploads`, before anything that would read a body whole. */
export function uploadRoutes(services: Services): Hono<ApiEnv> {
  const { config, files, newId, now, log } = services;
  const { fileBytes, storageBytes } = config.limits;
  const app = new Hono<ApiEnv>();

  app.use(async (c, next) => {
    c.header('Tus-Resumable', tusVersion);
    if (c.req.method === 'OPTIONS' || c.req.header('tus-resumable') === tusVersion) return next();
    // A reader with a browser or curl need not speak the protocol.
    if (c.req.method === 'GET') return next();
    c.header('Tus-Version', tusVersion);
    return refuseAs(412, 'invalid', `Uploads speak the tus protocol ${tusVersion}: send Tus-Resumable.`);
  });

  app.onError((error, c) => {
    if (!noSpace(error)) throw error;
    log.error({ workspace: c.var.workspace.id }, 'the disk is full: no upload can begin');
    return refuse(
      c,
      'unavailable',
      'Not uploaded: the server’s disk is full. Nothing was kept; it can begin when there is room.',
    );
  });

  app.on('OPTIONS', '/', (c) =>
    c.body(null, 204, {
      'Tus-Version': tusVersion,
      'Tus-Extension': tusExtensions,
      'Tus-Max-Size': String(fileBytes),
      'Tus-Checksum-Algorithm': 'sha1,sha256',
    }),
  );

  /** What came of the last bytes, or of a file without any. */
  const finish = async (c: Context<ApiEnv>, upload: Upload): Promise<Response> => {
    const ws = c.var.workspace;
    const finished = await finishUpload(ws, files(ws.id), upload, now());
    if (!finished.ok)
      return refuse(c, 'invalid', `Not uploaded. ${finished.error} Nothing of it was kept.`, { file: finished.error });
    c.header('Upload-Offset', String(upload.length));
    c.header('Rapport-File', upload.fileId);
    return c.body(null, upload.length === 0 ? 201 : 204);
  };

  app.post(
    '/',
    describe({
      tag,
      summary: 'Begin an upload (tus 1.0.0)',
      description:
        '`Upload-Length` and `Upload-Metadata` (base64): `filename`, `place` (`folder/<id>`, `note/<id>`, `deal/<id>` …; ' +
        'left out: the library), `file` (adds a version to this file), `sha256` (hexadecimal, of the whole: proved at the ' +
        'end). Answers `Location`; PATCH the bytes there, HEAD tells how many have arrived. The last PATCH answers ' +
        '`Rapport-File`. The type is found in the content; a picture or PDF in name only is refused.',
      status: 201,
    }),
    requireRole('member'),
    async (c) => {
      const ws = c.var.workspace;
      const length = byteCount(c.req.header('upload-length'));
      if (length === null) return refuse(c, 'invalid', 'Upload-Length must be the number of bytes.');
      const metadata = readMetadata(c.req.header('upload-metadata'));
      if (metadata === null) return refuse(c, 'invalid', 'Upload-Metadata must be pairs of a key and base64.');
      const wanted = wantedOf(ws, metadata);
      if (!wanted.ok) return refuse(c, wanted.error.code, `Not uploaded. ${wanted.error.message}`);
      if (length > fileBytes) {
        const most = readableBytes(fileBytes);
        return refuse(
          c,
          'too-large',
          `Not uploaded. A file may have ${most}, and this one has ${readableBytes(length)}.`,
        );
      }
      const used = await files(ws.id).used();
      if (used + length > storageBytes)
        return refuse(
          c,
          'too-large',
          `Not uploaded. The files of this workspace may take ${readableBytes(storageBytes)}; ${readableBytes(used)} are ` +
            `taken, and this one has ${readableBytes(length)}. An admin can empty the bin or raise LIMIT_STORAGE_BYTES.`,
        );
      const { name, place, fileId, announced } = wanted.value;
      const upload = await files(ws.id).uploads.start({
        id: newId(),
        by: ws.actor.memberId,
        name,
        place,
        length,
        announced,
        fileId: fileId ?? newId(),
        versionId: newId(),
        startedAt: now(),
      });
      c.header('Location', `/api/v1/w/${ws.id}/uploads/${upload.id}`);
      c.header('Upload-Expires', new Date(now() + uploadKeptMs).toUTCString());
      return length === 0 ? finish(c, upload) : c.body(null, 201);
    },
  );

  /** The caller's own upload, while they may still put it where it goes. */
  const mine = async (c: Context<ApiEnv>): Promise<Upload | Response> => {
    const ws = c.var.workspace;
    const upload = await files(ws.id).uploads.find(c.req.param('upload') ?? '');
    if (upload === null || upload.by !== ws.actor.memberId) return refuse(c, 'not-found', missing);
    if (upload.isDone) return upload;
    const refusal = refusalOf(ws, upload.place);
    return refusal === null ? upload : refuse(c, refusal.code, `Not uploaded. ${refusal.message}`);
  };

  // HEAD is a GET without its body.
  app.get('/:upload', describe({ tag, summary: 'How far an upload is' }), async (c) => {
    const upload = await mine(c);
    if (upload instanceof Response) return upload;
    const offset = await files(c.var.workspace.id).uploads.offset(upload);
    c.header('Upload-Offset', String(offset));
    c.header('Upload-Length', String(upload.length));
    c.header('Cache-Control', 'no-store');
    if (upload.isDone) c.header('Rapport-File', upload.fileId);
    return c.json({ id: upload.id, offset, length: upload.length, file: upload.isDone ? upload.fileId : null });
  });

  app.patch(
    '/:upload',
    describe({
      tag,
      summary: 'Send the next bytes of an upload',
      description:
        `\`Content-Type: ${pieceType}\`, \`Upload-Offset\`. With \`Upload-Checksum: sha256 <base64>\` the piece counts ` +
        'whole or not at all (460). What a cut connection brought is kept.',
      status: 204,
    }),
    requireRole('member'),
    async (c) => {
      const upload = await mine(c);
      if (upload instanceof Response) return upload;
      const ws = c.var.workspace;
      const { uploads } = files(ws.id);
      if (c.req.header('content-type') !== pieceType) return refuseAs(415, 'invalid', `Send ${pieceType}.`);
      const offset = byteCount(c.req.header('upload-offset'));
      if (offset === null) return refuse(c, 'invalid', 'Upload-Offset must be a number of bytes.');
      const checksum = readChecksum(c.req.header('upload-checksum'));
      if (checksum === undefined) return refuse(c, 'invalid', 'Upload-Checksum must be sha1 or sha256 with base64.');
      if (upload.isDone || upload.sha256 !== null) {
        if (offset !== upload.length) return refuse(c, 'conflict', `All ${upload.length} bytes have arrived.`);
        return finish(c, upload);
      }
      const announced = byteCount(c.req.header('content-length'));
      if (announced !== null && offset + announced > upload.length) return tooLong(c, upload);
      const body = c.req.raw.body;
      try {
        const written = await uploads.append(upload, offset, body ?? nothing(), checksum);
        c.header('Upload-Offset', String(written.offset));
        if (!written.ok) {
          if (written.why === 'too-long') return tooLong(c, upload);
          if (written.why === 'busy')
            return refuseAs(423, 'conflict', 'These bytes are being received already. Ask again in a moment.');
          if (written.why === 'checksum')
            return refuseAs(460, 'conflict', 'The piece arrived damaged. Nothing of it was kept; send it again.');
          return refuse(c, 'conflict', `${written.offset} bytes have arrived; go on from there.`);
        }
        c.header('Upload-Expires', new Date(now() + uploadKeptMs).toUTCString());
        if (written.offset < upload.length) return c.body(null, 204);
        const finished = await uploads.alone(upload.id, () => finish(c, upload));
        return finished === false ? refuseAs(423, 'conflict', 'This upload is being finished.') : finished;
      } catch (error) {
        if (noSpace(error)) {
          log.error({ workspace: ws.id }, 'the disk is full: an upload waits');
          return refuse(
            c,
            'unavailable',
            'The server’s disk is full. What has arrived is kept; it goes on when there is room.',
          );
        }
        if (c.req.raw.signal.aborted || isCutOff(error)) return c.body(null, 204);
        throw error;
      }
    },
  );

  app.delete(
    '/:upload',
    describe({ tag, summary: 'Give an upload up; what has arrived is deleted', status: 204 }),
    requireRole('member'),
    async (c) => {
      const ws = c.var.workspace;
      const { uploads } = files(ws.id);
      const upload = await uploads.find(c.req.param('upload'));
      if (upload === null || upload.by !== ws.actor.memberId) return refuse(c, 'not-found', missing);
      if (upload.isDone) return refuse(c, 'conflict', 'It is a file already. Delete that.');
      const removed = await uploads.alone(upload.id, () => uploads.remove(upload.id));
      return removed === false ? refuseAs(423, 'conflict', 'Bytes are being received.') : c.body(null, 204);
    },
  );
  return app;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function tooLong(c: Context, upload: Upload): Response {
  // The rest is not read, so this connection is of no more use.
  c.header('connection', 'close');
  const message = `More than the announced ${upload.length} bytes were sent. Of this piece nothing was kept.`;
  return refuse(c, 'too-large', message);
}

/** The sender's connection broke in the middle: nobody hears the answer. */
const isCutOff = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'AbortError' ||
    /aborted|premature|ECONNRESET|terminated/i.test(`${error.message} ${String('code' in error ? error.code : '')}`));
