import { applyPatch } from '@rapport/doc/patch';
import { recordMap, rootRecord } from '@rapport/doc/records';
import type { AttendedWorkspace, NounDeps } from '../http/workspace-context.node.ts';
import { documentOf, roots, type RecordType } from '../records/record-type.ts';
import { planCarryOn, readMergeNote } from './merge.ts';

/**
 * Watches records that were merged into others: what somebody still writes into one, because they were offline or had it
 * open, lands in the survivor as their edit. Answers how to end it.
 */
export function carryOnEdits(
  { hub, query, id: workspace }: AttendedWorkspace,
  types: readonly RecordType[],
  { warn }: Pick<NounDeps, 'warn'>,
): () => void {
  let isClosed = false;
  const carry = async (type: RecordType, doc: string, author: Parameters<typeof hub.transact>[1]): Promise<void> => {
    const into = await hub.read(doc, (live) =>
      planCarryOn(live) === null ? null : (readMergeNote(live)?.into ?? null),
    );
    if (into === null) return;
    await hub.transactAll([doc, documentOf(type, into)], author, ([gone, survivor]) => {
      if (gone === undefined || survivor === undefined) return;
      // Merged elsewhere or taken back meanwhile: then it is told of once more.
      const isStill = recordMap(gone, roots.fields, rootRecord)?.get('mergedInto') === into;
      const plan = isStill ? planCarryOn(gone) : null;
      if (plan === null) return;
      applyPatch(survivor, plan.survivor);
      applyPatch(gone, plan.here);
    });
  };
  const isMerged = (type: RecordType, doc: string): boolean =>
    query.get(`SELECT 1 FROM ${type.plural} WHERE id = ? AND merged_into IS NOT NULL`, [
      doc.slice(type.noun.length + 1),
    ]) !== undefined;
  const report = (doc: string) => (error: unknown) =>
    void (isClosed || warn({ error, workspace, doc }, 'an edit of a merged record could not be carried on'));

  const stop = hub.onCommit(({ entries, creates = [] }) => {
    // A record that has just come into being was never merged; an import makes thousands.
    const fresh = new Set(creates);
    for (const { doc, actor, via, agent } of entries) {
      if (fresh.has(doc)) continue;
      const type = types.find(({ noun }) => doc.startsWith(`${noun}/`));
      if (type === undefined || actor === 'server' || !isMerged(type, doc)) continue;
      void carry(type, doc, { actor, via, ...(agent === undefined ? {} : { agent }) }).catch(report(doc));
    }
  });
  // What was written while the server was about to stop: of the few that were written last.
  for (const type of types)
    for (const { doc } of query.all<{ doc: string }>(
      `SELECT doc FROM ${type.plural} WHERE merged_into IS NOT NULL ORDER BY edited_at DESC LIMIT 20`,
    ))
      void carry(type, doc, { actor: 'server', via: 'server' }).catch(report(doc));
  return () => {
    isClosed = true;
    stop();
  };
}
