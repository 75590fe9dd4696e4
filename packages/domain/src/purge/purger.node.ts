import * as Y from 'yjs';
import type { AttendedWorkspace } from '../http/workspace-context.node.ts';
import { pause, type Due, type Purgeable } from './purgeable.node.ts';
import { stateBeforePurge } from './state-before.node.ts';

const author = { actor: 'server', via: 'server' } as const;
/** Documents of which a round asks at once. */
const batch = 200;

export interface PurgeOptions {
  readonly workspace: Pick<AttendedWorkspace, 'hub' | 'query' | 'readSlowly'>;
  readonly purgeables: readonly Purgeable[];
  readonly now: () => number;
  /** How long what was deleted can be restored. */
  readonly stayMs: number;
  readonly isClosed: () => boolean;
}

/** Empties what was deleted long enough ago, one document after another. Answers how many of each noun, by its plural. */
export async function purgeDue(options: PurgeOptions): Promise<Record<string, number>> {
  const { workspace, purgeables, now, stayMs, isClosed } = options;
  const counts: Record<string, number> = {};
  for (const purgeable of purgeables) {
    const tried = new Set<string>();
    for (;;) {
      const due = purgeable.due(workspace.query, now() - stayMs, batch, JSON.stringify([...tried]));
      for (const [doc, some] of Map.groupBy(due, (each) => each.doc)) {
        if (isClosed()) return counts;
        for (const { record } of some) tried.add(record);
        const gone = await workspace.hub.transactAll(
          [doc],
          author,
          ([live]) => some.filter(({ record }) => live !== undefined && purgeable.purge(live, record, now())).length,
          // A cold document is not kept in memory for this.
          { brief: [doc] },
        );
        if (gone > 0) counts[purgeable.plural] = (counts[purgeable.plural] ?? 0) + gone;
        await pause();
      }
      if (due.length < batch) break;
    }
  }
  return counts;
}

/** Brings back what somebody restored who did not know that it was emptied, as far as the log still has it. */
export async function bringBackWanted({ workspace, purgeables, now, isClosed }: PurgeOptions): Promise<number> {
  const wanted = workspace.query.all<Due & { noun: string }>(
    'SELECT doc, record, noun FROM purges WHERE is_wanted = 1 ORDER BY doc, record',
  );
  for (const { doc, record, noun } of wanted) {
    const purgeable = purgeables.find((each) => each.noun === noun);
    if (purgeable === undefined || isClosed()) continue;
    const state = await workspace.readSlowly(stateBeforePurge, { doc, ...purgeable.homeOf(record) });
    await workspace.hub.transact(doc, author, (live) => {
      const before = state === null ? null : new Y.Doc();
      if (before !== null && state !== null) Y.applyUpdate(before, state);
      purgeable.bringBack(live, before, record, now());
      before?.destroy();
    });
  }
  return wanted.length;
}
