import type { WorkspaceClient } from '../client.ts';

/** What a member is called, as the workspace has it now. */
export const memberNames =
  (workspace: WorkspaceClient) =>
  (id: string): string =>
    workspace.members().get(id)?.name ?? 'somebody who left';

/** What a field of the workspace's own is called. */
export const fieldLabels =
  (workspace: WorkspaceClient) =>
  (field: string): string | undefined =>
    workspace.customFields('lead')[field]?.label;
