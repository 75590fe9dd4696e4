import { body } from '@rapport/domain/http/body.node';
import { describe } from '@rapport/domain/http/describe.node';
import { refuse } from '@rapport/domain/http/api-error.node';
import { requireRole } from '@rapport/domain/http/workspace-context.node';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { ApiEnv } from '../../http/api-context.ts';
import type { Services } from '../../services.ts';
import { workspaceFile } from '../format.ts';
import { noteErasure } from './note-erasure.ts';

const texts = v.pipe(
  v.array(v.pipe(v.string(), v.trim(), v.minLength(3), v.maxLength(500))),
  v.maxLength(200),
  v.description('Names, addresses, numbers: found whatever their capitals and spaces'),
);
const records = v.pipe(
  v.array(v.pipe(v.string(), v.regex(/^[0-9A-Za-z]{1,64}$/, 'must be an id'))),
  v.maxLength(100),
  v.description(
    'Ids of records, e.g. of a contact: all they say, and their addresses, numbers and full names elsewhere',
  ),
);

/** Erasing what is written about a person. Mounted at `/w/:ws`. */
export function erasureRoutes(services: Services): Hono<ApiEnv> {
  const { config, control, erasures, host, sockets, thinning } = services;
  return new Hono<ApiEnv>().post(
    '/erasures',
    describe({
      tag: 'Operating',
      summary: 'Erase a person from the workspace, history included (admin)',
      description:
        'Takes texts out of every document, its history, snapshots, activity, search and reports, for good, and searches ' +
        'the workspace’s files for them. Everybody is disconnected for as long as it takes; open pages and devices that ' +
        'were offline drop their copies when they come back, and keep what they had not saved. Not reached: backups, ' +
        'exports, the contents of uploaded files (those that hold a text are named in `remainingIn`).',
      reply: v.object({
        documents: v.pipe(v.number(), v.description('How many were changed')),
        steps: v.pipe(v.number(), v.description('How many steps of their histories')),
        remainingIn: v.pipe(v.array(v.string()), v.description('Where a text still is; empty when nowhere')),
      }),
    }),
    requireRole('admin'),
    body(v.strictObject({ texts: v.optional(texts, []), records: v.optional(records, []) })),
    async (c) => {
      const { id, actor } = c.var.workspace;
      const wanted = c.req.valid('json');
      if (wanted.texts.length + wanted.records.length === 0)
        return refuse(c, 'invalid', 'Say what to erase.', { texts: 'name a text or a record' });
      if (erasures.isBusy) return refuse(c, 'unavailable', 'Another erasure is under way. Try again in a moment.');
      const path = workspaceFile(config.dataDir, id);
      const report = await host.whileClosed(id, async () => {
        await thinning.pause();
        sockets.close((entry) => entry.workspaceId === id, 1012, 'text is being erased');
        return await erasures.make({ path, workspaceId: id, ...wanted });
      });
      if (report.problem !== null) return refuse(c, 'conflict', report.problem);
      const { documents, steps, remainingIn } = report;
      noteErasure(control.handle, services.audit, { workspaceId: id, by: actor, documents, records: wanted.records });
      return c.json({ documents, steps, remainingIn });
    },
  );
}
