import { covers, type ThingAccess } from '../access/share.ts';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import { placeKinds, type FilePlace, type PlaceKind } from './file.ts';

/** The table in which a place's row is. */
const tables: Readonly<Record<PlaceKind, string>> = {
  folder: 'folders',
  note: 'notes',
  deal: 'deals',
  lead: 'leads',
  company: 'companies',
  contact: 'contacts',
};

/** Places that stand on a board, whose share is theirs. */
const onBoards: readonly PlaceKind[] = ['deal', 'lead'];

/** Files that lie in something that was given up for good, and are not in the bin. */
export const homelessFiles = `SELECT id FROM files WHERE deleted_at IS NULL AND CASE place_kind
  ${placeKinds.map((kind) => `WHEN '${kind}' THEN NOT EXISTS (SELECT 1 FROM ${tables[kind]} p WHERE p.id = files.place_id)`).join(' ')}
  ELSE FALSE END`;

/** As the API writes a place: `folder/<id>`; empty or null is the library itself. Undefined when it is no place. */
export function parsePlace(text: string | null): FilePlace | undefined {
  if (text === null || text === '') return null;
  const [name, id, ...more] = text.split('/');
  const kind = placeKinds.find((each) => each === name);
  return kind === undefined || id === undefined || id === '' || more.length > 0 ? undefined : { kind, id };
}

export const placeText = (place: FilePlace): string | null => (place === null ? null : `${place.kind}/${place.id}`);

type Asked = Pick<WorkspaceContext, 'accessTo' | 'everyRow'>;

/** The thing whose share governs what lies in a place: a deal's or lead's is the board that it is on now. Null: there is none such. */
export function thingOfPlace(ws: Pick<Asked, 'everyRow'>, place: NonNullable<FilePlace>): string | null {
  if (!onBoards.includes(place.kind)) return place.id;
  const card = ws.everyRow.get<{ board_id: string }>(`SELECT board_id FROM ${tables[place.kind]} WHERE id = ?`, [
    place.id,
  ]);
  return card?.board_id ?? null;
}

/** What the caller may do with what lies in a place. */
export function accessToPlace(ws: Asked, place: FilePlace): ThingAccess {
  if (place === null) return ws.accessTo('');
  const thing = thingOfPlace(ws, place);
  return thing === null ? 'none' : ws.accessTo(thing);
}

/** Why the caller cannot put a file there; null when they can. Permission comes before existence. */
export function refusalOf(
  ws: WorkspaceContext,
  place: FilePlace,
): { code: 'forbidden' | 'not-found'; message: string } | null {
  const access = accessToPlace(ws, place);
  if (access === 'none') return { code: 'not-found', message: 'There is no such place for a file.' };
  if (!covers(access, 'edit')) return { code: 'forbidden', message: 'You may look at this, but not add files to it.' };
  if (place === null) return null;
  const row = ws.query.get(`SELECT 1 FROM ${tables[place.kind]} WHERE id = ?`, [place.id]);
  return row === undefined ? { code: 'not-found', message: 'There is no such place for a file.' } : null;
}

/** Rows of files and of their versions belong to what the file is attached to. */
const ownerOfPlace = (kind: string, id: string): string =>
  `CASE ${kind} ${onBoards.map((on) => `WHEN '${on}' THEN (SELECT d.board_id FROM main.${tables[on]} d WHERE d.id = ${id})`).join(' ')} ELSE coalesce(${id}, '') END`;

export const filesRowOwners = {
  files: ownerOfPlace('place_kind', 'place_id'),
  file_versions: `(SELECT ${ownerOfPlace('f.place_kind', 'f.place_id')} FROM main.files f WHERE f.id = file_id)`,
} as const;
