import * as v from 'valibot';
import { sharedWith } from '../access/share.ts';
import type { Query, WorkspaceContext } from '../http/workspace-context.node.ts';
import { isRecordNoun, noteDocument, type NoteLink } from './schema.ts';

export const linkReply = v.object({ noun: v.string(), id: v.string() });

export const noteReply = v.object({
  id: v.string(),
  title: v.string(),
  doc: v.pipe(v.string(), v.description("The document's name on sync")),
  folder: v.nullable(v.string()),
  tags: v.array(v.string()),
  links: v.pipe(v.array(linkReply), v.description('Records that it was linked to')),
  preview: v.pipe(v.string(), v.description('The beginning of its text')),
  words: v.number(),
  createdAt: v.number(),
  createdBy: v.nullable(v.string()),
  editedAt: v.number(),
  editedBy: v.nullable(v.string()),
  deletedAt: v.nullable(v.number()),
  access: v.pipe(v.picklist(['view', 'comment', 'edit']), v.description('What you may do with it')),
  shared: v.pipe(v.picklist(['everyone', 'some', 'private']), v.description('With whom; GET /shares/:id tells more')),
});

export interface NoteRow {
  readonly id: string;
  readonly title: string;
  readonly folder: string | null;
  readonly tags: string;
  readonly preview: string;
  readonly words: number;
  readonly created_at: number;
  readonly created_by: string | null;
  readonly edited_at: number;
  readonly edited_by: string | null;
  readonly deleted_at: number | null;
}

/** Who asks: rows that they may see, and what they may do. */
export type NoteReader = Pick<WorkspaceContext, 'query' | 'accessTo' | 'shareOf'>;

const linksOf = (query: Query, id: string): NoteLink[] =>
  query
    .all<{ noun: string; record: string }>('SELECT noun, record FROM note_links WHERE note_id = ?', [id])
    .flatMap(({ noun, record }) => (isRecordNoun(noun) ? [{ noun, id: record }] : []));

export const noteOf = (ws: NoteReader, row: NoteRow) => ({
  id: row.id,
  title: row.title,
  doc: noteDocument(row.id),
  folder: row.folder,
  tags: JSON.parse(row.tags) as string[],
  links: linksOf(ws.query, row.id),
  preview: row.preview,
  words: row.words,
  createdAt: row.created_at,
  createdBy: row.created_by,
  editedAt: row.edited_at,
  editedBy: row.edited_by,
  deletedAt: row.deleted_at,
  access: ws.accessTo(row.id),
  shared: sharedWith(ws.shareOf(row.id)),
});

/** A note as the API answers it; undefined when there is none that the caller may see. */
export function findNote(ws: WorkspaceContext, id: string) {
  const row = ws.query.get<NoteRow>('SELECT * FROM notes WHERE id = ?', [id]);
  return row && noteOf(ws, row);
}
