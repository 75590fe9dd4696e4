/** The document that everybody in a workspace opens: custom field definitions, tags. */
export const workspaceDocument = 'workspace';

/** A member's own document (personal views); nobody else may open it. */
export const memberDocument = (memberId: string): string => `member/${memberId}`;

/** Whether this member may open the document at all. */
export const mayOpen = (name: string, memberId: string): boolean =>
  !name.startsWith('member/') || name === memberDocument(memberId);

/** Documents that nothing is counted from: they have no rows. */
export function makePlainKind() {
  return {
    owns: (name: string): boolean => name === workspaceDocument || name.startsWith('member/'),
    projector: () => ({ project: () => [] }),
  };
}
