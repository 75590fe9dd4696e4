import { workspaceDocument } from '@rapport/domain/workspace/workspace-kind';
import type { PresenceFilter } from '@rapport/sync/server/presence-filter';
import type { AccessBook } from './access-book.ts';

/**
 * Where somebody is, as the document that everybody opens tells it: from a reader who may not open that board the whole
 * place is held back, and only that the person is here is told. On a board itself are only those who may open it.
 */
export function makePresenceFilter(access: Pick<AccessBook, 'hiddenFromMember'>): PresenceFilter {
  return {
    audience: (doc, { memberId, agent }) =>
      // A key may do less than its member, and an admin's key that is no admin's must not see more than it may open.
      doc === workspaceDocument ? [...access.hiddenFromMember(memberId, agent === undefined)].join(' ') : '',
    show(state, audience) {
      const text = JSON.stringify(state);
      const isHidden = audience.split(' ').some((board) => text.includes(board));
      if (!isHidden) return state;
      return typeof state.activeAt === 'number' ? { activeAt: state.activeAt } : {};
    },
  };
}
