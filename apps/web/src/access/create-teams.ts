import type { Page } from '../api/shapes.ts';
import { createQuery } from '../local/create-query.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { onCleanup } from 'solid-js';
import type { Team } from './shapes.ts';

/** The workspace's teams, kept up to date while a screen shows them. */
export function createTeams() {
  const workspace = useWorkspace();
  const queryKey = ['w', workspace.workspaceId, 'teams'];
  const list = createQuery<Page<Team>>(workspace.queries, () => ({
    queryKey,
    queryFn: () => workspace.api('GET', '/teams?limit=500'),
  }));
  const refresh = () => workspace.queries.refetchQueries({ queryKey });
  onCleanup(workspace.onChanged(['access'], () => void refresh()));
  return { list, refresh };
}
