import type { Noun } from '../http/workspace-context.node.ts';
import { inboxReadModel } from '../inbox/marks-projector.ts';
import { ensureDocument } from './ensure-document.node.ts';
import { ensureViews } from './ensure-views.node.ts';
import { fieldRoutes } from './field-routes.ts';
import { makePlainKind, mayOpen, memberDocument, viewsDocument, workspaceDocument } from './workspace-kind.ts';

/** What a workspace has beside its boards: the documents everybody opens, and each member's own. */
export const workspace: Noun = {
  name: 'workspace',
  kinds: [makePlainKind()],
  readModel: inboxReadModel,
  routes: fieldRoutes,
  onWorkspaceCreated: ({ hub }) => ensureDocument(hub, workspaceDocument),
  async admit(doc, memberId, hub) {
    if (!mayOpen(doc, memberId)) return false;
    if (doc === memberDocument(memberId) || doc === workspaceDocument) await ensureDocument(hub, doc);
    if (doc === viewsDocument) await ensureViews(hub);
    return true;
  },
};
