import type { ReadJob } from '@rapport/domain/http/workspace-context.node';

export interface CountedSizes {
  readonly documents: number;
  readonly logRows: number;
  readonly logBytes: number;
  readonly snapshotBytes: number;
}

/** Goes through the whole log's rows, which takes a while in an old workspace: hence a read job. */
export const readSizes: ReadJob<null, CountedSizes> = {
  name: 'workspace-sizes',
  run(query) {
    const number = (sql: string) => query.get<{ n: number | null }>(sql)?.n ?? 0;
    const log = query.get<{ n: number; bytes: number | null }>(
      'SELECT count(*) AS n, sum(length(bytes)) AS bytes FROM sync_log',
    );
    return {
      documents: number('SELECT count(*) AS n FROM sync_documents'),
      logRows: log?.n ?? 0,
      logBytes: log?.bytes ?? 0,
      snapshotBytes: number('SELECT sum(length(state)) AS n FROM sync_states'),
    };
  },
};
