import { recordMap } from '@rapport/doc/records';
import type { Hub } from '@rapport/sync/server/ports';
import type { Query } from '../http/workspace-context.node.ts';
import { cardsRoot } from './board.ts';
import { foreignId } from './card-claims.ts';

const author = { actor: 'server', via: 'server' } as const;
const batch = 200;

/**
 * Touches cards that were refused their row because another document had one with their id, and which none has any more:
 * touched, a card claims its row again. A purged record's id stays its own. `tables`: those of all records, by id.
 */
export async function askForRows(hub: Hub, query: Query, tables: readonly string[]): Promise<void> {
  const free = ['purges', ...tables].map(
    (table) => `AND NOT EXISTS (SELECT 1 FROM ${table} t WHERE t.${table === 'purges' ? 'record' : 'id'} = q.record)`,
  );
  const waiting = query.all<{ doc: string; record: string }>(
    `SELECT q.doc, q.record FROM data_quality q WHERE q.field = ? AND q.problem = ? ${free.join(' ')}
     ORDER BY q.doc, q.record LIMIT ${batch}`,
    [foreignId.field, foreignId.problem],
  );
  for (const [doc, some] of Map.groupBy(waiting, (each) => each.doc))
    await hub.transact(doc, author, (live) => {
      for (const { record } of some) {
        const map = recordMap(live, cardsRoot, record);
        // Set and taken away at once it changes nothing, and overwrites nobody's edit.
        map?.set('touched', true);
        map?.delete('touched');
      }
    });
}
