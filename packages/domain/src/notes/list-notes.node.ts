import type { Page } from '../http/list.node.ts';
import { HTTPException } from 'hono/http-exception';
import type { Query } from '../http/workspace-context.node.ts';
import { noteOf, type NoteReader, type NoteRow } from './note-rows.node.ts';

const sorts: Readonly<Record<string, string>> = {
  title: 'title COLLATE NOCASE',
  editedAt: 'edited_at',
  createdAt: 'created_at',
  words: 'words',
};
export const noteSorts = Object.keys(sorts);

export interface NotesWanted {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly q?: string | undefined;
  readonly sort?: string | undefined;
  readonly folder?: string | undefined;
  readonly tag?: string | undefined;
  /** `noun/id` */
  readonly about?: string | undefined;
  readonly createdBy?: string | undefined;
  readonly isDeleted: boolean;
}

function pinnedOn(query: Query, about: string | undefined): ReadonlySet<string> {
  const [noun = '', id = ''] = about?.split('/') ?? [];
  if (noun === '') return new Set();
  const rows = query.all<{ note_id: string }>(
    'SELECT note_id FROM note_links WHERE noun = ? AND record = ? AND pinned = 1',
    [noun, id],
  );
  return new Set(rows.map(({ note_id }) => note_id));
}

/** Notes by filters. Throws a 400 for a sort that there is not, or a cursor that leads nowhere. */
export function listNotes(
  ws: NoteReader,
  wanted: NotesWanted,
): Page<ReturnType<typeof noteOf> & { readonly pinned: boolean }> {
  const { query } = ws;
  const where: string[] = [wanted.isDeleted ? 'deleted_at IS NOT NULL' : 'deleted_at IS NULL'];
  const values: (string | number)[] = [];
  const and = (sql: string, ...given: string[]) => {
    where.push(sql);
    values.push(...given);
  };
  if (wanted.folder !== undefined) and('folder = ?', wanted.folder);
  if (wanted.createdBy !== undefined) and('created_by = ?', wanted.createdBy);
  if (wanted.tag !== undefined) and('EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)', wanted.tag);
  if (wanted.about !== undefined) {
    const [noun = '', id = ''] = wanted.about.split('/');
    and(
      `id IN (SELECT note_id FROM note_links WHERE noun = ? AND record = ?
        UNION SELECT note_id FROM note_mentions WHERE noun = ? AND ref = ?)`,
      noun,
      id,
      noun,
      id,
    );
  }
  if (wanted.q !== undefined && wanted.q !== '') {
    const like = `%${wanted.q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    and(
      String.raw`(title LIKE ? ESCAPE '\' OR id IN (SELECT note_id FROM note_blocks WHERE text LIKE ? ESCAPE '\'))`,
      like,
      like,
    );
  }
  const order = (wanted.sort ?? '-editedAt').split(',').map((each) => {
    const name = each.replace(/^-/, '');
    const column = Object.hasOwn(sorts, name) ? sorts[name] : undefined;
    if (column === undefined)
      throw new HTTPException(400, { message: `sort: there is no ${name}; notes sort by ${noteSorts.join(', ')}` });
    return `${column} ${each.startsWith('-') ? 'DESC' : 'ASC'}`;
  });
  const pinned = pinnedOn(query, wanted.about);
  const sorted = query
    .all<{ id: string }>(`SELECT id FROM notes WHERE ${where.join(' AND ')} ORDER BY ${order.join(', ')}, id`, values)
    .map(({ id }) => id);
  // Of a record, what is pinned there comes first.
  const ids = [...sorted.filter((id) => pinned.has(id)), ...sorted.filter((id) => !pinned.has(id))];
  const start = wanted.cursor === undefined ? 0 : ids.indexOf(wanted.cursor) + 1;
  if (wanted.cursor !== undefined && start === 0)
    throw new HTTPException(400, { message: 'The cursor leads nowhere (any more): start again without it' });
  const page = ids.slice(start, start + wanted.limit);
  const rows = new Map(
    query
      .all<NoteRow>(`SELECT * FROM notes WHERE id IN (SELECT value FROM json_each(?))`, [JSON.stringify(page)])
      .map((row) => [row.id, row]),
  );
  const items = page.flatMap((id) => {
    const row = rows.get(id);
    return row === undefined ? [] : [{ ...noteOf(ws, row), pinned: pinned.has(id) }];
  });
  const more = start + wanted.limit < ids.length;
  return { items, nextCursor: more ? (page.at(-1) ?? null) : null, total: ids.length };
}
