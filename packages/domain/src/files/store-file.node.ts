import { applyPatch } from '@rapport/doc/patch';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import {
  changePatch,
  fileDoc,
  hasVersion,
  newFilePatch,
  versionPatch,
  type FilePlace,
  type FileVersion,
} from './file.ts';
import { thingOfPlace } from './place.node.ts';

export interface ArrivedFile {
  /** An existing file gets a new version; else it is made. */
  readonly id: string;
  readonly name: string;
  readonly place: FilePlace;
  readonly version: FileVersion;
}

/**
 * Records content that the server has received and proved, as a new file or a file's new version. Doing it twice with
 * one version id does it once. The caller has checked the place.
 */
export async function storeFile(ws: WorkspaceContext, { id, name, place, version }: ArrivedFile): Promise<void> {
  const doc = fileDoc(id);
  if (await ws.hub.exists(doc)) {
    await ws.hub.transact(doc, ws.author(), (file) => {
      if (!hasVersion(file, version.id)) applyPatch(file, versionPatch(version));
    });
    return;
  }
  putInto(ws, id, place);
  await ws.hub.create(doc, ws.author(), (file) => {
    applyPatch(file, [...newFilePatch({ name, place, by: version.by, at: version.at }), ...versionPatch(version)]);
  });
}

/** So that the file has the share of what it lies in; a deal has that of its board. */
function putInto(ws: WorkspaceContext, id: string, place: FilePlace): void {
  ws.placeIn(id, place === null ? null : thingOfPlace(ws, place));
}

/** Renames, moves, tags, deletes or restores a file. The caller has checked the old and the new place. */
export async function changeFile(
  ws: WorkspaceContext,
  id: string,
  change: { name?: string; place?: FilePlace; tags?: readonly string[]; deletedAt?: number | null },
): Promise<void> {
  if (change.place !== undefined) putInto(ws, id, change.place);
  await ws.hub.transact(fileDoc(id), ws.author(), (file) => void applyPatch(file, changePatch(change)));
}
