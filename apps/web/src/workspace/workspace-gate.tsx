import { useParams } from '@solidjs/router';
import { type JSX, Show, createMemo, createResource, lazy } from 'solid-js';
import type { OfflineStore } from '@rapport/sync/client/offline-store';
import { useAccount } from '../account/account.tsx';
import { openKeptDocuments } from '../account/kept-documents.ts';
import type { WorkspaceSummary } from '../api/shapes.ts';
import { useQueries } from '../local/queries.ts';
import { NoAccess } from '../screens/notice-page.tsx';
import { createWorkspace } from './client.ts';
import { WorkspaceContext } from './workspace-context.ts';

const LostChanges = lazy(() => import('./lost-changes.tsx'));

/** Opens the workspace of the address for its members. */
export function WorkspaceGate(props: { children: JSX.Element }) {
  const params = useParams<{ ws: string }>();
  const { state } = useAccount();
  const summary = createMemo(() => {
    const now = state();
    return now.kind === 'signed-in' ? now.workspaces.find(({ id }) => id === params.ws) : undefined;
  });
  const userId = createMemo(() => {
    const now = state();
    return now.kind === 'signed-in' ? now.user.id : undefined;
  });
  const [offline] = createResource(userId, async (id) => ({ store: await openKeptDocuments(id) }));
  const workspaceId = createMemo(() => summary()?.id);
  return (
    <Show when={workspaceId()} keyed fallback={<NoAccess lost={<LostChanges workspaceId={params.ws} />} />}>
      <Show when={offline.latest}>
        {(kept) => (
          <Open summary={summary} offline={kept().store}>
            {props.children}
          </Open>
        )}
      </Show>
    </Show>
  );
}

function Open(props: {
  summary: () => WorkspaceSummary | undefined;
  offline: OfflineStore | undefined;
  children: JSX.Element;
}) {
  const queries = useQueries();
  // The last known summary stays while this one is being left.
  const summary = createMemo<WorkspaceSummary>((before) => props.summary() ?? before, none);
  // eslint-disable-next-line solid/reactivity -- a kept store belongs to one person and never changes under a workspace
  const workspace = createWorkspace({ summary, queries, offline: props.offline });
  return <WorkspaceContext.Provider value={workspace}>{props.children}</WorkspaceContext.Provider>;
}

const none: WorkspaceSummary = { id: '', name: '', role: 'viewer', memberId: '' };
