import type { DocumentKind } from '@rapport/sync/server/ports';
import { makeMarksProjector } from '../inbox/marks-projector.ts';
import { mayAct, type Role } from '../people/roles.ts';

/** The document that everybody in a workspace opens: custom field definitions. Admins alone write it. */
export const workspaceDocument = 'workspace';

/** What members save for everybody who may open it: views of tables. */
export const viewsDocument = 'views';

/** A member's own document (personal views); nobody else may open it. */
export const memberDocument = (memberId: string): string => `member/${memberId}`;

/**
 * What a role may do with a document that no share governs. What the workspace is defined by is an admin's, over sync as
 * over the API; one's own document is one's own also as a viewer, but not for a key that may only look.
 */
export function mayWriteUnshared(
  doc: string,
  { memberId, role, agent }: { readonly memberId: string; readonly role: Role; readonly agent?: string | undefined },
): boolean {
  if (doc === workspaceDocument) return mayAct(role, 'admin');
  return mayAct(role, 'member') || (doc === memberDocument(memberId) && agent === undefined);
}

/** Whether this member may open the document at all. */
export const mayOpen = (name: string, memberId: string): boolean =>
  !name.startsWith('member/') || name === memberDocument(memberId);

/** Documents of which only the marks of a member's inbox have rows. */
export function makePlainKind(): DocumentKind {
  return {
    owns: (name) => name === workspaceDocument || name === viewsDocument || /^(member|team)\//.test(name),
    projector: (name, doc) => (name.startsWith('member/') ? makeMarksProjector(name, doc) : { project: () => [] }),
  };
}
