import type { WorkspaceContext } from '@rapport/domain/http/workspace-context.node';
import type { WorkspaceSummary } from '../control/workspaces.ts';
import { workspaceContext } from '../http/api-context.ts';
import type { Services } from '../services.ts';

/** Makes a workspace with its first documents; `creator` is a user and becomes its admin. */
export async function createWorkspace(
  services: Services,
  name: string,
  creator: { id: string; name: string; email: string },
): Promise<{ summary: WorkspaceSummary; context: WorkspaceContext }> {
  const summary = services.audit.together(
    () => services.workspaces.create(name, creator),
    (made) => ({ workspaceId: made.id, actor: made.memberId, action: 'workspace-made', target: made.id }),
  );
  const { id, memberId, role } = summary;
  const member = services.members.get(id, memberId);
  if (member === null) throw new Error(`workspace ${id} has no creator`);
  const standing = { memberId, role, name: member.name, email: member.email, colour: member.colour };
  const context = workspaceContext(services, await services.host.open(id), standing);
  for (const noun of services.nouns) await noun.onWorkspaceCreated?.(context, services.nounDeps);
  return { summary, context };
}
