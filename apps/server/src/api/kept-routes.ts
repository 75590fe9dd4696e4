import { body } from '@rapport/domain/http/body.node';
import { describe } from '@rapport/domain/http/describe.node';
import type { WorkspaceContext } from '@rapport/domain/http/workspace-context.node';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { ApiEnv } from '../http/api-context.ts';
import type { Services } from '../services.ts';

/** More than a browser keeps. */
const mostDocuments = 5_000;
const name = v.pipe(v.string(), v.maxLength(200));
const kept = v.strictObject({
  name,
  erased: v.pipe(v.nullable(v.string()), v.description('The mark that sync told with the epoch; null for none')),
});

/** What a device keeps and should not any more. Mounted at `/w/:ws`. */
export function keptRoutes(services: Services): Hono<ApiEnv> {
  return new Hono<ApiEnv>().post(
    '/kept',
    describe({
      tag: 'Sync',
      summary: 'Which copies of documents a device must drop',
      description:
        'For clients that keep documents for offline use, asked when they connect: `stale` are those that are not shared ' +
        'with you or do not exist, which is told alike, and those from whose history text was erased since.',
      reply: v.object({ stale: v.array(v.string()) }),
    }),
    body(v.strictObject({ documents: v.pipe(v.array(kept), v.maxLength(mostDocuments)) })),
    async (c) => {
      const ws = c.var.workspace;
      const { documents } = c.req.valid('json');
      const marks = marksOf(
        ws,
        documents.map((each) => each.name),
      );
      const stale: string[] = [];
      for (const each of documents) {
        const isCurrent = (marks.get(each.name) ?? null) === each.erased;
        if (!isCurrent || !(await mayOpen(services, ws, each.name))) stale.push(each.name);
      }
      return c.json({ stale });
    },
  );
}

async function mayOpen({ host, nouns }: Services, ws: WorkspaceContext, doc: string): Promise<boolean> {
  if (!(await ws.hub.exists(doc))) return false;
  const { hub } = await host.open(ws.id);
  for (const noun of nouns) if ((await noun.admit?.(doc, ws.actor.memberId, hub)) === false) return false;
  return true;
}

function marksOf(ws: WorkspaceContext, names: readonly string[]): ReadonlyMap<string, string> {
  const rows = ws.everyRow.all<{ doc: string; mark: string }>(
    'SELECT doc, mark FROM sync_erasures WHERE doc IN (SELECT value FROM json_each(?))',
    [JSON.stringify(names)],
  );
  return new Map(rows.map(({ doc, mark }) => [doc, mark]));
}
