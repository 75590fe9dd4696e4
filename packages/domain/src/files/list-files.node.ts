import type { ThingAccess } from '../access/share.ts';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import * as v from 'valibot';
import type { FilePlace, PlaceKind } from './file.ts';
import { accessToPlace, placeText } from './place.node.ts';

export const fileReply = v.object({
  id: v.string(),
  name: v.string(),
  type: v.pipe(v.string(), v.description('Media type as found in the content, whatever the sender said')),
  size: v.pipe(v.number(), v.description('Bytes')),
  sha256: v.string(),
  place: v.pipe(v.nullable(v.string()), v.description('`folder/<id>`, `note/<id>`, `deal/<id>` …; null: the library')),
  version: v.string(),
  versions: v.number(),
  by: v.string(),
  tags: v.array(v.string()),
  createdAt: v.number(),
  changedAt: v.number(),
  deletedAt: v.nullable(v.number()),
  access: v.picklist(['view', 'comment', 'edit']),
});
export type FileReply = v.InferOutput<typeof fileReply>;

interface FileRow {
  readonly id: string;
  readonly name: string;
  readonly place_kind: PlaceKind | null;
  readonly place_id: string | null;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
  readonly version_id: string;
  readonly versions: number;
  readonly by: string;
  readonly created_at: number;
  readonly changed_at: number;
  readonly deleted_at: number | null;
  readonly tags: string;
}

const placeOf = ({ place_kind: kind, place_id: id }: FileRow): FilePlace =>
  kind === null || id === null ? null : { kind, id };

function reply(row: FileRow, place: FilePlace, access: Exclude<ThingAccess, 'none'>): FileReply {
  const { id, name, type, size, sha256, versions, by } = row;
  return {
    id,
    name,
    type,
    size,
    sha256,
    place: placeText(place),
    version: row.version_id,
    versions,
    by,
    tags: JSON.parse(row.tags) as string[],
    createdAt: row.created_at,
    changedAt: row.changed_at,
    deletedAt: row.deleted_at,
    access,
  };
}

export interface FoundFile {
  readonly file: FileReply;
  readonly place: FilePlace;
  readonly access: Exclude<ThingAccess, 'none'>;
}

function found(ws: WorkspaceContext, row: FileRow): FoundFile[] {
  const place = placeOf(row);
  const access = accessToPlace(ws, place);
  return access === 'none' ? [] : [{ file: reply(row, place, access), place, access }];
}

/** A file that the caller may look at; undefined for a hidden one as for none. */
export function findFile(ws: WorkspaceContext, id: string): FoundFile | undefined {
  const row = ws.query.get<FileRow>('SELECT * FROM files WHERE id = ?', [id]);
  return row === undefined ? undefined : found(ws, row)[0];
}

/** Files that the caller may look at, the newest first. */
export function listFiles(
  ws: WorkspaceContext,
  filter: { place?: FilePlace; q?: string; by?: string; tag?: string; bin: boolean },
): FileReply[] {
  const conditions = [filter.bin ? 'deleted_at IS NOT NULL' : 'deleted_at IS NULL'];
  const params: string[] = [];
  if (filter.place === null) conditions.push('place_id IS NULL');
  else if (filter.place !== undefined) {
    conditions.push('place_kind = ? AND place_id = ?');
    params.push(filter.place.kind, filter.place.id);
  }
  if (filter.by !== undefined) {
    conditions.push('by = ?');
    params.push(filter.by);
  }
  if (filter.tag !== undefined) {
    conditions.push('EXISTS (SELECT 1 FROM json_each(files.tags) WHERE value = ?)');
    params.push(filter.tag);
  }
  if (filter.q !== undefined && filter.q !== '') {
    conditions.push(`instr(lower(name), lower(?)) > 0`);
    params.push(filter.q);
  }
  const rows = ws.query.all<FileRow>(
    `SELECT * FROM files WHERE ${conditions.join(' AND ')} ORDER BY changed_at DESC, id DESC`,
    params,
  );
  return rows.flatMap((row) => found(ws, row).map(({ file }) => file));
}

export const versionReply = v.object({
  id: v.string(),
  sha256: v.string(),
  size: v.number(),
  type: v.string(),
  by: v.string(),
  at: v.number(),
});
export type VersionReply = v.InferOutput<typeof versionReply>;

/** A file's versions, the newest first. */
export const versionsOf = (ws: WorkspaceContext, id: string): VersionReply[] =>
  ws.query.all<VersionReply>(
    'SELECT id, sha256, size, type, by, at FROM file_versions WHERE file_id = ? ORDER BY id DESC',
    [id],
  );

export const useReply = v.object({ note: v.string(), title: v.string() });

/** Notes that show a file, as far as the caller may open them, by their titles. */
export const usesOf = (ws: WorkspaceContext, id: string): v.InferOutput<typeof useReply>[] =>
  ws.query.all(
    `SELECT DISTINCT n.id AS note, n.title FROM note_files f JOIN notes n ON n.id = f.note_id
     WHERE f.file_id = ? AND n.deleted_at IS NULL ORDER BY n.title COLLATE NOCASE, n.id LIMIT 100`,
    [id],
  );
