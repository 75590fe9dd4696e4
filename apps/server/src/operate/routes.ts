import { closeSync, createReadStream, openSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { refuse } from '@rapport/domain/http/api-error.node';
import { describe } from '@rapport/domain/http/describe.node';
import { requireRole } from '@rapport/domain/http/workspace-context.node';
import { Hono } from 'hono';
import type { ApiEnv } from '../http/api-context.ts';
import type { Services } from '../services.ts';
import { aboutWorkspace } from './about-copy.ts';
import { makeScratch } from './backup.ts';
import { controlParts } from './export/control-parts.ts';
import { writeExport } from './export/write-export.ts';
import { workspaceFile } from './format.ts';
import { healthReply, workspaceHealth } from './workspace-health.ts';
import { noteBackup } from './last-backup.ts';

/** What an administrator does with a workspace as a whole. Mounted at `/w/:ws`. */
export function operateRoutes(services: Services): Hono<ApiEnv> {
  const { backups, config, control, log, now, version } = services;
  const { dataDir } = config;
  const tag = 'Operating';
  const app = new Hono<ApiEnv>();

  app.get(
    '/health',
    describe({
      tag,
      summary: 'How the workspace is doing (admin)',
      description: 'Documents and sockets in use, how long commits took lately, sizes, the last backup, odd values.',
      reply: healthReply,
    }),
    requireRole('admin'),
    async (c) => {
      c.header('cache-control', 'no-store');
      return c.json(await workspaceHealth(services, c.var.workspace));
    },
  );

  app.get(
    '/export',
    describe({
      tag,
      summary: 'Everything of the workspace, as a ZIP (admin)',
      description:
        'deals.csv, every derived table as JSON, people, and the whole history. `npm run rapport -- restore-export` takes it in.',
    }),
    requireRole('admin'),
    (c) => {
      const { id, audit } = c.var.workspace;
      const about = aboutWorkspace(control.handle, id, { at: now(), version });
      if (about === null) return refuse(c, 'not-found', 'There is no such workspace.');
      // Told before: a download that is cut off has been read as far as it went.
      audit('export-made');
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      writeExport(workspaceFile(dataDir, id), about, controlParts(control.handle, id), writable).catch(
        (error: unknown) => {
          // The reader sees it as a download that broke off. Most often it is the reader who went away.
          log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'an export was not finished');
        },
      );
      return c.body(readable, 200, download('application/zip', fileName(about.workspace.name, about.madeAt, 'zip')));
    },
  );

  app.post(
    '/backups',
    describe({
      tag,
      summary: 'A backup of the workspace, as one SQLite file (admin)',
      description:
        'Made while everybody works on, examined, and sent, with the contents of files. POST /restorations and ' +
        '`npm run rapport -- restore` put it back. `Rapport-Lacking-Files`: how many files have a content that is missing ' +
        'or damaged on the server, and so is not in it.',
    }),
    requireRole('admin'),
    async (c) => {
      const { id, audit, actor } = c.var.workspace;
      if (backups.isBusy) return refuse(c, 'unavailable', 'Another backup is being made. Try again in a moment.');
      const scratch = makeScratch(dataDir);
      try {
        const to = join(scratch.path, 'backup.sqlite');
        const at = now();
        const { bytes, problems, lacking } = await backups.make({ dataDir, workspaceId: id, to, at, version });
        const [problem] = problems;
        if (problem !== undefined) {
          log.error({ workspace: id, problems }, 'a backup is not sound');
          return refuse(c, 'conflict', `The workspace’s file is not sound, and so would be its backup. ${problem}`);
        }
        if (lacking > 0) log.warn({ workspace: id, lacking }, 'contents of files are missing or damaged');
        noteBackup(control.handle, id, { at, bytes, madeBy: actor.memberId });
        audit('backup-made', { detail: { bytes } });
        const name = aboutWorkspace(control.handle, id, { at, version })?.workspace.name ?? id;
        return c.body(streamOf(to), 200, {
          ...download('application/vnd.sqlite3', fileName(name, at, 'sqlite')),
          'content-length': String(bytes),
          'rapport-lacking-files': String(lacking),
        });
      } finally {
        // The open file outlives its name.
        scratch.remove();
      }
    },
  );
  return app;
}

function streamOf(path: string): ReadableStream<Uint8Array> {
  const fd = openSync(path, 'r');
  try {
    return Readable.toWeb(createReadStream(path, { fd })) as ReadableStream<Uint8Array>;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

const download = (type: string, name: string): Record<string, string> => ({
  'content-type': type,
  'content-disposition': `attachment; filename="${name}"`,
  'cache-control': 'no-store',
});

/** Plain letters only: what else a name may hold, headers and some disks may not. */
function fileName(workspace: string, at: number, ending: string): string {
  const plain = workspace
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${plain === '' ? 'workspace' : plain}-${new Date(at).toISOString().slice(0, 10)}.${ending}`;
}
