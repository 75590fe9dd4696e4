import { openShare, privateShare } from '../access/share.ts';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import * as Y from 'yjs';
import { thingOfLinks } from './note-place.node.ts';
import { linkKey } from './read-meta.ts';
import { toXml } from './read-body.ts';
import type { ElementNode } from './body-tree.ts';
import { bodyRoot, metaRoot, noteDocument, noteSchema, type NoteLink } from './schema.ts';

export interface NewNote {
  readonly title: string;
  readonly folder?: string | null;
  readonly links?: readonly NoteLink[];
  readonly tags?: readonly string[];
  /** Until it is shared, its maker alone may open it. */
  readonly isPrivate?: boolean;
  /** What it begins with, e.g. from a template; else one empty paragraph. */
  readonly body?: readonly ElementNode[];
  /** In whose name it is made, if not the caller's own; an API key's or the sample's id. */
  readonly agent?: string;
}

/**
 * Makes a note with its document, as the caller, and answers its id. In a folder, or on a record, it is shared as that is;
 * else with everybody, unless it is to be private.
 */
export async function createNote(ws: WorkspaceContext, deps: NounDeps, note: NewNote): Promise<string> {
  const id = deps.newId();
  // Before there is anything to see.
  const above = note.folder ?? thingOfLinks(ws, note.links ?? []);
  if (above !== null) ws.placeIn(id, above);
  if (note.isPrivate === true) ws.shareNew(id, privateShare);
  else if (above === null) ws.shareNew(id, openShare);
  await ws.hub.create(
    noteDocument(id),
    note.agent === undefined ? ws.author() : ws.author('rest', note.agent),
    (doc) => {
      const meta = doc.getMap<unknown>(metaRoot);
      const links = new Y.Map<boolean>();
      meta.set('schema', noteSchema);
      meta.set('title', note.title);
      if (note.folder != null) meta.set('folder', note.folder);
      // Made here, once: two clients that each made it would lose one side.
      meta.set('links', links);
      for (const link of note.links ?? []) links.set(linkKey(link), true);
      if (note.tags !== undefined && note.tags.length > 0) meta.set('tags', [...note.tags]);
      meta.set('createdAt', deps.now());
      meta.set('createdBy', ws.actor.memberId);
      const body = note.body ?? [];
      doc.getXmlFragment(bodyRoot).insert(0, body.length > 0 ? body.map(toXml) : [new Y.XmlElement('paragraph')]);
    },
  );
  return id;
}
