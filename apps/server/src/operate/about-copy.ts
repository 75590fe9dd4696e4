import Sqlite, { type Database } from 'better-sqlite3';
import { roles } from '@rapport/domain/people/roles';
import * as v from 'valibot';

/** A member as they travel with a workspace: without account, password and keys. */
const travellingMember = v.object({
  id: v.string(),
  name: v.string(),
  email: v.nullable(v.string()),
  colour: v.number(),
  role: v.picklist(roles),
  createdAt: v.number(),
  removedAt: v.nullable(v.number()),
  /** Copies of earlier versions do not say. */
  awayUntil: v.optional(v.nullable(v.string()), null),
});
export type TravellingMember = v.InferOutput<typeof travellingMember>;

/** What a single workspace's file must say of itself so that another installation can take it in. */
export const aboutCopy = v.object({
  madeAt: v.number(),
  version: v.string(),
  workspace: v.object({ id: v.string(), name: v.string(), createdAt: v.number() }),
  members: v.array(travellingMember),
});
export type AboutCopy = v.InferOutput<typeof aboutCopy>;

/** Reads it from the control database; null when that does not know the workspace. */
export function aboutWorkspace(control: Database, id: string, made: { at: number; version: string }): AboutCopy | null {
  const workspace = control
    .prepare<[string], AboutCopy['workspace']>('SELECT id, name, created_at AS createdAt FROM workspaces WHERE id = ?')
    .get(id);
  if (workspace === undefined) return null;
  const members = control
    .prepare<[string], Omit<TravellingMember, 'awayUntil'> & { away_until?: string | null }>(
      // Whole rows: a copy of an earlier version's file has no column of who is away.
      `SELECT *, created_at AS createdAt, removed_at AS removedAt FROM members WHERE workspace_id = ? ORDER BY id`,
    )
    .all(id)
    .map(({ id: member, name, email, colour, role, createdAt, removedAt, away_until: awayUntil = null }) => ({
      id: member,
      name,
      email,
      colour,
      role,
      createdAt,
      removedAt,
      awayUntil,
    }));
  return { madeAt: made.at, version: made.version, workspace, members };
}

/** Writes it into a copy. */
export function writeAbout(copy: Database, about: AboutCopy): void {
  copy.exec('CREATE TABLE IF NOT EXISTS backup_about (one INTEGER PRIMARY KEY CHECK (one = 1), about TEXT NOT NULL)');
  copy.prepare('INSERT OR REPLACE INTO backup_about (one, about) VALUES (1, ?)').run(JSON.stringify(about));
}

/** Null when the file is no workspace's backup. */
export function readAbout(copy: Database): AboutCopy | null {
  const hasTable = copy.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'backup_about'`).get() !== undefined;
  if (!hasTable) return null;
  const text = copy.prepare<[], string>('SELECT about FROM backup_about').pluck().get();
  const read = v.safeParse(aboutCopy, text === undefined ? null : JSON.parse(text));
  return read.success ? read.output : null;
}

/** In a file that is in use again it would only be an old list of people. A copy that has none is left as it is. */
export function dropAbout(path: string): void {
  const copy = new Sqlite(path);
  try {
    copy.pragma('secure_delete = ON');
    if (copy.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'backup_about'`).get() !== undefined)
      copy.exec('DROP TABLE backup_about');
  } finally {
    copy.close();
  }
}
