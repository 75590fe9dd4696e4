import { createHash } from 'node:crypto';
import type { Noun } from '@rapport/domain/http/workspace-context.node';
import type { Database } from 'better-sqlite3';

type Shape = Pick<Noun, 'name' | 'readModel' | 'projectionVersion'>;

/** Which read model these nouns make; another shape means that all rows are derived anew. */
export const shapeOf = (nouns: readonly Shape[]): string =>
  createHash('sha256')
    .update(JSON.stringify(nouns.map((noun) => [noun.name, noun.readModel, noun.projectionVersion ?? 1])))
    .digest('base64url');

/**
 * Brings a workspace's derived tables to the shape of these nouns. Answers whether their rows must be rebuilt from the
 * log; then call `markBuilt` after that. A crash in between starts over, because the shape is recorded last.
 */
export function prepareReadModel(
  database: Database,
  nouns: readonly Shape[],
): { mustRebuild: boolean; markBuilt: () => void } {
  database.exec(
    `CREATE TABLE IF NOT EXISTS read_model (one INTEGER PRIMARY KEY CHECK (one = 1), shape TEXT NOT NULL) STRICT;
     CREATE TABLE IF NOT EXISTS read_model_tables (name TEXT PRIMARY KEY) STRICT;`,
  );
  const shape = shapeOf(nouns);
  const markBuilt = () => {
    database
      .prepare(
        'INSERT INTO read_model (one, shape) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET shape = excluded.shape',
      )
      .run(shape);
  };
  const current = database.prepare<[], string>('SELECT shape FROM read_model').pluck().get();
  if (current === shape) return { mustRebuild: false, markBuilt };
  database.transaction(() => {
    database.exec('DELETE FROM read_model');
    for (const name of database.prepare<[], string>('SELECT name FROM read_model_tables').pluck().all())
      database.exec(`DROP TABLE IF EXISTS "${name.replaceAll('"', '""')}"`);
    database.exec('DELETE FROM read_model_tables');
    const before = new Set(tablesOf(database));
    for (const statement of nouns.flatMap((noun) => noun.readModel)) database.exec(statement);
    const note = database.prepare('INSERT INTO read_model_tables (name) VALUES (?)');
    for (const name of tablesOf(database)) if (!before.has(name)) note.run(name);
  })();
  return { mustRebuild: true, markBuilt };
}

/** Without the shadow tables of a full-text index: they come and go with it. */
const tablesOf = (database: Database): string[] =>
  database
    .prepare<[], string>(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')`)
    .pluck()
    .all();
