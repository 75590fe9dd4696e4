import { bringBackRecord, deleteAgain, isWantedBack, purgeRecord } from '@rapport/doc/purge';
import { eachRecord } from '@rapport/doc/records';
import * as Y from 'yjs';
import { viewsRoot } from '../views/saved-views.ts';
import { pause } from './purgeable.node.ts';
import type { PurgeOptions } from './purger.node.ts';
import { stateBeforePurge } from './state-before.node.ts';

const author = { actor: 'server', via: 'server' } as const;

/** What of a document's saved views is due, or wanted back by somebody who restored it apart. Views have no rows. */
function lookThrough(doc: Y.Doc, before: number): { due: string[]; wanted: string[] } {
  const found = { due: [] as string[], wanted: [] as string[] };
  eachRecord(doc, viewsRoot, (id, map) => {
    const deletedAt = map.get('deletedAt');
    if (isWantedBack(map)) found.wanted.push(id);
    else if (typeof deletedAt === 'number' && deletedAt < before && !map.has('purgedAt')) found.due.push(id);
  });
  return found;
}

/** Empties saved views that were deleted long ago, in all documents that have some. */
export async function purgeViews(options: Omit<PurgeOptions, 'purgeables'>): Promise<Record<string, number>> {
  const { workspace, now, stayMs, isClosed } = options;
  const docs = workspace.query.all<{ name: string }>(
    `SELECT name FROM sync_documents WHERE name = 'views' OR name LIKE 'team/%' OR name LIKE 'member/%'
       OR (name LIKE 'board/%' AND instr(name, '~') = 0) ORDER BY name`,
  );
  let views = 0;
  for (const { name } of docs) {
    if (isClosed()) break;
    const { due, wanted } = await workspace.hub.read(name, (doc) => lookThrough(doc, now() - stayMs));
    for (const id of wanted) {
      const state = await workspace.readSlowly(stateBeforePurge, { doc: name, root: viewsRoot, id });
      await workspace.hub.transact(name, author, (live) => {
        const before = new Y.Doc();
        if (state !== null) Y.applyUpdate(before, state);
        if (!bringBackRecord(live, before, viewsRoot, id)) deleteAgain(live, viewsRoot, id, now());
        before.destroy();
      });
    }
    if (due.length > 0)
      views += await workspace.hub.transactAll(
        [name],
        author,
        ([live]) => due.filter((id) => live !== undefined && purgeRecord(live, viewsRoot, id, now())).length,
        { brief: [name] },
      );
    await pause();
  }
  return views === 0 ? {} : { views };
}
