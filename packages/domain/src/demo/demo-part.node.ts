import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';

/** The agent of all that the sample brings, as an import's id is: by it the sample is found and taken away again. */
export const demoAgent = 'demo';

/** What one noun adds to the sample data: generated and clearly fictional. */
export interface DemoPart {
  readonly add: (ws: WorkspaceContext, deps: NounDeps) => Promise<void>;
  /** Deletes softly what `add` brought and is still there; answers how many records. */
  readonly remove: (ws: WorkspaceContext, deps: NounDeps) => Promise<number>;
}

/** Records of a table that the sample brought and that are still there. */
export const broughtByDemo = (ws: WorkspaceContext, table: string): { id: string; doc: string }[] =>
  ws.query.all<{ id: string; doc: string }>(
    `SELECT DISTINCT r.id, r.doc FROM ${table} r JOIN activity a ON a.record = r.id AND a.agent = ? AND a.kind IN ('imported', 'created') WHERE r.deleted_at IS NULL`,
    [demoAgent],
  );
