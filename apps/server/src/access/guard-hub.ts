import { thingOfDocument } from '@rapport/domain/access/row-owners';
import type { ThingAccess } from '@rapport/domain/access/share';
import type { Documents } from '@rapport/domain/http/workspace-context.node';

/** A request reached for a document that its caller may not open, or not edit. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
}

const notShared = 'This is not shared with you.';

/** Throws {@link AccessDenied} unless it is the right to edit. */
export function demandEdit(access: ThingAccess): void {
  if (access === 'none') throw new AccessDenied(notShared);
  if (access !== 'edit') throw new AccessDenied('You may look at this, but not change it.');
}

/** The workspace's documents as one caller may use them. Routes have no others, so none can forget to ask. */
export function guardHub(hub: Documents, accessTo: (id: string) => ThingAccess): Documents {
  const accessOf = (doc: string): ThingAccess => {
    const thing = thingOfDocument(doc);
    return thing === null ? 'edit' : accessTo(thing);
  };
  const needEdit = (docs: readonly string[]) => {
    for (const doc of docs) demandEdit(accessOf(doc));
  };
  return {
    async transact(doc, author, edit) {
      needEdit([doc]);
      return await hub.transact(doc, author, edit);
    },
    async transactAll(docs, author, edit) {
      needEdit(docs);
      return await hub.transactAll(docs, author, edit);
    },
    async read(doc, look) {
      if (accessOf(doc) === 'none') throw new AccessDenied(notShared);
      return await hub.read(doc, look);
    },
    async create(doc, author, init) {
      needEdit([doc]);
      await hub.create(doc, author, init);
    },
    exists: async (doc) => accessOf(doc) !== 'none' && (await hub.exists(doc)),
  };
}
