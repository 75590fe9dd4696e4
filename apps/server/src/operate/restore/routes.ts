import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { refuse } from '@rapport/domain/http/api-error.node';
import { describe } from '@rapport/domain/http/describe.node';
import { requireRole } from '@rapport/domain/http/workspace-context.node';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { ApiEnv } from '../../http/api-context.ts';
import type { Services } from '../../services.ts';
import { makeScratch } from '../backup.ts';
import { readableBytes } from '../readable-bytes.ts';

class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** Going back to a backup. Mounted at `/w/:ws`, before anything that would read a body whole. */
export function restoreRoutes({
  audit,
  config,
  files,
  host,
  log,
  restores,
  sockets,
  thinning,
}: Services): Hono<ApiEnv> {
  const { dataDir, limits } = config;
  // The workspace itself, and all that its files may hold.
  const mostBytes = limits.fileBytes + limits.storageBytes;
  return new Hono<ApiEnv>().post(
    '/restorations',
    describe({
      tag: 'Operating',
      summary: 'Go back to a backup of this workspace (admin)',
      description:
        'The body is a file that POST /backups or the backup command made. It is proved before anything is touched. ' +
        'Everybody is disconnected for a moment; what was there before is kept on the server in the folder `keptIn`; ' +
        'devices that know more show it to their people and bring nothing back by themselves. Accounts and members stay ' +
        'as they are; contents of files that are in the backup are there again.',
      reply: v.object({
        madeAt: v.pipe(v.number(), v.description('When the backup was made, epoch ms')),
        keptIn: v.pipe(v.nullable(v.string()), v.description('Below DATA_DIR: the workspace as it was before')),
      }),
    }),
    requireRole('admin'),
    async (c) => {
      const { id, actor } = c.var.workspace;
      if (restores.isBusy) return refuse(c, 'unavailable', 'Another backup is being restored. Try again in a moment.');
      const scratch = makeScratch(dataDir);
      try {
        const from = join(scratch.path, 'backup.sqlite');
        const bytes = await receive(c.req.raw.body, from, mostBytes);
        const order = { from, dataDir, workspaceId: id };
        const proved = await restores.make({ ...order, step: 'prove' });
        if (proved.problem !== null)
          return refuse(c, 'invalid', `${sayFile(proved.problem, from)} Nothing was changed.`);
        const placed = await host.whileClosed(id, async () => {
          await thinning.pause();
          sockets.close((entry) => entry.workspaceId === id, 1012, 'a backup is being restored');
          return await restores.make({ ...order, step: 'place' });
        });
        files(id).forgetUsed();
        if (placed.problem !== null) return refuse(c, 'conflict', sayFile(placed.problem, from));
        audit.record({
          workspaceId: id,
          actor: actor.memberId,
          ...(actor.agent === undefined ? {} : { agent: actor.agent }),
          action: 'backup-restored',
          detail: { bytes },
        });
        log.info({ workspace: id, bytes, keptIn: placed.keptIn }, 'a backup was restored');
        return c.json({ madeAt: placed.madeAt, keptIn: placed.keptIn });
      } catch (error) {
        if (!(error instanceof TooLarge)) throw error;
        c.header('connection', 'close');
        return refuse(
          c,
          'too-large',
          `A backup may have ${readableBytes(mostBytes)} (LIMIT_FILE_BYTES and LIMIT_STORAGE_BYTES together). Nothing was changed.`,
        );
      } finally {
        scratch.remove();
      }
    },
  );
}

/** The person knows it as the file that they chose. */
const sayFile = (problem: string, path: string): string => problem.replaceAll(path, 'The file');

/** Writes a body to the disk as it comes. Answers its bytes. */
async function receive(body: ReadableStream<Uint8Array> | null, to: string, mostBytes: number): Promise<number> {
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      if (bytes > mostBytes) done(new TooLarge());
      else done(null, chunk);
    },
  });
  const source = body === null ? Readable.from([]) : Readable.fromWeb(body as NodeStream<Uint8Array>);
  await pipeline(source, count, createWriteStream(to, { mode: 0o600 }));
  return bytes;
}
