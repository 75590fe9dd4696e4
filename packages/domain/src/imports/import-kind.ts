import type { RowWrite } from '@rapport/sync/server/ports';
import type * as Y from 'yjs';
import { importOf } from './record.ts';

/** Imports that ran in this workspace: public, for any SQL tool. Instants are epoch ms. */
export const importsReadModel: readonly string[] = [
  `CREATE TABLE imports (id TEXT PRIMARY KEY, noun TEXT NOT NULL, board_id TEXT NOT NULL, file TEXT NOT NULL, status TEXT NOT NULL,
    by TEXT NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER, rows INTEGER NOT NULL, done INTEGER NOT NULL,
    created INTEGER NOT NULL, updated INTEGER NOT NULL, unchanged INTEGER NOT NULL, skipped INTEGER NOT NULL,
    errors INTEGER NOT NULL) WITHOUT ROWID`,
];

/** The kind of document that records an import. Its parts, which hold what was written, have no rows. */
export function makeImportKind() {
  return {
    owns: (name: string): boolean => name.startsWith('import/'),
    projector(name: string, doc: Y.Doc) {
      const meta = doc.getMap<unknown>('meta');
      const isPart = name.includes('~');
      return {
        project(transaction: Y.Transaction): RowWrite[] {
          if (isPart || !transaction.changed.has(meta as Y.AbstractType<unknown> as never)) return [];
          const { noun, board, file, status, by, startedAt, finishedAt, ...rest } = importOf(doc);
          const { rows, done, created, updated, unchanged, skipped, errorCount } = rest;
          const row = { noun, board_id: board, file, status, by, started_at: startedAt, finished_at: finishedAt };
          return [
            {
              table: 'imports',
              key: { id: name.slice('import/'.length) },
              row: { ...row, rows, done, created, updated, unchanged, skipped, errors: errorCount },
            },
          ];
        },
      };
    },
  };
}
