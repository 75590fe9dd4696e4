import type { Share } from '../access/share.ts';
import { sharedWith } from '../access/share.ts';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import { binDays, templateTag, type ItemNoun, type LibraryItem, type LibraryView } from './library-item.ts';

/** What is looked at of every line, to find and order them. */
interface Line {
  readonly noun: ItemNoun;
  readonly id: string;
  readonly name: string;
  readonly place: string | null;
  readonly by: string | null;
  readonly changed_at: number;
  readonly deleted_at: number | null;
  readonly tags: string;
}

/** What is read of the lines that are shown. */
interface Row extends Line {
  readonly changed_by: string | null;
  readonly created_at: number;
  readonly preview: string;
  readonly words: number | null;
  readonly size: number | null;
  readonly type: string | null;
  readonly version: string | null;
}

const filePlace = `CASE WHEN place_kind IS NULL OR place_kind = 'folder' THEN NULL ELSE place_kind || '/' || place_id END`;

const allLines = `
  SELECT 'folder' AS noun, id, name, NULL AS place, by, changed_at, deleted_at, '[]' AS tags FROM folders
  UNION ALL SELECT 'note', id, title, NULL, created_by, edited_at, deleted_at, tags FROM notes
  UNION ALL SELECT 'file', id, name, ${filePlace}, by, changed_at, deleted_at, tags FROM files`;

const shownRows = `
  SELECT 'folder' AS noun, id, name, NULL AS place, by, by AS changed_by, created_at, changed_at, deleted_at, '[]' AS tags,
    '' AS preview, NULL AS words, NULL AS size, NULL AS type, NULL AS version
    FROM folders WHERE id IN (SELECT value FROM json_each(:ids))
  UNION ALL SELECT 'note', id, title, NULL, created_by, edited_by, created_at, edited_at, deleted_at, tags,
    preview, words, NULL, NULL, NULL FROM notes WHERE id IN (SELECT value FROM json_each(:ids))
  UNION ALL SELECT 'file', id, name, ${filePlace}, by, by, created_at, changed_at, deleted_at, tags, '', NULL, size, type,
    version_id FROM files WHERE id IN (SELECT value FROM json_each(:ids))`;

/** Most that are called recent. */
const mostRecent = 300;

/**
 * What SQL can leave out before a line is looked at: a folder's list must not cost what the whole library does. What lies
 * in what is `access_places`, the server's own; it is asked once more below.
 */
const narrowed: Readonly<Record<LibraryView, string>> = {
  folder: `place IS NULL AND CASE WHEN :folder IS NULL THEN id NOT IN (SELECT thing_id FROM access_places)
    ELSE id IN (SELECT thing_id FROM access_places WHERE parent_id = :folder) END`,
  all: 'TRUE',
  recent: `noun <> 'folder' AND deleted_at IS NULL ORDER BY changed_at DESC LIMIT ${mostRecent}`,
  mine: 'by = :me',
  shared: 'TRUE',
  favourites: 'id IN (SELECT value FROM json_each(:ids))',
  templates: `noun = 'note' AND tags LIKE '%template%'`,
  bin: 'deleted_at IS NOT NULL',
};

export interface ItemsWanted {
  readonly view: LibraryView;
  /** Of the view `folder`; null: the library itself. */
  readonly folder: string | null;
  readonly noun?: ItemNoun | undefined;
  readonly tag?: string | undefined;
  /** In the name. */
  readonly q?: string | undefined;
  /** Of the view `favourites`: keys, as the member keeps them. */
  readonly keys?: ReadonlySet<string> | undefined;
  readonly sort: 'name' | 'changed';
  /** Epoch ms. */
  readonly now: number;
}

/** Somebody else's that is shared with few, this person among them. */
const isSharedWithMe = (share: Share, me: string): boolean =>
  share.kind === 'restricted' && share.owner !== me && share.grants.length > 0;

/** Lines of the library that the caller may look at, in order; `itemsOf` tells more of those that are shown. */
export function listItems(ws: WorkspaceContext, wanted: ItemsWanted): Line[] {
  const me = ws.actor.memberId;
  const ids = [...(wanted.keys ?? [])].map((key) => key.split('/')[1] ?? '');
  const rows = ws.query.all<Line>(`SELECT * FROM (${allLines}) WHERE ${narrowed[wanted.view]}`, {
    folder: wanted.folder,
    me,
    ids: JSON.stringify(ids),
  });
  const binned = new Set(
    ws.query
      .all<{ id: string }>(
        'SELECT id FROM folders WHERE deleted_at IS NOT NULL UNION ALL SELECT id FROM notes WHERE deleted_at IS NOT NULL',
      )
      .map(({ id }) => id),
  );
  /** Lies in something that is in the bin, at any depth. */
  const isBuried = (id: string): boolean => {
    for (let above = ws.parentOf(id); above !== null; above = ws.parentOf(above)) if (binned.has(above)) return true;
    return false;
  };
  const oldest = wanted.now - binDays * 86_400_000;
  const q = wanted.q?.trim().toLowerCase() ?? '';
  const isIn: Readonly<Record<LibraryView, (row: Line) => boolean>> = {
    folder: (row) => row.place === null && ws.parentOf(row.id) === wanted.folder,
    all: () => true,
    recent: (row) => row.noun !== 'folder',
    mine: (row) => row.by === me,
    shared: (row) => isSharedWithMe(ws.shareOf(row.id), me),
    favourites: (row) => wanted.keys?.has(`${row.noun}/${row.id}`) === true,
    templates: (row) => row.noun === 'note' && (JSON.parse(row.tags) as string[]).includes(templateTag),
    bin: (row) => row.deleted_at !== null && row.deleted_at >= oldest,
  };
  const found = rows.filter((row) => {
    if (wanted.view !== 'bin' && (row.deleted_at !== null || isBuried(row.id))) return false;
    if (wanted.noun !== undefined && row.noun !== wanted.noun) return false;
    if (wanted.tag !== undefined && !(JSON.parse(row.tags) as string[]).includes(wanted.tag)) return false;
    if (q !== '' && !row.name.toLowerCase().includes(q)) return false;
    return isIn[wanted.view](row);
  });
  return found.sort(wanted.sort === 'name' ? byName : byChange);
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const foldersFirst = (a: Line, b: Line): number => Number(b.noun === 'folder') - Number(a.noun === 'folder');
const byId = (a: Line, b: Line): number => (a.id < b.id ? -1 : 1);
const byName = (a: Line, b: Line): number => foldersFirst(a, b) || collator.compare(a.name, b.name) || byId(a, b);
const byChange = (a: Line, b: Line): number => b.changed_at - a.changed_at || byId(b, a);

/** The folder that something lies in; a note may lie in a record instead. */
function folderOf(ws: WorkspaceContext, id: string): string | null {
  const above = ws.parentOf(id);
  if (above === null) return null;
  return ws.query.get('SELECT 1 FROM folders WHERE id = ?', [above]) === undefined ? null : above;
}

/** Lines as the API tells them, in the order given; without what is not theirs to see. */
export function itemsOf(ws: WorkspaceContext, lines: readonly Pick<Line, 'id'>[]): LibraryItem[] {
  const rows = ws.query.all<Row>(shownRows, { ids: JSON.stringify(lines.map(({ id }) => id)) });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return lines.flatMap(({ id }) => {
    const row = byId.get(id);
    return row === undefined ? [] : (itemOf(ws, row) ?? []);
  });
}

function itemOf(ws: WorkspaceContext, row: Row): LibraryItem | null {
  const access = ws.accessTo(row.id);
  if (access === 'none') return null;
  return {
    key: `${row.noun}/${row.id}`,
    noun: row.noun,
    id: row.id,
    name: row.name,
    folder: row.place === null ? folderOf(ws, row.id) : null,
    place: row.place,
    by: row.by,
    changedBy: row.changed_by,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    deletedAt: row.deleted_at,
    tags: JSON.parse(row.tags) as string[],
    preview: row.preview,
    words: row.words,
    size: row.size,
    type: row.type,
    version: row.version,
    access,
    shared: sharedWith(ws.shareOf(row.id)),
  };
}

/** Every tag of what the caller may see, with how many lines have it, the most frequent first. */
export function tagsOf(ws: WorkspaceContext): { tag: string; count: number }[] {
  return ws.query.all<{ tag: string; count: number }>(
    `SELECT value AS tag, count(*) AS count FROM (
       SELECT value FROM notes, json_each(notes.tags) WHERE deleted_at IS NULL
       UNION ALL SELECT value FROM files, json_each(files.tags) WHERE deleted_at IS NULL
     ) GROUP BY value ORDER BY count DESC, value`,
  );
}

/** The folders from the library down to this one, as far as the caller may see them. */
export function pathOf(ws: WorkspaceContext, folder: string): { id: string; name: string }[] {
  const path: { id: string; name: string }[] = [];
  for (let id: string | null = folder; id !== null; id = ws.parentOf(id)) {
    const row = ws.query.get<{ id: string; name: string }>('SELECT id, name FROM folders WHERE id = ?', [id]);
    if (row !== undefined) path.unshift(row);
  }
  return path;
}
