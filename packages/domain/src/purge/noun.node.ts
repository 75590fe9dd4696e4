import { thingOfDocumentSql } from '../access/row-owners.ts';
import type { Noun } from '../http/workspace-context.node.ts';
import { purgeFields } from '../workspace/purge-fields.node.ts';
import { purgeViews } from './purge-views.node.ts';
import type { Purgeable } from './purgeable.node.ts';
import { purgesReadModel } from './purged-kind.ts';
import { bringBackWanted, purgeDue, type PurgeOptions } from './purger.node.ts';

/** What was deleted can be restored this long. */
export const deletedStayMs = 30 * 86_400_000;
const everyMs = 6 * 3_600_000;
const firstAfterMs = 30_000;

/** Empties for good, 30 days after it was deleted, what the nouns say can be; brings back what was restored apart. */
export const makePurge = (purgeables: readonly Purgeable[]): Noun => ({
  name: 'purge',
  kinds: [],
  readModel: purgesReadModel,
  rowOwners: { purges: thingOfDocumentSql('doc') },
  onWorkspaceOpened(workspace, { now, warn }) {
    let isClosed = false;
    const options: PurgeOptions = { workspace, purgeables, now, stayMs: deletedStayMs, isClosed: () => isClosed };
    let tail = Promise.resolve();
    const enqueue = (work: () => Promise<void>): void => {
      tail = tail.then(work).catch((error: unknown) => {
        // Each document is emptied whole or not at all: the next round finds the others.
        if (!isClosed) warn({ error: error instanceof Error ? error.stack : String(error) }, 'a purge did not end');
      });
    };
    const round = () =>
      enqueue(async () => {
        await bringBackWanted(options);
        const counts = {
          ...(await purgeDue(options)),
          ...(await purgeFields(options)),
          ...(await purgeViews(options)),
        };
        if (Object.keys(counts).length > 0) workspace.audit('records-purged', { detail: counts });
      });
    const off = workspace.hub.onCommit(({ writes }) => {
      if (writes.some(({ table, row }) => table === 'purges' && row?.['is_wanted'] === 1))
        enqueue(async () => void (await bringBackWanted(options)));
    });
    const first = setTimeout(round, firstAfterMs);
    const timer = setInterval(round, everyMs);
    first.unref();
    timer.unref();
    return () => {
      isClosed = true;
      clearTimeout(first);
      clearInterval(timer);
      off();
    };
  },
});
