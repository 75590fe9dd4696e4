import { fileDoc, purgePatch } from '@rapport/domain/files/file';
import { findFile, versionsOf } from '@rapport/domain/files/list-files.node';
import { refuse } from '@rapport/domain/http/api-error.node';
import { describe } from '@rapport/domain/http/describe.node';
import { requireRole } from '@rapport/domain/http/workspace-context.node';
import { applyPatch } from '@rapport/doc/patch';
import { Hono } from 'hono';
import type { ApiEnv } from '../http/api-context.ts';
import type { Services } from '../services.ts';

/** Giving a file up for good, before its 30 days in the bin are over. Mounted at `/w/:ws/files`. */
export function purgeRoutes({ files, now }: Services): Hono<ApiEnv> {
  return new Hono<ApiEnv>().post(
    '/:id/purge',
    describe({
      tag: 'Files',
      summary: 'Delete a file for good, with all of its versions (admin)',
      description:
        'At once, from the disk, too, unless another file has the same content. Its name stays in the history; ' +
        'erasing a person’s data takes that. Backups keep what they have.',
      status: 204,
    }),
    requireRole('admin'),
    async (c) => {
      const ws = c.var.workspace;
      const id = c.req.param('id');
      const known = findFile(ws, id);
      if (known === undefined) return refuse(c, 'not-found', 'There is no such file.');
      if (known.file.deletedAt === null) return refuse(c, 'conflict', 'Put it into the bin first.');
      const contents = [...new Set(versionsOf(ws, id).map(({ sha256 }) => sha256))];
      const store = files(ws.id);
      await store.inTurn(async () => {
        await ws.hub.transact(fileDoc(id), ws.author(), (doc) => void applyPatch(doc, purgePatch(now())));
        for (const sha256 of contents) {
          const isNamed =
            ws.everyRow.get('SELECT 1 FROM file_versions WHERE sha256 = ? LIMIT 1', [sha256]) !== undefined;
          if (!isNamed) await store.contents.remove(sha256);
        }
        store.forgetUsed();
      });
      ws.audit('file-purged', { target: id, detail: { contents: contents.length } });
      return c.body(null, 204);
    },
  );
}
