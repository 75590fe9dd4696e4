import { applyPatch } from '@rapport/doc/patch';
import { rootRecord } from '@rapport/doc/records';
import type { Hub } from '@rapport/sync/server/ports';
import type { Noun } from '../http/workspace-context.node.ts';
import { makePlainKind, mayOpen, memberDocument, workspaceDocument } from './workspace-kind.ts';

const author = { actor: 'server', via: 'server' } as const;

async function ensure(hub: Pick<Hub, 'exists' | 'create'>, name: string): Promise<void> {
  if (await hub.exists(name)) return;
  await hub
    .create(name, author, (doc) => void applyPatch(doc, [{ root: 'meta', id: rootRecord, set: { schema: 1 } }]))
    .catch(async (error: unknown) => {
      // Two tabs may arrive at once; only one of them makes it.
      if (!(await hub.exists(name))) throw error;
    });
}

/** What a workspace has beside its boards: the document everybody opens, and each member's own. */
export const workspace: Noun = {
  name: 'workspace',
  kinds: [makePlainKind()],
  readModel: [],
  onWorkspaceCreated: ({ hub }) => ensure(hub, workspaceDocument),
  async admit(doc, memberId, hub) {
    if (!mayOpen(doc, memberId)) return false;
    if (doc === memberDocument(memberId) || doc === workspaceDocument) await ensure(hub, doc);
    return true;
  },
};
