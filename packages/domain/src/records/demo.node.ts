import { applyPatch } from '@rapport/doc/patch';
import { broughtByDemo, demoAgent, type DemoPart } from '../demo/demo-part.node.ts';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import { deleteRecord, logEntry, newRecord, type NewEntry, type NewRecord } from './ops.ts';
import { documentOf, type RecordType } from './record-type.ts';

export interface DemoRecord extends NewRecord {
  readonly id: string;
  /** What was logged with them. */
  readonly entries?: readonly NewEntry[];
}

/** The sample's records of one noun. */
export const recordDemo = (
  type: RecordType,
  make: (ws: WorkspaceContext, deps: NounDeps) => readonly DemoRecord[],
): DemoPart => ({
  async add(ws, deps) {
    const records = make(ws, deps);
    const now = deps.now();
    const docs = records.map(({ id }) => documentOf(type, id));
    const author = ws.author('import', demoAgent);
    await ws.hub.transactAll(
      docs,
      author,
      (live) => {
        for (const [at, record] of records.entries()) {
          const doc = live[at];
          if (!doc) throw new Error('a new document is missing');
          const planned = [
            newRecord(type, record, { now }),
            ...(record.entries ?? []).map((entry) => logEntry(deps.newId(), entry, ws.actor.memberId, now)),
          ];
          for (const each of planned) {
            if (!each.ok) throw new Error(each.error.message);
            applyPatch(doc, each.value);
          }
        }
      },
      { creates: docs },
    );
  },
  async remove(ws, deps) {
    const brought = broughtByDemo(ws, type.plural);
    if (brought.length === 0) return 0;
    await ws.hub.transactAll(
      brought.map(({ doc }) => doc),
      ws.author(),
      (live) => {
        for (const doc of live) applyPatch(doc, deleteRecord(deps.now()));
      },
      { brief: brought.map(({ doc }) => doc) },
    );
    return brought.length;
  },
});
