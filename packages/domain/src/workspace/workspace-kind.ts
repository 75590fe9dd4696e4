import type { DocumentKind } from '@rapport/sync/server/ports';
import { makeMarksProjector } from '../inbox/marks-projector.ts';

/** The document that everybody in a workspace opens: custom field definitions, tags. */
export const workspaceDocument = 'workspace';

/** A member's own document (personal views); nobody else may open it. */
export const memberDocument = (memberId: string): string => `member/${memberId}`;

/** Whether this member may open the document at all. */
export const mayOpen = (name: string, memberId: string): boolean =>
  !name.startsWith('member/') || name === memberDocument(memberId);

/** Documents of which only the marks of a member's inbox have rows. */
export function makePlainKind(): DocumentKind {
  return {
    owns: (name) => name === workspaceDocument || name.startsWith('member/'),
    projector: (name, doc) => (name === workspaceDocument ? { project: () => [] } : makeMarksProjector(name, doc)),
  };
}
