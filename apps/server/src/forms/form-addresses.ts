import { existsSync } from 'node:fs';
import type { AttendedWorkspace } from '@rapport/domain/http/workspace-context.node';
import Sqlite, { type Database } from 'better-sqlite3';
import { workspaceFile } from '../operate/format.ts';

const prefix = 'form/';
const names = `SELECT name FROM sync_documents WHERE name >= 'form/' AND name < 'form0'`;
const mailWaits = `SELECT 1 FROM mail_queue WHERE state = 'waiting' LIMIT 1`;

export type FormAddresses = ReturnType<typeof makeFormAddresses>;

/**
 * In which workspace a form is: its public address names the form alone. Nothing of it is stored: files say which forms
 * they hold, so that a workspace that was restored or moved here has its forms at once.
 */
export function makeFormAddresses({ control, dataDir }: { control: Database; dataDir: string }) {
  const workspaceOf = new Map<string, string>();
  const looked = new Set<string>();
  const all = control.prepare<[], string>('SELECT id FROM workspaces').pluck();
  const isKnown = control.prepare<[string], number>('SELECT 1 FROM workspaces WHERE id = ?').pluck();
  const note = (workspace: string, doc: string): void => {
    if (doc.startsWith(prefix)) workspaceOf.set(doc.slice(prefix.length), workspace);
  };
  /** Looks into a file without opening the workspace; what is not there yet answers nothing. */
  const look = <T>(workspace: string, table: string, read: (file: Database) => T, nothing: T): T => {
    const path = workspaceFile(dataDir, workspace);
    if (!existsSync(path)) return nothing;
    const file = new Sqlite(path, { readonly: true, timeout: 2000 });
    try {
      const has = file.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(table);
      return has === undefined ? nothing : read(file);
    } finally {
      file.close();
    }
  };
  return {
    find(form: string): string | null {
      if (!workspaceOf.has(form))
        for (const workspace of all.all()) {
          if (looked.has(workspace)) continue;
          looked.add(workspace);
          const found = look(workspace, 'sync_documents', (file) => file.prepare<[], string>(names).pluck().all(), []);
          for (const name of found) note(workspace, name);
        }
      const workspace = workspaceOf.get(form);
      return workspace === undefined || isKnown.get(workspace) === undefined ? null : workspace;
    },
    /** Follows a workspace while it is open. */
    attend({ id, query, hub }: Pick<AttendedWorkspace, 'id' | 'query' | 'hub'>): () => void {
      looked.add(id);
      for (const { name } of query.all<{ name: string }>(names)) note(id, name);
      return hub.onCommit(({ creates = [] }) => {
        for (const doc of creates) note(id, doc);
      });
    },
    /** Workspaces with mail to send: nobody may come by to open them. */
    withMail: (): string[] =>
      all.all().filter((id) => look(id, 'mail_queue', (file) => file.prepare(mailWaits).get() !== undefined, false)),
  };
}
