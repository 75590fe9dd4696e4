/** Under which the invitations of a workspace are kept. */
export const invitationsKey = (workspaceId: string): readonly string[] => ['w', workspaceId, 'invitations'];
