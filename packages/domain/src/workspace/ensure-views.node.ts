import { applyPatch } from '@rapport/doc/patch';
import type { Json } from '@rapport/doc/json';
import { eachRecord, rawRecord, rootRecord } from '@rapport/doc/records';
import type { Hub } from '@rapport/sync/server/ports';
import { viewsDocument, workspaceDocument } from './workspace-kind.ts';

const root = 'views';
const author = { actor: 'server', via: 'server' } as const;

/** Makes the document of views, with those that older versions kept in the workspace's own document. */
export async function ensureViews(hub: Pick<Hub, 'exists' | 'create' | 'read'>): Promise<void> {
  if (await hub.exists(viewsDocument)) return;
  const kept: Record<string, Record<string, Json>> = {};
  if (await hub.exists(workspaceDocument))
    await hub.read(workspaceDocument, (doc) =>
      eachRecord(doc, root, (id, map) => void (kept[id] = rawRecord(map) as Record<string, Json>)),
    );
  await hub
    .create(viewsDocument, author, (doc) => {
      applyPatch(doc, [
        { root: 'meta', id: rootRecord, set: { schema: 1 } },
        ...Object.entries(kept).map(([id, set]) => ({ root, id, create: true as const, set })),
      ]);
    })
    .catch(async (error: unknown) => {
      // Two tabs may arrive at once; only one of them makes it.
      if (!(await hub.exists(viewsDocument))) throw error;
    });
}
