import { workspaceDocument } from '@rapport/domain/workspace/workspace-kind';
import type { PresenceFilter } from '@rapport/sync/server/presence-filter';
import type { AccessBook } from './access-book.ts';
import { hiddenKey } from './hidden-key.ts';

/** Sets that audiences are named after: those of the readers of now, and of some before them. */
const mostKept = 1_000;

/**
 * Where somebody is, as the document that everybody opens tells it: from a reader who may not open that thing the whole
 * place is held back, and only that the person is here is told. On a thing itself are only those who may open it.
 */
export function makePresenceFilter(access: Pick<AccessBook, 'hiddenFromMember'>): PresenceFilter {
  const hiddenByKey = new Map<string, ReadonlySet<string>>();
  return {
    audience(doc, { memberId, agent }) {
      if (doc !== workspaceDocument) return '';
      // A key may do less than its member, and an admin's key that is no admin's must not see more than it may open.
      const hidden = access.hiddenFromMember(memberId, agent === undefined);
      const key = hiddenKey(hidden);
      if (key === '' || hiddenByKey.has(key)) return key;
      hiddenByKey.set(key, hidden);
      for (const oldest of hiddenByKey.keys()) {
        if (hiddenByKey.size <= mostKept) break;
        hiddenByKey.delete(oldest);
      }
      return key;
    },
    show(state, audience) {
      const hidden = hiddenByKey.get(audience);
      // An id may stand in a longer text, e.g. of a document's name.
      const words = JSON.stringify(state).match(/[\w-]+/g) ?? [];
      // A set that was let go is one that nobody asked for since a thousand others: then no place is shown at all.
      if (hidden !== undefined && !words.some((word) => hidden.has(word))) return state;
      return typeof state.activeAt === 'number' ? { activeAt: state.activeAt } : {};
    },
  };
}
