import { applyPatch } from '@rapport/doc/patch';
import type { Noun, WorkspaceContext } from '../http/workspace-context.node.ts';
import { withRaceRows } from '../tables/race-rows.ts';
import { editFields } from './ops.ts';
import { purgeableRecordKind } from './purge.ts';
import { recordReadModel } from './read-model.ts';
import { makeRecordKind } from './record-kind.ts';
import { recordRoutes } from './record-routes.ts';
import type { RecordType } from './record-type.ts';

/** A noun of one-record documents, as the server knows it. */
export const recordNoun = (type: RecordType): Noun => ({
  name: type.plural,
  kinds: [withRaceRows(purgeableRecordKind(type, makeRecordKind(type)))],
  readModel: recordReadModel(type),
  rowOwners: { [type.plural]: 'id' },
  shareable: [{ table: type.plural, noun: type.noun, name: 'name' }],
  projectionVersion: 2,
  routes: (deps) => recordRoutes(type, deps),
  handOver: (workspace, from, to) => handOver(workspace, type, from, to),
});

/** Gives what one person owns to another, or to nobody. Answers how many records. */
async function handOver(ws: WorkspaceContext, type: RecordType, from: string, to: string | null): Promise<number> {
  const docs = ws.query
    .all<{ doc: string }>(`SELECT doc FROM ${type.plural} WHERE owner = ? AND deleted_at IS NULL`, [from])
    .map(({ doc }) => doc);
  for (const doc of docs)
    await ws.hub.transact(doc, ws.author(), (live) => {
      const planned = editFields(type, { owner: to }, {});
      if (planned.ok) applyPatch(live, planned.value);
    });
  return docs.length;
}
