import { applyPatch } from '@rapport/doc/patch';
import { rootRecord } from '@rapport/doc/records';
import type { Hub } from '@rapport/sync/server/ports';

const author = { actor: 'server', via: 'server' } as const;

/** Makes a document that everybody may count on, where it is not there yet. */
export async function ensureDocument(hub: Pick<Hub, 'exists' | 'create'>, name: string): Promise<void> {
  if (await hub.exists(name)) return;
  await hub
    .create(name, author, (doc) => void applyPatch(doc, [{ root: 'meta', id: rootRecord, set: { schema: 1 } }]))
    .catch(async (error: unknown) => {
      // Two tabs may arrive at once; only one of them makes it.
      if (!(await hub.exists(name))) throw error;
    });
}
