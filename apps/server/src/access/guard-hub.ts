import { thingOfDocument } from '@rapport/domain/access/row-owners';
import { covers, type ThingAccess } from '@rapport/domain/access/share';
import type { Documents } from '@rapport/domain/http/workspace-context.node';

/** A request reached for a document that its caller may not open, or not edit. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
}

const notShared = 'This is not shared with you.';

/** Throws {@link AccessDenied} unless it is the right to edit. */
export function demandEdit(access: ThingAccess): void {
  demand(access, 'edit');
}

function demand(access: ThingAccess, least: 'comment' | 'edit'): void {
  if (access === 'none') throw new AccessDenied(notShared);
  if (!covers(access, least)) throw new AccessDenied('You may look at this, but not change it.');
}

/**
 * The workspace's documents as one caller may use them. Routes have no others, so none can forget to ask.
 * `least` is what writing takes.
 */
export function guardHub(
  hub: Documents,
  accessTo: (id: string) => ThingAccess,
  least: 'comment' | 'edit' = 'edit',
): Documents {
  const accessOf = (doc: string): ThingAccess => {
    const thing = thingOfDocument(doc);
    return thing === null ? 'edit' : accessTo(thing);
  };
  const need = (docs: readonly string[]) => {
    for (const doc of docs) demand(accessOf(doc), least);
  };
  return {
    async transact(doc, author, edit) {
      need([doc]);
      return await hub.transact(doc, author, edit);
    },
    async transactAll(docs, author, edit, options) {
      need(docs);
      return await hub.transactAll(docs, author, edit, options);
    },
    async read(doc, look) {
      if (accessOf(doc) === 'none') throw new AccessDenied(notShared);
      return await hub.read(doc, look);
    },
    async create(doc, author, init) {
      need([doc]);
      await hub.create(doc, author, init);
    },
    exists: async (doc) => accessOf(doc) !== 'none' && (await hub.exists(doc)),
  };
}
