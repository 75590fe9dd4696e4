import type { SqlValue } from '@rapport/sync/server/ports';

export type SqlParams = readonly SqlValue[] | Readonly<Record<string, SqlValue>>;

/** Reads the workspace's read model; statements are prepared once per text. Nothing can be written through it. */
export interface Query {
  all<Row>(sql: string, params?: SqlParams): Row[];
  get<Row>(sql: string, params?: SqlParams): Row | undefined;
}
